"""What can be typed behind `escritoire models`. Reads nothing and starts nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, Final

from desktop.cli.argument_types import path, positive, words
from desktop.domain.models import AUTOMATIC, CPU, Adapter, CacheType, Way

AS_BEFORE: Final = object()  # of a setting that was not given; None is a value of some


def add_models(commands: Any, everywhere: argparse.ArgumentParser) -> None:
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

    def action(name: str, what: str) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = actions.add_parser(
            name, parents=[everywhere, asked], help=what
        )
        return parser

    action("list", "say which models are here")
    bring = action("import", "bring GGUF files, folders of models, or a pack to the shelf")
    bring.add_argument("paths", metavar="PATH", nargs="+", type=path)
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
    verify.add_argument("name", metavar="NAME", nargs="?", type=words)
    for name, what in (
        ("show", "say all that is known of a model"),
        ("remove", "take a model away, and its files if they are ours"),
        ("use", "let a model answer, search or put in order from now on"),
    ):
        action(name, what).add_argument("name", metavar="NAME", type=words)
    action("stay", "end a switch to another embedding model")
    reranking = action("reranking", "say whether a reranker puts what is found in order, or set it")
    reranking.add_argument("wanted", metavar="on|off", nargs="?", choices=("on", "off"))
    pack = action("pack", "write models into a folder for a computer without a network")
    pack.add_argument("folder", metavar="FOLDER", type=path)
    pack.add_argument("names", metavar="NAME", nargs="+", type=words)
    for name, what in (
        ("watch", "show the models of another application's folder, only reading it"),
        ("unwatch", "forget a watched folder"),
    ):
        action(name, what).add_argument("folder", metavar="FOLDER", type=path)
    _add_hub(actions, everywhere)
    _add_running(action)


def _add_hub(
    commands: Any,
    everywhere: argparse.ArgumentParser,
) -> None:
    """What can be asked of the hub, as commands below `models`; see `cli.hub`."""
    search = commands.add_parser("search", parents=[everywhere], help="find models on the hub")
    search.add_argument("text", metavar="TEXT", type=words)
    search.add_argument("--json", action="store_true", help="print one JSON object")
    search.add_argument(
        "--top", metavar="K", type=positive, default=20, help="repositories (default 20)"
    )

    get = commands.add_parser(
        "get",
        parents=[everywhere],
        help="fetch a model from the hub; without a file or quantization, list what there is",
    )
    get.add_argument("repository", metavar="REPO", type=words)
    get.add_argument("wanted", metavar="FILE|QUANTIZATION", nargs="?", type=words)
    get.add_argument("--json", action="store_true", help="print one JSON object")

    newer = commands.add_parser(
        "newer", parents=[everywhere], help="say which models the hub has in a newer version"
    )
    newer.add_argument("name", metavar="NAME", nargs="?", type=words)
    newer.add_argument("--json", action="store_true", help="print one JSON object")

    token = commands.add_parser(
        "token", parents=[everywhere], help="keep an access token to the hub in the keyring"
    )
    which = token.add_mutually_exclusive_group()
    which.add_argument("--remove", action="store_true", help="forget it")
    which.add_argument(
        "--token-file", metavar="PATH", type=path, help="take the first line of this file"
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


def _add_running(action: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """How a model runs here; see `cli.running`."""
    fit = action("fit", "say whether a model runs on this computer, before it is loaded or fetched")
    fit.add_argument("model", metavar="NAME|REPO", type=words)
    fit.add_argument("variant", metavar="FILE|QUANTIZATION", nargs="?", type=words)

    bench = action("bench", "measure how fast a model is here; the one that answers by default")
    bench.add_argument("name", metavar="NAME", nargs="?", type=words)

    settings = action("settings", "show or set how a model is loaded")
    settings.add_argument("name", metavar="NAME", type=words)
    settings.add_argument(
        "--reset", action="store_true", help="begin with what the program chooses"
    )
    settings.add_argument(
        "--device",
        metavar="DEVICE",
        type=words,
        default=AS_BEFORE,
        help=f"{AUTOMATIC}, {CPU}, or the name of a GPU as doctor lists it",
    )
    settings.add_argument(
        "--layers",
        dest="gpu_layers",
        metavar="N",
        type=_count_or_all,
        default=AS_BEFORE,
        help="layers on the GPU; auto for as many as fit",
    )
    settings.add_argument(
        "--cache",
        dest="cache_type",
        type=CacheType,
        choices=list(CacheType),
        default=AS_BEFORE,
        help="how keys and values are kept; smaller ones are less exact",
    )
    for option, dest, what in (
        ("--context", "context_window", "tokens that question, passages and answer may have"),
        ("--threads", "threads", "threads that write"),
        ("--batch-threads", "batch_threads", "threads that read a prompt"),
        ("--batch", "batch", "tokens of a prompt read at a time"),
    ):
        settings.add_argument(
            option,
            dest=dest,
            metavar="N",
            type=_count,
            default=AS_BEFORE,
            help=f"{what}; 0: chosen by the program",
        )
    for option, dest, what in (
        ("--map", "memory_map", "map the file instead of reading it"),
        ("--lock", "memory_lock", "keep the weights from being swapped out"),
    ):
        settings.add_argument(
            option, dest=dest, action=argparse.BooleanOptionalAction, default=AS_BEFORE, help=what
        )
    settings.add_argument(
        "--adapter",
        metavar="FILE[=STRENGTH]",
        action="append",
        type=_adapter,
        help="a LoRA in GGUF, in place of those set before; may be repeated",
    )


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("must be a whole number")
    return int(text)


def _count_or_all(text: str) -> int | None:
    return None if text == "auto" else _count(text)


def _adapter(text: str) -> Adapter:
    name, equals, strength = text.rpartition("=")
    if not equals:
        return Adapter(path(text).absolute())
    try:
        return Adapter(path(name).absolute(), float(strength))
    except ValueError:
        raise argparse.ArgumentTypeError("its strength must be a number") from None
