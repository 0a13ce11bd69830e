"""What can be typed behind `escritoire rewrite` and `escritoire voices`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.cli.argument_types import path, strength, words
from desktop.domain.rewrites import DEFAULT_TONE

STDIN = "-"


def add_rewrite(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    rewrite = commands.add_parser(
        "rewrite",
        parents=[everywhere],
        help="rewrite a text in another tone or in your own voice, with its facts kept",
    )
    source = rewrite.add_mutually_exclusive_group()
    source.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=path,
        default=Path(STDIN),
        help="a .txt, .md, .docx or .eml (saved mail); - or nothing reads standard input",
    )
    for name, what in (
        ("selection", "what is selected"),
        ("clipboard", "what is on the clipboard"),
    ):
        source.add_argument(
            f"--{name}",
            dest="from_screen",
            action="store_const",
            const=name,
            help=f"{what}: if Escritoire is open, in its small window, otherwise here",
        )
    rewrite.add_argument(
        "--output",
        metavar="PATH",
        type=path,
        help="where the result goes, a file not yet there; a .docx gets tracked changes, and goes "
        "beside the original without this",
    )
    rewrite.add_argument(
        "--author",
        metavar="NAME",
        type=words,
        help="in whose name changes in a .docx are tracked (default: as set in the window)",
    )
    manner = rewrite.add_mutually_exclusive_group()
    manner.add_argument(
        "--tone", metavar="NAME", type=words, help=f"see --tones (default {DEFAULT_TONE})"
    )
    manner.add_argument("--voice", metavar="NAME", type=words, help="see: escritoire voices list")
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
        "--model", metavar="REF", type=words, help="name or file of the model that writes"
    )
    rewrite.add_argument(
        "--without-adapter",
        action="store_true",
        help="write in the voice without its adapter, where that does not fit the model",
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
        type=path,
        help="write nothing: compare the facts of FILE with those of this rewrite of it",
    )
    instead.add_argument("--tones", action="store_true", help="list the tones there are")
    instead.add_argument("--history", action="store_true", help="list what was rewritten")
    instead.add_argument(
        "--forget-history", action="store_true", help="forget everything that was rewritten"
    )


def add_voices(commands: Any, everywhere: argparse.ArgumentParser) -> None:
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
        ("pair", "add a pair to a voice, or make a new voice of it"),
        ("examples", "have a model propose more pairs, and accept or leave each of them"),
        ("adapter", "attach a LoRA to a voice, or take it away"),
        ("fit", "measure how much closer a voice comes to how you write"),
    ):
        action = actions.add_parser(name, parents=[everywhere], help=told)
        action.add_argument("--json", action="store_true", help="print one JSON object")
        if name == "add":
            action.add_argument("file", metavar="FILE", type=path)
            action.add_argument(
                "--replace", action="store_true", help="in place of the voice of that name"
            )
        elif name != "list":
            action.add_argument("name", metavar="NAME", type=words)
        if name == "export":
            action.add_argument("--to", metavar="FILE", type=path, help="a file not yet there")
            action.add_argument(
                "--with-adapter", action="store_true", help="its adapter in the same file"
            )
        if name == "pair":
            for side in ("before", "after"):
                action.add_argument(f"--{side}", metavar="FILE", type=path, required=True)
        if name == "examples":
            action.add_argument(
                "--from",
                dest="texts",
                metavar="FILE",
                action="append",
                type=path,
                default=[],
                help="make them of this text; may be repeated",
            )
            action.add_argument("--count", type=int, choices=range(1, 51), default=5, metavar="N")
        if name == "adapter":
            which = action.add_mutually_exclusive_group(required=True)
            which.add_argument("file", metavar="FILE", nargs="?", type=path)
            which.add_argument("--none", action="store_true", help="take it away")
            action.add_argument("--strength", type=strength, default=1.0, metavar="X")
        if name in ("fit", "examples"):
            action.add_argument("--model", metavar="REF", type=words)
