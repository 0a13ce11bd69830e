"""A rewrite that may end early: what of it is done is a rewrite too, its rest left as it was.

Hears what the service tells, on the thread that rewrites; knows no Qt.
"""

from __future__ import annotations

from desktop.domain.changes import changes
from desktop.domain.edits import Edit, changes_of, edited
from desktop.domain.facts import compare
from desktop.domain.originals import Original
from desktop.domain.rewrites import Kept, RewriteRecord, Rewritten, Wish
from desktop.services.rewrite_events import Paragraph, RewriteEvent, Settled


class Unfinished:
    """`done` of `total` paragraphs are settled."""

    def __init__(self, text: str, wish: Wish, original: Original | None = None) -> None:
        self._text = text
        self._wish = wish
        self._document = original if original and original.has_paragraphs else None
        self._edits: list[Edit] = []
        self._end = 0  # of what is done, in the text
        self._kept: list[Kept] = []
        self._paragraph: Paragraph | None = None
        self.done = 0
        self.total = 0

    def hear(self, event: RewriteEvent) -> None:
        match event:
            case Paragraph():
                self._paragraph = event
                self.total = event.total
            case Settled() if self._paragraph is not None:
                start = self._paragraph.start
                self._end = start + len(self._paragraph.text)
                self._edits.append(Edit(start, self._end, event.text))
                self._kept += event.kept
                self.done = event.number

    def rewritten(self) -> Rewritten:
        """What is done, compared as far as it goes, and the rest of the text as it stands."""
        before, after = self._text[: self._end], edited(self._text, self._edits, 0, self._end)
        if self._document is None:
            made = changes(before, after)
        else:
            made = changes_of(self._text, self._edits, self._document.spans)
        return Rewritten(
            text=self._text,
            output=after + self._text[self._end :],
            changes=tuple(made),
            facts=() if before == after else tuple(compare(before, after)),
            kept=tuple(self._kept),
            record=RewriteRecord(
                self._wish, paragraphs=self.done, unwritten=self.total - self.done
            ),
        )
