"""Which file the text to be rewritten is from, what becomes of it, and the way to let go of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.originals import Original
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.models.original_words import about_original
from desktop.gui.widgets.elided_label import ElidedLabel


class FileStrip(QFrame):
    """Hidden while the text is one that was typed. `closeWanted` wishes to let go of the file."""

    closeWanted = Signal()

    def __init__(self, actions: Actions, within: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rewrite.file")
        self.setProperty("role", "card")
        self._action = actions.add(
            "rewrite.close_file",
            self.tr("Close file"),
            None,
            self.closeWanted.emit,
            within=within,
            in_full=self.tr("Close the file that is rewritten; its text stays"),
        )
        self._name = ElidedLabel("rewrite.file.name", "heading", self)
        self._about = QLabel(self)
        self._about.setObjectName("rewrite.file.about")
        self._about.setProperty("role", "muted")
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setWordWrap(True)
        close = QPushButton(self)
        close.setObjectName("rewrite.close_file.button")
        bind(close, self._action)
        words = QVBoxLayout()
        words.setSpacing(theme.GRID // 2)
        words.addWidget(self._name)
        words.addWidget(self._about)
        layout = QHBoxLayout(self)
        margin = theme.GRID + theme.GRID // 2
        layout.setContentsMargins(margin, theme.GRID, margin, theme.GRID)
        layout.setSpacing(theme.GRID)
        layout.addLayout(words, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.let_go()

    def show_file(self, original: Original) -> None:
        """Say that the text is from this file."""
        self._name.show_text(original.path.name)
        self._about.setText(about_original(original))
        self.show()
        self._action.setEnabled(True)

    def let_go(self) -> None:
        """The text is nobody's but the user's."""
        self.hide()
        self._action.setEnabled(False)
