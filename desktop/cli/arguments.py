"""What can be typed: commands and their options. Reads nothing and starts nothing."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from desktop import __version__
from desktop.domain.models import Way
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

    _models(commands, everywhere)

    ledger = commands.add_parser(
        "ledger",
        parents=[everywhere],
        help="every request that left this computer, and every one that was refused",
    )
    ledger.add_argument("--json", action="store_true", help="print one JSON object a line")

    doctor = commands.add_parser(
        "doctor",
        parents=[everywhere],
        help="tell what this computer offers, what it locks down, and what is missing",
    )
    doctor.add_argument("--json", action="store_true", help="print one JSON object")
    return root


def _models(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """`escritoire models ACTION`; each action takes --json and the profile, too."""
    asked = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    asked.add_argument("--json", action="store_true", help="print one JSON object")
    models = commands.add_parser(
        "models",
        parents=[everywhere],
        help="list, import, verify, choose, pack and remove the models on this computer",
    )
    models.add_argument("--json", action="store_true", help="print one JSON object")
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, words: str) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = actions.add_parser(
            name, parents=[everywhere, asked], help=words
        )
        return parser

    action("list", "say which models are here")
    bring = action("import", "bring GGUF files, folders of them, or a pack to the shelf")
    bring.add_argument("paths", metavar="PATH", nargs="+", type=_path)
    way = bring.add_mutually_exclusive_group()
    way.add_argument(
        "--link",
        dest="way",
        action="store_const",
        const=Way.LINK,
        default=Way.COPY,
        help="take no space: give the file a second name where the disk can",
    )
    way.add_argument(
        "--in-place",
        dest="way",
        action="store_const",
        const=Way.IN_PLACE,
        help="leave the file where it is, and only read it",
    )
    verify = action("verify", "hash a model again, or all of them")
    verify.add_argument("name", metavar="NAME", nargs="?", type=_words)
    for name, words in (
        ("show", "say all that is known of a model"),
        ("remove", "take a model away, and its files if they are ours"),
        ("use", "let a model answer from now on"),
    ):
        action(name, words).add_argument("name", metavar="NAME", type=_words)
    pack = action("pack", "write models into a folder for a computer without a network")
    pack.add_argument("folder", metavar="FOLDER", type=_path)
    pack.add_argument("names", metavar="NAME", nargs="+", type=_words)
    for name, words in (
        ("watch", "show the models of another application's folder, only reading it"),
        ("unwatch", "forget a watched folder"),
    ):
        action(name, words).add_argument("folder", metavar="FOLDER", type=_path)
    add_hub_commands(actions, everywhere)


def add_hub_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    everywhere: argparse.ArgumentParser,
) -> None:
    """What can be asked of the hub, as commands below `models`; see `cli.hub`."""
    search = commands.add_parser("search", parents=[everywhere], help="find models on the hub")
    search.add_argument("text", metavar="TEXT", type=_words)
    search.add_argument("--json", action="store_true", help="print one JSON object")
    search.add_argument(
        "--top", metavar="K", type=_positive, default=20, help="repositories (default 20)"
    )

    get = commands.add_parser(
        "get",
        parents=[everywhere],
        help="fetch a model from the hub; without a file or quantization, list what there is",
    )
    get.add_argument("repository", metavar="REPO", type=_words)
    get.add_argument("wanted", metavar="FILE|QUANTIZATION", nargs="?", type=_words)
    get.add_argument("--json", action="store_true", help="print one JSON object")

    token = commands.add_parser(
        "token", parents=[everywhere], help="keep an access token to the hub in the keyring"
    )
    which = token.add_mutually_exclusive_group()
    which.add_argument("--remove", action="store_true", help="forget it")
    which.add_argument(
        "--token-file", metavar="PATH", type=_path, help="take the first line of this file"
    )

    hub = commands.add_parser(
        "hub", parents=[everywhere], help="show or set where models come from"
    )
    hub.add_argument("--endpoint", metavar="URL", help='an internal mirror; "" for the usual hub')
    hub.add_argument(
        "--allow",
        metavar="HOST",
        action="append",
        help="a host that it may send to, in place of those allowed before; may be repeated",
    )
    hub.add_argument("--offline", choices=("on", "off"), help="on: nobody is asked for anything")
    hub.add_argument("--json", action="store_true", help="print one JSON object")


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
