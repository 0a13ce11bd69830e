"""Parts of a summary: what is written of some of a document, and what in it bears that out.

A sentence of a section's summary is borne out by a place in the section; one of a summary of
summaries by the place of what bears it out in them. Where the model says too little that is true,
the document's own sentences stand. Pure rules; no model, no I/O.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.domain.chat import Citation, SentenceSupport
from desktop.domain.documents import Passage
from desktop.domain.grounding import Grounded, cite, ground
from desktop.domain.sentences import Span, sentences
from desktop.domain.summaries import Section
from desktop.domain.words import content_words

TELLING = 5  # different words of content in a sentence; a heading or a field has fewer
EXTRACTED = 2  # sentences that stand for a section that the model said nothing true of
SAYS_ENOUGH = 8  # different words of content that are borne out; with fewer, a part is of no use


@dataclass(frozen=True, slots=True)
class Borne:
    """A sentence of a summary and the place in the document that bears it out, if one does."""

    start: int
    end: int
    place: Citation | None
    score: float


@dataclass(frozen=True, slots=True)
class Part:
    """A summary of some of the document, and what bears its sentences out."""

    text: str
    sentences: tuple[Borne, ...]

    @property
    def is_of_use(self) -> bool:
        """Whether enough of it is borne out to stand for what it was made from."""
        return len(set(content_words(self.borne_out().text))) >= SAYS_ENOUGH

    def borne_out(self) -> Part:
        """The part without the sentences that nothing bears out."""
        return _part_of(
            (self.text[one.start : one.end], one.place, one.score)
            for one in self.sentences
            if one.place
        )


def of_section(text: str, section: Section) -> Part:
    """The summary of a section, each sentence with the place in the section that bears it out."""
    return _grounded(text, ground(text, section.passages))


def of_parts(text: str, parts: Sequence[Part]) -> Part:
    """The summary of `parts`, each sentence with the place of what bears it out in them."""
    within = [_as_passage(number, part) for number, part in enumerate(parts)]
    grounded = ground(text, within)
    places = {
        citation.number: (parts[citation.page], (citation.start, citation.end))
        for citation in grounded.citations
    }
    found = []
    for sentence in grounded.sentences:
        place = None
        if sentence.citation is not None:
            part, span = places[sentence.citation]
            place = _nearest(text[sentence.start : sentence.end], part, span)
        found.append(Borne(sentence.start, sentence.end, place, sentence.score))
    return Part(text, tuple(found))


def extracted(section: Section) -> Part:
    """The sentences of a section that hold most of what it speaks of, verbatim, in their order."""
    said = [
        (passage, start, end, set(content_words(passage.text[start:end])))
        for passage in section.passages
        for start, end in sentences(passage.text)
    ]
    counts = Counter(word for *_, held in said for word in held)

    def weight(held: set[str]) -> float:
        return sum(counts[word] - 1 for word in held) / (len(held) + 5)  # or long ones always win

    best = sorted(range(len(said)), key=lambda at: -weight(said[at][3]))[:EXTRACTED]
    return _part_of(
        (" ".join(passage.text[start:end].split()), cite(0, passage, start, end), 1.0)
        for passage, start, end, _ in (said[at] for at in sorted(best))
    )


def first_of_each(parts: Sequence[Part]) -> Part:
    """The first telling sentence of each part: what stands where the model said nothing true of
    them together."""

    def tells(part: Part, one: Borne) -> bool:
        return len(set(content_words(part.text[one.start : one.end]))) >= TELLING

    firsts = [
        (part, next((one for one in part.sentences if tells(part, one)), part.sentences[0]))
        for part in parts
        if part.sentences
    ]
    return _part_of((part.text[one.start : one.end], one.place, one.score) for part, one in firsts)


def beside(parts: Sequence[Part]) -> Part:
    """The parts as one, unchanged."""
    return _part_of(
        (part.text[one.start : one.end], one.place, one.score)
        for part in parts
        for one in part.sentences
    )


def joined(parts: Sequence[Part]) -> tuple[str, Grounded]:
    """The parts as the paragraphs of one answer, its citations numbered by first use."""
    text = ""
    numbers: dict[Citation, int] = {}
    supports = []
    for part in parts:
        text += "\n\n" if text else ""
        for one in part.sentences:
            number = None
            if one.place is not None:
                number = numbers.setdefault(one.place, len(numbers) + 1)
            start, end = len(text) + one.start, len(text) + one.end
            supports.append(SentenceSupport(start, end, number, one.score))
        text += part.text
    citations = tuple(replace(place, number=number) for place, number in numbers.items())
    return text, Grounded(citations, tuple(supports))


def _grounded(text: str, grounded: Grounded) -> Part:
    places = {one.number: replace(one, number=0) for one in grounded.citations}
    return Part(
        text,
        tuple(
            Borne(one.start, one.end, places.get(one.citation or 0), one.score)
            for one in grounded.sentences
        ),
    )


def _as_passage(number: int, part: Part) -> Passage:
    """A part as what an answer may rest on; its "page" is its number."""
    first = next((one.place for one in part.sentences if one.place), None)
    return Passage(
        chunk_id=0,
        document_id=first.document_id if first else 0,
        document=first.document if first else "",
        page=number,
        page_label="",
        start=0,
        end=len(part.text),
        score=0.0,
        text=part.text,
        heading=first.heading if first else "",
    )


def _nearest(sentence: str, part: Part, span: Span) -> Citation | None:
    """Of the sentences of `part` in `span`, the place of the one that shares most words."""
    wanted = set(content_words(sentence))

    def shared(one: Borne) -> int:
        return len(wanted & set(content_words(part.text[one.start : one.end])))

    within = [one for one in part.sentences if one.start < span[1] and span[0] < one.end]
    return max(within, key=shared).place if within else None


def _part_of(said: Iterable[tuple[str, Citation | None, float]]) -> Part:
    text = ""
    found = []
    for sentence, place, score in said:
        text += " " if text else ""
        found.append(Borne(len(text), len(text) + len(sentence), place, score))
        text += sentence
    return Part(text, tuple(found))
