"""Tracked changes put into a paragraph: what goes is marked as deleted, what comes as inserted.

Runs are cut where a change begins and ends; each part keeps the formatting of the run, and a new
word takes that of the words around it (ECMA-376, part 1, 17.13.5). Everything else in the paragraph
stays where it is. A paragraph is changed only if both of its readings are then what they ought to
be: all changes refused, the text as it was; all taken, the text as it is wished.
"""

from __future__ import annotations

import copy
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from desktop.workers.reviser.markup import SPACE, Element, Names
from desktop.workers.reviser.signing import Signature
from desktop.workers.reviser.wording import Atom, Wording, shown

_PARTS = re.compile(r"[\t\n]|[^\t\n]+")
_CHANGED_FORMAT = ("rPrChange", "ins", "del", "moveFrom", "moveTo")
_REFERENCES = frozenset({"footnoteReference", "endnoteReference"})


@dataclass(frozen=True, slots=True)
class Substitution:
    """`text` in place of [start, end) of a paragraph's text."""

    start: int
    end: int
    text: str


def revise(
    paragraph: Element, substitutions: Sequence[Substitution], names: Names, signature: Signature
) -> bool:
    """Put the substitutions, in order and apart, into the paragraph; False if that is not safe,
    and then nothing was done."""
    wording = Wording(paragraph, names)
    text = wording.text
    if wording.closed or not _fit(substitutions, wording, text):
        return False
    wished, done = [], 0
    for one in substitutions:
        wished += [text[done : one.start], one.text]
        done = one.end
    after = "".join([*wished, text[done:]])

    changed = copy.deepcopy(paragraph)
    changed.tail = paragraph.tail
    holder = etree.Element("holder", nsmap=paragraph.nsmap)  # white space is inherited from above
    if (space := _inherited_space(paragraph)) is not None:
        holder.set(SPACE, space)
    holder.append(changed)
    editor = _Editor(Wording(changed, names), names, signature)
    for one in reversed(substitutions):
        editor.substitute(one)
    if reading(changed, names, signature, taken=False) != text:
        return False
    if reading(changed, names, signature, taken=True) != after:
        return False
    paragraph.getparent().replace(paragraph, changed)
    return True


def reading(paragraph: Element, names: Names, signature: Signature, *, taken: bool) -> str:
    """The text of a paragraph with our changes taken, or with none of them."""
    ours = copy.deepcopy(paragraph)
    holder = etree.Element("holder", nsmap=paragraph.nsmap)
    if (space := _inherited_space(paragraph)) is not None:
        holder.set(SPACE, space)
    holder.append(ours)
    author, date = names("author"), names("date")
    for kind in ("ins", "del"):
        for mark in list(ours.iterchildren(names(kind))):
            if (mark.get(author), mark.get(date)) != (signature.author, signature.date):
                continue
            keep = (kind == "ins") is taken
            for run in list(mark) if keep else ():
                for gone in run.iter(names("delText")):
                    gone.tag = names("t")
                mark.addprevious(run)
            ours.remove(mark)
    return Wording(ours, names).text


def _fit(substitutions: Sequence[Substitution], wording: Wording, text: str) -> bool:
    """Whether they are in order, within the text, and touch nothing that stays."""
    done = 0
    for one in substitutions:
        if not done <= one.start <= one.end <= len(text):
            return False
        done = one.end
        if any(start < one.end and end > one.start for start, end in wording.fixed):
            return False
    return bool(wording.atoms)


def _inherited_space(paragraph: Element) -> str | None:
    holder = paragraph.getparent()
    while holder is not None:
        if (said := holder.get(SPACE)) is not None:
            return str(said)
        holder = holder.getparent()
    return None


class _Editor:
    """Works from the end of a paragraph to its beginning, so that places before stay true."""

    def __init__(self, wording: Wording, names: Names, signature: Signature) -> None:
        self._atoms = wording.atoms
        self._names = names
        self._signature = signature

    def substitute(self, one: Substitution) -> None:
        format_ = self._format(one)
        self._cut(one.start)
        self._cut(one.end)
        gone = self._atoms[self._place(one.start) : self._place(one.end)]
        first = self._delete(gone)
        if one.text:
            self._insert(one, format_, first)

    # -- taking away

    def _cut(self, at: int) -> None:
        """See to it that no atom lies across the character `at`."""
        number = self._place(at) - 1
        if number < 0:
            return
        atom = self._atoms[number]
        if atom.run is None or atom.end <= at:
            return
        element = atom.element  # only a text element has several characters
        left, right = atom.text[: at - atom.start], atom.text[at - atom.start :]
        other = etree.Element(element.tag)
        _say(other, right)
        _say(element, left)
        element.addnext(other)
        atom.text = left
        self._atoms.insert(number + 1, Atom(right, at, other, atom.run, atom.run, atom.run))

    def _place(self, at: int) -> int:
        """How many atoms begin before the character `at`."""
        return bisect_left(self._atoms, at, key=lambda atom: atom.start)

    def _delete(self, gone: Sequence[Atom]) -> Element | None:
        """Mark the atoms as deleted; returns the mark around the first of them."""
        first = mark = None
        for atom in gone:
            run = self._alone(atom)
            if atom.element.tag == self._names("t"):
                _say(atom.element, shown(atom.element))
                atom.element.tag = self._names("delText")
            if mark is None or run.getprevious() is not mark:
                mark = self._mark("del")
                run.addprevious(mark)
            mark.append(run)
            first = mark if first is None else first
        return first

    def _alone(self, atom: Atom) -> Element:
        """The run around the atom, with nothing else in it."""
        self._part_before(atom)
        self._part_behind(atom)
        return atom.run

    def _part_before(self, atom: Atom) -> None:
        """Let a run begin with the atom: what is before it in its run becomes a run itself."""
        head = [
            child
            for child in atom.element.itersiblings(preceding=True)
            if self._names.local(child) != "rPr"
        ][::-1]
        if head:
            run: Element = atom.run
            before = self._like(run)
            run.addprevious(before)
            self._move(head, before, atom, -1)

    def _part_behind(self, atom: Atom) -> None:
        """Let a run end with the atom: what is behind it in its run becomes a run itself."""
        tail = list(atom.element.itersiblings())
        if tail:
            run: Element = atom.run
            behind = self._like(run)
            run.addnext(behind)
            self._move(tail, behind, atom, 1)

    def _move(self, children: Sequence[Element], to: Element, beside: Atom, step: int) -> None:
        """Put the children, which lie before (-1) or behind (1) an atom in its run, into `to`."""
        to.extend(children)
        number = self._place(beside.start) + step
        while 0 <= number < len(self._atoms) and self._atoms[number].run is beside.run:
            atom = self._atoms[number]
            atom.run = atom.first = atom.last = to
            number += step

    def _like(self, run: Element) -> Element:
        """A run with the same properties, empty."""
        other = etree.Element(run.tag, dict(run.attrib))
        properties = run.find(self._names("rPr"))
        if properties is not None:
            other.append(copy.deepcopy(properties))
        return other

    # -- putting in

    def _insert(self, one: Substitution, format_: Element | None, after: Element | None) -> None:
        mark = self._mark("ins")
        for part in _PARTS.findall(one.text):
            run = etree.SubElement(mark, self._names("r"))
            if format_ is not None:
                run.append(copy.deepcopy(format_))
            if part == "\t":
                etree.SubElement(run, self._names("tab"))
            elif part == "\n":
                etree.SubElement(run, self._names("br"))
            else:
                _say(etree.SubElement(run, self._names("t")), part)
        if after is not None:
            after.addnext(mark)
            return
        before = self._place(one.start)  # as nothing lies across that character any more
        if not before:
            following = self._atoms[0]
            if following.run is not None:
                self._part_before(following)
            following.first.addprevious(mark)
            return
        previous = self._atoms[before - 1]
        if previous.run is None:
            place = previous.last
        else:
            self._part_behind(previous)
            place = previous.run
            if place.getparent().tag == self._names("del"):  # by the change that comes behind
                place = place.getparent()
        while self._is_reference(place.getnext()):
            place = place.getnext()
        place.addnext(mark)

    def _is_reference(self, run: Element | None) -> bool:
        """Whether it is the mark of a note, which belongs to the word before it."""
        if run is None or self._names.local(run) != "r":
            return False
        held = {self._names.local(child) for child in run} - {"rPr"}
        return bool(held) and held <= _REFERENCES

    def _format(self, one: Substitution) -> Element | None:
        """The run properties for what comes: most of what goes has them, or its neighbour."""
        weights: Counter[bytes] = Counter()
        found: dict[bytes, Element | None] = {}
        first = max(self._place(one.start) - 1, 0)
        for atom in self._atoms[first : self._place(one.end)]:
            shared = min(atom.end, one.end) - max(atom.start, one.start)
            if atom.run is not None and shared > 0:
                properties = self._plain(atom.run)
                key = b"" if properties is None else etree.tostring(properties)
                weights[key] += shared
                found[key] = properties
        if weights:
            return found[weights.most_common(1)[0][0]]
        neighbour = self._neighbour(one)
        return None if neighbour is None else self._plain(neighbour.run)

    def _neighbour(self, one: Substitution) -> Atom | None:
        """The atom whose format an insertion takes: the word's that it is written against."""
        at = self._place(one.start)
        before = self._editable(at - 1, -1)
        behind = before if before is not None and before.end > one.start else None
        behind = behind or self._editable(at, 1)
        close = before is not None and before.end >= one.start
        if not close or (one.text[-1:].isspace() and not one.text[:1].isspace()):
            return behind or before
        return before

    def _editable(self, number: int, step: int) -> Atom | None:
        """The nearest atom, from the one of that number on, that is not fixed."""
        while 0 <= number < len(self._atoms):
            if self._atoms[number].run is not None:
                return self._atoms[number]
            number += step
        return None

    def _plain(self, run: Element) -> Element | None:
        """The run's properties without the record of how they came about."""
        properties = run.find(self._names("rPr"))
        if properties is None:
            return None
        plain = copy.deepcopy(properties)
        for name in _CHANGED_FORMAT:
            for record in plain.findall(self._names(name)):
                plain.remove(record)
        return plain if len(plain) else None

    def _mark(self, kind: str) -> Element:
        mark = etree.Element(self._names(kind))
        self._signature.sign(mark, self._names)
        return mark


def _say(element: Element, text: str) -> None:
    element.text = text
    element.set(SPACE, "preserve")
