"""An answer for a screen reader: its sentences as they are finished, politely, and never twice.

Without a screen reader nothing is done.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.sentences import sentences

EVERY_MS = 3000  # what is finished within it is said in one go


class SpokenAnswer(QObject):
    """Speaks in the name of `voice`, the widget that shows answers."""

    def __init__(self, voice: QWidget) -> None:
        super().__init__(voice)
        self._voice = voice
        self._text = ""
        self._said = 0  # characters of it that were said
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(EVERY_MS)
        self._pause.timeout.connect(self._say_finished)

    def begin(self) -> None:
        """Another answer comes."""
        self._pause.stop()
        self._text, self._said = "", 0

    def add(self, piece: str) -> None:
        """A piece of the answer has come."""
        if QAccessible.isActive():
            self._text += piece
            if not self._pause.isActive():
                self._pause.start()

    def finish(self, text: str, *, before: str = "") -> None:
        """The answer is whole: say what of it was not said yet, `before` in front."""
        self._pause.stop()
        heard = self._text[: self._said]
        rest = text.removeprefix(heard)
        self._say(f"{before} {rest}".strip())
        self.begin()

    def _say_finished(self) -> None:
        spans = sentences(self._text[self._said :])[:-1]  # the last one may yet go on
        if spans:
            begun, self._said = self._said, self._said + spans[-1][1]
            self._say(self._text[begun : self._said].strip())

    def _say(self, words: str) -> None:
        if words and QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self._voice, words)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)
