"""Python stays alive under a Qt binding that drops a reference to None with each call."""

from __future__ import annotations

import subprocess
import sys

CALLS = 50_000

SCRIPT = f"""
import desktop.gui
from PySide6.QtCore import QObject
thing = QObject()
for _ in range({CALLS}):
    thing.setObjectName("x")
"""


def test_many_calls_that_return_nothing_do_not_end_the_process() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
