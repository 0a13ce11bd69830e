"""A paragraph of a Word document as text: each character with the element that holds it.

Characters in plain runs can be edited. Those of links, fields, content controls and other people's
tracked changes are fixed: they are read, and stay. What has no character (notes' references,
pictures, bookmarks, comments' anchors) is passed over and stays where it is. Changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.originals import Closed
from desktop.workers.reviser.markup import SPACE, Element, Names

# Text in these is read and stays: links, fields, content controls, insertions of others.
HOLDERS = frozenset(
    {"hyperlink", "fldSimple", "smartTag", "sdt", "ins", "moveTo", "customXml", "dir", "bdo"}
)
# What is in these is not seen: deletions of others, text boxes, the codes of fields.
_UNSEEN = frozenset({"del", "moveFrom", "txbxContent", "instrText", "delText", "rPr", "pPr", "rt"})
_BREAKS_OF_PAGES = frozenset({"page", "column"})
_BLANKS = re.compile(r"[\t\r\n]")
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


@dataclass(slots=True)
class Atom:
    """`text` as `element` holds it, from the character `start` of the paragraph on.

    `run` is the run around it; None for a fixed one, which lies from the child `first` of the
    paragraph to the child `last`.
    """

    text: str
    start: int
    element: Element
    run: Element | None
    first: Element
    last: Element

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Wording:
    """The atoms of a paragraph in order; `closed` says why it must not be edited, if so."""

    def __init__(self, paragraph: Element, names: Names) -> None:
        self._names = names
        self.paragraph = paragraph
        self.atoms: list[Atom] = []
        self.closed: Closed | None = None
        self._length = 0
        self._depth = 0  # of fields
        self._field: Element | None = None  # where the outermost one begins
        self._waiting: list[Atom] = []  # atoms of a field that has not ended
        for child in paragraph:
            self._take(child)
        if self._depth:
            self.closed = Closed.FIELD

    @property
    def text(self) -> str:
        return "".join(atom.text for atom in self.atoms)

    @property
    def fixed(self) -> list[tuple[int, int]]:
        """The spans that stay; neighbours are one."""
        spans: list[tuple[int, int]] = []
        for atom in self.atoms:
            if atom.run is not None:
                continue
            if spans and spans[-1][1] == atom.start:
                spans[-1] = (spans[-1][0], atom.end)
            else:
                spans.append((atom.start, atom.end))
        return spans

    def _take(self, child: Element) -> None:
        kind = self._names.local(child)
        if kind == "r":
            self._take_run(child)
        elif kind in HOLDERS:
            for element, text in _seen(child, self._names):
                if self._names.local(element) == "fldChar":
                    self._turn(element, child)
                else:
                    self._add(text, element, None, child)
        elif isinstance(child.tag, str) and child.tag.startswith(_MATHS):
            self.closed = Closed.FORMULA

    def _take_run(self, run: Element) -> None:
        hidden = self._is_hidden(run)
        for element in run:
            kind = self._names.local(element)
            if kind == "fldChar":
                self._turn(element, run)
                continue
            text = character_text(element, self._names)
            if text and not hidden:
                self._add(text, element, None if self._depth else run, run)

    def _add(self, text: str, element: Element, run: Element | None, child: Element) -> None:
        if not text:
            return
        first = child if self._field is None else self._field
        atom = Atom(text, self._length, element, run, first, child)
        self._length += len(text)
        self.atoms.append(atom)
        if self._depth:
            self._waiting.append(atom)

    def _turn(self, element: Element, child: Element) -> None:
        """A field begins, shows its result, or ends (17.16.18)."""
        turn = element.get(self._names("fldCharType"))
        if turn == "begin":
            self._depth += 1
            if self._field is None:
                self._field = child
        elif turn == "end":
            if not self._depth:
                self.closed = Closed.FIELD
                return
            self._depth -= 1
            if not self._depth:
                for atom in self._waiting:
                    atom.last = child
                self._waiting, self._field = [], None

    def _is_hidden(self, run: Element) -> bool:
        properties = run.find(self._names("rPr"))
        return properties is not None and self._names.is_on(properties, "vanish")


def character_text(element: Element, names: Names) -> str:
    """The characters that a child of a run stands for; "" for what is no text."""
    match names.local(element):
        case "t":
            return shown(element)
        case "tab":
            return "\t"
        case "cr":
            return "\n"
        case "br":
            return "" if element.get(names("type")) in _BREAKS_OF_PAGES else "\n"
        case "noBreakHyphen":
            return "\N{NON-BREAKING HYPHEN}"
        case _:
            return ""


def shown(element: Element) -> str:
    """A text element's text as it is shown: white space at its ends counts only if it says so."""
    text = _BLANKS.sub(" ", element.text or "")
    holder = element
    while holder is not None:
        said = holder.get(SPACE)
        if said is not None:
            return text if said == "preserve" else text.strip(" ")
        holder = holder.getparent()
    return text.strip(" ")


def _seen(holder: Element, names: Names) -> Iterator[tuple[Element, str]]:
    """What is shown of a holder's text, and where fields within it begin and end."""
    for child in holder:
        kind = names.local(child)
        if kind in _UNSEEN or not isinstance(child.tag, str):
            continue
        if kind == "fldChar":
            yield child, ""
        elif text := character_text(child, names):
            yield child, text
        elif not (kind == "r" and _hides(child, names)):
            yield from _seen(child, names)


def _hides(run: Element, names: Names) -> bool:
    properties = run.find(names("rPr"))
    return properties is not None and names.is_on(properties, "vanish")
