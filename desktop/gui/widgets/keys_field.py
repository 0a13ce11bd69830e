"""A field for the keys of a shortcut, which Tab leaves again.

Qt's own takes every key for a shortcut, Tab too: whoever came there without a mouse stayed there.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QWidget

LEAVES = {Qt.Key.Key_Tab: True, Qt.Key.Key_Backtab: False}  # and whether forward


class KeysField(QKeySequenceEdit):
    """Takes one combination of keys."""

    def __init__(self, name: str, spoken: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setMaximumSequenceLength(1)
        self.setFinishingKeyCombinations([])
        inner = self.findChild(QLineEdit)
        if inner is not None:
            inner.setAccessibleName(spoken)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if Qt.Key(event.key()) in LEAVES and not held:
                return self.focusNextPrevChild(LEAVES[Qt.Key(event.key())])
        return super().event(event)
