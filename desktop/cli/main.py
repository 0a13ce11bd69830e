"""The edge: arguments in, an exit code out, and every error told as what it is."""

from __future__ import annotations

import argparse
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module

from desktop.cli import arguments
from desktop.cli.terminal import note
from desktop.domain.errors import Cancelled, EscritoireError

DONE = 0
USAGE = 2
KNOWN_ERROR = 3
OUR_BUG = 70
INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def main(argv: Sequence[str]) -> int:
    """Run a command; `argv` is without the program's name. The window is not opened here."""
    parser = arguments.parser()
    options = parser.parse_args(argv)
    if options.command == "search" and (options.query is None) == (options.queries is None):
        parser.error("search takes either QUERY or --queries FILE.jsonl")
    if options.command == "compare" and len(set(options.file)) != 2:
        parser.error("compare takes --file PATH twice, for two files")
    try:
        return _command(options.command)(options)
    except EscritoireError as error:
        complain(error)
        return KNOWN_ERROR
    except (KeyboardInterrupt, Cancelled):
        note("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        return DONE  # whoever read our output has seen enough
    except Exception:  # noqa: BLE001 (the edge)
        traceback.print_exc()
        note("This is a bug in Escritoire, not a mistake of yours. Nothing that was saved is lost.")
        return OUR_BUG


def complain(error: EscritoireError) -> None:
    """A known error on stderr: what happened, and what to do."""
    note(str(error))


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """The command's own module, imported only now: `--help` needs nothing of it."""
    run: Callable[[argparse.Namespace], int] = import_module(f"desktop.cli.{name}").run
    return run
