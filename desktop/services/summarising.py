"""Summarising: a whole document -> a turn of a conversation, each sentence with its place in it.

The document is read section by section, for no context window holds it: the rules are those of
`domain.summaries` and `domain.summary_parts`. What was written of a part is kept in the store at
once: stopped, or ended by a crash, the next try goes on from there, and another length takes what
it can use. A paragraph is shown when it is finished.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Generator, Sequence
from dataclasses import replace

from desktop.domain import summaries, summary_parts
from desktop.domain.chat import AnswerKind, Message, Sampling, TurnState
from desktop.domain.documents import Document, Passage
from desktop.domain.errors import DocumentMissing, NothingToSummarise, PromptTooLong
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.domain.summaries import MOST_TOKENS, Length, Node, Section
from desktop.domain.summary_parts import Part
from desktop.services.answer_events import Answer, AnswerEvent, PartsRead, Wrote
from desktop.services.conversations import Conversations
from desktop.services.draft import Draft
from desktop.services.model_writing import ModelWriting
from desktop.services.paragraph_writing import Tally
from desktop.services.ports import Store
from desktop.services.turn_taking import take_turn

SAMPLING = Sampling(max_tokens=MOST_TOKENS)

# Writing a paragraph takes about as long as reading so many tokens: what is left is judged by it.
WRITING_COSTS = 5 * MOST_TOKENS

Parts = Generator[AnswerEvent, None, Part]


class Summarising:
    """Summarises documents of the store. Every method belongs on a worker thread."""

    def __init__(self, store: Store, writing: ModelWriting, conversations: Conversations) -> None:
        self._store = store
        self._writing = writing
        self._conversations = conversations

    def summarise(
        self,
        document_id: int,
        *,
        length: Length = Length.MEDIUM,
        question: str = "",
        conversation_id: int | None = None,
        model: str | None = None,
        cancel: Cancellation,
    ) -> Answer:
        """Summarise a document; yields what happens and returns the stored turn.

        `question` is what the turn before it says, if not that. A cancelled summary comes back
        STOPPED with the paragraphs that were finished, a failed one FAILED with its error. Raises
        DocumentMissing before anything is stored, DiskFull if the question cannot be kept.
        """
        document = self._store.document(document_id)
        if document is None:
            raise DocumentMissing(file=f"Document {document_id}")
        return take_turn(
            self._store,
            self._conversations,
            question or f"Summarise {document.name}",
            lambda draft: self._summarise(draft, document, length, model, cancel),
            conversation_id=conversation_id,
            cancel=cancel,
        )

    def _summarise(
        self,
        draft: Draft,
        document: Document,
        length: Length,
        reference: str | None,
        cancel: Cancellation,
    ) -> Answer:
        draft.searched = replace(self._store.searchable((document.id,)), chosen=True)
        with self._writing.model(reference) as model:
            draft.record = replace(
                draft.record,
                kind=AnswerKind.SUMMARISED,
                of_document=document.name,
                model=model.name,
                model_sha256=model.sha256,
            )
            passages = self._passages(document, cancel)
            if not passages:
                raise NothingToSummarise(file=document.name)
            yield from self._writing.load(model, cancel)
            sampling = self._writing.sampling(model, SAMPLING)
            draft.record = replace(draft.record, sampling=sampling)
            room = summaries.room(self._writing.room(model, sampling))
            most = min(room, summaries.section_size(model.size))
            sections = summaries.sections(passages, length, most)
            run = _Run(self._store, self._writing, document, model, sampling, sections, cancel)
            finished: list[Part] = []
            for node in run.lay_out(length, room):
                part = yield from run.part(node)
                if part.text:
                    finished.append(part)
                    yield _show(draft, finished)
        draft.record = replace(draft.record, timings=run.tally.timings)
        return draft.finish(TurnState.COMPLETE)

    def _passages(self, document: Document, cancel: Cancellation) -> list[Passage]:
        found: list[Passage] = []
        for number in range(1, document.page_count + 1):
            cancel.raise_if_wished()
            page = self._store.page(document.id, number)
            if page is not None:
                found += summaries.passages_of(document, [page])
        return found


def _show(draft: Draft, finished: Sequence[Part]) -> Wrote:
    """Put the paragraph that was finished last into the draft."""
    text, draft.so_far = summary_parts.joined(finished)
    piece = text[len(draft.text) :]
    draft.append(piece)
    return Wrote(piece)


class _Run:
    """One document on its way to its paragraphs: what is written of each part, and what is left."""

    def __init__(
        self,
        store: Store,
        writing: ModelWriting,
        document: Document,
        model: ModelFile,
        sampling: Sampling,
        sections: Sequence[Section],
        cancel: Cancellation,
    ) -> None:
        self.tally = Tally()
        self._store = store
        self._writing = writing
        self._document = document
        self._model = model
        self._sampling = sampling
        self._sections = sections
        self._cancel = cancel
        self._done = self._total = 0  # parts
        self._left = 0  # tokens to be read, and what takes as long
        self._read = 0  # of them, in this run, in so many seconds
        self._seconds = 0.0

    def lay_out(self, length: Length, room: int) -> list[Node]:
        """The paragraphs to be come by, and from them what there is to do."""
        roots = summaries.paragraphs(len(self._sections), length.paragraphs, summaries.fan_in(room))
        for node in roots:
            self._count(node)
        return roots

    def part(self, node: Node) -> Parts:
        """What is written of `node`, or where nothing true is, the document's own words."""
        if isinstance(node, int):
            section = self._sections[node]
            part = yield from self._of_section(section)
            yield self._advance(section.tokens)
            return part
        parts: list[Part] = []
        for each in node:
            part = yield from self.part(each)
            parts += [part.borne_out()] if part.sentences else []
        part = yield from self._of_parts(parts)
        yield self._advance(MOST_TOKENS * len(node))
        return part

    def _of_section(self, section: Section) -> Parts:
        try:
            text = yield from self._written(summaries.layout_section(section), section.tokens)
        except PromptTooLong:  # the estimate was too low
            halves = section.halves()
            if halves is None:
                return summary_parts.extracted(section)
            parts = []
            for half in halves:
                part = yield from self._of_section(half)
                parts.append(part)
            return summary_parts.beside(parts)
        part = summary_parts.of_section(text, section)
        return part if part.is_of_use else summary_parts.extracted(section)

    def _of_parts(self, parts: Sequence[Part]) -> Parts:
        if len(parts) < 2:
            return parts[0] if parts else Part("", ())
        messages = summaries.layout_parts([part.text for part in parts])
        try:
            text = yield from self._written(messages, MOST_TOKENS * len(parts))
        except PromptTooLong:
            return summary_parts.first_of_each(parts)
        part = summary_parts.of_parts(text, parts)
        return part if part.is_of_use else summary_parts.first_of_each(parts)

    def _written(
        self, messages: Sequence[Message], tokens: int
    ) -> Generator[AnswerEvent, None, str]:
        """What the model writes, now or at an earlier try."""
        key = self._key(messages)
        kept = self._store.summary_part(self._document.id, key)
        if kept is not None:
            return kept
        yield self._so_far()
        self._cancel.raise_if_wished()
        begun = time.monotonic()
        for _ in self._writing.load(self._model, self._cancel):
            pass  # another answer may have loaded another model meanwhile
        steps = self._writing.write(messages, self._sampling, self._cancel)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                written, generated = end.value
                break
        self._seconds += time.monotonic() - begun
        self._read += tokens + WRITING_COSTS
        self.tally.add(generated.timings)
        text = summaries.tidied(written, cut=generated.reason == "limit")
        self._store.keep_summary_part(self._document.id, key, text)
        return text

    def _key(self, messages: Sequence[Message]) -> str:
        """What decides what is written: the model, how it is loaded, the words it is given."""
        settings = self._writing.settings(self._model)
        made_from = (
            self._model.sha256,
            self._document.sha256,
            [(str(each.path), each.strength) for each in settings.adapters],
            self._sampling,
            [(message.role, message.content) for message in messages],
        )
        return hashlib.sha256(repr(made_from).encode()).hexdigest()

    # -- how far it is

    def _count(self, node: Node) -> None:
        self._total += 1
        self._left += WRITING_COSTS
        if isinstance(node, int):
            self._left += self._sections[node].tokens
            return
        self._left += MOST_TOKENS * len(node)
        for each in node:
            self._count(each)

    def _advance(self, tokens: int) -> PartsRead:
        self._done += 1
        self._left -= tokens + WRITING_COSTS
        return self._so_far()

    def _so_far(self) -> PartsRead:
        left = self._left * self._seconds / self._read if self._read else None
        return PartsRead(self._done, self._total, left)
