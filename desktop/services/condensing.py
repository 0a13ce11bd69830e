"""Conversations that outgrow what a model reads at once: measured, left out in part, summarised.

The user chooses what becomes of the oldest questions, and the choice is kept for the conversation.
Whatever is chosen, every turn stays stored and shown; only what a model is given differs.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from desktop.domain import prompting
from desktop.domain.chat import Conversation, Message, Sampling, Turn
from desktop.domain.chunking import estimate_tokens
from desktop.domain.context import HISTORY_SHARE, Choice, Condensed, Recalled, Room
from desktop.domain.errors import ModelMissing
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.domain.reasoning import split
from desktop.services.answer_events import AnswerEvent, SummingUp
from desktop.services.at_work import AtWork
from desktop.services.conversations import Conversations
from desktop.services.loading import Loader
from desktop.services.model_writing import reasoning_room
from desktop.services.ports import Generator as GeneratorPort
from desktop.services.ports import Models, Store

SUMMARY_TOKENS = 256


class Condensing:
    """Knows what of a conversation goes into a prompt. Every method belongs on a worker thread."""

    def __init__(
        self,
        store: Store,
        generator: GeneratorPort,
        loader: Loader,
        models: Models,
        conversations: Conversations,
        at_work: AtWork,
    ) -> None:
        self._store = store
        self._generator = generator
        self._loader = loader
        self._models = models
        self._conversations = conversations
        self._at_work = at_work

    # -- how much room there is

    def budget(self, model: ModelFile) -> int:
        """Tokens a prompt may have, so that an answer of full length fits behind it."""
        return self._loader.window(model) - Sampling().max_tokens - self.reasoning_room(model)

    def reasoning_room(self, model: ModelFile) -> int:
        """Tokens that are left for what the loaded model thinks before it answers."""
        return reasoning_room(self._generator, self._loader, model)

    def room(self, conversation_id: int | None, cancel: Cancellation) -> Room:
        """How much of what the model reads at once a conversation (None: a new one) takes.

        Counted by the model if it is loaded, estimated otherwise. Raises ModelMissing,
        ModelChanged.
        """
        model = self._models.chat_model(None)
        budget = self.budget(model)
        condensed, turns = Condensed(), []
        if conversation_id is not None:
            condensed = self._store.condensed(conversation_id)
            turns = self._store.turns(conversation_id)
        recalled = prompting.recall(turns, budget, estimate_tokens, condensed)
        whole = prompting.recall(turns, 10**9, estimate_tokens)
        used, exact = self._count(
            whole.messages if recalled.left_out else recalled.messages, cancel
        )
        return Room(
            model=model.name,
            window=self._loader.window(model),
            limit=int(budget * HISTORY_SHARE),
            used=used,
            question=budget,
            exact=exact,
            condensed=condensed,
            recalled=recalled,
        )

    def _count(self, messages: Sequence[Message], cancel: Cancellation) -> tuple[int, bool]:
        if not messages:
            return 0, True
        if self._generator.loaded is not None:
            try:
                return self._generator.count(messages, cancel=cancel), True
            except ModelMissing:  # the child that had it is gone
                pass
        return sum(estimate_tokens(message.content) for message in messages), False

    # -- what goes into a prompt

    def recall(
        self, conversation_id: int, turns: Sequence[Turn], model: ModelFile, cancel: Cancellation
    ) -> Generator[AnswerEvent, None, Recalled]:
        """What of the conversation goes into the next prompt of `model`, which is loaded.

        Where the oldest are to be summarised, and more of them no longer fit, that is done now.
        """
        budget = self.budget(model)
        condensed = self._store.condensed(conversation_id)
        recalled = prompting.recall(turns, budget, estimate_tokens, condensed)
        if condensed.choice is not Choice.SUMMARISE or not recalled.left_out:
            return recalled
        yield SummingUp()
        # The summary needs room, too: what has to go beside one of full length goes into it.
        full = replace(condensed, summary="word " * SUMMARY_TOKENS)
        beside = prompting.recall(turns, budget, estimate_tokens, full)
        pairs = prompting.exchanges(turns)
        gone = pairs[: beside.summarised + beside.left_out]
        condensed = self._summarised(condensed, gone, model, cancel)
        self._store.set_condensed(conversation_id, condensed)
        return prompting.recall(turns, budget, estimate_tokens, condensed)

    # -- what the user chooses

    def choose(self, conversation_id: int, choice: Choice, cancel: Cancellation) -> None:
        """Keep the choice for a conversation; a summary is written at once.

        Raises what loading and answering raise; the choice is kept all the same.
        """
        condensed = self._store.condensed(conversation_id)
        self._store.set_condensed(
            conversation_id, Condensed(choice, condensed.summary, condensed.upto)
        )
        if choice is Choice.SUMMARISE:
            turns = self._store.turns(conversation_id)
            with self._loaded(cancel) as model:
                for _ in self.recall(conversation_id, turns, model, cancel):
                    pass

    def go_on_in_new(self, conversation_id: int, title: str, cancel: Cancellation) -> Conversation:
        """A new conversation with a summary of that one, all of it, in front."""
        pairs = prompting.exchanges(self._store.turns(conversation_id))
        condensed = self._store.condensed(conversation_id)
        with self._loaded(cancel) as model:
            condensed = self._summarised(condensed, pairs, model, cancel)
        conversation = self._conversations.begin(title)
        self._store.set_condensed(conversation.id, Condensed(Choice.SUMMARISE, condensed.summary))
        return conversation

    # -- inside

    @contextmanager
    def _loaded(self, cancel: Cancellation) -> Iterator[ModelFile]:
        model = self._models.chat_model(None)
        with self._at_work.on(model):
            for _ in self._loader.load(model, cancel=cancel):
                pass
            yield model

    def _summarised(
        self,
        condensed: Condensed,
        pairs: Sequence[tuple[Turn, Turn]],
        model: ModelFile,
        cancel: Cancellation,
    ) -> Condensed:
        """A summary of the exchanges, those going in as they are that none stands for yet.

        What a small model writes may be nothing: then the questions themselves stand for them.
        """
        before = prompting.summarised_before(pairs, condensed)
        summary = condensed.summary if before is not None else ""
        fresh = pairs[before or 0 :]
        room = self._loader.window(model) - SUMMARY_TOKENS - self.reasoning_room(model)
        messages = prompting.to_summarise(summary, fresh, room, estimate_tokens)
        sampling = Sampling(max_tokens=SUMMARY_TOKENS, reasoning_tokens=self.reasoning_room(model))
        pieces = self._generator.generate(messages, sampling=sampling, stop=(), cancel=cancel)
        written = "".join(piece for piece in pieces if isinstance(piece, str))
        _, told = split(written)
        if not told.strip():
            asked = " ".join(question.text for question, _ in fresh)
            told = f"{summary}\n{asked}"
        upto = pairs[-1][1].id if pairs else condensed.upto
        return Condensed(Choice.SUMMARISE, told.strip(), upto)
