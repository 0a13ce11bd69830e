"""Chats and answers exported from the Chat page: where to is asked, the rest is a task.

Asks with a dialogue that leaves the window usable. What is written, the service knows.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import EscritoireError
from desktop.domain.exports import Exported, Form, Wish
from desktop.domain.jobs import Cancellation
from desktop.gui.actions import Actions
from desktop.gui.choosing import choose
from desktop.gui.models.export_words import words_of_the_window
from desktop.gui.notify import Notifier
from desktop.gui.pages.chat import ChatPage
from desktop.gui.tasks import Tasks
from desktop.services.exporting import Exporting

LONGEST_NAME = 80  # characters of a proposed file name


class ExportingChats(QObject):
    """Registers its actions; `exported` tells that a file is written."""

    exported = Signal(Path)

    def __init__(
        self,
        tasks: Tasks,
        exporting: Exporting,
        notifier: Notifier,
        actions: Actions,
        page: ChatPage,
    ) -> None:
        super().__init__(page)
        self._tasks = tasks
        self._exporting = exporting
        self._notifier = notifier
        self._page = page
        self._conversation: int | None = None
        self._whole = actions.add(
            "chat.export", self.tr("Export chat"), "Ctrl+Shift+E", self.choose, within=page,
            in_full=self.tr("Export this chat with its sources"),
        )  # fmt: skip
        self._with_pages = actions.add(
            "chat.export_pages", self.tr("Export chat with pages"), None,
            lambda: self.choose(pages=True), within=page,
            in_full=self.tr("Export this chat with images of the pages that it cites"),
        )  # fmt: skip
        page.offer([self._whole, self._with_pages])
        page.shown.connect(self.offer)
        page.exportWanted.connect(lambda answer, pages: self.choose(answer, pages=pages))
        self.offer(page.conversation_id)

    def offer(self, conversation_id: int | None) -> None:
        """The conversation that would be exported; None for none."""
        self._conversation = conversation_id
        for action in (self._whole, self._with_pages):
            action.setEnabled(conversation_id is not None)

    def choose(self, answer: int | None = None, *, pages: bool = False) -> None:
        """Ask where the conversation goes, or that answer of it."""
        conversation = self._conversation
        if conversation is None:
            return
        names = {
            Form.WORD: self.tr("Word document"),
            Form.PDF: self.tr("PDF"),
            Form.MARKDOWN: self.tr("Markdown"),
            Form.JSON: self.tr("JSON"),
        }
        wish = Wish(answer, pages=pages, words=words_of_the_window())
        choose(
            self._page,
            "chat.export.choose",
            self.tr("Export the chat") if answer is None else self.tr("Export the answer"),
            [f"{name} (*.{form})" for form, name in names.items()],
            lambda paths: self.write(conversation, paths[0], wish),
            save_as=f"{_file_name(self._page.title)}.{Form.WORD}",
        )

    def write(self, conversation_id: int, path: Path, wish: Wish) -> None:
        """Write to a path that the user chose, and said of that what is there may go."""

        def work(cancel: Cancellation) -> Exported:
            return self._exporting.export(conversation_id, path, wish, replace=True, cancel=cancel)

        def done(what: Exported) -> None:
            self._notifier.say(self._in_words(path, what))
            self.exported.emit(path)

        def failed(error: EscritoireError) -> None:
            self._notifier.trouble(error)

        job = self._tasks.run(
            work,
            owner=self,
            done=done,
            failed=failed,
            over=lambda: self._notifier.withdraw(waiting),
        )
        waiting = self._notifier.say(
            self.tr("Exporting to {file}").format(file=path.name),
            action=self.tr("Stop"),
            act=job.cancel,
            seconds=None,
        )

    def _in_words(self, path: Path, what: Exported) -> str:
        said = self.tr("Exported to {file}.").format(file=path.name)
        if what.pages_missing:
            said += " " + self.tr(
                "Pages without an image, because the original was moved or changed or has none: "
                "{count}."
            ).format(count=what.pages_missing)
        return said


def _file_name(title: str) -> str:
    kept = "".join(c if c.isalnum() or c in " -_" else " " for c in title)
    return " ".join(kept.split())[:LONGEST_NAME].strip() or "chat"
