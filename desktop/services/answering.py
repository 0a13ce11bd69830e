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
    Conversation,
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
    Cancelled,
    CollectionUnknown,
    ContextTooLong,
    DeviceUnknown,
    DiskFull,
    EscritoireError,
    ModelChanged,
    ModelMissing,
    ModelTooLarge,
    ModelWillNotLoad,
    NotAModel,
    PromptTooLong,
    TemplateFailed,
)
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.domain.ranking import is_relevant, worth_reading
from desktop.domain.words import whole
from desktop.services.answer_events import (
    Answer,
    AnswerEvent,
    Asked,
    Found,
    Prefilling,
)
from desktop.services.condensing import Condensing
from desktop.services.conversations import Conversations
from desktop.services.draft import Draft
from desktop.services.loading import Loader
from desktop.services.ports import Generator as GeneratorPort
from desktop.services.ports import Models, Store
from desktop.services.records import UNFINISHED
from desktop.services.retrieval import Retrieval

PASSAGES = 5  # that a prompt holds at most

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
    """Where to look: one collection, some documents, or (neither given) everywhere."""

    collection: str | None = None
    document_ids: tuple[int, ...] | None = None


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
        self.condensing = Condensing(store, generator, loader, models, conversations)
        self._in_use: list[str] = []  # names of the models that are answering, one an answer

    def uses(self, model: str) -> bool:
        """Whether an answer is being written by the model of that name."""
        return model in self._in_use

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
        scope: Scope | None = None,
        model: str | None = None,
        quote: bool = False,
        cancel: Cancellation,
    ) -> Answer:
        """Answer `question`; yields what happens and returns the stored turn.

        A cancelled answer comes back STOPPED with what was written, a failed one FAILED with its
        error. If the model cannot be used, the answer quotes and carries the error; a model named
        in `model` must be usable, or the turn is FAILED. Raises CollectionUnknown before anything
        is stored, DiskFull if the question cannot be kept.
        """
        question = whole(question)
        scope = scope or Scope()
        document_ids = self._documents_of(scope)
        if conversation_id is None:
            conversation = self._conversations.begin(question)
        else:
            conversation = self._conversation(conversation_id)
        earlier = self._store.turns(conversation.id)
        asked = self._store.add_turn(conversation.id, Role.USER, question, TurnState.COMPLETE)
        answer = self._store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
        draft = Draft(self._store, answer)
        try:
            yield Asked(conversation, asked, answer)
            turn = yield from self._answer(
                draft, question, earlier, scope, document_ids, model, quote, cancel
            )
        except (Cancelled, GeneratorExit):
            turn = draft.finish(TurnState.STOPPED)
            if not cancel.wished:  # the caller closed the generator: nothing more may be yielded
                return turn
        except DiskFull:
            raise
        except EscritoireError as error:
            turn = draft.finish(TurnState.FAILED, error=error)
        self._conversations.changed.tell(conversation.id)
        return turn

    # -- one answer

    def _answer(
        self,
        draft: Draft,
        question: str,
        earlier: Sequence[Turn],
        scope: Scope,
        document_ids: Sequence[int] | None,
        model: str | None,
        quote: bool,
        cancel: Cancellation,
    ) -> Answer:
        query = prompting.search_text(question, earlier)
        passages = self._retrieval.search(
            query, top=PASSAGES, document_ids=document_ids, cancel=cancel
        )
        draft.scope_incomplete = self._scope_incomplete(document_ids)
        if not is_relevant(query, passages):
            yield Found(())
            return (yield from draft.say_not_found(self._searched(scope, document_ids), passages))
        passages = worth_reading(query, passages)
        yield Found(tuple(passages))
        if quote:
            return (yield from draft.quote(passages))
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
        self._in_use.append(model.name)
        try:
            return (yield from self._write_with(model, draft, question, earlier, passages, cancel))
        finally:
            self._in_use.remove(model.name)

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
        sampling = Sampling(reasoning_tokens=self.condensing.reasoning_room(model))
        draft.record = replace(
            draft.record, model=model.name, model_sha256=model.sha256, sampling=sampling
        )
        recalled = yield from self.condensing.recall(draft.conversation_id, earlier, model, cancel)
        history, left_out = list(recalled.messages), recalled.left_out
        fitting = prompting.fit(
            passages,
            [*prompting.beginning(history), Message(Role.USER, question)],
            self.condensing.budget(model),
            estimate_tokens,
        )
        while True:
            messages = prompting.layout(question, fitting, history)
            try:
                generated = yield from self._stream(draft, messages, sampling, cancel)
                break
            except PromptTooLong:
                if not history and len(fitting) < 2:
                    raise
                # The estimate was too low: give up what matters least, oldest first.
                if history:
                    history, left_out = history[2:], left_out + 1
                else:
                    fitting = fitting[:-1]
        draft.record = replace(
            draft.record,
            left_out=left_out,
            summarised=recalled.summarised,
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

    def _documents_of(self, scope: Scope) -> Sequence[int] | None:
        if scope.document_ids is not None or scope.collection is None:
            return scope.document_ids
        collection = self._store.collection(scope.collection)
        if collection is None:
            raise CollectionUnknown(name=scope.collection)
        return [document.id for document in self._store.documents(collection.id)]

    def _searched(self, scope: Scope, document_ids: Sequence[int] | None) -> Searched:
        wanted = None if document_ids is None else set(document_ids)
        documents = [one for one in self._store.documents() if wanted is None or one.id in wanted]
        return Searched(
            documents=sum(one.pages_read > 0 for one in documents),
            pages=sum(one.pages_read for one in documents),
            unfinished=sum(one.state in UNFINISHED for one in documents),
            collection=scope.collection or "",
            chosen=scope.document_ids is not None,
        )

    def _scope_incomplete(self, document_ids: Sequence[int] | None) -> bool:
        unfinished = {
            document.id
            for document in self._store.unfinished_documents()
            if document.state in UNFINISHED
        }
        return bool(unfinished if document_ids is None else unfinished & set(document_ids))

    def _conversation(self, conversation_id: int) -> Conversation:
        return next(c for c in self._store.conversations() if c.id == conversation_id)


def _drained(steps: Generator[AnswerEvent, None, Recalled]) -> Recalled:
    """What comes of it, whatever happens on the way."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            recalled: Recalled = end.value
            return recalled
