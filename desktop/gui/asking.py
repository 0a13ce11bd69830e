"""What is asked in the chat in view: a question, a summary of a document, a comparison of two.

Hands it to the answer bridge, as mode and scope stand; shows nothing but notices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.domain.chat import AnswerMode
from desktop.domain.documents import Document
from desktop.domain.errors import QuestionTooLong
from desktop.domain.summaries import Length
from desktop.gui.answer_bridge import AnswerBridge
from desktop.gui.notify import Notifier
from desktop.gui.widgets.conversation_view import ConversationView
from desktop.gui.widgets.document_asking import COMPARED
from desktop.services.answering import Scope
from desktop.services.turn_taking import LONGEST_QUESTION


class Asking(QObject):
    """`newChat` comes before something is asked that has a chat of its own."""

    newChat = Signal()

    def __init__(
        self,
        *,
        answers: AnswerBridge,
        notifier: Notifier,
        view: ConversationView,
        say_busy: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._answers = answers
        self._notifier = notifier
        self._view = view
        self._say_busy = say_busy
        self._sent = ""  # the question as it was typed
        view.composer.refused.connect(self._refuse)
        answers.asked.connect(self._taken)
        answers.failed.connect(self._forget)

    def ask(self, question: str, conversation_id: int | None) -> None:
        """Ask what was typed, in that conversation or a new one."""
        mode, scope = self._view.mode.mode, self._view.scope.scope
        if mode is AnswerMode.COMPARE and len(scope.document_ids or ()) != COMPARED:
            self._notifier.say(self.tr("Choose the two documents to be compared first (Ctrl+L)."))
            return
        edited = self._view.editing.turn
        begun = self._answers.ask(
            question,
            conversation_id=conversation_id,
            beside=None if edited is None else edited.id,
            scope=scope,
            mode=mode,
        )
        if begun:
            self._sent = question

    def summarise(self, document: Document, length: Length) -> None:
        """Summarise a document in a new chat."""
        question = self.tr("Summarise {name}").format(name=document.name)
        if length is Length.SHORT:
            question = self.tr("Summarise {name} in short").format(name=document.name)
        elif length is Length.LONG:
            question = self.tr("Summarise {name} at length").format(name=document.name)
        if self._answers.busy:
            self._say_busy()
            return
        self.newChat.emit()
        # What is asked next is asked of this document.
        self._view.scope.choose(Scope(document_ids=(document.id,)))
        self._view.mode.choose(AnswerMode.ANSWER)
        self._answers.summarise(document.id, length, question)

    def compare(self, documents: Sequence[Document]) -> None:
        """Let a question be asked, in a new chat, that each of these documents answers alone."""
        self.newChat.emit()
        self._view.scope.choose(Scope(document_ids=tuple(one.id for one in documents)))
        self._view.mode.choose(AnswerMode.COMPARE)

    def _taken(self, _asked: object) -> None:
        """What was typed is kept; another answer, or one that is written on, leaves it alone."""
        if self._sent:
            self._view.composer.kept(self._sent)
            self._view.end_editing()
            self._sent = ""

    def _forget(self, _error: object) -> None:
        self._sent = ""

    def _refuse(self, characters: int) -> None:
        limit = LONGEST_QUESTION
        self._notifier.trouble(QuestionTooLong(characters=characters, limit=limit))
