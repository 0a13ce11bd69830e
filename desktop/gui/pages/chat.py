"""The Chat page: conversations, transcript and composer, and the sources of an answer.

Puts its parts together and carries their wishes to the services, on tasks and through the answer
bridge; no service is called on the main thread. An answer goes on while another conversation is
looked at, and is there again when the user comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.domain import mentions
from desktop.domain.chat import AnswerKind, Turn, TurnState
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.gui.actions import Actions
from desktop.gui.answer_bridge import AnswerBridge
from desktop.gui.asking import Asking
from desktop.gui.context_care import ContextCare
from desktop.gui.models.answer_words import in_words_of_the_window
from desktop.gui.notify import Notifier
from desktop.gui.spoken_answer import SpokenAnswer
from desktop.gui.tasks import Tasks
from desktop.gui.theme import GRID
from desktop.gui.turn_wishes import TurnWishes
from desktop.gui.widgets.conversation_list import ConversationList
from desktop.gui.widgets.conversation_view import ConversationView
from desktop.gui.widgets.sources import SourcesPanel
from desktop.gui.widgets.turn import AnswerView
from desktop.services.answer_events import Asked
from desktop.services.answering import Answering
from desktop.services.conversations import Conversations
from desktop.services.library import Library

SOURCES_SHARE = 0.46  # of the width beside the list of chats, when sources are opened
ROOM_FOR_ALL = 120 * GRID  # below it, the list of chats gives way to the sources


class ChatPage(QWidget):
    """Ask, read, look it up.

    `openDocuments` wishes for the Documents page, `wanted` for this page to come to the front.
    `shown` carries the id of the conversation in view, None for a new one; `exportWanted` the id
    of an answer, and whether with pages.
    """

    openDocuments = Signal()
    wanted = Signal()
    shown = Signal(object)
    exportWanted = Signal(int, bool)

    def __init__(
        self,
        *,
        tasks: Tasks,
        answers: AnswerBridge,
        library: Library,
        conversations: Conversations,
        answering: Answering,
        notifier: Notifier,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("chat")
        self._tasks = tasks
        self._answers = answers
        self._library = library
        self._conversations = conversations
        self._answering = answering
        self._notifier = notifier
        self._actions = actions
        self._conversation_id: int | None = None
        self._opening: Cancellation | None = None
        self._fetching = False  # the turns of the conversation in view
        self._live: AnswerView | None = None  # the answer being written, if it is in view
        self._lay_out()
        self._wishes = TurnWishes(
            tasks=tasks,
            answers=answers,
            conversations=conversations,
            notifier=notifier,
            view=self._view,
            parent=self,
        )
        self._wishes.offer(actions, self._view)
        self.asking = Asking(
            answers=answers,
            notifier=notifier,
            view=self._view,
            say_busy=self._wishes.say_busy,
            parent=self,
        )
        self._listen()
        self.start(None)

    @property
    def conversation_id(self) -> int | None:
        """The conversation in view; None for a new one that nothing was asked in."""
        return self._conversation_id

    @property
    def title(self) -> str:
        """The title of the conversation in view, "" for a new one."""
        return self._list.title(self._conversation_id)

    def start(self, conversation_id: int | None, *, at: int = 0, words: str = "") -> None:
        """Show that conversation, or begin a new one.

        `at` is a turn to bring into view, on whatever branch it is; `words` are lit.
        """
        if self._opening is not None:
            self._opening.cancel()
        self._conversation_id = conversation_id
        self._live = None
        self._close_sources()
        self._view.end_editing()
        self._list.select(conversation_id)
        self._transcript.light(mentions.wanted(words))
        self.shown.emit(conversation_id)
        if conversation_id is None:
            self._transcript.clear()
            self._view.show_empty()
        else:
            self._open(conversation_id, at)
        self.name_model()
        self._context.look(conversation_id)
        self._composer.setFocus()

    def offer(self, actions: Sequence[QAction]) -> None:
        """More that can be done with the chat in view, in the menu of the list."""
        self._list.offer(actions)

    # -- what is in view

    def _open(self, conversation_id: int, at: int = 0, top: int | None = None) -> None:
        """Fetch the turns; show the end of them, or the turn `at` so far below the top."""

        def work(_: Cancellation) -> list[Turn]:
            if at:
                self._conversations.show_turn(at)
            return self._conversations.turns(conversation_id)

        if self._opening is not None:
            self._opening.cancel()
        self._live, self._fetching = None, True
        self._transcript.clear()
        self._view.show_transcript()
        self._opening = self._tasks.run(
            work,
            owner=self,
            done=partial(self._show_turns, at, top),
            failed=self._notifier.trouble,
        )

    def _show_turns(self, at: int, top: int | None, turns: list[Turn]) -> None:
        self._fetching = False
        current = self._answers.current
        live = current.asked.answer.id if current and current.asked else None
        shown = [_ended(turn) for turn in turns if turn.id != live]
        self._transcript.show_turns(shown, at=at, top=top)
        if not turns:
            self._view.show_empty()
        if current is None or current.asked is None or live not in {turn.id for turn in turns}:
            return
        self._follow_answer(current.asked.answer)
        if current.reasoning:
            self._reasoned(current.reasoning)
        if current.text:
            self._wrote(current.text)
        self._progressed(current.stage, current.done, current.total)

    def _open_place(self, conversation_id: int, turn_id: int, words: str) -> None:
        self.wanted.emit()
        self.start(conversation_id, at=turn_id, words=words)

    def _move(self, conversation_id: int, turn_id: int) -> None:
        """Another branch is shown now; that turn stays where it is in view."""
        if conversation_id == self._conversation_id:
            top = self._transcript.top_of(turn_id)
            self._transcript.keep_focus()
            self._open(conversation_id, turn_id, top)
            self._context.look(conversation_id)

    def _follow_answer(self, turn: Turn) -> None:
        view = self._transcript.add(turn)
        self._live = view if isinstance(view, AnswerView) else None
        self._spoken.begin()

    def name_model(self) -> None:
        """Say in the header which model would answer now."""

        def work(_: Cancellation) -> ModelFile | None:
            return self._answering.available_model()

        def name(model: ModelFile | None) -> None:
            if model is None:
                why = self.tr("No model is installed: answers are passages of your documents")
                self._view.model.show_text(self.tr("Quotes only"), why)
            else:
                self._view.model.show_text(model.name, self.tr("The model that writes the answers"))

        self._tasks.run(work, owner=self, done=name, failed=self._notifier.trouble)

    # -- asking

    def _send(self, question: str) -> None:
        self.asking.ask(question, self._conversation_id)

    def _asked(self, asked: Asked) -> None:
        if self._conversation_id not in {None, asked.conversation.id}:
            return
        self._transcript.light(())
        if len(asked.question.variants) > 1 or self._transcript.holds(asked.question.id):
            self._open(asked.conversation.id)  # another branch, or a turn that is there already
            return
        self._conversation_id = asked.conversation.id
        self._view.show_transcript()
        self._list.select(asked.conversation.id)
        self.shown.emit(asked.conversation.id)
        self._transcript.add(asked.question)
        self._follow_answer(asked.answer)
        current = self._answers.current
        if current is not None:
            self._progressed(current.stage, current.done, current.total)

    def _progressed(self, stage: str, done: int, total: int) -> None:
        current = self._answers.current
        if self._live is not None and current is not None:
            self._live.show_progress(
                stage,
                done,
                total,
                stopping=current.stopping,
                seconds_left=current.seconds_left,
            )

    def _reasoned(self, text: str) -> None:
        if self._live is not None:
            self._live.append_reasoning(text)

    def _wrote(self, text: str) -> None:
        if self._live is not None:
            self._live.append_piece(text)
            self._spoken.add(text)

    def _stop(self) -> None:
        self._answers.stop()
        current = self._answers.current
        if current is not None:
            self._progressed(current.stage, current.done, current.total)

    def _stop_answering(self, conversation_id: int) -> None:
        """Nobody waits for an answer in a chat that was removed."""
        current = self._answers.current
        if current and current.asked and current.asked.conversation.id == conversation_id:
            self._answers.stop()

    def _finished(self, turn: Turn) -> None:
        live, self._live = self._live, None
        if live is not None:
            live.finish(turn)
            self._announce(turn)
        elif self._fetching and turn.conversation_id == self._conversation_id:
            self._open(turn.conversation_id)  # what comes may not know yet that it ended
        self.name_model()
        self._context.look(self._conversation_id)

    def _failed(self, error: Exception) -> None:
        self._live = None
        self._notifier.trouble(error)
        if self._conversation_id is not None:
            self._open(self._conversation_id)
        self._context.look(self._conversation_id)

    def _announce(self, turn: Turn) -> None:
        """Let a screen reader say what of the answer it has not said yet."""
        text, _ = in_words_of_the_window(turn)
        if turn.record is not None and turn.record.kind is AnswerKind.NOT_FOUND:
            self._spoken.finish(self.tr("Nothing in your documents answers this."))
        elif turn.state is not TurnState.COMPLETE:
            self._spoken.finish(text, before=self.tr("The answer was not finished."))
        else:
            self._spoken.finish(text)

    # -- sources and links

    def _cite(self, turn: Turn, number: int) -> None:
        if not self._sources.isVisible():
            self._sources.show()
            self._make_room()
            whole = self.width() - (self._list.width() if self._list.isVisible() else 0)
            wide = round(whole * SOURCES_SHARE)
            self._splitter.setSizes([self._list.width(), whole - wide, wide])
        self._sources.show_citation(turn.citations, number)
        self._sources.setFocus()

    def _close_sources(self) -> None:
        had_focus = self._sources.isAncestorOf(self.focusWidget() or self)
        self._sources.hide()
        self._make_room()
        if had_focus:
            self._composer.setFocus()

    def _make_room(self) -> None:
        """Where the window is narrow, the list of chats gives way to open sources."""
        narrow = self.width() < ROOM_FOR_ALL
        self._list.setVisible(not (narrow and self._sources.isVisibleTo(self)))

    def _ask_to_open(self, address: str) -> None:
        self._notifier.say(
            self.tr("This link leaves Escritoire for your browser: {address}").format(
                address=address
            ),
            action=self.tr("Open"),
            act=partial(_open_in_browser, address),
            seconds=None,
        )

    # -- how it is made

    def _lay_out(self) -> None:
        self._list = ConversationList(
            self._tasks, self._conversations, self._notifier, self._actions, self
        )
        self._list.setMinimumWidth(20 * GRID)
        self._sources = SourcesPanel(self._tasks, self._library, self._actions, self)
        self._sources.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sources.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._view = ConversationView(self._tasks, self._library, self._actions, self)
        self._transcript, self._composer = self._view.transcript, self._view.composer
        self._spoken = SpokenAnswer(self._transcript)
        self._context = ContextCare(
            tasks=self._tasks,
            condensing=self._answering.condensing,
            conversations=self._conversations,
            notifier=self._notifier,
            meter=self._composer.meter,
            strip=self._view.context,
            parent=self,
        )
        for at, (widget, stretch) in enumerate(
            ((self._list, 0), (self._view, 1), (self._sources, 1))
        ):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(at, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

    def _listen(self) -> None:
        self._list.chosen.connect(self._choose)
        self._list.found.connect(self._open_place)
        self._wishes.moved.connect(self._move)
        self._list.removed.connect(self._stop_answering)
        self.asking.newChat.connect(partial(self._choose, None))
        self._composer.sent.connect(self._send)
        self._composer.stopped.connect(self._stop)
        self._transcript.cited.connect(self._cite)
        self._transcript.linked.connect(self._ask_to_open)
        self._transcript.exported.connect(self.exportWanted)
        self._sources.closed.connect(self._close_sources)
        self._view.openDocuments.connect(self.openDocuments)
        self._context.begun.connect(self._choose)
        self._answers.asked.connect(self._asked)
        self._answers.progress.connect(self._progressed)
        self._answers.reasoned.connect(self._reasoned)
        self._answers.wrote.connect(self._wrote)
        self._answers.finished.connect(self._finished)
        self._answers.failed.connect(self._failed)
        self._answers.busyChanged.connect(self._composer.set_busy)
        self._composer.set_busy(self._answers.busy)

    def _choose(self, conversation_id: int | None) -> None:
        self.wanted.emit()
        self.start(conversation_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._composer.setFocus()


def _ended(turn: Turn) -> Turn:
    """A stored turn; one that was being written when the application ended was stopped by that."""
    return replace(turn, state=TurnState.STOPPED) if turn.state is TurnState.STREAMING else turn


def _open_in_browser(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
