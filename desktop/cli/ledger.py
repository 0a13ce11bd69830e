"""escritoire ledger: every request that left this computer, and every one that was refused."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC, datetime

from desktop.cli.main import DONE
from desktop.cli.session import session
from desktop.cli.terminal import note, one_line, say, say_json
from desktop.domain.hub import Request


def run(options: argparse.Namespace) -> int:
    """Print the ledger, oldest first."""
    with session(options, documents=False) as (desk, _):
        requests = desk.requests()
    for request in requests:
        if options.json:
            say_json(asdict(request) | {"at": _time(request)})
        else:
            say(one_line(_line(request)))
    if not requests and not options.json:
        note("No request has left this computer.")
    return DONE


def _line(request: Request) -> str:
    status = str(request.status) if request.status else "-"
    line = (
        f"{_time(request)}  {request.purpose:<10}  {request.method} {request.host}{request.path}"
        f"  {status}  {request.received} bytes"
    )
    return f"{line}  {request.outcome}" if request.outcome else line


def _time(request: Request) -> str:
    return datetime.fromtimestamp(request.at, UTC).isoformat(timespec="seconds")
