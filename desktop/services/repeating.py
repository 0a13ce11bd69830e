"""An answer once more, from its record: the rest of one that was stopped, or the same to compare.

The prompt is put together anew from what the record names and must have the hash that it had; a
model must be the file that it was. Text is never taken from anywhere but the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain import grounding, prompting
from desktop.domain.chat import (
    AnswerKind,
    AnswerRecord,
    GivenPassage,
    Message,
    Turn,
    TurnState,
)
from desktop.domain.chunking import estimate_tokens
from desktop.domain.context import NOT_CONDENSED, Choice
from desktop.domain.documents import Passage
from desktop.domain.errors import ModelChanged, SourcesChanged
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.domain.reasoning import split
from desktop.services.answer_events import Answer, Asked, Prefilling
from desktop.services.answering import Answering
from desktop.services.conversations import Conversations
from desktop.services.draft import Draft, digest, without_repetition
from desktop.services.loading import Loader
from desktop.services.ports import Generator as GeneratorPort
from desktop.services.ports import Models, Store
from desktop.services.turn_taking import to_the_end

SUMMARY_MESSAGES = 2  # that a summary of the oldest questions is in a prompt
EVERYTHING = 10**9  # tokens: however much was said before, the record says how much was recalled


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of an answer's record when it was tried: `same`, or else another `text`."""

    same: bool
    text: str


class Repeating:
    """Every method belongs on a worker thread."""

    def __init__(
        self,
        store: Store,
        answering: Answering,
        generator: GeneratorPort,
        loader: Loader,
        models: Models,
        conversations: Conversations,
    ) -> None:
        self._store = store
        self._answering = answering
        self._generator = generator
        self._loader = loader
        self._models = models
        self._conversations = conversations

    def go_on(self, answer_id: int, *, cancel: Cancellation) -> Answer:
        """Write an answer on where it ended; as `Answering.ask` otherwise.

        Raises TurnUnknown, SourcesChanged, ModelMissing and ModelChanged before anything is
        stored.
        """
        earlier, asked, turn = self._answering.exchange(answer_id)
        record, model = self._recorded(turn)
        passages = self._passages(record)
        messages = self._messages(record, passages, asked, earlier)
        written = written_by_model(turn)
        resumed = self._store.resume_turn(answer_id)
        draft = Draft(
            self._store, resumed, text=written, record=replace(record, begun=len(written))
        )
        conversation = self._conversations.one(asked.conversation_id)
        writing = self._write_on(model, draft, messages, passages, cancel)
        begun = Asked(conversation, asked, replace(resumed, text=written))
        with self._answering.at_work.on(model):
            return (yield from to_the_end(self._conversations, begun, draft, writing, cancel))

    def compare(self, answer_id: int, *, cancel: Cancellation) -> Compared:
        """Whether the record of an answer gives the same one again; nothing is stored.

        Raises TurnUnknown, SourcesChanged, ModelMissing, ModelChanged and Cancelled.
        """
        earlier, asked, turn = self._answering.exchange(answer_id)
        record, model = self._recorded(turn)
        passages = self._passages(record)
        messages = self._messages(record, passages, asked, earlier)
        with self._answering.at_work.on(model):
            text = self._write_again(model, turn, record, messages, cancel)
        if turn.state is TurnState.COMPLETE:
            text, _ = grounding.stand_by(without_repetition(text), passages)
        return Compared(text == turn.text, text)

    def _write_again(
        self,
        model: ModelFile,
        turn: Turn,
        record: AnswerRecord,
        messages: Sequence[Message],
        cancel: Cancellation,
    ) -> str:
        """What the model writes now; of an answer that was stopped, as much as there was of it."""
        for _ in self._loader.load(model, cancel=cancel):
            pass
        begun = turn.text[: record.begun]
        text = begun
        stopped = turn.state is not TurnState.COMPLETE
        pieces = self._generator.generate(
            messages, sampling=record.sampling, stop=(), begun=begun, cancel=cancel
        )
        for piece in pieces:
            if isinstance(piece, str):
                text += piece
            if stopped and len(split(text)[1]) >= len(turn.text):
                pieces.close()  # what was never written cannot be compared
                return split(text)[1][: len(turn.text)]
        return split(text)[1]

    def _write_on(
        self,
        model: ModelFile,
        draft: Draft,
        messages: Sequence[Message],
        passages: Sequence[Passage],
        cancel: Cancellation,
    ) -> Answer:
        yield from self._loader.load(model, cancel=cancel)
        pieces = self._generator.generate(
            messages, sampling=draft.record.sampling, stop=(), begun=draft.text, cancel=cancel
        )
        while True:
            try:
                piece = next(pieces)
            except StopIteration as end:
                generated = end.value
                break
            if isinstance(piece, str):
                yield from draft.append(piece)
            else:
                yield Prefilling(*piece)
        yield from draft.end()
        draft.record = replace(
            draft.record,
            timings=generated.timings,
            truncated=generated.reason in ("limit", "repeats"),
        )
        return (yield from draft.conclude(passages))

    # -- what a record names

    def _recorded(self, turn: Turn) -> tuple[AnswerRecord, ModelFile]:
        """The record of an answer that a model wrote, and that very model."""
        record = turn.record
        if record is None or not record.prompt_sha256:
            raise SourcesChanged
        model = self._models.chat_model(record.model)
        if model.sha256 != record.model_sha256:
            raise ModelChanged(model=record.model)
        return record, model

    def _passages(self, record: AnswerRecord) -> list[Passage]:
        return [self._passage(given) for given in record.passages]

    def _passage(self, given: GivenPassage) -> Passage:
        document = self._store.document(given.document_id)  # None while it can be put back, too
        page = self._store.page(given.document_id, given.page)
        if document is None or page is None:
            raise SourcesChanged
        return Passage(
            chunk_id=0,
            document_id=given.document_id,
            document=given.document,
            page=given.page,
            page_label=given.page_label,
            start=given.start,
            end=given.end,
            score=0.0,
            text=page.text[given.start : given.end],
            heading=given.heading,
            unit=given.unit,
            title=given.title,
            best=given.best,
        )

    def _messages(
        self,
        record: AnswerRecord,
        passages: Sequence[Passage],
        asked: Turn,
        earlier: Sequence[Turn],
    ) -> list[Message]:
        """The prompt as it was. Raises SourcesChanged if it cannot be had any more."""
        condensed = self._store.condensed(asked.conversation_id)
        if condensed.upto and not record.summarised:
            condensed = NOT_CONDENSED  # it was summarised later; a summary upto 0 was there before
        said = prompting.recall(earlier, EVERYTHING, estimate_tokens, condensed).messages
        # What stands for the questions that were summarised comes first, and is never left out.
        ahead = condensed.choice is Choice.SUMMARISE and condensed.summary
        first = SUMMARY_MESSAGES if ahead and record.recalled >= SUMMARY_MESSAGES else 0
        history = [*said[:first], *said[len(said) - (record.recalled - first) :]]
        if record.kind is AnswerKind.SUMMARISED:
            messages = prompting.layout_summary(asked.text, passages)
        else:
            messages = prompting.layout(asked.text, passages, history)
        if digest(messages) != record.prompt_sha256:
            raise SourcesChanged
        return messages


def written_by_model(turn: Turn) -> str:
    """An answer without the passage that we put behind it."""
    return turn.text.partition(f"\n\n{grounding.NOT_BORNE_OUT}\n\n")[0]
