"""A pair being written: the text as it was beside the text as it is wanted.

Each side is typed, pasted, or taken from a file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.tone import Pair
from desktop.gui import theme
from desktop.gui.choosing import choose
from desktop.services.originals import TEXTS

TALL = 13 * theme.GRID


class PairField(QWidget):
    """`kept` carries the pair, `left` says that it is not wanted.

    `fileWanted` carries a path, and what takes its text.
    """

    kept = Signal(object)
    left = Signal()
    fileWanted = Signal(object, object)

    def __init__(self, name: str, keep: str, leave: str, parent: QWidget) -> None:
        """`name` begins the object names; `keep` and `leave` are what its buttons say."""
        super().__init__(parent)
        self._name = name
        self.before = self._side("before", self.tr("As it was"))
        self.after = self._side("after", self.tr("As it is wanted"))
        self._keep = QPushButton(keep, self)
        self._keep.setObjectName(f"{name}.keep")
        self._keep.setAccessibleName(keep)
        self._keep.setProperty("kind", "primary")
        self._keep.clicked.connect(lambda: self.kept.emit(self.pair()))
        self._leave = QPushButton(leave, self)
        self._leave.setObjectName(f"{name}.leave")
        self._leave.setAccessibleName(leave)
        self._leave.clicked.connect(self.left)
        for field in (self.before, self.after):
            field.textChanged.connect(self._follow)
        self._lay_out()
        self._follow()

    def pair(self) -> Pair:
        return Pair(self.before.toPlainText().strip(), self.after.toPlainText().strip())

    def show_pair(self, pair: Pair) -> None:
        self.before.setPlainText(pair.before)
        self.after.setPlainText(pair.after)

    def clear(self) -> None:
        self.show_pair(Pair("", ""))

    def _follow(self) -> None:
        pair = self.pair()
        self._keep.setEnabled(bool(pair.before and pair.after and pair.before != pair.after))

    def _side(self, name: str, spoken: str) -> QPlainTextEdit:
        field = QPlainTextEdit(self)
        field.setObjectName(f"{self._name}.{name}")
        field.setAccessibleName(spoken)
        field.setTabChangesFocus(True)
        field.setFixedHeight(TALL)
        return field

    def _from_file(self, field: QPlainTextEdit, put: Callable[[str], object]) -> QPushButton:
        button = QPushButton(self.tr("From a file"), self)
        button.setObjectName(f"{field.objectName()}.file")
        button.setAccessibleName(self.tr("{side}, from a file").format(side=field.accessibleName()))
        button.setProperty("kind", "quiet")
        endings = " ".join(f"*{ending}" for ending in TEXTS)

        def chosen(paths: list[Path]) -> None:
            self.fileWanted.emit(paths[0], put)

        button.clicked.connect(
            lambda: choose(
                self,
                f"{field.objectName()}.choose",
                self.tr("Choose a text"),
                [f"{self.tr('Plain text')} ({endings})", f"{self.tr('All files')} (*)"],
                chosen,
            )
        )
        return button

    def _lay_out(self) -> None:
        sides = QGridLayout()
        sides.setHorizontalSpacing(2 * theme.GRID)
        sides.setVerticalSpacing(theme.GRID // 2)
        for column, field in enumerate((self.before, self.after)):
            label = QLabel(field.accessibleName(), self)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            head = QHBoxLayout()
            head.addWidget(label, 1)
            head.addWidget(self._from_file(field, field.setPlainText))
            sides.addLayout(head, 0, column)
            sides.addWidget(field, 1, column)
            sides.setColumnStretch(column, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        buttons.addStretch(1)
        buttons.addWidget(self._leave)
        buttons.addWidget(self._keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(sides)
        layout.addLayout(buttons)
