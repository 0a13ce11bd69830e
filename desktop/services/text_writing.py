"""The blocks of a text: its prose given to the model piece by piece, the rest left as it stands.

What is written is noted as it comes, so that it is there whatever ends the writing.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from desktop.domain import voices
from desktop.domain.chunking import estimate_tokens
from desktop.domain.edits import Edit, touched, within
from desktop.domain.jobs import Cancellation
from desktop.domain.paragraphs import Block, BlockKind
from desktop.domain.pieces import joined, pieces, wrapped_like
from desktop.domain.rewrites import Kept
from desktop.domain.sentences import Span
from desktop.domain.voices import Voice
from desktop.services.paragraph_writing import ParagraphWriter
from desktop.services.rewrite_events import Paragraph, RewriteEvent, Settled


@dataclass(slots=True)
class Written:
    """What takes the place of the text, in order, as far as it is written.

    Of the `total` paragraphs for the model, `paragraphs` are done; `kept` is original text that
    stands in them.
    """

    edits: list[Edit] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    total: int = 0
    paragraphs: int = 0
    retried: int = 0


def write(
    text: str,
    parts: Sequence[Block],
    fixed: Sequence[Span],
    writer: ParagraphWriter,
    voice: Voice | None,
    piece: int,
    written: Written,
    cancel: Cancellation,
) -> Generator[RewriteEvent, None, None]:
    """Write the `parts` of the text into `written`, in pieces of at most `piece` tokens."""
    spans = {
        block.start: pieces(text, block.start, block.end, piece, estimate_tokens)
        for block in parts
        if block.kind is BlockKind.PROSE
    }
    written.total = sum(map(len, spans.values()))
    for block in parts:
        if block.kind is not BlockKind.PROSE:
            said = text[block.start : block.end]
            spoken = _spoken(said, block, voice)
            if not touched(said, spoken, within(fixed, block.start, block.end)):
                written.edits.append(Edit(block.start, block.end, spoken))
            continue
        for start, end in spans[block.start]:
            cancel.raise_if_wished()
            number = written.paragraphs + 1
            original = text[start:end]
            yield Paragraph(number, written.total, original, start)
            staying = within(fixed, start, end)
            given = original if staying else joined(original)
            paragraph = yield from writer.write(number, given, cancel, staying)
            untouched = paragraph.text == given
            output = original if untouched else paragraph.text
            if not untouched and not staying:
                output = wrapped_like(original, output)
            written.edits.append(Edit(start, end, output))
            written.kept += paragraph.kept
            written.retried += paragraph.retried
            written.paragraphs = number
            yield Settled(number, output, paragraph.kept)


def _spoken(text: str, block: Block, voice: Voice | None) -> str:
    """A salutation or closing as the voice has it; anything else as it stands."""
    if voice is not None and block.kind is BlockKind.SALUTATION:
        return voices.greeted(voice, text)
    if voice is not None and block.kind is BlockKind.CLOSING:
        return voice.closing or text
    return text
