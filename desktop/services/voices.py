"""Voices: kept, compiled into rules, given to others as a file; the nearest pairs for a text.

Where meaning cannot be searched, the pairs that share most words with the text are the nearest.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop.domain.errors import (
    EmbedderMissing,
    VoiceKnown,
    VoiceTooLong,
    VoiceUnknown,
    WorkerError,
)
from desktop.domain.jobs import Cancellation
from desktop.domain.tone import Pair
from desktop.domain.voice_compiler import compile_rules, recompiled
from desktop.domain.voices import LONGEST_NAME, Voice, out_of_bounds
from desktop.domain.words import content_words
from desktop.services.ports import Retriever, States, Store, Vector, VoiceFiles

EXAMPLES = 3  # pairs shown to a model
LONGEST_EXAMPLE = 900  # characters of a side; a longer pair would crowd the text out
READ = 2_000  # characters of a text that its nearest pairs are chosen by


class Voices:
    """The store's voices. Every method belongs on a worker thread."""

    def __init__(
        self, store: Store, retriever: Retriever, files: VoiceFiles, states: States
    ) -> None:
        self._store = store
        self._states = states
        self._retriever = retriever
        self._files = files

    def all(self) -> list[Voice]:
        """By name."""
        return self._store.voices()

    def voice(self, name: str) -> Voice:
        """Raises VoiceUnknown."""
        voice = self._store.voice(name)
        if voice is None:
            raise self._unknown(name)
        return voice

    def save(self, voice: Voice, *, replacing: bool = False) -> Voice:
        """Keep a voice; one without rules gets those that its pairs and guideline speak for.

        Raises VoiceKnown if there is one of that name and it is not to be replaced, VoiceTooLong.
        """
        if not replacing and self._store.voice(voice.name) is not None:
            raise VoiceKnown(voice=voice.name)
        if not voice.rules:
            voice = replace(voice, rules=compile_rules(voice.pairs, voice.guideline))
        self._store.save_voice(_bounded(voice))
        self._states.forget(voice.name)
        return voice

    def change(self, name: str, voice: Voice) -> Voice:
        """Keep `voice` in place of the one named `name`, which may be its name before.

        Its rules are as its owner left them; where pairs or guideline changed, the compiled ones
        among them follow. Raises VoiceUnknown, VoiceKnown, VoiceTooLong.
        """
        before = self.voice(name)
        if voice.name != name and self._store.voice(voice.name) is not None:
            raise VoiceKnown(voice=voice.name)
        if (before.pairs, before.guideline) != (voice.pairs, voice.guideline):
            then = compile_rules(before.pairs, before.guideline)
            now = compile_rules(voice.pairs, voice.guideline)
            voice = replace(voice, rules=recompiled(voice.rules, then, now))
        self._store.save_voice(_bounded(voice))
        if voice.name != name:
            self._store.remove_voice(name)
        self._states.forget(name)
        return voice

    def propose_rules(self, voice: Voice) -> tuple[str, ...]:
        """What pairs and guideline speak for now, and what its owner wrote besides."""
        compiled = compile_rules(voice.pairs, voice.guideline)
        return recompiled(voice.rules, (), compiled)

    def add_file(self, path: Path, *, replacing: bool = False) -> Voice:
        """Keep the voice in a file. Raises FileUnreadable, VoiceDamaged, VoiceKnown."""
        return self.save(self._files.read(path), replacing=replacing)

    def export(
        self, name: str, path: Path, *, adapter: bool = False, replace: bool = False
    ) -> Voice:
        """Write a voice to a file, with its `adapter` or without.

        Raises VoiceUnknown, FileThere (unless it may be replaced), FileUnreadable,
        FileUnwritable, DiskFull.
        """
        voice = self.voice(name)
        self._files.write(voice, path, adapter=adapter, replace=replace)
        return voice

    def adapter_size(self, voice: Voice) -> int:
        """Bytes that the voice's adapter would add to its file."""
        return self._files.adapter_size(voice)

    def settle(self) -> None:
        """Let go of what came with voices that were removed: until here they could be put back."""
        self._files.settle(self._store.voices())

    def remove(self, name: str) -> None:
        """Raises VoiceUnknown. What was written in it stays in the history."""
        if not self._store.remove_voice(name):
            raise self._unknown(name)
        self._states.forget(name)

    def _unknown(self, name: str) -> VoiceUnknown:
        known = ", ".join(voice.name for voice in self._store.voices())
        return VoiceUnknown(voice=name, known=known or "none has been made yet")

    def examples(self, voice: Voice, text: str, cancel: Cancellation) -> list[Pair]:
        """The pairs nearest to `text`, the nearest last: next to the text, where models look."""
        pairs = [
            pair for pair in voice.pairs
            if max(len(pair.before), len(pair.after)) <= LONGEST_EXAMPLE
        ]  # fmt: skip
        if len(pairs) <= EXAMPLES:
            return pairs
        texts = [text[:READ], *(pair.before for pair in pairs)]
        near = self.likeness(texts, cancel)
        order = sorted(range(len(pairs)), key=lambda n: near[n])
        return [pairs[n] for n in order[-EXAMPLES:]]

    def likeness(self, texts: Sequence[str], cancel: Cancellation) -> list[float]:
        """How near the first of `texts` is to each of the others, 1 for the same."""
        try:
            return self.meaning(texts, cancel)
        except (EmbedderMissing, WorkerError):
            first = set(content_words(texts[0]))
            return [_dice(first, set(content_words(text))) for text in texts[1:]]

    def meaning(self, texts: Sequence[str], cancel: Cancellation) -> list[float]:
        """The cosine of the first text's embedding to each of the others'.

        Raises EmbedderMissing, WorkerError.
        """
        vectors: dict[int, tuple[float, ...]] = {}
        for positions, found in self._retriever.embed(texts, background=False, cancel=cancel):
            vectors.update(zip(positions, map(_components, found), strict=True))
        return [_cosine(vectors[0], vectors[n]) for n in range(1, len(texts))]


def _bounded(voice: Voice) -> Voice:
    """A voice that a file can hold, too. Raises VoiceTooLong."""
    beyond = out_of_bounds(voice)
    if beyond is not None:
        field, limit = beyond
        raise VoiceTooLong(voice=voice.name[:LONGEST_NAME], field=field, limit=limit)
    return voice


def _components(vector: Vector) -> tuple[float, ...]:
    return struct.unpack(f"<{len(vector) // 2}e", vector)


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    product = sum(a * b for a, b in zip(one, other, strict=True))
    length = math.hypot(*one) * math.hypot(*other)
    return product / length if length else 0.0


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0
