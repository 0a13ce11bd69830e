"""The XML of a Word document: parsed with doubt, written as it was, with the names it is made of.

No entity is resolved, no document type is read, nothing is fetched. ECMA-376, part 1, chapter 17,
is WordprocessingML; it has a transitional and a strict name space, and a document keeps to one.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from lxml import etree

from desktop.domain.errors import (
    OriginalDamaged,
    OriginalTooDemanding,
    TextFormatUnknown,
)
from desktop.workers.reviser.package import Package

Element = Any  # lxml has no types of its own

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

CONTENT_TYPES = "[Content_Types].xml"
_DOCUMENT = "wordprocessingml.document.main+xml"
_WITH_MACROS = "macroEnabled"
_OTHERS = {
    "wordprocessingml.template": "it is a Word template",
    "spreadsheetml": "it is a spreadsheet",
    "presentationml": "it is a presentation",
    "ms-excel": "it is a spreadsheet",
    "ms-powerpoint": "it is a presentation",
    "visio": "it is a drawing",
}


def parsed(raw: bytes, name: str, *, elements: int) -> Element:
    """The root of a part. Raises OriginalDamaged, OriginalTooDemanding."""
    if raw.count(b"<") > 2 * elements:
        raise OriginalTooDemanding(file=name, resource="memory")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise OriginalDamaged(file=name, reason="its markup is broken") from error
    if root.getroottree().docinfo.internalDTD is not None:
        # No program writes one, and entities are what they are for.
        raise OriginalDamaged(file=name, reason="its markup declares entities")
    return root


def serialised(root: Element) -> bytes:
    """A part as Word writes it."""
    raw: bytes = etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return raw


class Names:
    """The names of a document's elements and attributes, in the name space that its root has."""

    def __init__(self, root: Element) -> None:
        self.space = etree.QName(root).namespace
        self._prefix = f"{{{self.space}}}"

    def __call__(self, name: str) -> str:
        """The full name of what is `w:name` by custom."""
        return self._prefix + name

    def local(self, element: Element) -> str:
        """What an element of this name space is, "" for any other, comments and the like too."""
        tag = element.tag
        if isinstance(tag, str) and tag.startswith(self._prefix):
            return tag[len(self._prefix) :]
        return ""

    def value(self, element: Element, name: str, attribute: str = "val") -> str | None:
        """The attribute of the child `name`; "" if the child has none, None without the child."""
        child = element.find(self(name))
        return None if child is None else child.get(self(attribute), "")

    def is_on(self, element: Element, name: str) -> bool:
        """Whether the child `name` is there and does not say no (17.17.4)."""
        said = self.value(element, name)
        return said is not None and said not in ("0", "false", "off")


def main_part(package: Package, name: str, *, elements: int) -> str:
    """The name of the part that is the document.

    Raises OriginalDamaged, and TextFormatUnknown for what another program makes, or with macros.
    """
    if CONTENT_TYPES not in package:
        raise TextFormatUnknown(file=name, reason="it is an archive, but no Word document")
    types = parsed(package.read(CONTENT_TYPES), name, elements=elements)
    for entry in types:
        kind = entry.get("ContentType", "") if isinstance(entry.tag, str) else ""
        part = entry.get("PartName", "").lstrip("/") if isinstance(entry.tag, str) else ""
        if part and kind.endswith(_DOCUMENT):
            return str(part)
        if _WITH_MACROS in kind and "ms-word" in kind:
            raise TextFormatUnknown(file=name, reason="it is a Word document with macros")
    for entry in types:
        kind = entry.get("ContentType", "") if isinstance(entry.tag, str) else ""
        for mark, what in _OTHERS.items():
            if mark in kind:
                raise TextFormatUnknown(file=name, reason=what)
    default = "word/document.xml"
    if default not in package:
        raise OriginalDamaged(file=name, reason="the document itself is missing")
    return default


def related(package: Package, part: str, name: str, *, elements: int) -> dict[str, str]:
    """The parts that `part` is related to, by the last word of the kind of relation."""
    folder, file = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    if relations not in package:
        return {}
    found: dict[str, str] = {}
    for entry in _elements(parsed(package.read(relations), name, elements=elements)):
        if entry.get("TargetMode") == "External":
            continue
        target = entry.get("Target", "")
        whole = posixpath.normpath(posixpath.join(folder, target)) if target else ""
        whole = target.lstrip("/") if target.startswith("/") else whole
        if whole in package:
            found.setdefault(entry.get("Type", "").rpartition("/")[2], whole)
    return found


def _elements(root: Element) -> Iterator[Element]:
    return (entry for entry in root if isinstance(entry.tag, str))
