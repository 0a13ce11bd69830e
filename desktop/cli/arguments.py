"""What can be typed: commands and their options. Reads nothing and starts nothing."""

from __future__ import annotations

import argparse

from desktop import __version__
from desktop.cli.argument_types import path, positive, words
from desktop.cli.collection_arguments import add_collections
from desktop.cli.conversation_arguments import add_conversations
from desktop.cli.filter_arguments import add_filters
from desktop.cli.folder_arguments import add_folders
from desktop.cli.model_arguments import add_models
from desktop.cli.rewrite_arguments import add_rewrite, add_voices
from desktop.domain.chat import AnswerMode
from desktop.domain.summaries import Length
from desktop.services.library import DEFAULT_COLLECTION

TOP = 5


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; a missing command means the window."""
    everywhere = _everywhere()
    root = argparse.ArgumentParser(
        prog="escritoire",
        description="Ask questions of your documents on your own computer. "
        "Without a command the window opens.",
        parents=[everywhere],
    )
    root.add_argument("--version", action="version", version=f"Escritoire {__version__}")
    commands = root.add_subparsers(dest="command", metavar="COMMAND")

    ask = commands.add_parser(
        "ask", parents=[everywhere], help="answer a question from your documents, with citations"
    )
    ask.add_argument("question", metavar="QUESTION", type=words)
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    _model(ask)
    _in_collections(ask)
    ask.add_argument(
        "--file",
        metavar="PATH",
        action="append",
        type=path,
        default=[],
        help="look in this file alone, indexing it first; may be repeated",
    )
    mode = ask.add_mutually_exclusive_group()
    for option, chosen, what in (
        ("--quote", AnswerMode.QUOTE, "answer with the best passages, without a model"),
        ("--summarise", AnswerMode.SUMMARISE, "summarise what the passages say, and no more"),
    ):
        mode.add_argument(option, dest="mode", action="store_const", const=chosen, help=what)
    ask.set_defaults(mode=AnswerMode.ANSWER)
    add_filters(ask)
    _password(ask)

    summarise = commands.add_parser(
        "summarise", parents=[everywhere], help="summarise a whole document, with citations"
    )
    summarise.add_argument(
        "document",
        metavar="FILE|DOCUMENT",
        type=words,
        help="a file, indexed first, or the name of a document that was added",
    )
    summarise.add_argument("--json", action="store_true", help="print one JSON object")
    summarise.add_argument(
        "--length",
        type=Length,
        choices=list(Length),
        default=Length.MEDIUM,
        help="how long the summary is (default medium)",
    )
    _model(summarise)
    _password(summarise)

    compare = commands.add_parser(
        "compare",
        parents=[everywhere],
        help="say what each of two documents says about a question, with citations",
    )
    compare.add_argument("question", metavar="QUESTION", type=words)
    compare.add_argument("--json", action="store_true", help="print one JSON object")
    compare.add_argument(
        "--file",
        metavar="PATH",
        action="append",
        type=path,
        default=[],
        help="one of the two files, indexed first; given twice",
    )
    _model(compare)
    _password(compare)

    index = commands.add_parser(
        "index", parents=[everywhere], help="read documents so that they can be searched"
    )
    index.add_argument("paths", metavar="PATH", nargs="+", type=path)
    index.add_argument("--json", action="store_true", help="print one JSON object")
    index.add_argument(
        "--collection",
        metavar="NAME",
        type=words,
        default=DEFAULT_COLLECTION,
        help=f"put them into this collection (default {DEFAULT_COLLECTION})",
    )
    _password(index)

    add_folders(commands, everywhere)

    search = commands.add_parser(
        "search", parents=[everywhere], help="find passages by meaning and by word"
    )
    search.add_argument("query", metavar="QUERY", nargs="?", type=words)
    search.add_argument(
        "--queries",
        metavar="FILE.jsonl",
        type=path,
        help="one JSON object a line: id, query, and document to look in that alone",
    )
    search.add_argument("--json", action="store_true", help="print one JSON object")
    _in_collections(search)
    add_filters(search)
    search.add_argument(
        "--top", metavar="K", type=positive, default=TOP, help=f"passages a query (default {TOP})"
    )

    add_collections(commands, everywhere)
    add_conversations(commands, everywhere)
    add_models(commands, everywhere)

    ledger = commands.add_parser(
        "ledger",
        parents=[everywhere],
        help="every request that left this computer, and every one that was refused",
    )
    ledger.add_argument("--json", action="store_true", help="print one JSON object a line")

    add_rewrite(commands, everywhere)
    add_voices(commands, everywhere)

    doctor = commands.add_parser(
        "doctor",
        parents=[everywhere],
        help="tell what this computer offers, what it locks down, and what is missing",
    )
    doctor.add_argument("--json", action="store_true", help="print one JSON object")
    return root


def _everywhere() -> argparse.ArgumentParser:
    """Options that may stand before the command as well as after it."""
    options = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    options.add_argument(
        "--profile", metavar="DIR", type=path, help="keep everything under this folder"
    )
    options.add_argument(
        "--passphrase-file",
        metavar="PATH",
        type=path,
        help="unlock the profile with the first line of this file; on a new profile, set it",
    )
    return options


def _in_collections(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--collection",
        metavar="NAME",
        action="append",
        type=words,
        default=[],
        help="look in this collection alone; may be repeated",
    )


def _model(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--model", metavar="REF", type=words, help="name or file of the model that answers"
    )


def _password(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--password-file",
        metavar="PATH",
        type=path,
        help="open encrypted documents with the first line of this file",
    )
