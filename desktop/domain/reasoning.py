"""What a model thinks before it answers, told from the answer.

Models that reason write it between tags at the very beginning, or only its end where their template
has written the opening tag. A tag that comes later is text like any other.
"""

from __future__ import annotations

from enum import StrEnum

TAGS = (
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<reasoning>", "</reasoning>"),
    ("[THINK]", "[/THINK]"),
)


class Part(StrEnum):
    REASONING = "reasoning"
    ANSWER = "answer"


def opened_by(prompt: str) -> str:
    """The tag with which a prompt ends, so that the model goes on within it; "" if with none."""
    end = prompt.rstrip()
    return next((opening for opening, _ in TAGS if end.endswith(opening)), "")


def still_open(written: str) -> bool:
    """Whether a model that has written this much is still reasoning."""
    begun = written.lstrip()
    return any(begun.startswith(opening) and closing not in begun for opening, closing in TAGS)


def split(written: str) -> tuple[str, str]:
    """The reasoning and the answer of a whole text."""
    parting = Parting()
    pieces = [*parting.feed(written), *parting.finish()]
    told = {part: "".join(text for each, text in pieces if each is part) for part in Part}
    return told[Part.REASONING], told[Part.ANSWER]


class Parting:
    """Tells reasoning from answer while they come, piece by piece.

    What may yet become a tag is held back; white space around the reasoning is left out.
    """

    def __init__(self) -> None:
        self._closing: str | None = None  # the tag that ends the reasoning; None: nothing told yet
        self._part: Part | None = None
        self._held = ""
        self._bare = True  # nothing of the part in hand was given yet

    def feed(self, text: str) -> list[tuple[Part, str]]:
        """The parts of which it is certain what they are."""
        self._held += text
        told: list[tuple[Part, str]] = []
        if self._part is None:
            begun = self._held.lstrip()
            if not begun or any(opening.startswith(begun) for opening, _ in TAGS):
                return told
            for opening, closing in TAGS:
                if begun.startswith(opening):
                    self._part, self._closing = Part.REASONING, closing
                    self._held = begun[len(opening) :]
                    break
            else:
                self._part = Part.ANSWER
                self._bare = False  # an answer without reasoning stays as it is written
        if self._part is Part.REASONING and self._closing is not None:
            at = self._held.find(self._closing)
            if at < 0:
                keep = _overlap(self._held, self._closing)
                self._tell(told, self._held[: len(self._held) - keep])
                self._held = self._held[len(self._held) - keep :]
                return told
            self._tell(told, self._held[:at].rstrip())
            self._held = self._held[at + len(self._closing) :]
            self._part, self._bare = Part.ANSWER, True
        self._tell(told, self._held)
        self._held = ""
        return told

    def finish(self) -> list[tuple[Part, str]]:
        """No more will come: what was held back is what it is."""
        told: list[tuple[Part, str]] = []
        if self._held:
            self._part = self._part or Part.ANSWER
            self._tell(told, self._held)
        self._held = ""
        return told

    def _tell(self, told: list[tuple[Part, str]], text: str) -> None:
        if self._bare:
            text = text.lstrip()
        if text and self._part is not None:
            self._bare = False
            told.append((self._part, text))


def _overlap(text: str, tag: str) -> int:
    """Length of the longest end of `text` that is a beginning of `tag`."""
    return next((length for length in range(len(tag) - 1, 0, -1) if text.endswith(tag[:length])), 0)
