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
from desktop.domain.chunking import estimate_tokens
from desktop.domain.edits import Edit, changes_of, edited, touched, within
from desktop.domain.errors import ModelChanged, ModelMissing, TextEmpty, TextTooLong, TextTooShort
from desktop.domain.facts import compare
from desktop.domain.jobs import Cancellation
from desktop.domain.language import language_of
from desktop.domain.models import ModelFile
from desktop.domain.originals import Original, blocks_of
from desktop.domain.paragraphs import Block, BlockKind, blocks, words_of
from desktop.domain.pieces import joined, pieces, wrapped_like
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
from desktop.services.rewrite_events import Paragraph, Rewrite, RewriteEvent, Settled
from desktop.services.unfinished import Unfinished
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

    def keep_unfinished(
        self, unfinished: Unfinished, *, model: str | None = None, keep: bool = True
    ) -> Rewritten:
        """What is done of a rewrite that was stopped; stored if that is to be and any of it is."""
        done = unfinished.rewritten()
        if not unfinished.done:
            return done
        file = self._models.chat_model(model)
        record = replace(done.record, model=file.name, model_sha256=file.sha256)
        if keep:
            self._store.add_rewrite(done.text, done.output, record)
        return replace(done, record=record)

    def forget(self) -> int:
        """Forget every rewrite, and what models made of its wishes; returns how many there were."""
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

        Raises TextEmpty, TextTooShort, TextTooLong, ToneUnknown, ToneDamaged, VoiceUnknown,
        AdapterMismatch, ModelMissing and what else keeps a model from writing; nothing is stored
        then.
        """
        text = checked(text)
        voice = self._voices.voice(wish.voice) if wish.voice else None
        manner = self._manner(text, wish, voice, cancel)
        document = original if original and original.has_paragraphs else None
        parts = blocks_of(document) if document else blocks(text)
        record = RewriteRecord(wish, untouched=sum(b.kind is not BlockKind.PROSE for b in parts))
        kept: tuple[Kept, ...] = ()
        edits: list[Edit] = []
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
            edits, kept, record = yield from _written(
                text, parts, fixed, writer, voice, _piece(file), record, cancel
            )
            record = replace(record, timings=writer.tally.timings)
        output = edited(text, edits)
        made = changes_of(text, edits, document.spans) if document else changes(text, output)
        done = _compared(text, output, made, kept, record)
        if keep:
            self._store.add_rewrite(text, output, record)
        return done

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


def _written(
    text: str,
    parts: list[Block],
    fixed: list[Span],
    writer: ParagraphWriter,
    voice: Voice | None,
    piece: int,
    record: RewriteRecord,
    cancel: Cancellation,
) -> Generator[RewriteEvent, None, tuple[list[Edit], tuple[Kept, ...], RewriteRecord]]:
    """What to put in place of the prose; what of it was kept; the record with its counts."""
    spans = {
        block.start: pieces(text, block.start, block.end, piece, estimate_tokens)
        for block in parts
        if block.kind is BlockKind.PROSE
    }
    total = sum(map(len, spans.values()))
    edits: list[Edit] = []
    kept: list[Kept] = []
    number = retried = 0
    for block in parts:
        if block.kind is not BlockKind.PROSE:
            said = text[block.start : block.end]
            spoken = _spoken(said, block, voice)
            if not touched(said, spoken, within(fixed, block.start, block.end)):
                edits.append(Edit(block.start, block.end, spoken))
            continue
        for start, end in spans[block.start]:
            cancel.raise_if_wished()
            number += 1
            original = text[start:end]
            yield Paragraph(number, total, original, start)
            staying = within(fixed, start, end)
            given = original if staying else joined(original)
            paragraph = yield from writer.write(number, given, cancel, staying)
            untouched = paragraph.text == given
            written = original if untouched else paragraph.text
            if not untouched and not staying:
                written = wrapped_like(original, written)
            yield Settled(number, written, paragraph.kept)
            kept += paragraph.kept
            retried += paragraph.retried
            edits.append(Edit(start, end, written))
    record = replace(record, paragraphs=total, retried=retried)
    return edits, tuple(kept), record


def _spoken(text: str, block: Block, voice: Voice | None) -> str:
    """A salutation or closing as the voice has it; anything else as it stands."""
    if voice is not None and block.kind is BlockKind.SALUTATION:
        return voices.greeted(voice, text)
    if voice is not None and block.kind is BlockKind.CLOSING:
        return voice.closing or text
    return text


def _piece(model: ModelFile) -> int:
    """Tokens of a piece: it stands in the prompt and again, perhaps longer, in the answer."""
    return min(PIECE, min(model.context_window, CONTEXT_WINDOW) // 6)
