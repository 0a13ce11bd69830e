"""Comparing: a question and some documents -> what each of them says, side by side, each cited.

Every document is searched alone and answered from alone, so that nothing of one is taken for what
another says. Where the model cannot be used, the documents speak for themselves.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from desktop.domain import comparisons, grounding, prompting
from desktop.domain.chat import AnswerKind, Generated, Message, Role, Sampling, TurnState
from desktop.domain.chunking import estimate_tokens
from desktop.domain.comparisons import Side
from desktop.domain.documents import Document, Passage
from desktop.domain.errors import DocumentMissing, EscritoireError, PromptTooLong
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.domain.ranking import is_relevant, worth_reading
from desktop.domain.repetition import repetition
from desktop.services.answer_events import Answer, AnswerEvent, Found, Reasoned, Wrote
from desktop.services.answering import PASSAGES, UNUSABLE
from desktop.services.conversations import Conversations
from desktop.services.draft import Draft
from desktop.services.model_writing import ModelWriting
from desktop.services.paragraph_writing import Tally
from desktop.services.ports import Store
from desktop.services.retrieval import Retrieval
from desktop.services.turn_taking import askable, take_turn

Relevant = list[tuple[Document, list[Passage]]]  # of each document what may answer, or nothing


class Comparing:
    """Compares documents of the store. Every method belongs on a worker thread."""

    def __init__(
        self,
        store: Store,
        retrieval: Retrieval,
        writing: ModelWriting,
        conversations: Conversations,
    ) -> None:
        self._store = store
        self._retrieval = retrieval
        self._writing = writing
        self._conversations = conversations

    def compare(
        self,
        question: str,
        document_ids: Sequence[int],
        *,
        conversation_id: int | None = None,
        beside: int | None = None,
        model: str | None = None,
        cancel: Cancellation,
    ) -> Answer:
        """What each document says about `question`; yields what happens, returns the stored turn.

        `beside` is a question of that conversation, of which this one is another version.

        A cancelled comparison comes back STOPPED with the documents that were finished, a failed
        one FAILED with its error. If the model cannot be used, passages are quoted and the turn
        carries the error; a model named in `model` must be usable. Raises QuestionTooLong,
        DocumentMissing, ConversationUnknown and TurnUnknown before anything is stored, DiskFull if
        the question cannot be kept.
        """
        question = askable(question)
        documents = [self._document(document_id) for document_id in document_ids]
        return take_turn(
            self._store,
            self._conversations,
            question,
            lambda draft: self._compare(draft, question, documents, model, cancel),
            conversation_id=conversation_id,
            beside=beside,
            cancel=cancel,
        )

    def _document(self, document_id: int) -> Document:
        document = self._store.document(document_id)
        if document is None:
            raise DocumentMissing(file=f"Document {document_id}")
        return document

    def _compare(
        self,
        draft: Draft,
        question: str,
        documents: Sequence[Document],
        model: str | None,
        cancel: Cancellation,
    ) -> Answer:
        ids = [document.id for document in documents]
        draft.searched = replace(self._store.searchable(ids), chosen=True)
        relevant: Relevant = []
        closest: list[Passage] = []
        for document in documents:
            passages = self._retrieval.search(
                question, top=PASSAGES, document_ids=(document.id,), cancel=cancel
            )
            draft.words_only = draft.words_only or self._retrieval.words_only
            draft.not_reranked = draft.not_reranked or self._retrieval.not_reranked
            closest += passages[:1]
            answers = is_relevant(question, passages)
            relevant.append((document, worth_reading(question, passages) if answers else []))
        yield Found(tuple(passage for _, passages in relevant for passage in passages))
        if not any(passages for _, passages in relevant):
            return (yield from draft.say_not_found(draft.searched, closest))
        draft.record = replace(draft.record, kind=AnswerKind.COMPARED)
        error: EscritoireError | None = None
        try:
            sides = yield from self._write(draft, question, relevant, model, cancel)
        except UNUSABLE as unusable:
            if model is not None:
                raise
            error = unusable
            draft.record = replace(draft.record, model="", model_sha256="")
            sides = [_quoted(document, passages) for document, passages in relevant]
            yield Wrote(comparisons.side_by_side(sides)[0])
        _settle(draft, sides)
        return draft.finish(TurnState.COMPLETE, error=error)

    def _write(
        self,
        draft: Draft,
        question: str,
        relevant: Relevant,
        reference: str | None,
        cancel: Cancellation,
    ) -> Generator[AnswerEvent, None, list[Side]]:
        tally = Tally()
        sides: list[Side] = []
        with self._writing.model(reference) as model:
            yield from self._writing.load(model, cancel)
            sampling = self._writing.sampling(model, Sampling())
            draft.record = replace(
                draft.record, model=model.name, model_sha256=model.sha256, sampling=sampling
            )
            for document, passages in relevant:
                yield _wrote(draft, comparisons.heading(document, first=not sides))
                if not passages:
                    side = comparisons.silent(document)
                    yield _wrote(draft, side.text)
                else:
                    text, fitting, generated = yield from self._answer(
                        draft, question, passages, model, sampling, cancel
                    )
                    tally.add(generated.timings)
                    side = _side(document, text, fitting)
                sides.append(side)
                _settle(draft, sides)
        draft.record = replace(draft.record, timings=tally.timings)
        return sides

    def _answer(
        self,
        draft: Draft,
        question: str,
        passages: Sequence[Passage],
        model: ModelFile,
        sampling: Sampling,
        cancel: Cancellation,
    ) -> Generator[AnswerEvent, None, tuple[str, Sequence[Passage], Generated]]:
        """What the model writes, from which passages, and how it ended."""
        if draft.reasoning:  # of the document before
            draft.reasoning = f"{draft.reasoning.rstrip()}\n\n"
        beginning = [*prompting.beginning([]), Message(Role.USER, question)]
        room = self._writing.room(model, sampling)
        fitting = prompting.fit(passages, beginning, room, estimate_tokens)
        while True:
            steps = self._writing.write(prompting.layout(question, fitting), sampling, cancel)
            try:
                while True:
                    step = next(steps)
                    if isinstance(step, Wrote):
                        draft.append(step.text)
                    elif isinstance(step, Reasoned):
                        draft.reasoning += step.text
                    yield step
            except StopIteration as end:
                text, generated = end.value
                return text, fitting, generated
            except PromptTooLong:  # the estimate was too low
                if len(fitting) < 2:
                    raise
                fitting = fitting[:-1]


def _side(document: Document, written: str, passages: Sequence[Passage]) -> Side:
    """What the model wrote of a document, as it may be shown."""
    repeats = repetition(written)
    text = (written if repeats is None else written[:repeats]).strip()
    if not text:
        return comparisons.quoted(document, passages)
    return Side(document, *grounding.stand_by(text, passages))


def _quoted(document: Document, passages: Sequence[Passage]) -> Side:
    if not passages:
        return comparisons.silent(document)
    return comparisons.quoted(document, passages)


def _settle(draft: Draft, sides: Sequence[Side]) -> None:
    """Put what is finished into the draft, in place of what was written on the way."""
    draft.text, draft.so_far, columns = comparisons.side_by_side(sides)
    draft.record = replace(draft.record, columns=columns)


def _wrote(draft: Draft, text: str) -> Wrote:
    draft.append(text)
    return Wrote(text)
