"""A turn of a conversation that answers: stored before anything happens, ended exactly once."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.chat import Role, Turn, TurnState
from desktop.domain.errors import (
    Cancelled,
    DiskFull,
    EscritoireError,
    QuestionTooLong,
    TurnUnknown,
)
from desktop.domain.jobs import Cancellation
from desktop.domain.words import whole
from desktop.services.answer_events import Answer, Asked
from desktop.services.conversations import Conversations
from desktop.services.draft import Draft
from desktop.services.ports import Store

LONGEST_QUESTION = 100_000  # characters; many times what a context window holds


def take_turn(
    store: Store,
    conversations: Conversations,
    question: str,
    write: Callable[[Draft], Answer],
    *,
    conversation_id: int | None,
    beside: int | None = None,
    cancel: Cancellation,
) -> Answer:
    """Store `question`, then what `write` makes of a draft; yields what happens on the way.

    A cancelled answer comes back STOPPED with what was finished of it, a failed one FAILED with its
    error. Raises what `put` does.
    """
    asked, _ = put(store, conversations, question, conversation_id=conversation_id, beside=beside)
    draft = Draft(store, asked.answer)
    return (yield from to_the_end(conversations, asked, draft, write(draft), cancel))


def put(
    store: Store,
    conversations: Conversations,
    question: str,
    *,
    conversation_id: int | None,
    beside: int | None,
) -> tuple[Asked, list[Turn]]:
    """Store a question with an answer that is to be written; and what was said before it.

    `beside` is a question of that conversation, of which this one is another version. Raises
    QuestionTooLong, ConversationUnknown and TurnUnknown before anything is stored, DiskFull.
    """
    question = askable(question)
    if conversation_id is None:
        conversation = conversations.begin(question)
    else:
        conversation = conversations.one(conversation_id)
    earlier = _earlier(store, conversation.id, beside)
    asked = store.add_turn(
        conversation.id,
        Role.USER,
        question,
        TurnState.COMPLETE,
        parent=earlier[-1].id if earlier else 0,
    )
    answer = store.add_turn(
        conversation.id, Role.ASSISTANT, "", TurnState.STREAMING, parent=asked.id
    )
    return Asked(conversation, asked, answer), earlier


def to_the_end(
    conversations: Conversations,
    asked: Asked,
    draft: Draft,
    answering: Answer,
    cancel: Cancellation,
) -> Answer:
    """Tell of a question and let it be answered; however that ends, the turn is stored."""
    try:
        yield asked
        turn = yield from answering
    except (Cancelled, GeneratorExit):
        turn = draft.finish(TurnState.STOPPED)
        if not cancel.wished:  # the caller closed the generator: nothing more may be yielded
            return turn
    except DiskFull:
        raise
    except EscritoireError as error:
        turn = draft.finish(TurnState.FAILED, error=error)
    conversations.changed.tell(asked.conversation.id)
    return turn


def askable(question: str) -> str:
    """A question as it can be kept and asked; raises QuestionTooLong.

    NUL would end it for much that is written in C, the store's own functions among it.
    """
    if len(question) > LONGEST_QUESTION:
        raise QuestionTooLong(characters=len(question), limit=LONGEST_QUESTION)
    return whole(question).replace("\0", "\N{REPLACEMENT CHARACTER}")


def _earlier(store: Store, conversation_id: int, beside: int | None) -> list[Turn]:
    """What was said before a new question, or before the one that it stands beside."""
    if beside is None:
        return store.turns(conversation_id)
    line = store.turns_up_to(beside)
    if not line or line[-1].conversation_id != conversation_id:
        raise TurnUnknown
    return line[:-1]
