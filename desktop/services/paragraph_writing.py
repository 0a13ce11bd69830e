"""One paragraph: written by the model, judged, written once more, and mended where that is needed.

Whatever the model does, a paragraph comes out whose facts are those that went in (or, if the user
takes them changed, one that the model finished): the original is the last resort.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace

from desktop.domain import tone
from desktop.domain.chat import Generated, Message, Sampling, Timings
from desktop.domain.chunking import estimate_tokens
from desktop.domain.cleaning import cleaned
from desktop.domain.edits import touched
from desktop.domain.errors import PromptTooLong
from desktop.domain.facts import FactChange, blocking, compare, extract
from desktop.domain.jobs import Cancellation
from desktop.domain.language import language_of
from desktop.domain.rewrite_checks import flaw_of, mended
from desktop.domain.rewrites import Flaw, Kept
from desktop.domain.sentences import Span
from desktop.domain.tone import Manner
from desktop.services.answer_events import Prefilling, Wrote
from desktop.services.beginnings import Ready
from desktop.services.ports import Generator as GeneratorPort
from desktop.services.rewrite_events import Retrying

MOST_PINNED = 12  # facts; a longer list is copied instead of heeded
SPARE_TOKENS = 48
MOST_TOKENS = 2_048  # that a paragraph may be written in

Steps = Generator[Prefilling | Wrote | Retrying, None, "Paragraph"]
Begin = Callable[[Manner, Cancellation], Generator[Prefilling, None, Ready]]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it stands in the output, and what of the original was kept in it."""

    text: str
    kept: tuple[Kept, ...] = ()
    retried: bool = False


@dataclass(frozen=True, slots=True)
class _Attempt:
    text: str
    flaw: Flaw | None
    facts: tuple[FactChange, ...] = ()
    touched: tuple[Span, ...] = ()  # of what was to stay

    @property
    def trouble(self) -> Flaw | None:
        if self.flaw or not self.touched:
            return self.flaw or (Flaw.FACTS if self.facts else None)
        return Flaw.FIXED


@dataclass(slots=True)
class Tally:
    """What the paragraphs of a text took together."""

    prompt_tokens: int = 0
    cached_tokens: int = 0
    tokens: int = 0
    first_token_s: float = 0.0
    writing_s: float = 0.0
    runs: int = field(default=0)
    begun: Ready = field(default=Ready(0, 0.0))  # before the first run

    def add(self, timings: Timings) -> None:
        self.prompt_tokens += timings.prompt_tokens
        self.cached_tokens += timings.cached_tokens
        self.tokens += timings.tokens
        if timings.tokens_per_s:
            self.writing_s += timings.tokens / timings.tokens_per_s
        if not self.runs:
            self.first_token_s = self.begun.seconds + timings.first_token_s
            self.cached_tokens -= min(self.begun.evaluated, timings.cached_tokens)
        self.runs += 1

    @property
    def timings(self) -> Timings:
        speed = self.tokens / self.writing_s if self.writing_s else 0.0
        return Timings(
            self.prompt_tokens, self.cached_tokens, self.first_token_s, self.tokens, speed
        )


class ParagraphWriter:
    """Writes the paragraphs of one text in one manner; the model is loaded already."""

    def __init__(
        self,
        generator: GeneratorPort,
        manner: Manner,
        *,
        language: str = "",
        accept_facts: bool = False,
        begin: Begin | None = None,
    ) -> None:
        """`language` is that of the whole text, for paragraphs too short to tell.

        `begin` has what all prompts begin with ready, before the first of them.
        """
        self.tally = Tally()
        self._generator = generator
        self._manner = manner
        self._language = language
        self._accept_facts = accept_facts
        self._begin = begin

    def write(
        self, number: int, text: str, cancel: Cancellation, fixed: Sequence[Span] = ()
    ) -> Steps:
        """The paragraph `text`, which is one line or laid out in several, rewritten.

        What lies in the spans `fixed` stands in the result as it does in `text`.
        """
        language = language_of(text) or self._language
        manner = replace(self._manner, examples=_in(language, self._manner))
        if self._begin is not None and not self.tally.runs:
            self.tally.begun = yield from self._begin(manner, cancel)
        first = yield from self._attempt(text, manner, language, (), fixed, cancel)
        if first.trouble is None:
            return Paragraph(first.text)
        yield Retrying(number, first.trouble)
        pinned = _pinned(text, first)
        if not pinned:
            manner = replace(manner, examples=())  # another prompt, or the model would do the same
        second = yield from self._attempt(text, manner, language, pinned, fixed, cancel)
        if second.trouble is None:
            return Paragraph(second.text, retried=True)
        usable = [attempt for attempt in (second, first) if attempt.flaw is None]
        if not usable:
            flaw = second.flaw or Flaw.FACTS
            return Paragraph(text, (Kept(number, text, flaw),), retried=True)
        best = min(usable, key=lambda attempt: len(attempt.facts) + len(attempt.touched))
        if self._accept_facts:
            if not best.touched:
                return Paragraph(best.text, retried=True)
            best = replace(best, facts=())
        return self._mend(number, text, best, fixed)

    def _mend(self, number: int, text: str, best: _Attempt, fixed: Sequence[Span]) -> Paragraph:
        """The original sentences in place of those whose facts changed, or what was to stay; of
        all, if need be."""
        lost = [(c.before.start, c.before.end) for c in best.facts if c.before is not None]
        added = [(c.after.start, c.after.end) for c in best.facts if c.after is not None]
        whole, originals = mended(text, best.text, [*lost, *best.touched], added)
        spoilt = not self._accept_facts and blocking(compare(text, whole))
        if not whole or spoilt or touched(text, whole, fixed):
            whole, originals = text, [text]
        flaw = best.trouble or Flaw.FACTS
        kept = tuple(Kept(number, original, flaw, best.facts) for original in originals)
        return Paragraph(whole, kept, retried=True)

    def _attempt(
        self,
        text: str,
        manner: Manner,
        language: str,
        pinned: Sequence[str],
        fixed: Sequence[Span],
        cancel: Cancellation,
    ) -> Generator[Prefilling | Wrote | Retrying, None, _Attempt]:
        longest = estimate_tokens(text) * manner.longest * 1.3 + SPARE_TOKENS
        # What is rewritten is in the prompt, and mostly in what is written as well.
        sampling = Sampling(max_tokens=min(int(longest), MOST_TOKENS), draft_from_prompt=True)
        while True:
            messages = tone.layout(text, manner, language=language, pinned=pinned)
            try:
                written, generated = yield from self._generate(messages, sampling, cancel)
                break
            except PromptTooLong:
                if not manner.examples:
                    return _Attempt("", Flaw.TOO_LONG)
                manner = replace(manner, examples=manner.examples[:-1])
        self.tally.add(generated.timings)
        written = cleaned(written, text)
        flaw = flaw_of(written, text, manner, generated.reason)
        same = flaw is not None or written == text
        if same:
            return _Attempt(written, flaw)
        facts = tuple(blocking(compare(text, written)))
        return _Attempt(written, None, facts, tuple(touched(text, written, fixed)))

    def _generate(
        self, messages: Sequence[Message], sampling: Sampling, cancel: Cancellation
    ) -> Generator[Prefilling | Wrote | Retrying, None, tuple[str, Generated]]:
        written: list[str] = []
        steps = self._generator.generate(messages, sampling=sampling, stop=(), cancel=cancel)
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                return "".join(written), end.value
            if isinstance(step, str):
                written.append(step)
                yield Wrote(step)
            else:
                yield Prefilling(*step)


def _in(language: str, manner: Manner) -> tuple[tone.Pair, ...]:
    """The examples in this language: one in another teaches a small model to translate."""
    return tuple(
        pair for pair in manner.examples if language_of(pair.before) in ("", language or "English")
    )


def _pinned(text: str, attempt: _Attempt) -> list[str]:
    """The words of `text` that the next attempt is to keep: those lost, or else all there are."""
    lost = [change.before.text for change in attempt.facts if change.before is not None]
    lost += (text[start:end] for start, end in attempt.touched if text[start:end].strip())
    found = lost or [fact.text for fact in extract(text) if not fact.weak]
    return list(dict.fromkeys(found))[:MOST_PINNED]
