"""Pieces of bytes -> text that may be shown. Knows neither tokens nor models.

A token can end in the middle of a character, and a stop string can be spread over many tokens;
both are held back until it is certain what they are.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence


class TextStream:
    """Takes bytes as tokens give them, gives back characters in order, up to a stop string."""

    def __init__(self, stops: Sequence[str] = ()) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stops = [stop for stop in stops if stop]
        self._held = ""  # could be the beginning of a stop string
        self._ready: list[str] = []
        self.stopped = False

    def feed(self, piece: bytes) -> None:
        """Add the bytes of one token. After a stop string nothing more is taken."""
        self._settle(self._decoder.decode(piece))

    def finish(self) -> None:
        """No more bytes will come: what was held back is text after all.

        A character that was cut short becomes U+FFFD.
        """
        self._settle(self._decoder.decode(b"", final=True))
        if not self.stopped:
            self._ready.append(self._held)
            self._held = ""

    def take(self) -> str:
        """The text that is certain and was not taken yet."""
        text = "".join(self._ready)
        self._ready.clear()
        return text

    @property
    def waiting(self) -> bool:
        """Whether `take` would give any text."""
        return any(self._ready)

    def _settle(self, text: str) -> None:
        if self.stopped or not text:
            return
        if not self._stops:
            self._ready.append(text)
            return
        text = self._held + text
        found = [at for stop in self._stops if (at := text.find(stop)) >= 0]
        if found:
            self.stopped = True
            self._ready.append(text[: min(found)])
            self._held = ""
            return
        keep = max(_overlap(text, stop) for stop in self._stops)
        self._ready.append(text[: len(text) - keep])
        self._held = text[len(text) - keep :]


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of `text` that is a beginning of `stop`, but not all of it."""
    for length in range(min(len(text), len(stop) - 1), 0, -1):
        if text.endswith(stop[:length]):
            return length
    return 0
