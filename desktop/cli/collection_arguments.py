"""What can be typed behind `escritoire collections`, `documents` and `scripts`."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.cli.argument_types import path, words


def add_collections(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    collections = commands.add_parser(
        "collections",
        parents=[everywhere],
        help="which documents belong together, and how complete they are",
    )
    actions = collections.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, told in (
        ("list", "list the collections there are"),
        ("add", "make a new, empty one"),
        ("rename", "give one another name"),
        ("remove", "remove one; the documents in it stay"),
        ("put", "put documents into one, wherever else they are"),
        ("take", "take documents out of one; they stay in the library"),
        ("report", "tell what of one cannot be found, what is in it twice, and what is older"),
    ):
        action = actions.add_parser(name, parents=[everywhere], help=told)
        if name == "report":
            form = action.add_mutually_exclusive_group()
            form.add_argument("--json", action="store_true", help="print one JSON object")
            form.add_argument("--csv", action="store_true", help="print a table for spreadsheets")
            action.add_argument(
                "name", metavar="NAME", nargs="?", type=words, help="of all, without this"
            )
            continue
        action.add_argument("--json", action="store_true", help="print one JSON object")
        if name != "list":
            action.add_argument("name", metavar="NAME", type=words)
        if name == "rename":
            action.add_argument("to", metavar="NEW", type=words)
        if name in ("put", "take"):
            action.add_argument(
                "documents",
                metavar="DOCUMENT",
                nargs="+",
                type=path,
                help="the name or the path of one in the library",
            )

    scripts = commands.add_parser(
        "scripts", parents=[everywhere], help="the letters that scans are read in from now on"
    )
    actions = scripts.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, told in (
        ("list", "list them, and the files that those not carried along need"),
        ("use", "read scans in one of them"),
        ("add", "take in a file that was fetched elsewhere; it is checked by its hash"),
    ):
        action = actions.add_parser(name, parents=[everywhere], help=told)
        action.add_argument("--json", action="store_true", help="print one JSON object")
        if name == "use":
            action.add_argument("name", metavar="NAME", type=words)
        if name == "add":
            action.add_argument("file", metavar="FILE", type=path)

    documents = commands.add_parser(
        "documents", parents=[everywhere], help="list the documents there are, or remove some"
    )
    actions = documents.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, told in (
        ("list", "list them with their states"),
        ("remove", "take text, words and vectors of some away for good; their files stay"),
    ):
        action = actions.add_parser(name, parents=[everywhere], help=told)
        action.add_argument("--json", action="store_true", help="print one JSON object")
        if name == "remove":
            action.add_argument("documents", metavar="DOCUMENT", nargs="+", type=path)
        else:
            action.add_argument(
                "--collection", metavar="NAME", type=words, help="of this one alone"
            )
