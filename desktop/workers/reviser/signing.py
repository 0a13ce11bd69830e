"""Who changed what and when: the signature under every tracked change of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.workers.reviser.markup import Element, Names
from desktop.workers.reviser.wording import HOLDERS

APART_MIN = 2  # LibreOffice's patience is one minute


@dataclass(slots=True)
class Signature:
    """Who changed something and when; gives each change a number of its own, over `first_id`."""

    author: str
    date: str
    first_id: int
    last_id: int = 0

    def __post_init__(self) -> None:
        self.last_id = self.first_id

    def sign(self, element: Element, names: Names) -> None:
        self.last_id += 1
        element.set(names("id"), str(self.last_id))
        element.set(names("author"), self.author)
        element.set(names("date"), self.date)


def keep_apart(root: Element, names: Names, signature: Signature) -> None:
    """Date our insertions at the beginning of a paragraph apart from ours at the end of the one
    before: LibreOffice takes two within a minute for one, and their paragraphs become one when
    that is refused."""
    at = datetime.fromisoformat(signature.date)
    earlier = (at - timedelta(minutes=APART_MIN)).strftime("%Y-%m-%dT%H:%M:%SZ")
    date = names("date")
    for paragraph in root.iter(names("p")):
        before = paragraph.getprevious()
        if before is None or names.local(before) != "p":
            continue
        last, first = _edge(before, names, -1), _edge(paragraph, names, 0)
        if last is None or first is None:
            continue
        if not (_is_ours(last, names, signature) and _is_ours(first, names, signature)):
            continue
        other = earlier if last.get(date) == signature.date else signature.date
        for kind in ("ins", "del"):
            for mark in paragraph.iterchildren(names(kind)):
                if _is_ours(mark, names, signature, kind):
                    mark.set(date, other)


def _edge(paragraph: Element, names: Names, end: int) -> Element | None:
    """The first (0) or last (-1) child of a paragraph that has text."""
    held = ("r", "ins", "del", *HOLDERS)
    children = [child for child in paragraph if names.local(child) in held]
    return children[end] if children else None


def _is_ours(mark: Element, names: Names, signature: Signature, kind: str = "ins") -> bool:
    return (
        names.local(mark) == kind
        and mark.get(names("author")) == signature.author
        and int(mark.get(names("id"), "0")) > signature.first_id
    )
