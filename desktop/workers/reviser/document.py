"""A Word document: the paragraphs of its body, tables and notes, and the file with some revised.

Headers, footers, comments and text boxes are left alone. A paragraph is known by its number among
those that have text, in the order they are read in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.errors import OriginalDamaged, OriginalProtected, TextTooLong
from desktop.domain.originals import Closed, Place
from desktop.workers.reviser.config import Config
from desktop.workers.reviser.markup import (
    STRICT,
    TRANSITIONAL,
    Element,
    Names,
    main_part,
    parsed,
    related,
    serialised,
)
from desktop.workers.reviser.package import Package
from desktop.workers.reviser.revising import Substitution, revise
from desktop.workers.reviser.signing import Signature, keep_apart
from desktop.workers.reviser.styles import Styles
from desktop.workers.reviser.wording import Wording

_THROUGH = frozenset({"tbl", "tr", "tc", "sdtContent", "customXml", "smartTag"})
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO, 2.3.4.4: a stream's name
_OLE = b"\xd0\xcf\x11\xe0"
_COUNTED = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "bookmarkStart")


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph that has text; `reason` says why it is closed, if it is."""

    element: Element
    names: Names
    part: str
    text: str
    place: Place
    fixed: list[tuple[int, int]]
    reason: Closed | None = None


class Document:
    """The document in `raw`; `name` is what errors call it.

    Raises OriginalDamaged, OriginalProtected, OriginalTooDemanding, TextTooLong,
    TextFormatUnknown.
    """

    def __init__(self, raw: bytes, name: str, config: Config) -> None:
        if raw.startswith(_OLE):
            if _ENCRYPTED in raw:
                raise OriginalProtected(file=name)
            raise OriginalDamaged(file=name, reason="it is an old Office document")
        if not raw:
            raise OriginalDamaged(file=name, reason="it is empty")
        self._package = Package(raw, name, part_bytes=config.part_bytes)
        self._name = name
        self._config = config
        main = main_part(self._package, name, elements=config.elements)
        relations = related(self._package, main, name, elements=config.elements)
        self._roots = {main: self._parsed(main)}
        if (styles := relations.get("styles")) is not None:
            self._styles = Styles(self._parsed(styles))
        else:
            self._styles = Styles(None)
        for kind in ("footnotes", "endnotes"):
            if (part := relations.get(kind)) is not None:
                self._roots[part] = self._parsed(part)
        if Names(self._roots[main]).space not in (TRANSITIONAL, STRICT):
            raise OriginalDamaged(file=name, reason="it holds no word processing markup")
        self.paragraphs = list(self._found())

    @property
    def closed(self) -> dict[Closed, int]:
        """Why paragraphs stand as they are, and how many."""
        return dict(Counter(p.reason for p in self.paragraphs if p.reason))

    def revised(
        self, edits: Mapping[int, Sequence[Substitution]], author: str, date: str
    ) -> tuple[dict[str, bytes], list[int]]:
        """The parts with the edits of each paragraph as tracked changes; the paragraphs that could
        not be edited."""
        signature = Signature(author, date, self._last_id())
        refused: list[int] = []
        changed: set[str] = set()
        for number, substitutions in edits.items():
            if not 0 <= number < len(self.paragraphs):
                refused.append(number)
                continue
            found = self.paragraphs[number]
            if found.reason or not revise(found.element, substitutions, found.names, signature):
                refused.append(number)
            else:
                changed.add(found.part)
        for part in changed:
            keep_apart(self._roots[part], Names(self._roots[part]), signature)
        return {part: serialised(self._roots[part]) for part in changed}, refused

    def with_parts(self, parts: Mapping[str, bytes]) -> Iterator[bytes]:
        """The whole file with these parts in place of its own."""
        return self._package.replaced(parts)

    def _parsed(self, part: str) -> Element:
        return parsed(self._package.read(part), self._name, elements=self._config.elements)

    def _found(self) -> Iterator[Found]:
        characters = 0
        depth = 0  # of fields that go over several paragraphs
        for part, root in self._roots.items():
            names = Names(root)
            for element, place, reason in _paragraphs(root, names):
                within = depth > 0
                depth = max(0, depth + _field_turns(element, names))
                wording = Wording(element, names)
                text = wording.text
                if not text.strip():
                    continue
                characters += len(text)
                if characters > self._config.characters:
                    limit = self._config.characters
                    raise TextTooLong(characters=f"over {limit}", limit=limit)
                closed = reason or wording.closed
                if within and not closed:
                    closed = Closed.FIELD
                if closed:
                    place_ = Place.CLOSED
                else:
                    place_ = Place.TITLE if self._styles.is_title(element, names) else place
                yield Found(element, names, part, text, place_, wording.fixed, closed)

    def _last_id(self) -> int:
        """The highest number of an annotation, so that ours are like none of them."""
        highest = 0
        for root in self._roots.values():
            names = Names(root)
            for element in root.iter(*(names(kind) for kind in _COUNTED)):
                number = element.get(names("id"), "")
                if number.isascii() and number.isdigit() and len(number) < 10:
                    highest = max(highest, int(number))
        return highest


def _paragraphs(root: Element, names: Names) -> Iterator[tuple[Element, Place, Closed | None]]:
    """The paragraphs of a part, where each stands, and why it is closed if it is."""
    for child in root:
        kind = names.local(child)
        if kind == "body":
            yield from _walk(child, names, Place.BODY, None)
        elif kind in ("footnote", "endnote") and child.get(names("type"), "normal") == "normal":
            yield from _walk(child, names, Place.NOTE, None)


def _walk(
    holder: Element, names: Names, place: Place, reason: Closed | None
) -> Iterator[tuple[Element, Place, Closed | None]]:
    for child in holder:
        kind = names.local(child)
        if kind == "p":
            yield child, place, reason
        elif kind == "sdt":
            content = child.find(names("sdtContent"))
            if content is not None:
                yield from _walk(content, names, place, reason or _lock(child, names))
        elif kind in _THROUGH:
            inner = Place.CELL if kind == "tc" and place is not Place.NOTE else place
            yield from _walk(child, names, inner, reason or _row_mark(child, names))


def _lock(control: Element, names: Names) -> Closed | None:
    """Why what is in a content control must not be edited, None if it may (17.5.2)."""
    properties = control.find(names("sdtPr"))
    if properties is None:
        return None
    if names.value(properties, "lock") in ("contentLocked", "sdtContentLocked"):
        return Closed.LOCKED
    made = ("docPartObj", "dataBinding", "showingPlcHdr", "picture", "bibliography", "citation")
    if any(properties.find(names(kind)) is not None for kind in made):
        return Closed.FILLED_IN
    return None


def _row_mark(element: Element, names: Names) -> Closed | None:
    """Why a table's row is left alone: it is itself part of a tracked change."""
    properties = element.find(names("trPr"))
    if properties is None:
        return None
    marked = any(properties.find(names(kind)) is not None for kind in ("ins", "del"))
    return Closed.ROW if marked else None


def _field_turns(paragraph: Element, names: Names) -> int:
    """How many more fields begin in a paragraph than end."""
    turns = 0
    for element in paragraph.iter(names("fldChar")):
        turn = element.get(names("fldCharType"))
        turns += (turn == "begin") - (turn == "end")
    return turns
