"""Rewriting: a text in, the same text in another tone or in the office's own voice out.

Paragraph by paragraph, in their order; what is no prose is left as it stands, to the character. The
original is never touched: what comes back is a new text, with every change and every fact that
differs listed beside it.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from desktop.domain import tone as tones
from desktop.domain import voices
from desktop.domain.changes import Change, changes
from desktop.domain.edits import changes_of, edited
from desktop.domain.errors import (
    Cancelled,
    EscritoireError,
    ModelChanged,
    ModelMissing,
    TextEmpty,
    TextTooLong,
    TextTooShort,
)
from desktop.domain.facts import compare
from desktop.domain.jobs import Cancellation
from desktop.domain.language import language_of
from desktop.domain.models import ModelFile
from desktop.domain.originals import Original, blocks_of
from desktop.domain.paragraphs import BlockKind, blocks, words_of
from desktop.domain.rewrites import Kept, RewriteRecord, Rewritten, StoredRewrite, Wish
from desktop.domain.sentences import Span
from desktop.domain.tone import Manner, Tone
from desktop.domain.voices import Voice
from desktop.domain.words import whole
from desktop.services.answer_events import Prefilling
from desktop.services.beginnings import Beginnings, Ready
from desktop.services.loading import Loader
from desktop.services.paragraph_writing import Begin, ParagraphWriter
from desktop.services.ports import Generator as GeneratorPort
from desktop.services.ports import Models, States, Store, Tones
from desktop.services.rewrite_events import Comparing, Rewrite
from desktop.services.text_writing import Written, write
from desktop.services.voices import Voices

MOST_CHARACTERS = 2_000_000  # that are rewritten at once: days of work on a small computer
CONTEXT_WINDOW = 4096  # tokens used of a model's window, as for answers
PIECE = 400  # tokens that a model is given at once; a small one loses its way in more
KEEP_SETTING = "rewrites kept"
YES, NO = "yes", "no"
_NUL = "\0"


class Rewriting:
    """Rewrites texts and remembers having done so. Every method belongs on a worker thread."""

    def __init__(
        self,
        store: Store,
        generator: GeneratorPort,
        loader: Loader,
        models: Models,
        files: Tones,
        voices: Voices,
        states: States,
    ) -> None:
        self._store = store
        self._states = states
        self._beginnings = Beginnings(generator, states)
        self._generator = generator
        self._loader = loader
        self._models = models
        self._tones = files
        self._voices = voices

    def tones(self) -> list[str]:
        """The names of the tones there are, as they are offered: ours by use, then others."""
        return tones.in_order(self._tones.names())

    def tone(self, name: str) -> Tone:
        """Raises ToneUnknown, ToneDamaged."""
        return self._tones.tone(name)

    def available_model(self) -> ModelFile | None:
        """The model that would write now; None if there is none."""
        try:
            return self._models.chat_model(None)
        except (ModelMissing, ModelChanged):
            return None

    def history(self, limit: int = 100) -> list[StoredRewrite]:
        """The latest rewrites, newest first."""
        return self._store.rewrites(limit)

    def open_again(self, past: StoredRewrite) -> Rewritten:
        """An earlier rewrite, compared anew. What was kept in it, and why, is not remembered."""
        made = changes(past.text, past.output)
        return _compared(past.text, past.output, made, (), past.record)

    def remove(self, past: StoredRewrite) -> None:
        """Take one rewrite out of the history."""
        self._store.remove_rewrite(past.id)

    def put_back(self, past: StoredRewrite) -> None:
        """Undo `remove`."""
        self._store.put_back_rewrite(past)

    @property
    def keeps_history(self) -> bool:
        """Whether the window's rewrites are kept in the history."""
        return self._store.setting(KEEP_SETTING) != NO

    def keep_history(self, keep: bool) -> None:
        """Have the window's rewrites kept from now on, or not; those that are kept stay."""
        self._store.set_setting(KEEP_SETTING, YES if keep else NO)

    def forget(self) -> list[StoredRewrite]:
        """Forget every rewrite, and what models made of its wishes; returns what there was."""
        self._states.forget()
        return self._store.forget_rewrites()

    def rewrite(
        self,
        text: str,
        wish: Wish,
        *,
        original: Original | None = None,
        model: str | None = None,
        keep: bool = True,
        cancel: Cancellation,
    ) -> Rewrite:
        """Rewrite `text` as wished; yields what happens and returns the result.

        If it is the text of an `original` with paragraphs of its own, each change stays within one
        of them, and what is fixed there stands as it is. With `keep` it is stored in the history.

        What is done is not lost for what is not: once a paragraph is written, a rewrite that is
        stopped or fails is one as well, with the rest as it was, and the `error` in it.

        Raises TextEmpty, TextTooShort, TextTooLong, ToneUnknown, ToneDamaged, VoiceUnknown,
        AdapterMismatch, ModelMissing and what else keeps a model from writing, Cancelled; nothing
        is stored then.
        """
        text = checked(text)
        voice = self._voices.voice(wish.voice) if wish.voice else None
        manner = self._manner(text, wish, voice, cancel)
        document = original if original and original.has_paragraphs else None
        parts = blocks_of(document) if document else blocks(text)
        record = RewriteRecord(wish, untouched=sum(b.kind is not BlockKind.PROSE for b in parts))
        written = Written()
        ended: Exception | None = None
        if any(block.kind is BlockKind.PROSE for block in parts) or voice is not None:
            file = self._models.chat_model(model)
            adapter = None if voice is None or wish.without_adapter else voice.adapter
            if adapter is not None:
                self._loader.check_adapter(file, adapter)
            adapters = (adapter,) if adapter else ()
            yield from self._loader.load(file, adapters=adapters, cancel=cancel)
            writer = ParagraphWriter(
                self._generator,
                manner,
                language=language_of(text),
                accept_facts=wish.accept_facts,
                begin=self._begin(wish, keep=keep),
            )
            record = replace(record, model=file.name, model_sha256=file.sha256)
            fixed = document.fixed if document else []
            try:
                yield from write(text, parts, fixed, writer, voice, _piece(file), written, cancel)
            except Exception as error:
                if not written.paragraphs:
                    raise
                ended = error
            record = replace(
                record,
                timings=writer.tally.timings,
                paragraphs=written.paragraphs,
                retried=written.retried,
                unwritten=written.total - written.paragraphs,
            )
        yield Comparing()
        # What was not come to is the same on both sides: it is not looked at.
        end = len(text) if ended is None else written.edits[-1].end
        spans = document.spans if document else None
        done = _as_edited(text, written, end, spans, record)
        try:
            if keep:
                self._store.add_rewrite(text, done.output, record)
        except EscritoireError as error:
            ended = error
        return replace(done, error=None if isinstance(ended, Cancelled) else ended)

    def _begin(self, wish: Wish, *, keep: bool) -> Begin:
        def begin(manner: Manner, cancel: Cancellation) -> Generator[Prefilling, None, Ready]:
            return self._beginnings.ready(
                tones.beginning(manner), owner=wish.voice, keep=keep, cancel=cancel
            )

        return begin

    def _manner(self, text: str, wish: Wish, voice: Voice | None, cancel: Cancellation) -> Manner:
        if voice is not None:
            return voices.manner_of(
                voice,
                self._voices.examples(voice, text, cancel),
                keep_length=wish.keep_length,
                instruction=wish.instruction,
            )
        return tones.manner_of(
            self._tones.tone(wish.tone),
            wish.strength,
            keep_length=wish.keep_length,
            instruction=wish.instruction,
        )


def _as_edited(
    text: str, written: Written, end: int, spans: Sequence[Span] | None, record: RewriteRecord
) -> Rewritten:
    """The text with what was written up to `end` of it, and its rest as it stands."""
    before, after = text[:end], edited(text, written.edits, 0, end)
    made = changes(before, after) if spans is None else changes_of(text, written.edits, spans)
    done = _compared(before, after, made, tuple(written.kept), record)
    return replace(done, text=text, output=after + text[end:])


def _compared(
    text: str,
    output: str,
    made: Sequence[Change],
    kept: tuple[Kept, ...],
    record: RewriteRecord,
) -> Rewritten:
    return Rewritten(
        text=text,
        output=output,
        changes=tuple(made),
        facts=() if text == output else tuple(compare(text, output)),
        kept=kept,
        record=record,
    )


def checked(text: str) -> str:
    """The text as it can be rewritten. Raises TextEmpty, TextTooShort, TextTooLong."""
    if len(text) > MOST_CHARACTERS:
        raise TextTooLong(characters=len(text), limit=MOST_CHARACTERS)
    text = whole(text).replace(_NUL, "\N{REPLACEMENT CHARACTER}")
    if not text.strip():
        raise TextEmpty
    if words_of(text) < 2 and len(text.split()) < 2:
        raise TextTooShort
    return text


def _piece(model: ModelFile) -> int:
    """Tokens of a piece: it stands in the prompt and again, perhaps longer, in the answer."""
    return min(PIECE, min(model.context_window, CONTEXT_WINDOW) // 6)
