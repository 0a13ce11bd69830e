"""What can be typed behind `escritoire folders`."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.cli.argument_types import path, words
from desktop.services.library import DEFAULT_COLLECTION


def add_folders(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    folders = commands.add_parser(
        "folders", parents=[everywhere], help="watch folders, so that their documents keep up"
    )
    actions = folders.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, told in (
        ("list", "list the watched folders, and how they stand"),
        ("add", "watch a folder, and read the documents in it"),
        ("remove", "watch a folder no longer; its documents stay unless told otherwise"),
        ("pause", "neither look at a folder nor read from it; without one, read nothing at all"),
        ("resume", "go on with a paused folder; without one, with everything that is paused"),
        ("refresh", "look through folders now, and read what is new or changed"),
    ):
        action = actions.add_parser(name, parents=[everywhere], help=told)
        action.add_argument("--json", action="store_true", help="print one JSON object")
        if name in ("add", "remove"):
            action.add_argument("folder", metavar="FOLDER", type=path)
        if name in ("pause", "resume"):
            action.add_argument("folder", metavar="FOLDER", type=path, nargs="?")
        if name == "refresh":
            action.add_argument("folders", metavar="FOLDER", type=path, nargs="*")
            action.add_argument(
                "--remove-gone",
                action="store_true",
                help="remove the documents whose files are gone; without this they stay",
            )
        if name == "add":
            action.add_argument(
                "--collection",
                metavar="NAME",
                type=words,
                default=DEFAULT_COLLECTION,
                help=f"put its documents into this collection (default {DEFAULT_COLLECTION})",
            )
        if name == "remove":
            action.add_argument(
                "--documents", action="store_true", help="remove its documents as well"
            )
