"""More examples for a voice: pairs that a model proposes, which its owner accepts or not.

Nothing is kept here: a proposal counts when somebody has looked at it, edited it perhaps, and put
it into the voice. One whose facts differ, or that the model would not finish, is not shown at all.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from desktop.domain import voices
from desktop.domain.chat import Message, Sampling
from desktop.domain.chunking import estimate_tokens
from desktop.domain.cleaning import cleaned
from desktop.domain.errors import ExamplesWanting
from desktop.domain.facts import blocking, compare
from desktop.domain.jobs import Cancellation
from desktop.domain.language import language_of
from desktop.domain.paragraphs import BlockKind, blocks, words_of
from desktop.domain.pieces import joined
from desktop.domain.tone import Pair
from desktop.domain.voices import Voice
from desktop.services.answer_events import Loading, SteppedDown
from desktop.services.loading import Loader
from desktop.services.paragraph_writing import ParagraphWriter
from desktop.services.ports import Generator as GeneratorPort
from desktop.services.ports import Models
from desktop.services.voices import LONGEST_EXAMPLE, Voices

PROPOSED = 5  # pairs, unless more are asked for
TRIES = 3  # texts that a model writes for each pair; a small one writes much that is of no use
FEWEST_WORDS = 4  # of a text that can show anything
_EMPTY_LINE = re.compile(r"\n\s*\n")
_WRITE_ANOTHER = (
    "You write practice texts. You are given a piece of a letter or document and answer with "
    "another one of the same kind, length and language about another matter, and nothing else."
)


@dataclass(frozen=True, slots=True)
class Proposing:
    """Text `number` of at most `total` is in hand."""

    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair to be looked at."""

    pair: Pair


Event = Loading | SteppedDown | Proposing | Proposal


class ExampleProposing:
    """Proposes pairs. Blocks for as long as the model takes to write them."""

    def __init__(
        self, generator: GeneratorPort, loader: Loader, models: Models, kept: Voices
    ) -> None:
        self._generator = generator
        self._loader = loader
        self._models = models
        self._voices = kept

    def propose(
        self,
        name: str,
        texts: Sequence[str] = (),
        *,
        count: int = PROPOSED,
        model: str | None = None,
        cancel: Cancellation,
    ) -> Generator[Event, None, int]:
        """Propose `count` pairs, out of `texts` or, without any, of texts like those before.

        Returns how many texts gave no pair. Raises VoiceUnknown, ExamplesWanting, and as rewriting
        does.
        """
        voice = self._voices.voice(name)
        given = _passages(texts, voice)
        if not given and not voice.pairs:
            raise ExamplesWanting(voice=name)
        file = self._models.chat_model(model)
        adapters = (voice.adapter,) if voice.adapter else ()
        for adapter in adapters:
            self._loader.check_adapter(file, adapter)
        yield from self._loader.load(file, adapters=adapters, cancel=cancel)
        befores = [pair.before for pair in voice.pairs]
        total = len(given[:count]) if texts else count
        seen = set(befores)
        came = missed = 0
        for number in range(total if texts else TRIES * count):
            if came == total:
                break
            cancel.raise_if_wished()
            yield Proposing(number + 1 if texts else came + 1, total)
            text = given[number] if texts else self._another(befores, number, cancel)
            pair = self._pair(voice, text, cancel) if text and text not in seen else None
            seen.add(text)
            if pair is None:
                missed += 1
            else:
                came += 1
                yield Proposal(pair)
        return missed

    def _another(self, befores: Sequence[str], number: int, cancel: Cancellation) -> str:
        """A new text like one of `befores`, "" if what came is none."""
        like = befores[number % len(befores)]
        sampling = Sampling(
            temperature=0.8,
            seed=number + 1,
            max_tokens=2 * estimate_tokens(like) + 32,
            stop_repeating=True,
        )
        messages = [Message("system", _WRITE_ANOTHER), Message("user", like)]
        steps = self._generator.generate(messages, sampling=sampling, stop=(), cancel=cancel)
        written: list[str] = []
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                ended: str = end.value.reason
                break
            if isinstance(step, str):
                written.append(step)
        paragraphs = _EMPTY_LINE.split(cleaned("".join(written), like))
        text = next((joined(p) for p in paragraphs if words_of(p) >= FEWEST_WORDS), "")
        fits = language_of(text) in ("", language_of(like))
        return text if ended == "end" and fits else ""

    def _pair(self, voice: Voice, text: str, cancel: Cancellation) -> Pair | None:
        """The text with its rewrite; None if the model changed nothing, or a fact."""
        examples = self._voices.examples(voice, text, cancel)
        manner = voices.manner_of(voice, examples, keep_length=False, instruction="")
        steps = ParagraphWriter(self._generator, manner).write(1, text, cancel)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                paragraph = end.value
                break
        if paragraph.kept or paragraph.text == text or blocking(compare(text, paragraph.text)):
            return None
        return Pair(text, paragraph.text)


def _passages(texts: Sequence[str], voice: Voice) -> list[str]:
    """The prose of `texts`, paragraph by paragraph, without what the voice has already."""
    known = {pair.before for pair in voice.pairs}
    found = (
        joined(text[block.start : block.end])
        for text in texts
        for block in blocks(text)
        if block.kind is BlockKind.PROSE
    )
    usable = (
        text for text in found
        if text not in known and len(text) <= LONGEST_EXAMPLE and words_of(text) >= FEWEST_WORDS
    )  # fmt: skip
    return list(dict.fromkeys(usable))
