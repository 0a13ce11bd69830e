"""What can be asked of the selected documents: a summary of one, a comparison of two.

Offers it; the Chat page carries it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.domain.documents import Document
from desktop.domain.summaries import Length
from desktop.gui.actions import Actions

COMPARED = 2  # documents, side by side


class DocumentAsking(QObject):
    """`summarised` carries a document and a length, `compared` two documents."""

    summarised = Signal(object, object)
    compared = Signal(object)

    def __init__(self, actions: Actions, within: QWidget) -> None:
        super().__init__(within)
        self._documents: list[Document] = []
        self._lengths = [
            actions.add(
                f"documents.summarise.{length}",
                text,
                keys,
                partial(self._summarise, length),
                within=within,
                in_full=in_full,
            )
            for length, text, keys, in_full in (
                (
                    Length.SHORT,
                    self.tr("In short"),
                    "Ctrl+Alt+1",
                    self.tr("Summarise the selected document in one paragraph"),
                ),
                (
                    Length.MEDIUM,
                    self.tr("In a few paragraphs"),
                    "Ctrl+Alt+2",
                    self.tr("Summarise the selected document in a few paragraphs"),
                ),
                (
                    Length.LONG,
                    self.tr("At length"),
                    "Ctrl+Alt+3",
                    self.tr("Summarise the selected document at length"),
                ),
            )
        ]
        self._compare = actions.add(
            "documents.compare",
            self.tr("Compare"),
            "Ctrl+Alt+C",
            lambda: self.compared.emit(self._documents),
            within=within,
            in_full=self.tr("Ask what each of the two selected documents says"),
        )
        self._button = QPushButton(within)
        self._button.setObjectName("documents.summarise.button")
        self._button.setText(self.tr("Summarise"))
        self._button.setAccessibleName(self.tr("Summarise the selected document"))
        self._button.setToolTip(self._button.accessibleName())
        menu = QMenu(self._button)
        menu.setToolTipsVisible(True)
        menu.addActions(self._lengths)
        self._button.setMenu(menu)
        self.follow([])

    @property
    def button(self) -> QPushButton:
        """Opens the choice of lengths."""
        return self._button

    @property
    def compare_action(self) -> QAction:
        return self._compare

    def follow(self, selected: Sequence[Document]) -> None:
        """Offer what can be asked of these; what no page was read of yet, cannot."""
        self._documents = list(selected)
        read = all(document.pages_read for document in selected)
        one, two = len(selected) == 1 and read, len(selected) == COMPARED and read
        for action in self._lengths:
            action.setEnabled(one)
        self._button.setVisible(one)
        self._compare.setEnabled(two)
        self._compare.setVisible(two)

    def add_to(self, menu: QMenu) -> None:
        """Put what is offered into a menu."""
        if self._compare.isEnabled():
            menu.addAction(self._compare)
        if self._lengths[0].isEnabled():
            lengths = menu.addMenu(self.tr("Summarise"))
            lengths.setObjectName("documents.summarise.menu")
            lengths.addActions(self._lengths)

    def _summarise(self, length: Length) -> None:
        if len(self._documents) == 1:
            self.summarised.emit(self._documents[0], length)
