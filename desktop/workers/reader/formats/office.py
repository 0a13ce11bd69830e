"""Word processing formats and Markdown, through kreuzberg.

kreuzberg is native code that parses DOCX, DOC, ODT, RTF and PPT in milliseconds; what it gives is a
list of nodes in reading order. Its cache, its OCR and its network features are never asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import kreuzberg

from desktop.workers.reader.formats.blocks import Block, Heading, Paragraph, Table
from desktop.workers.reader.formats.kinds import Kind

_TYPES = {
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.DOC: "application/msword",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.RTF: "application/rtf",
    Kind.PPT: "application/vnd.ms-powerpoint",
    Kind.MARKDOWN: "text/markdown",
}
_ASIDE = ("header", "footer")  # layers that repeat on every page: said once, at the end


class Extracted(NamedTuple):
    blocks: list[Block]
    title: str
    author: str
    created: str


def extracted(content: bytes, kind: Kind) -> Extracted:
    """The blocks of a document. Raises what kreuzberg raises."""
    config = kreuzberg.ExtractionConfig(
        use_cache=False,
        enable_quality_processing=False,
        include_document_structure=True,
    )
    result = kreuzberg.extract_bytes_sync(content, _TYPES[kind], config=config)
    nodes: list[Any] = result.document["nodes"] if result.document else []
    told = result.metadata
    authors = told.get("authors") or [told.get("created_by") or ""]
    blocks = list(_blocks(nodes))
    if not any(isinstance(block, Paragraph | Table) for block in blocks) and result.content.strip():
        blocks = [Paragraph(part) for part in result.content.split("\n\n")]
    return Extracted(
        blocks=blocks,
        title=str(told.get("title") or ""),
        author=", ".join(str(author) for author in authors if author),
        created=str(told.get("created_at") or ""),
    )


def _blocks(nodes: list[Any]) -> Iterator[Block]:
    for aside in (False, True):
        said: set[str] = set()
        items: list[str] = []  # of the list that is being read
        for node in nodes:
            if (node.get("content_layer") in _ASIDE) is not aside:
                continue
            block = _block(node["content"])
            if block is None:
                continue
            if node["content"]["node_type"] == "list_item" and isinstance(block, Paragraph):
                items.append(f"- {block.text.strip()}")
                continue
            if items:
                yield Paragraph("\n".join(items))
                items.clear()
            if aside and isinstance(block, Paragraph):
                if block.text.strip() in said or len(block.text.strip()) < len("1/10"):
                    continue
                said.add(block.text.strip())
            yield block
        if items:
            yield Paragraph("\n".join(items))


def _block(content: Any) -> Block | None:
    match content["node_type"]:
        case "title":
            return Heading(1, content.get("text") or "")
        case "heading":
            return Heading(content.get("level") or 1, content.get("text") or "")
        case "slide":
            return Heading(1, content.get("title") or str(content.get("number") or ""))
        case "table":
            return _table(content["grid"])
        case _ if content.get("text"):
            return Paragraph(content["text"])
    return None


def _table(grid: Any) -> Table:
    rows = [[""] * min(grid["cols"], 1_000) for _ in range(grid["rows"])]
    for cell in grid["cells"]:
        if cell["row"] < len(rows) and cell["col"] < len(rows[cell["row"]]):
            rows[cell["row"]][cell["col"]] = cell["content"]
    return Table(rows)
