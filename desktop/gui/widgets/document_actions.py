"""What can be done with the documents that are selected: each an action, carried out on a task.

Removed documents are out of sight and can be put back until they are removed for good, at the
latest when the program closes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.documents import Document, DocumentState
from desktop.domain.errors import EscritoireError
from desktop.gui.actions import Actions
from desktop.gui.models.collections import Kind
from desktop.gui.models.document_words import UNFINISHED
from desktop.gui.models.documents import DocumentsModel
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.collection_list import CollectionList
from desktop.gui.widgets.document_asking import DocumentAsking
from desktop.services.library import Library

AGAIN = (DocumentState.FAILED, DocumentState.CANCELLED)
MANY = 50  # documents that are taken out of sight at once, not row by row


class DocumentActions(QObject):
    """`moved` says that other documents are in sight; `passwordWished` that one is to be typed."""

    moved = Signal()
    passwordWished = Signal()

    def __init__(
        self,
        tasks: Tasks,
        library: Library,
        notifier: Notifier,
        model: DocumentsModel,
        collections: CollectionList,
        selected: Callable[[], list[Document]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._library = library
        self._notifier = notifier
        self._model = model
        self._collections = collections
        self._selected = selected
        self.leaving: set[int] = set()  # on their way out: the library knows it in a moment

    # -- removing

    def put_back(self, document_ids: Sequence[int]) -> None:
        """Have removed documents again, as they were."""

        def show(documents: list[Document]) -> None:
            for document in documents:
                self._model.show(document)
            self._collections.refresh()
            self.moved.emit()

        self._run(lambda: [self._library.restore(number) for number in document_ids], show)

    def put_away(self, ids: list[int], text: str, remove: Callable[[], object]) -> None:
        """Take documents out of sight and out of the library, which `text` says; can be undone."""
        if len(ids) > MANY:
            records = self._model.hide_all(set(ids))
        else:  # the list stays where it is
            records = list(filter(None, map(self._model.hide, ids)))
        self.leaving |= set(ids)
        self.moved.emit()

        def say(_: object) -> None:
            self.leaving -= set(ids)
            self._collections.refresh()
            self._notifier.say(text, action=self.tr("Undo"), act=lambda: self.put_back(ids))

        def show_again(error: EscritoireError) -> None:
            self.leaving -= set(ids)
            for document in records:
                self._model.show(document)
            self.moved.emit()
            self._notifier.trouble(error)

        if ids:
            self._tasks.run(lambda _: remove(), owner=self, done=say, failed=show_again)

    def _remove(self) -> None:
        documents = self._selected()
        ids = [document.id for document in documents]
        if len(documents) == 1:
            text = self.tr("{name} was removed. Its file is untouched.")
            text = text.format(name=documents[0].name)
        else:
            text = self.tr("{count} documents were removed. Their files are untouched.")
            text = text.format(count=len(documents))

        self.put_away(ids, text, lambda: self._library.remove(*ids))

    def _forget(self) -> None:
        ids = {document.id for document in self._selected()}

        def said(count: int) -> None:
            self._collections.refresh()
            self._notifier.say(
                self.tr("Removed for good, with text, words and vectors: {count}.").format(
                    count=count
                )
            )

        self._run(lambda: self._library.settle(ids), said)

    # -- collections

    def _offer_collections(self, at: QPoint | None = None) -> None:
        """A menu of the collections that the selected documents can be put into."""
        menu = QMenu(self._within)
        menu.setObjectName("documents.put.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self._collections.others():
            action = menu.addAction(name.replace("&", "&&"))
            action.triggered.connect(partial(self._put, name))
        menu.popup(at or self._within.mapToGlobal(self._within.rect().center()))

    def _put(self, name: str, _checked: bool = False) -> None:
        self._collections.put([document.id for document in self._selected()], name)

    def _take(self) -> None:
        self._collections.take([document.id for document in self._selected()])

    # -- reading

    def _each(self, states: Sequence[DocumentState], do: Callable[[int], None]) -> None:
        for document in self._selected():
            if document.state in states:
                self._run(partial(do, document.id), lambda _: None)

    def _reread(self) -> None:
        for document in self._selected():
            if _is_scan(document):
                self._run(partial(self._library.again, document.id), lambda _: None)

    def _run(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        self._tasks.run(lambda _: work(), owner=self, done=done, failed=self._notifier.trouble)

    # -- which can be done now

    def follow(self) -> None:
        """Offer what can be done with what is selected."""
        chosen = self._selected()
        kind = self._collections.entry.kind
        gone = kind is Kind.REMOVED
        states = set() if gone else {document.state for document in chosen}
        some = bool(chosen) and not gone
        self._show(self.cancel, bool(states & set(UNFINISHED)), not chosen)
        self._show(self.again, bool(states & set(AGAIN)), not chosen)
        scans = some and any(_is_scan(document) for document in chosen)
        self._show(self.reread, scans, False)
        self.password.setEnabled(states == {DocumentState.LOCKED} and len(chosen) == 1)
        self._show(self.put, some and bool(self._collections.others()), False)
        self._show(self.take, some and kind is Kind.COLLECTION, False)
        self._show(self.remove, some, not gone)
        self._show(self.restore, bool(chosen) and gone, False)
        self._show(self.forget, bool(chosen) and gone, False)

    @staticmethod
    def _show(action: QAction, enabled: bool, otherwise: bool) -> None:
        """Enabled and in sight, or `otherwise` in sight all the same."""
        action.setEnabled(enabled)
        action.setVisible(enabled or otherwise)

    def buttons(self) -> Sequence[QAction]:
        """Those that have a button."""
        return (
            self.cancel,
            self.again,
            self.reread,
            self.put,
            self.take,
            self.restore,
            self.forget,
            self.remove,
        )

    def menu(self, at: QPoint, asking: DocumentAsking) -> None:
        """What can be done and asked, as a menu at this place on the screen."""
        if not self._selected():
            return
        menu = QMenu(self._within)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in (self.password, *self.buttons()):
            if action.isEnabled():
                menu.addAction(action)
        asking.add_to(menu)
        menu.popup(at)

    def register(self, actions: Actions, within: QWidget) -> None:
        """Make the actions, whose shortcuts work inside `within`."""
        self._within = within

        def add(
            name: str, text: str, keys: str, do: Callable[[], object], in_full: str = ""
        ) -> QAction:
            return actions.add(f"documents.{name}", text, keys, do, within=within, in_full=in_full)

        self.cancel = add(
            "cancel",
            self.tr("Cancel"),
            "Ctrl+.",
            lambda: self._each(UNFINISHED, self._library.stop),
            self.tr("Stop reading the selected documents"),
        )
        self.again = add(
            "again",
            self.tr("Try again"),
            "F5",
            lambda: self._each(AGAIN, self._library.again),
            self.tr("Read the selected documents again"),
        )
        self.reread = add(
            "reread",
            self.tr("Read again"),
            "Ctrl+F5",
            self._reread,
            self.tr("Read the selected scans again, in the script that is set now"),
        )
        self.password = add(
            "ask_password",
            self.tr("Enter the password"),
            "F2",
            self.passwordWished.emit,
            self.tr("Enter the password of the selected document"),
        )
        self.put = add(
            "put",
            self.tr("Put into"),
            "Ctrl+M",
            self._offer_collections,
            self.tr("Put the selected documents into another collection as well"),
        )
        self.take = add(
            "take",
            self.tr("Take out"),
            "Ctrl+Del",
            self._take,
            self.tr("Take the selected documents out of this collection; they stay in the library"),
        )
        self.restore = add(
            "restore",
            self.tr("Put back"),
            "Ctrl+Shift+Z",
            lambda: self.put_back([document.id for document in self._selected()]),
            self.tr("Put the selected removed documents back"),
        )
        self.forget = add(
            "forget",
            self.tr("Remove for good"),
            "Shift+Del",
            self._forget,
            self.tr("Take text, words and vectors of the selected documents away for good"),
        )
        self.remove = add(
            "remove",
            self.tr("Remove"),
            "Del",
            self._remove,
            self.tr("Remove the selected documents; can be undone until the window closes"),
        )


def _is_scan(document: Document) -> bool:
    """Whether it was read to the end, and OCR was not sure of some of it or found nothing."""
    doubtful = document.pages_unsure + document.pages_without_text
    return document.state is DocumentState.READY and doubtful > 0
