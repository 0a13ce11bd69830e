"""EPUB: the chapters in the order of the book's spine; each is a page of HTML.

Source of the layout: EPUB 3.3, sections 4.2 (container) and 5 (package document).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from desktop.domain.errors import DocumentDamaged
from desktop.workers.reader.formats.archive import Archive
from desktop.workers.reader.formats.blocks import Block
from desktop.workers.reader.formats.web import Web, web_page

_CONTAINER = "META-INF/container.xml"


def epub_book(archive: Archive) -> Web:
    """The blocks of all chapters, one after the other, with the book's title and author."""
    package_path = _tree(archive, _CONTAINER).xpath(
        "string(//*[local-name()='rootfile']/@full-path)"
    )
    package = _tree(archive, package_path)

    def told(name: str) -> str:
        return str(package.xpath(f"string(//*[local-name()='metadata']/*[local-name()='{name}'])"))

    return Web(
        blocks=list(_chapters(archive, package, posixpath.dirname(package_path))),
        title=" ".join(told("title").split()),
        author=" ".join(told("creator").split()),
        created=told("date"),
    )


def _chapters(archive: Archive, package: Any, folder: str) -> Iterator[Block]:
    files = {
        item.get("id"): item.get("href") or ""
        for item in package.xpath("//*[local-name()='manifest']/*[local-name()='item']")
    }
    spine = package.xpath("//*[local-name()='spine']/*[local-name()='itemref']/@idref")
    # A book may list a file once for each of its sections.
    hrefs = dict.fromkeys(files.get(part, "").partition("#")[0] for part in spine)
    known = set(archive.names)
    for href in hrefs:
        path = posixpath.normpath(posixpath.join(folder, unquote(href)))
        if href and path in known:
            yield from web_page(archive.read(path)).blocks


def _tree(archive: Archive, path: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(archive.read(path), parser)
    except etree.XMLSyntaxError as error:
        raise DocumentDamaged(file=archive.name) from error
