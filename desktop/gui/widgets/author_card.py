"""In Settings: in whose name changes to a Word document are tracked."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit

from desktop.domain.jobs import Cancellation
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.sheet import Card
from desktop.services.originals import DEFAULT_AUTHOR, LONGEST_AUTHOR, Originals


class AuthorCard(Card):
    """What is typed is kept once it is left."""

    def __init__(self, tasks: Tasks, originals: Originals, notifier: Notifier) -> None:
        super().__init__("")
        self._tasks = tasks
        self._originals = originals
        self._notifier = notifier
        self.setObjectName("settings.author_card")
        self.title(self.tr("Tracked changes"))
        self.say(
            self.tr(
                "A rewritten Word document holds what you took as tracked changes, in this name."
            )
        )
        self.field = QLineEdit(self)
        self.field.setObjectName("settings.author")
        self.field.setMaxLength(LONGEST_AUTHOR)
        self.field.setPlaceholderText(DEFAULT_AUTHOR)
        self.field.setAccessibleName(self.tr("Author of tracked changes"))
        self.field.editingFinished.connect(self._keep)
        self.put(self.field)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tasks.run(
            lambda _: self._originals.author(),
            owner=self,
            done=self._show,
            failed=self._notifier.trouble,
        )

    def _show(self, author: str) -> None:
        if not self.field.isModified():
            self.field.setText("" if author == DEFAULT_AUTHOR else author)

    def _keep(self) -> None:
        if not self.field.isModified():
            return
        self.field.setModified(False)
        name = self.field.text()

        def work(_: Cancellation) -> str:
            self._originals.set_author(name)
            return self._originals.author()

        self._tasks.run(work, owner=self, done=self._kept, failed=self._notifier.trouble)

    def _kept(self, author: str) -> None:
        said = self.tr("Changes are tracked in the name of {author} from now on.")
        self._notifier.say(said.replace("{author}", author), seconds=3)
        self._show(author)
