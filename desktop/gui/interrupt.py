"""Ctrl+C in the terminal, and the system's wish that we end, as a Qt signal.

Python runs its signal handlers between its own instructions, and an idle event loop has none: a
pipe that Python writes to at once wakes the loop instead. Windows has no such pipe for Qt.
"""

from __future__ import annotations

import os
import signal

from PySide6.QtCore import QObject, QSocketNotifier, Signal

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupt(QObject):
    """`came` tells, on the main thread, that the process was asked to end."""

    came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handlers = {
            number: signal.signal(number, lambda *_: self.came.emit()) for number in SIGNALS
        }
        self._ends: tuple[int, int] | None = None
        if os.name == "posix":
            self._listen()

    def end(self) -> None:
        """Put back what was there before."""
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        if self._ends is not None:
            signal.set_wakeup_fd(-1)
            self._notifier.setEnabled(False)
            for end in self._ends:
                os.close(end)
            self._ends = None

    def _listen(self) -> None:
        reading, writing = self._ends = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, self)
        # Reading is enough: the handler itself runs as soon as Python does.
        self._notifier.activated.connect(lambda: os.read(reading, 64))
