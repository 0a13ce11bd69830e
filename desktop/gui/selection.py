"""The text that is selected in another program: taken from there, and another put in its place.

Where the system keeps a selection of its own, it is read there; elsewhere the keys for copying are
sent. The clipboard is kept aside and is afterwards what it was. Nothing waits on the main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QElapsedTimer, QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from desktop.gui.foreground import Foreground
from desktop.gui.passing import Passing, is_passing, is_secret, kept_aside

LOOK_MS = 20  # between two looks at what another program has done
COPIED_WITHIN_MS = 700
READY_WITHIN_MS = 1500
READ_WITHIN_MS = 2500
READ_ON_MS = 400  # after the first; some programs ask for several formats, one by one


class Handed(Enum):
    """REPLACED was read by the other program. What is LEFT is on the clipboard, because the window
    was gone or took nothing."""

    REPLACED = auto()
    LEFT = auto()


class Selection(QObject):
    """`taken` carries a text, "" if nothing is selected; `secret` comes instead where a password is
    on the clipboard. `handed` carries a `Handed`. One thing at a time."""

    taken = Signal(str)
    secret = Signal()
    handed = Signal(object)

    def __init__(self, foreground: Foreground, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._foreground = foreground
        self._clipboard = QGuiApplication.clipboard()
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._look_again)
        self._watched: Callable[[], bool] | None = None
        self._too_late: Callable[[], object] | None = None
        self._limit_ms = 0
        self._clock = QElapsedTimer()
        self._settling = QTimer(self, singleShot=True, interval=READ_ON_MS)
        self._settling.timeout.connect(self._was_read)
        self._kept: QMimeData | None = None
        self._text = ""
        self._passing: Passing | None = None  # Qt deletes it as soon as something else is there
        self._pasted = False
        self._overtaken = False  # something else came onto the clipboard meanwhile
        self._clipboard.dataChanged.connect(self._changed)

    @property
    def may_replace(self) -> bool:
        return self._foreground.may_type

    @property
    def can_take(self) -> bool:
        """Whether there is a way at all to what is selected elsewhere."""
        return self.read_in_place or self._foreground.may_type

    @property
    def read_in_place(self) -> bool:
        """Whether `take` needs no keys, and so works with our own window in front."""
        return self._foreground.has_selection and self._clipboard.supportsSelection()

    @property
    def would_lose_secret(self) -> bool:
        """Whether a password is on the clipboard, which could not be put back after `replace`."""
        return is_secret(self._held(QClipboard.Mode.Clipboard))

    # -- taking

    def take(self) -> None:
        """Find out what is selected, where it `can_take`; `taken` or `secret` follows."""
        self.settle()
        if self.read_in_place:
            self._give(self._held(QClipboard.Mode.Selection))
            return
        # A password could not be put back afterwards, and is not read: leave it where it is.
        if is_secret(self._held(QClipboard.Mode.Clipboard)):
            self.secret.emit()
            return
        window = self._foreground.window()

        def ready() -> bool:  # the keys of the shortcut are let go
            if window is None or not self._foreground.is_ready(window):
                return False
            self._kept = kept_aside(self._held(QClipboard.Mode.Clipboard))
            self._clipboard.clear()
            self._foreground.copy()
            self._watch(self._came, self._copied, COPIED_WITHIN_MS)
            return True

        self._watch(ready, lambda: self.taken.emit(""), READY_WITHIN_MS)

    def take_clipboard(self) -> None:
        """What is on the clipboard, which is left as it is; `taken` or `secret` follows."""
        self.settle()
        self._give(self._held(QClipboard.Mode.Clipboard))

    def _came(self) -> bool:
        held = self._held(QClipboard.Mode.Clipboard)
        if held is None or not held.formats():
            return False
        self._copied()
        return True

    def _copied(self) -> None:
        held = self._held(QClipboard.Mode.Clipboard)
        text = held.text() if held is not None else ""
        self._put_back()
        self.taken.emit(text)

    def _give(self, held: QMimeData | None) -> None:
        if is_secret(held):
            self.secret.emit()
        else:
            self.taken.emit(held.text() if held is not None else "")

    # -- handing back

    def replace(self, text: str, window: int | None) -> None:
        """Paste a text into the window, where what was selected is selected still; `handed` tells
        how that went."""
        self.settle()
        self._text, self._pasted = text, False
        if window is None or not self._foreground.may_type:
            self._leave()
            return
        self._kept = kept_aside(self._held(QClipboard.Mode.Clipboard))
        self._passing = Passing(text, self._read)
        self._overtaken = False
        self._clipboard.setMimeData(self._passing)
        self._foreground.bring(window)

        def ready() -> bool:
            if not self._foreground.is_ready(window):
                return False
            self._pasted = True
            self._foreground.paste()
            self._watch(self._settling.isActive, self._leave, READ_WITHIN_MS)
            return True

        self._watch(ready, self._leave, READY_WITHIN_MS)

    def settle(self) -> None:
        """End what is under way, with the clipboard as it was."""
        self._unwatch()
        if self._settling.isActive():
            self._settling.stop()
            self._was_read()
        elif self._kept is not None:
            self._passing = None
            self._put_back()

    def _changed(self) -> None:
        if self._kept is None:
            return  # whoever copied something need not say what: nothing is under way here
        # Ours is told of too, on some systems later: what is there now decides.
        self._overtaken = not is_passing(self._held(QClipboard.Mode.Clipboard))

    def _read(self) -> None:
        # Once: who looks at the clipboard again and again must not keep it from being put back.
        if self._pasted and not self._settling.isActive():
            self._settling.start()

    def _was_read(self) -> None:
        self._passing = None
        if not self._overtaken:  # otherwise somebody has copied something meanwhile, and that stays
            self._put_back()
        self._kept = None
        self.handed.emit(Handed.REPLACED)

    def _leave(self) -> None:
        """The text stays on the clipboard, as one that was copied."""
        self._passing = self._kept = None
        self._clipboard.setText(self._text)
        self.handed.emit(Handed.LEFT)

    def _put_back(self) -> None:
        kept, self._kept = self._kept, None
        if kept is None:
            return
        if kept.formats():
            self._clipboard.setMimeData(kept)
        else:
            self._clipboard.clear()

    # -- waiting without holding anything up

    def _watch(
        self, watched: Callable[[], bool], too_late: Callable[[], object], limit_ms: int
    ) -> None:
        """Look until `watched` is true; call `too_late` if that takes longer than the limit."""
        self._watched, self._too_late, self._limit_ms = watched, too_late, limit_ms
        self._clock.start()
        self._look.start()

    def _unwatch(self) -> None:
        self._look.stop()
        self._watched = None

    def _look_again(self) -> None:
        watched, too_late = self._watched, self._too_late
        if watched is None or too_late is None:
            self._look.stop()
        elif watched():
            if self._watched is watched:  # or it has begun to watch for something else
                self._unwatch()
        elif self._clock.elapsed() > self._limit_ms:
            self._unwatch()
            too_late()

    def _held(self, mode: QClipboard.Mode) -> QMimeData | None:
        return self._clipboard.mimeData(mode)
