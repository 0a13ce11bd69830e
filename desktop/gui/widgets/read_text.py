"""Plain text that is read and copied, never changed; and not even copied while it is locked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QWidget

Interaction = Qt.TextInteractionFlag
Keys = QKeySequence.StandardKey


class ReadText(QPlainTextEdit):
    """Leaves undo and redo to whoever has something to undo."""

    def __init__(self, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.lock(False)

    def lock(self, locked: bool) -> None:
        """Let nothing be selected, and so copied; changes are decided about all the same."""
        flags = Interaction.TextSelectableByMouse | Interaction.TextSelectableByKeyboard
        self.setTextInteractionFlags(Interaction.NoTextInteraction if locked else flags)
        if locked:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        # Qt claims these keys even for a text that cannot be edited.
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.matches(Keys.Undo) or event.matches(Keys.Redo))
        ):
            event.ignore()
            return False
        return super().event(event)
