"""escritoire summarise: a whole document in a few paragraphs, then where it says that.

Stopped with Ctrl+C, the same command goes on where it stopped.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.cli.argument_types import path
from desktop.cli.ask import files, follow, report, sources
from desktop.cli.session import session
from desktop.desk import Desk
from desktop.domain.errors import DocumentMissing
from desktop.domain.jobs import Cancellation


def run(options: argparse.Namespace) -> int:
    """Summarise one document in a conversation of its own."""
    with session(options) as (desk, cancel):
        answer = desk.summarising.summarise(
            _document(desk, options, cancel),
            length=options.length,
            model=options.model,
            cancel=cancel,
        )
        turn = follow(answer, options)
        found = sources(desk, turn, cancel)
    return report(turn, found, options)


def _document(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> int:
    """The file that was named, indexed, or else the document of that name. Raises
    DocumentMissing."""
    named: Path = path(options.document)
    if named.is_file():
        return files(desk, options, [named], cancel)[0]
    for document in desk.library.documents():
        if options.document in (document.name, document.path.stem):
            return document.id
    raise DocumentMissing(file=options.document)
