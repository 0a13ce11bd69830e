"""Chats of other programs, taken in from the Chat page: which file is asked, the rest is a task.

Asks with a dialogue that leaves the window usable. What is in the file, a child reads.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal

from desktop.domain.foreign_chats import Imported
from desktop.domain.jobs import Cancellation
from desktop.gui.actions import Actions
from desktop.gui.choosing import choose
from desktop.gui.notify import Notifier
from desktop.gui.pages.chat import ChatPage
from desktop.gui.tasks import Tasks
from desktop.services.importing import Importing


class ImportingChats(QObject):
    """Registers its action; `imported` tells that a file was taken in."""

    imported = Signal(object)

    def __init__(
        self,
        tasks: Tasks,
        importing: Importing,
        notifier: Notifier,
        actions: Actions,
        page: ChatPage,
    ) -> None:
        super().__init__(page)
        self._tasks = tasks
        self._importing = importing
        self._notifier = notifier
        self._page = page
        action = actions.add(
            "chat.import", self.tr("Import chats"), "Ctrl+Shift+I", self.choose, within=page,
            in_full=self.tr("Import chats that ChatGPT, Open WebUI or Escritoire exported"),
        )  # fmt: skip
        page.offer([action])

    def choose(self) -> None:
        """Ask for the file."""
        choose(
            self._page,
            "chat.import.choose",
            self.tr("Import chats"),
            [f"{self.tr('Exported chats')} (*.json)", f"{self.tr('All files')} (*)"],
            lambda paths: self.take_in(paths[0]),
        )

    def take_in(self, path: Path) -> None:
        """Take in the chats of a file."""

        def work(cancel: Cancellation) -> Imported:
            return self._importing.take_in(path, cancel)

        def done(what: Imported) -> None:
            self._notifier.say(self._in_words(what))
            self.imported.emit(what)

        job = self._tasks.run(
            work,
            owner=self,
            done=done,
            failed=self._notifier.trouble,
            over=lambda: self._notifier.withdraw(waiting),
        )
        waiting = self._notifier.say(
            self.tr("Importing {file}").format(file=path.name),
            action=self.tr("Stop"),
            act=job.cancel,
            seconds=None,
        )

    def _in_words(self, what: Imported) -> str:
        count = QLocale().toString
        said = self.tr("Chats taken in: {count}.").format(count=count(what.chats))
        if what.known:
            said += " " + self.tr("Here already: {count}.").format(count=count(what.known))
        if what.left_out:
            said += " " + self.tr("Left out, because they cannot be read or say nothing: {count}.")
            said = said.format(count=count(what.left_out))
        return said
