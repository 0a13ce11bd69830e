"""Measures the chat in view, and carries what the user chooses for one that has outgrown the model.

Everything is asked on threads; an answer that comes for another chat than the one in view is not
shown.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.chat import Conversation
from desktop.domain.context import Choice, Room
from desktop.domain.errors import EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.context_meter import ContextMeter
from desktop.gui.widgets.context_strip import ContextStrip
from desktop.services.condensing import Condensing
from desktop.services.conversations import Conversations


class ContextCare(QObject):
    """`begun` carries the id of a new conversation that goes on from a summary."""

    begun = Signal(int)

    def __init__(
        self,
        *,
        tasks: Tasks,
        condensing: Condensing,
        conversations: Conversations,
        notifier: Notifier,
        meter: ContextMeter,
        strip: ContextStrip,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._condensing = condensing
        self._conversations = conversations
        self._notifier = notifier
        self._meter = meter
        self._strip = strip
        self._conversation_id: int | None = None
        self._looking: Cancellation | None = None
        self._summing: Cancellation | None = None
        strip.chosen.connect(self._choose)
        strip.newChat.connect(self._go_on_in_new)
        strip.stopped.connect(self._stop)

    def look(self, conversation_id: int | None) -> None:
        """Measure that conversation, and show it."""
        if self._looking is not None:
            self._looking.cancel()
        if conversation_id != self._conversation_id:
            self._strip.show_room(None)
            self._conversation_id = conversation_id

        def work(cancel: Cancellation) -> Room:
            return self._condensing.room(conversation_id, cancel)

        self._looking = self._tasks.run(
            work, owner=self, done=self._show, failed=lambda _error: self._show(None)
        )

    def _show(self, room: Room | None) -> None:
        self._meter.show_room(room)
        self._strip.show_room(room)

    def _choose(self, choice: Choice) -> None:
        conversation_id = self._conversation_id
        if conversation_id is None or self._summing is not None:
            return

        def work(cancel: Cancellation) -> None:
            self._condensing.choose(conversation_id, choice, cancel)

        self._sum_up(work, lambda _nothing: None)

    def _go_on_in_new(self) -> None:
        conversation_id = self._conversation_id
        if conversation_id is None or self._summing is not None:
            return
        named = self.tr("Goes on: {title}")

        def work(cancel: Cancellation) -> Conversation:
            titles = {each.id: each.title for each in self._conversations.all()}
            title = named.format(title=titles.get(conversation_id, ""))
            return self._condensing.go_on_in_new(conversation_id, title, cancel)

        self._sum_up(work, lambda conversation: self.begun.emit(conversation.id))

    def _sum_up(self, work: object, done: object) -> None:
        self._strip.set_busy(True)
        self._summing = self._tasks.run(
            work,  # type: ignore[arg-type]
            owner=self,
            done=done,  # type: ignore[arg-type]
            failed=self._failed,
            over=partial(self._ended, self._conversation_id),
        )

    def _failed(self, error: EscritoireError) -> None:
        self._notifier.trouble(error)

    def _stop(self) -> None:
        if self._summing is not None:
            # Listeners of a cancellation may write to a pipe: not on this thread.
            stopped = self._summing
            self._tasks.run(lambda _: stopped.cancel(), owner=self, done=lambda _nothing: None)
            self._ended(self._conversation_id)

    def _ended(self, conversation_id: int | None) -> None:
        self._summing = None
        self._strip.set_busy(False)
        if conversation_id == self._conversation_id:
            self.look(conversation_id)
