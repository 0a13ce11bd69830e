"""escritoire compare: what each of two documents says about a question, one below the other."""

from __future__ import annotations

import argparse

from desktop.cli.ask import files, follow, report, sources
from desktop.cli.session import session
from desktop.domain.errors import DocumentMissing


def run(options: argparse.Namespace) -> int:
    """Compare two files in a conversation of its own."""
    with session(options) as (desk, cancel):
        compared: list[int] = []
        for path in options.file:  # one by one: they are shown in this order
            if not path.is_file():
                raise DocumentMissing(file=str(path))
            compared += files(desk, options, [path], cancel)
        answer = desk.comparing.compare(
            options.question,
            compared,
            model=options.model,
            cancel=cancel,
        )
        turn = follow(answer, options)
        found = sources(desk, turn, cancel)
    return report(turn, found, options)
