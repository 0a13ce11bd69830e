"""Entry point: the window, or the command line. Imports neither until it knows which."""

from __future__ import annotations

import sys


def main() -> int:
    """Run what was asked for and return the exit code."""
    try:
        return _run(sys.argv[1:])
    except KeyboardInterrupt:  # before whoever handles it was there
        sys.stderr.write("Stopped.\n")
        return 130  # 128 + SIGINT, as shells have it


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
