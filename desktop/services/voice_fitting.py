"""Voice fit: how much closer rewrites come to how somebody writes, with his voice than without.

Pairs are held back in turn: each is rewritten by a voice that was compiled without it, and by a
model that is told nothing, and both are measured against how it was really written.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

from desktop.domain import voices
from desktop.domain.errors import EmbedderMissing, PairsTooFew, WorkerError
from desktop.domain.jobs import Cancellation
from desktop.domain.language import language_of
from desktop.domain.tone import Manner, Pair
from desktop.domain.voice_compiler import compile_rules
from desktop.domain.voice_fit import Closeness, Fit, closeness, mean_of
from desktop.domain.voices import Voice
from desktop.services.answer_events import Loading, SteppedDown
from desktop.services.loading import Loader
from desktop.services.paragraph_writing import ParagraphWriter
from desktop.services.ports import Generator as GeneratorPort
from desktop.services.ports import Models
from desktop.services.voices import Voices

NEEDED = 4  # pairs, so that three are left when one is held back
HELD_BACK = 6  # pairs that are measured, spread over all of them
UNTOLD = Manner(rules=("Rewrite it well.",))


@dataclass(frozen=True, slots=True)
class Measuring:
    """Rewrite `number` of `total` is being made; each pair is rewritten with and without."""

    number: int
    total: int


class VoiceFitting:
    """Measures voices. Blocks for as long as a dozen paragraphs take the model to write."""

    def __init__(
        self, generator: GeneratorPort, loader: Loader, models: Models, kept: Voices
    ) -> None:
        self._generator = generator
        self._loader = loader
        self._models = models
        self._voices = kept

    def measure(
        self, name: str, *, model: str | None = None, cancel: Cancellation
    ) -> Generator[Loading | SteppedDown | Measuring, None, Fit]:
        """How well the voice fits. Raises VoiceUnknown, PairsTooFew, and as rewriting does."""
        voice = self._voices.voice(name)
        if len(voice.pairs) < NEEDED:
            raise PairsTooFew(voice=name, pairs=len(voice.pairs), needed=NEEDED)
        file = self._models.chat_model(model)
        adapters = (voice.adapter,) if voice.adapter else ()
        for adapter in adapters:
            self._loader.check_adapter(file, adapter)
        yield from self._loader.load(file, adapters=adapters, cancel=cancel)
        held = _spread(len(voice.pairs))
        # Rules that its owner wrote are part of it; compiled ones must not know the pair.
        compiled = voice.rules == compile_rules(voice.pairs, voice.guideline)
        ours: list[Closeness] = []
        for number, at in enumerate(held, 1):
            yield Measuring(number, 2 * len(held))
            pair = voice.pairs[at]
            others = (*voice.pairs[:at], *voice.pairs[at + 1 :])
            rules = compile_rules(others, voice.guideline) if compiled else voice.rules
            without_it = replace(voice, pairs=others, rules=rules)
            examples = self._voices.examples(without_it, pair.before, cancel)
            manner = voices.manner_of(without_it, examples, keep_length=False, instruction="")
            ours.append(self._closeness(voice, pair, manner, cancel))
        yield from self._loader.load(file, cancel=cancel)
        bare: list[Closeness] = []
        for number, at in enumerate(held, len(held) + 1):
            yield Measuring(number, 2 * len(held))
            bare.append(self._closeness(voice, voice.pairs[at], UNTOLD, cancel))
        return Fit(len(held), mean_of(ours), mean_of(bare))

    def _closeness(
        self, voice: Voice, pair: Pair, manner: Manner, cancel: Cancellation
    ) -> Closeness:
        writer = ParagraphWriter(self._generator, manner, language=language_of(pair.before))
        steps = writer.write(1, pair.before, cancel)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                written: str = end.value.text
                break
        return closeness(
            written,
            pair.after,
            use=voice.use,
            avoid=voice.avoid,
            meaning=self._meaning(pair.after, written, cancel),
        )

    def _meaning(self, wanted: str, written: str, cancel: Cancellation) -> float | None:
        try:
            return self._voices.meaning([wanted, written], cancel)[0]
        except (EmbedderMissing, WorkerError):
            return None


def _spread(count: int) -> list[int]:
    """At most `HELD_BACK` positions, evenly over `count`."""
    held = min(count, HELD_BACK)
    return [n * count // held for n in range(held)]
