"""What can be typed behind `escritoire conversations`."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.cli.argument_types import path, positive


def add_conversations(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    conversations = commands.add_parser(
        "conversations", parents=[everywhere], help="list, show, export and import what was asked"
    )
    actions = conversations.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, told in (
        ("list", "list them with their numbers, the one last used first"),
        ("show", "write one to standard output, with its sources"),
        ("import", "take in what ChatGPT, Open WebUI or Escritoire exported as JSON"),
        ("export", "write one to a new file: .md, .docx, .pdf or .json"),
    ):
        action = actions.add_parser(name, parents=[everywhere], help=told)
        action.add_argument("--json", action="store_true", help="print one JSON object")
        if name == "import":
            action.add_argument("file", metavar="FILE", type=path)
        if name in ("show", "export"):
            action.add_argument("number", metavar="NUMBER", type=positive)
            action.add_argument(
                "--answer",
                metavar="N",
                type=positive,
                help="only its Nth answer, with the question",
            )
        if name == "export":
            action.add_argument(
                "--to", metavar="FILE", type=path, required=True, help="a file not yet there"
            )
            action.add_argument(
                "--pages", action="store_true", help="with images of the pages that it cites"
            )
