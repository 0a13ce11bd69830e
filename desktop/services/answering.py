"""Answering: question -> passages -> answer -> checked citations -> stored turn.

The question is committed before anything else happens. What the user gets to see comes out as
events (`answer_events`), what is written goes through a `Draft`; the finished turn is what is
stored.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from desktop.domain import prompting
from desktop.domain.chat import (
    AnswerKind,
    AnswerMode,
    AnswerRecord,
    Generated,
    Message,
    Role,
    Sampling,
    Searched,
    Turn,
    TurnState,
)
from desktop.domain.chunking import estimate_tokens
from desktop.domain.context import Recalled
from desktop.domain.documents import Passage
from desktop.domain.errors import (
    AdapterMismatch,
    CollectionUnknown,
    ContextTooLong,
    DeviceUnknown,
    ModelChanged,
    ModelMissing,
    ModelTooLarge,
    ModelWillNotLoad,
    NotAModel,
    PromptTooLong,
    TemplateFailed,
    TurnUnknown,
)
from desktop.domain.filters import EVERY, Filter
from desktop.domain.following import searched
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.domain.ranking import is_relevant, worth_reading
from desktop.services.answer_events import (
    Answer,
    AnswerEvent,
    Asked,
    Found,
    Prefilling,
)
from desktop.services.at_work import AtWork
from desktop.services.collections import tidy
from desktop.services.condensing import Condensing
from desktop.services.conversations import Conversations
from desktop.services.draft import Draft
from desktop.services.loading import Loader
from desktop.services.ports import Generator as GeneratorPort
from desktop.services.ports import Models, Store
from desktop.services.retrieval import Retrieval
from desktop.services.turn_taking import askable, put, to_the_end

PASSAGES = 5  # that a prompt holds at most
ANOTHER_TEMPERATURE = 0.7  # with which another answer is drawn
MOST_READ = 1_500  # tokens of them, as a prompt counts them: of five that are a chunk each

# Without the model, or with one that cannot be used, the passages themselves are the answer.
UNUSABLE = (
    AdapterMismatch,
    ContextTooLong,
    DeviceUnknown,
    ModelChanged,
    ModelMissing,
    ModelTooLarge,
    ModelWillNotLoad,
    NotAModel,
    TemplateFailed,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: in some collections, in some documents, or (neither given) everywhere.

    And there in the documents that `only` admits.
    """

    collections: tuple[str, ...] = ()
    document_ids: tuple[int, ...] | None = None
    only: Filter = EVERY


class Answering:
    """Answers questions from the store's documents. Every method belongs on a worker thread."""

    def __init__(
        self,
        store: Store,
        retrieval: Retrieval,
        generator: GeneratorPort,
        loader: Loader,
        models: Models,
        conversations: Conversations,
    ) -> None:
        self._store = store
        self._retrieval = retrieval
        self._generator = generator
        self._loader = loader
        self._models = models
        self._conversations = conversations
        self.at_work = AtWork()
        self.condensing = Condensing(store, generator, loader, models, conversations, self.at_work)

    def uses(self, model: str) -> bool:
        """Whether an answer, or a summary of questions, is being written by that model."""
        return self.at_work.uses(model)

    def available_model(self) -> ModelFile | None:
        """The model that would answer now; None means that answers quote."""
        try:
            return self._models.chat_model(None)
        except (ModelMissing, ModelChanged):
            return None

    def warm_up(self, cancel: Cancellation) -> None:
        """Load the model and read the beginning that every prompt shares."""
        model = self.available_model()
        if model is not None:
            for _ in self._loader.load(model, cancel=cancel):
                pass
            self._generator.prefill(prompting.beginning([]), cancel=cancel)

    def prepare_next(self, conversation_id: int, cancel: Cancellation) -> None:
        """Read the conversation so far, so that the next question waits for its passages alone."""
        model = self.available_model()
        if model is not None:
            turns = self._store.turns(conversation_id)
            recalled = _drained(self.condensing.recall(conversation_id, turns, model, cancel))
            self._generator.prefill(prompting.beginning(recalled.messages), cancel=cancel)

    def ask(
        self,
        question: str,
        *,
        conversation_id: int | None = None,
        beside: int | None = None,
        scope: Scope | None = None,
        model: str | None = None,
        mode: AnswerMode = AnswerMode.ANSWER,
        cancel: Cancellation,
    ) -> Answer:
        """Answer `question`; yields what happens and returns the stored turn.

        `beside` is a question of that conversation, of which this one is another version.

        A cancelled answer comes back STOPPED with what was written, a failed one FAILED with its
        error. If the model cannot be used, the answer quotes and carries the error; a model named
        in `model` must be usable, or the turn is FAILED. Raises QuestionTooLong, CollectionUnknown,
        ConversationUnknown and TurnUnknown before anything is stored, DiskFull if the question
        cannot be kept.
        """
        question = askable(question)
        scope = scope or Scope()
        document_ids = self.documents_of(scope)
        asked, earlier = put(
            self._store,
            self._conversations,
            question,
            conversation_id=conversation_id,
            beside=beside,
        )
        draft = Draft(self._store, asked.answer)
        answering = self._answer(draft, question, earlier, scope, document_ids, model, mode, cancel)
        return (yield from to_the_end(self._conversations, asked, draft, answering, cancel))

    def again(
        self,
        answer_id: int,
        *,
        scope: Scope | None = None,
        model: str | None = None,
        mode: AnswerMode = AnswerMode.ANSWER,
        cancel: Cancellation,
    ) -> Answer:
        """Another answer to the same question, beside that one; as `ask` otherwise.

        Its tokens are drawn, seeded by how many answers there are, so that it may differ.
        """
        scope = scope or Scope()
        document_ids = self.documents_of(scope)
        earlier, asked, before = self.exchange(answer_id)
        answer = self._store.add_turn(
            asked.conversation_id, Role.ASSISTANT, "", TurnState.STREAMING, parent=asked.id
        )
        drawn = Sampling(temperature=ANOTHER_TEMPERATURE, seed=len(before.variants))
        record = AnswerRecord(kind=AnswerKind.GROUNDED, sampling=drawn)
        draft = Draft(self._store, answer, record=record)
        answering = self._answer(
            draft, asked.text, earlier, scope, document_ids, model, mode, cancel
        )
        begun = Asked(self._conversations.one(asked.conversation_id), asked, answer)
        return (yield from to_the_end(self._conversations, begun, draft, answering, cancel))

    def exchange(self, answer_id: int) -> tuple[list[Turn], Turn, Turn]:
        """What was said before a question, the question, and that answer. Raises TurnUnknown."""
        line = self._store.turns_up_to(answer_id)
        if len(line) < 2 or line[-2].role is not Role.USER:
            raise TurnUnknown
        return line[:-2], line[-2], line[-1]

    def documents_of(self, scope: Scope) -> Sequence[int] | None:
        """The ids of the documents to look in; None for all. Raises CollectionUnknown."""
        document_ids: Sequence[int] | None = scope.document_ids
        if document_ids is None and scope.collections:
            found: set[int] = set()
            for name in scope.collections:
                collection = self._store.collection(tidy(name))
                if collection is None:
                    raise CollectionUnknown(name=name)
                found.update(document.id for document in self._store.documents(collection.id))
            document_ids = sorted(found)
        if scope.only.asks:
            return self._store.documents_admitted(scope.only, document_ids=document_ids)
        return document_ids

    # -- one answer

    def _answer(
        self,
        draft: Draft,
        question: str,
        earlier: Sequence[Turn],
        scope: Scope,
        document_ids: Sequence[int] | None,
        model: str | None,
        mode: AnswerMode,
        cancel: Cancellation,
    ) -> Answer:
        query = searched(question, [turn.text for turn in earlier if turn.role is Role.USER])
        passages = self._retrieval.search(
            query, top=PASSAGES, document_ids=document_ids, cancel=cancel
        )
        draft.searched = self._searched(scope, document_ids)
        draft.words_only = self._retrieval.words_only
        draft.not_reranked = self._retrieval.not_reranked
        if not is_relevant(query, passages):
            yield Found(())
            return (yield from draft.say_not_found(draft.searched, passages))
        passages = worth_reading(query, passages)
        passages = prompting.fit(passages, (), MOST_READ, estimate_tokens)
        yield Found(tuple(passages))
        if mode is AnswerMode.QUOTE:
            return (yield from draft.quote(passages))
        if mode is AnswerMode.SUMMARISE:
            draft.record = replace(draft.record, kind=AnswerKind.SUMMARISED)
        try:
            return (yield from self._write(draft, question, earlier, passages, model, cancel))
        except UNUSABLE as error:
            if model is not None:
                raise
            return (yield from draft.quote(passages, error))

    def _write(
        self,
        draft: Draft,
        question: str,
        earlier: Sequence[Turn],
        passages: Sequence[Passage],
        reference: str | None,
        cancel: Cancellation,
    ) -> Answer:
        model = self._models.chat_model(reference)
        with self.at_work.on(model):
            return (yield from self._write_with(model, draft, question, earlier, passages, cancel))

    def _write_with(
        self,
        model: ModelFile,
        draft: Draft,
        question: str,
        earlier: Sequence[Turn],
        passages: Sequence[Passage],
        cancel: Cancellation,
    ) -> Answer:
        yield from self._loader.load(model, cancel=cancel)
        room = self.condensing.reasoning_room(model)
        sampling = replace(draft.record.sampling, reasoning_tokens=room)
        draft.record = replace(
            draft.record, model=model.name, model_sha256=model.sha256, sampling=sampling
        )
        summarises = draft.record.kind is AnswerKind.SUMMARISED
        recalled = Recalled()
        if not summarises:  # what was said before is no source
            recalled = yield from self.condensing.recall(
                draft.conversation_id, earlier, model, cancel
            )
        history = list(recalled.messages)
        left_out, summarised = recalled.left_out, recalled.summarised
        fitting = prompting.fit(
            passages,
            [*prompting.beginning(history), Message(Role.USER, question)],
            self.condensing.budget(model),
            estimate_tokens,
        )
        while True:
            if summarises:
                messages = prompting.layout_summary(question, fitting)
            else:
                messages = prompting.layout(question, fitting, history)
            draft.prompted(messages, fitting, len(history))
            try:
                generated = yield from self._stream(draft, messages, sampling, cancel)
                break
            except PromptTooLong:
                if not history and len(fitting) < 2:
                    raise
                # The estimate was too low: give up what matters least, oldest first.
                # A summary stands for more than any one of the questions behind it.
                told = recalled.exchanges - summarised - left_out
                if told:
                    first = len(history) - 2 * told
                    del history[first : first + 2]
                    left_out += 1
                elif history:
                    history.clear()
                    left_out, summarised = left_out + summarised, 0
                else:
                    fitting = fitting[:-1]
        draft.record = replace(
            draft.record,
            left_out=left_out,
            summarised=summarised,
            timings=generated.timings,
            truncated=generated.reason in ("limit", "repeats"),
        )
        return (yield from draft.conclude(fitting))

    def _stream(
        self,
        draft: Draft,
        messages: Sequence[Message],
        sampling: Sampling,
        cancel: Cancellation,
    ) -> Generator[AnswerEvent, None, Generated]:
        pieces = self._generator.generate(messages, sampling=sampling, stop=(), cancel=cancel)
        while True:
            try:
                piece = next(pieces)
            except StopIteration as end:
                generated: Generated = end.value
                yield from draft.end()
                return generated
            if isinstance(piece, str):
                yield from draft.append(piece)
            else:
                yield Prefilling(*piece)

    # -- what an answer needs to know

    def _searched(self, scope: Scope, document_ids: Sequence[int] | None) -> Searched:
        return replace(
            self._store.searchable(document_ids),
            collection=", ".join(scope.collections),
            chosen=scope.document_ids is not None or scope.only.asks,
        )


def _drained(steps: Generator[AnswerEvent, None, Recalled]) -> Recalled:
    """What comes of it, whatever happens on the way."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            recalled: Recalled = end.value
            return recalled
