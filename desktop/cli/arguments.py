"""What can be typed: commands and their options. Reads nothing and starts nothing."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.domain.rewrites import DEFAULT_TONE
from desktop.services.library import DEFAULT_COLLECTION

TOP = 5
STDIN = "-"

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 (has no other name)


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
    ask.add_argument("question", metavar="QUESTION", type=_words)
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    ask.add_argument(
        "--model", metavar="REF", type=_words, help="name or file of the model that answers"
    )
    ask.add_argument(
        "--collection", metavar="NAME", type=_words, help="look in this collection alone"
    )
    ask.add_argument(
        "--file",
        metavar="PATH",
        action="append",
        type=_path,
        default=[],
        help="look in this file alone, indexing it first; may be repeated",
    )
    ask.add_argument(
        "--quote", action="store_true", help="answer with the best passages, without a model"
    )
    _password(ask)

    index = commands.add_parser(
        "index", parents=[everywhere], help="read documents so that they can be searched"
    )
    index.add_argument("paths", metavar="PATH", nargs="+", type=_path)
    index.add_argument("--json", action="store_true", help="print one JSON object")
    index.add_argument(
        "--collection",
        metavar="NAME",
        type=_words,
        default=DEFAULT_COLLECTION,
        help=f"put them into this collection (default {DEFAULT_COLLECTION})",
    )
    _password(index)

    search = commands.add_parser(
        "search", parents=[everywhere], help="find passages by meaning and by word"
    )
    search.add_argument("query", metavar="QUERY", nargs="?", type=_words)
    search.add_argument(
        "--queries",
        metavar="FILE.jsonl",
        type=_path,
        help="one JSON object a line: id, query, and document to look in that alone",
    )
    search.add_argument("--json", action="store_true", help="print one JSON object")
    search.add_argument(
        "--collection", metavar="NAME", type=_words, help="look in this collection alone"
    )
    search.add_argument(
        "--top", metavar="K", type=_positive, default=TOP, help=f"passages a query (default {TOP})"
    )

    _rewrite(commands, everywhere)
    _voices(commands, everywhere)

    doctor = commands.add_parser(
        "doctor",
        parents=[everywhere],
        help="tell what this computer offers, what it locks down, and what is missing",
    )
    doctor.add_argument("--json", action="store_true", help="print one JSON object")
    return root


def _rewrite(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    rewrite = commands.add_parser(
        "rewrite",
        parents=[everywhere],
        help="rewrite a text in another tone or in your own voice, with its facts kept",
    )
    rewrite.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=_path,
        default=Path(STDIN),
        help="a text, .txt or .md; - or nothing reads standard input",
    )
    manner = rewrite.add_mutually_exclusive_group()
    manner.add_argument(
        "--tone", metavar="NAME", type=_words, help=f"see --tones (default {DEFAULT_TONE})"
    )
    manner.add_argument("--voice", metavar="NAME", type=_words, help="see: escritoire voices list")
    rewrite.add_argument(
        "--instruction", metavar="TEXT", default="", help="what else to do, in your own words"
    )
    rewrite.add_argument(
        "--strength", type=int, choices=(1, 2, 3), default=2, help="how far to go (default 2)"
    )
    rewrite.add_argument(
        "--keep-length", action="store_true", help="keep the text about as long as it is"
    )
    rewrite.add_argument(
        "--model", metavar="REF", type=_words, help="name or file of the model that writes"
    )
    rewrite.add_argument(
        "--accept-facts",
        action="store_true",
        help="take what the model wrote although facts changed; they are listed all the same",
    )
    rewrite.add_argument(
        "--keep-nothing", action="store_true", help="leave no trace of the text in the history"
    )
    rewrite.add_argument("--json", action="store_true", help="print one JSON object")
    instead = rewrite.add_mutually_exclusive_group()
    instead.add_argument(
        "--check-only",
        action="store_true",
        help="write nothing: list the facts that a rewrite must keep",
    )
    instead.add_argument(
        "--check-against",
        metavar="REWRITTEN",
        type=_path,
        help="write nothing: compare the facts of FILE with those of this rewrite of it",
    )
    instead.add_argument("--tones", action="store_true", help="list the tones there are")
    instead.add_argument("--history", action="store_true", help="list what was rewritten")
    instead.add_argument(
        "--forget-history", action="store_true", help="forget everything that was rewritten"
    )


def _voices(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    voices = commands.add_parser(
        "voices", parents=[everywhere], help="keep, show and measure the voices of your office"
    )
    actions = voices.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, told in (
        ("list", "list the voices there are"),
        ("show", "show a voice with the rules that a model is told"),
        ("add", "take in a voice from a file"),
        ("export", "write a voice to standard output, or to a new file"),
        ("remove", "remove a voice"),
        ("fit", "measure how much closer a voice comes to how you write"),
    ):
        action = actions.add_parser(name, parents=[everywhere], help=told)
        action.add_argument("--json", action="store_true", help="print one JSON object")
        if name == "add":
            action.add_argument("file", metavar="FILE", type=_path)
            action.add_argument(
                "--replace", action="store_true", help="in place of the voice of that name"
            )
        elif name != "list":
            action.add_argument("name", metavar="NAME", type=_words)
        if name == "export":
            action.add_argument("--to", metavar="FILE", type=_path, help="a file not yet there")
        if name == "fit":
            action.add_argument("--model", metavar="REF", type=_words)


def _everywhere() -> argparse.ArgumentParser:
    """Options that may stand before the command as well as after it."""
    options = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    options.add_argument(
        "--profile", metavar="DIR", type=_path, help="keep everything under this folder"
    )
    options.add_argument(
        "--passphrase-file",
        metavar="PATH",
        type=_path,
        help="unlock the profile with the first line of this file; on a new profile, set it",
    )
    return options


def _password(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--password-file",
        metavar="PATH",
        type=_path,
        help="open encrypted documents with the first line of this file",
    )


def _words(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("must not be empty")
    return text


def _path(text: str) -> Path:
    # An empty path would mean the folder one is in: an unset variable of a script, no wish.
    if not text:
        raise argparse.ArgumentTypeError("must not be empty")
    if "\0" in text:
        raise argparse.ArgumentTypeError("no path holds a NUL character")
    return Path(os.path.expanduser(text))  # noqa: PTH111 (which takes "~$lease.pdf" for a file)


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError("must be a whole number, 1 or more")
    return number
