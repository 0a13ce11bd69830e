"""Files that are dragged across a field of one line: they go on to the window, which takes them.

File managers give the paths as text along with them, and Qt's fields would take that for a text to
be put in. Nothing else is kept from a field.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class FilesPass(QObject):
    """Watches the fields of the pages it was shown."""

    def watch(self, page: QWidget) -> None:
        """From now on files pass over all fields of a page."""
        for field in page.findChildren(QLineEdit):
            field.installEventFilter(self)

    def eventFilter(self, _field: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDragEnterEvent):
            return False
        carries_files = any(url.isLocalFile() for url in event.mimeData().urls())
        if carries_files:
            event.ignore()
        return carries_files
