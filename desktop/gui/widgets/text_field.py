"""Where a text to be rewritten is typed, pasted or dropped as a file.

Text comes in as plain text; files are passed on by their paths and never opened here.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

FILES = (".txt", ".md", ".markdown", ".text", ".docx", ".eml")


class TextField(QPlainTextEdit):
    """`filesGiven` carries the paths of files that were pasted or dropped."""

    filesGiven = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rewrite.input")
        self.setAccessibleName(self.tr("Text to rewrite"))
        self.setPlaceholderText(
            self.tr(
                "Type or paste a text, or drop a file: .docx, .txt, .md or a saved mail. "
                "The original is never changed."
            )
        )
        self.setTabChangesFocus(True)

    def whole_text(self) -> str:
        """All of it, to the character: Qt's `toPlainText` makes a space of one that must not
        break."""
        text = self.document().toRawText()
        for line_end in ("\N{PARAGRAPH SEPARATOR}", "\ufdd0", "\ufdd1"):
            text = text.replace(line_end, "\n")
        return text

    def replace_text(self, text: str) -> None:
        """Put another text in its place; undo brings the one before back."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.setPosition(0)
        self.setTextCursor(cursor)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # What is not for here goes on to the window, which has a use for other files.
        if source.hasUrls() and any(url.isLocalFile() for url in source.urls()):
            return bool(text_files(source))
        return super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        paths = text_files(source)
        if paths:
            self.filesGiven.emit(paths)
        else:
            super().insertFromMimeData(source)


def text_files(source: QMimeData) -> list[Path]:
    """The local files among what is dragged, if all are such as can be rewritten by their names."""
    paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    return paths if all(path.suffix.lower() in FILES for path in paths) else []
