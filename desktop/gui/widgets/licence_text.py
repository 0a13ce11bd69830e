"""A licence in full, folded until somebody wants to read it. Plain text, whoever wrote it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from desktop.gui import theme

HEIGHT = 40 * theme.GRID


class LicenceText(QWidget):
    """Hidden where there is no text."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.button = QToolButton(self)
        self.button.setObjectName(f"{name}.more")
        self.button.setText(self.tr("Licence text"))
        self.button.setAccessibleName(self.tr("Show the text of the licence"))
        self.button.setCheckable(True)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.toggled.connect(self._disclose)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName(f"{name}.text")
        self.text.setAccessibleName(self.tr("Text of the licence"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setFixedHeight(HEIGHT)
        self.text.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.text)
        self.hide()

    def show_text(self, text: str) -> None:
        """Offer this text, folded; the one that is shown already stays as it is."""
        self.setVisible(bool(text))
        if text != self.text.toPlainText():
            self.button.setChecked(False)
            self.text.setPlainText(text)

    def _disclose(self, shown: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow
        self.button.setArrowType(arrow)
        self.text.setVisible(shown)
