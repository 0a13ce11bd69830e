"""Carries out what the user wants of a turn, on tasks and through the answer bridge.

Shows nothing itself but notices; who shows the conversation listens to `moved` and fetches it anew.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.chat import AnswerMode, Role, Turn
from desktop.domain.jobs import Cancellation
from desktop.gui.actions import Actions
from desktop.gui.answer_bridge import AnswerBridge
from desktop.gui.models.answer_words import (
    in_words_of_the_window,
    with_sources,
    with_sources_as_html,
)
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.conversation_view import ConversationView
from desktop.gui.widgets.turn_actions import Wish, can_ask_again, can_compare, can_go_on
from desktop.services.conversations import Conversations
from desktop.services.repeating import Compared


class TurnWishes(QObject):
    """`moved` carries a conversation of which another branch is shown now, and the turn to keep in
    view."""

    moved = Signal(int, int)

    def __init__(
        self,
        *,
        tasks: Tasks,
        answers: AnswerBridge,
        conversations: Conversations,
        notifier: Notifier,
        view: ConversationView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._answers = answers
        self._conversations = conversations
        self._notifier = notifier
        self._view = view
        view.transcript.wished.connect(self.carry_out)

    def offer(self, actions: Actions, within: QWidget) -> None:
        """Give each wish its shortcut, for the turn that is in hand."""
        for wish, text, keys in (
            (Wish.AGAIN, self.tr("Write another answer"), "Ctrl+R"),
            (Wish.GO_ON, self.tr("Write the answer on"), "Ctrl+Shift+G"),
            (Wish.EDIT, self.tr("Ask the question in another version"), "Ctrl+E"),
            (Wish.BEFORE, self.tr("Show the version before"), "Ctrl+["),
            (Wish.AFTER, self.tr("Show the version after"), "Ctrl+]"),
            (Wish.COPY, self.tr("Copy the answer"), "Alt+C"),
            (Wish.COPY_RICH, self.tr("Copy the answer with formatting"), "Alt+Shift+C"),
            (Wish.QUOTE, self.tr("Quote the selection in the input"), "Ctrl+Shift+Q"),
            (Wish.COMPARE, self.tr("Check that the answer's record gives it again"), None),
            (Wish.REMOVE, self.tr("Remove the turn and what follows it"), "Ctrl+Shift+Backspace"),
        ):
            actions.add(f"chat.turn.{wish}", text, keys, self._in_hand(wish), within=within)

    def _in_hand(self, wish: Wish) -> Callable[[], None]:
        def act() -> None:
            view = self._view.transcript.in_hand()
            if view is not None:
                self.carry_out(view.turn, wish)

        return act

    def carry_out(self, turn: Turn, wish: Wish) -> None:
        """Do what is wished for, as far as it makes sense for that turn."""
        match wish:
            case Wish.BEFORE | Wish.AFTER:
                self._step(turn, -1 if wish is Wish.BEFORE else 1)
            case Wish.AGAIN if can_ask_again(turn):
                mode = self._view.mode.mode
                if mode is AnswerMode.COMPARE:  # which is for another question
                    mode = AnswerMode.ANSWER
                self._begun(self._answers.again(turn, scope=self._view.scope.scope, mode=mode))
            case Wish.GO_ON if can_go_on(turn):
                self._begun(self._answers.go_on(turn))
            case Wish.EDIT:
                self._edit(turn)
            case Wish.COPY if turn.text:
                QGuiApplication.clipboard().setText(_as_text(turn))
            case Wish.COPY_RICH if turn.text:
                self._copy_rich(turn)
            case Wish.QUOTE:
                self._quote(turn)
            case Wish.COMPARE if can_compare(turn):
                self._compare(turn)
            case Wish.REMOVE:
                self._remove(turn)

    def _begun(self, begun: bool) -> None:
        if not begun:
            self.say_busy()

    def say_busy(self) -> None:
        """One answer is written at a time."""
        self._notifier.say(self.tr("Another answer is being written. Wait for it or stop it."))

    # -- branches

    def _step(self, turn: Turn, step: int) -> None:
        at = turn.variant - 1 + step
        if 0 <= at < len(turn.variants):
            self._show(turn.variants[at])

    def _show(self, turn_id: int) -> None:
        def work(_: Cancellation) -> int:
            return self._conversations.show_turn(turn_id)

        self._then_move(work, turn_id)

    def _edit(self, turn: Turn) -> None:
        """Put a question, or that of an answer, into the input."""
        if turn.role is Role.USER:
            self._view.edit(turn)
            return
        for view in self._view.transcript.views():
            if view.turn.id == turn.parent:
                self._view.edit(view.turn)

    def _remove(self, turn: Turn) -> None:
        current = self._answers.current
        if current and current.asked and current.asked.conversation.id == turn.conversation_id:
            self._answers.stop()

        def work(_: Cancellation) -> int:
            return self._conversations.set_turn_aside(turn.id)

        def take_back() -> None:
            self._then_move(lambda _: self._conversations.take_turn_back(turn.id), turn.id)

        def for_good() -> None:
            self._tasks.run(
                lambda _: self._conversations.remove_turn(turn.id),
                owner=self,
                done=lambda _: None,
                failed=self._notifier.trouble,
            )

        self._then_move(work, turn.parent)
        said = (
            self.tr("The question and what follows it were removed.")
            if turn.role is Role.USER
            else self.tr("The answer and what follows it were removed.")
        )
        self._notifier.say(said, action=self.tr("Undo"), act=take_back, closed=for_good)

    def _then_move(self, work: Callable[[Cancellation], int], turn_id: int) -> None:
        self._tasks.run(
            work,
            owner=self,
            done=lambda conversation_id: self.moved.emit(conversation_id, turn_id),
            failed=self._notifier.trouble,
        )

    # -- words

    def _copy_rich(self, turn: Turn) -> None:
        view = self._view.transcript.answer(turn.id)
        html = "" if view is None else view.formatted()
        copied = QMimeData()
        copied.setText(_as_text(turn))
        if html:
            copied.setHtml(with_sources_as_html(turn, html))
        QGuiApplication.clipboard().setMimeData(copied)

    def _quote(self, turn: Turn) -> None:
        """Quote what is selected in a turn, or all of it, in the input."""
        views = self._view.transcript.views()
        own = [view.selected() for view in views if view.turn.id == turn.id]
        others = [view.selected() for view in views if view.turn.id != turn.id]
        quoted = next(filter(None, own + others), _in_words(turn))
        if quoted:
            self._view.quote(quoted)

    # -- the record

    def _compare(self, turn: Turn) -> None:
        running: list[Cancellation] = []

        def stop() -> None:
            for one in running:
                one.cancel()

        notice = self._notifier.say(
            self.tr("Writing the answer again from its record."),
            action=self.tr("Stop"),
            act=stop,
            seconds=None,
        )

        def work(cancel: Cancellation) -> Compared:
            return self._answers.repeating.compare(turn.id, cancel=cancel)

        def tell(compared: Compared) -> None:
            if compared.same:
                self._notifier.say(self.tr("The record gives the same answer, word for word."))
            else:
                self._notifier.say(
                    self.tr("The record gives another answer on this computer now."), seconds=None
                )

        running.append(
            self._tasks.run(
                work,
                owner=self,
                done=tell,
                failed=self._notifier.trouble,
                over=lambda: self._notifier.withdraw(notice),
            )
        )


def _as_text(turn: Turn) -> str:
    return with_sources(turn) if turn.role is Role.ASSISTANT else turn.text


def _in_words(turn: Turn) -> str:
    return in_words_of_the_window(turn)[0] if turn.role is Role.ASSISTANT else turn.text
