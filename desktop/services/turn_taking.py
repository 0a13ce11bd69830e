"""A turn of a conversation that answers: stored before anything happens, ended exactly once."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.chat import Role, TurnState
from desktop.domain.errors import Cancelled, DiskFull, EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.domain.words import whole
from desktop.services.answer_events import Answer, Asked
from desktop.services.conversations import Conversations
from desktop.services.draft import Draft
from desktop.services.ports import Store


def take_turn(
    store: Store,
    conversations: Conversations,
    question: str,
    write: Callable[[Draft], Answer],
    *,
    conversation_id: int | None,
    cancel: Cancellation,
) -> Answer:
    """Store `question`, then what `write` makes of a draft; yields what happens on the way.

    A cancelled answer comes back STOPPED with what was finished of it, a failed one FAILED with its
    error. Raises DiskFull.
    """
    question = whole(question)
    if conversation_id is None:
        conversation = conversations.begin(question)
    else:
        conversation = next(c for c in store.conversations() if c.id == conversation_id)
    asked = store.add_turn(conversation.id, Role.USER, question, TurnState.COMPLETE)
    answer = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    draft = Draft(store, answer)
    try:
        yield Asked(conversation, asked, answer)
        turn = yield from write(draft)
    except (Cancelled, GeneratorExit):
        turn = draft.finish(TurnState.STOPPED)
        if not cancel.wished:  # the caller closed the generator: nothing more may be yielded
            return turn
    except DiskFull:
        raise
    except EscritoireError as error:
        turn = draft.finish(TurnState.FAILED, error=error)
    conversations.changed.tell(conversation.id)
    return turn
