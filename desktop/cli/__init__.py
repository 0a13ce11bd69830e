"""The command line: the same services as the window, without Qt.

`main` is the edge where a known error becomes one sentence on stderr and exit code 3, and anything
else is our bug: exit code 70 and a traceback.
"""

from __future__ import annotations

from desktop.cli.main import main

__all__ = ["main"]
