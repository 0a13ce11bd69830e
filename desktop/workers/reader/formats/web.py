"""HTML, of a page, a chapter or a mail, through lxml: headings, paragraphs, tables.

What a browser would not show (scripts, styles, what is marked as hidden) is no text. Images and
everything else that lies elsewhere are never fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree, html

from desktop.workers.reader.formats.blocks import Block, Heading, Paragraph, Table

_UNSEEN = frozenset("script style noscript template head svg math object iframe nav".split())
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure"
    " footer form header hr html li main ol p pre section summary table tr td th ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Web(NamedTuple):
    """`trail` are the pages above this one, outermost first, where an export of a wiki says so."""

    blocks: list[Block]
    title: str = ""
    author: str = ""
    created: str = ""
    trail: tuple[str, ...] = ()


def web_page(content: bytes | str) -> Web:
    """The blocks of an HTML document."""
    parser = html.HTMLParser(
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
        encoding="utf-8" if isinstance(content, str) else None,
    )
    raw = content.encode() if isinstance(content, str) else content
    if not raw.strip():
        return Web([])
    root = html.document_fromstring(raw, parser=parser)
    told = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content") or ""
        for meta in root.iter("meta")
    }
    title = root.find(".//title")
    trail = [
        " ".join("".join(item.itertext()).split())
        for item in root.xpath("//*[@id='breadcrumbs']//li")
    ]
    for crumbs in root.xpath("//*[@id='breadcrumb-section' or @id='breadcrumbs']"):
        crumbs.drop_tree()
    walk = _Walk()
    body = root.find("body")
    walk.take(root if body is None else body)
    return Web(
        blocks=walk.blocks,
        title=" ".join((title.text or "").split()) if title is not None else "",
        author=told.get("author", ""),
        created=told.get("date", "") or told.get("article:published_time", ""),
        trail=tuple(name for name in trail if name),
    )


class _Walk:
    """Goes through a tree without recursion; text gathers until a block ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._heading = 0
        self._kept = 0  # `pre` elements that we are in
        self._bullet = False

    def take(self, root: Any) -> None:
        """The blocks of everything below `root`."""
        walk = etree.iterwalk(root, events=("start", "end"))
        passed = None  # the element whose inside was passed over
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in _UNSEEN or _is_hidden(element):
                    passed = element
                elif tag == "table" and _is_data(element):
                    self._end_block()
                    self.blocks.append(Table(list(_rows(element))))
                    passed = element
                else:
                    self._start(element, tag)
                if passed is element:
                    walk.skip_subtree()
                continue
            if element is passed:
                passed = None
            else:
                self._end(tag)
            if element is not root and element.tail:
                self._text.append(element.tail)
        self._end_block()

    def _start(self, element: Any, tag: str) -> None:
        if tag in _BLOCKS or tag in _HEADINGS:
            self._end_block()
        self._heading = _HEADINGS.get(tag, self._heading)
        self._kept += tag == "pre"
        self._bullet = self._bullet or tag == "li"
        if tag == "br":
            self._text.append("\0")
        if element.text:
            self._text.append(element.text)

    def _end(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._end_block()
            self._heading = 0
        elif tag in _BLOCKS:
            self._end_block()
        self._kept -= tag == "pre"

    def _end_block(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if not self._kept:
            text = "\n".join(" ".join(line.split()) for line in text.split("\0"))
        text = text.replace("\0", "\n").strip("\n")
        if not text.strip():
            return
        if self._heading:
            self.blocks.append(Heading(self._heading, text))
        elif self._bullet:
            self._bullet = False
            self._list_item(f"- {text.strip()}")
        else:
            self.blocks.append(Paragraph(text))

    def _list_item(self, item: str) -> None:
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Paragraph) and last.text.startswith("- ") and len(last.text) < 2_000:
            self.blocks[-1] = Paragraph(f"{last.text}\n{item}")
        else:
            self.blocks.append(Paragraph(item))


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _is_data(table: Any) -> bool:
    """Whether a table holds rows of values rather than the layout of a page or a mail."""
    if (
        table.get("role") == "presentation"
        or next(table.iterdescendants("table"), None) is not None
    ):
        return False
    rows = list(table.iter("tr"))
    return len(rows) > 1 and any(len(row) > 1 for row in rows)


def _rows(table: Any) -> Iterator[list[str]]:
    for row in table.iter("tr"):
        yield [
            " ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in ("td", "th")
        ]
