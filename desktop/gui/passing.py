"""What is on the clipboard, kept aside and put back; and a text that only passes through it.

What a password manager marked as secret is never read, and so cannot be put back either.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QMimeData

from desktop.domain.clipboard import HINT, marked_secret

MARK = "application/x-escritoire-passing"  # by which ours is known, on every system


def is_secret(held: QMimeData | None) -> bool:
    """Whether a password manager put it there. Looks at names of formats, not at what is held."""
    return held is not None and marked_secret(held.formats())


def is_passing(held: QMimeData | None) -> bool:
    """Whether it is a `Passing`, seen from outside."""
    return held is not None and held.hasFormat(MARK)


def kept_aside(held: QMimeData | None) -> QMimeData:
    """A copy in every format, which lasts when somebody else takes the clipboard; empty for what
    is secret."""
    kept = QMimeData()
    if held is not None and not is_secret(held):
        for name in held.formats():
            kept.setData(name, held.data(name))
        if held.hasImage():  # whose formats are made when they are asked for
            kept.setImageData(held.imageData())
    return kept


class Passing(QMimeData):
    """A text for one program to read; `on_read` is called whenever one has asked for it.

    Marked so that programs that remember the clipboard leave it alone.
    """

    def __init__(self, text: str, on_read: Callable[[], object]) -> None:
        super().__init__()
        self._on_read = on_read
        self.setText(text)
        self.setData(HINT, b"secret")
        self.setData(MARK, b"1")

    def retrieveData(self, name: str, kind: Any) -> Any:
        held = super().retrieveData(name, kind)
        if name.startswith("text/plain"):
            self._on_read()
        return held
