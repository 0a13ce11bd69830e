"""Entry point: the window, or the command line. Imports neither until it knows which."""

from __future__ import annotations

import sys

INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def main() -> int:
    """Run what was asked for and return the exit code."""
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # before whoever handles it was there
        sys.stderr.write("Stopped.\n")
        code = INTERRUPTED
    if code == INTERRUPTED:
        _end_by_ourselves()
    return code


def _end_by_ourselves() -> None:
    """Let the exit code be ours.

    Where Ctrl+C came while Python ran a text as code, as dataclasses do to be made, the interpreter
    remembers, handled or not, and ends by sending SIGINT to itself (Py_RunMain). A signal that is
    blocked does not end it, and the exit code is what shells have for that.
    """
    import signal

    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _run(arguments: list[str]) -> int:
    import multiprocessing

    multiprocessing.freeze_support()
    from desktop.cli.arguments import parser

    options = parser().parse_args(arguments)
    if options.command is not None:
        from desktop.cli.main import main as command_line

        return command_line(arguments)
    from desktop.app import main as open_window

    return open_window(options)


if __name__ == "__main__":
    sys.exit(main())
