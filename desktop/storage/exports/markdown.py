"""A conversation as Markdown, its sources as footnotes.

What a model wrote is Markdown and stays so, but for what would be fetched or obeyed when it is
looked at: images become their descriptions, tags become text. What users and documents say is no
Markdown and is shown to the letter.
"""

from __future__ import annotations

import base64
import re
from typing import BinaryIO

from desktop.domain.chat import Role
from desktop.domain.exports import MARK, Export, Note, Said, marked
from desktop.domain.jobs import Cancellation
from desktop.domain.words import whole
from desktop.storage.exports.page_images import png

UNSUPPORTED = "unsupported"  # the one footnote for all that no passage supports

_IMAGE = re.compile(r"!+\[([^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])?")
_IMAGE_BEGINS = re.compile(r"!+(?=\[)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_FOOTNOTE = re.compile(r"\[\^")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_LINE_BEGIN = re.compile(r"(?m)^([ \t]*)([-+=])|^([ \t]*\d{1,9})([.)])")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


def write(export: Export, file: BinaryIO, cancel: Cancellation) -> None:
    """Write the whole of it in UTF-8."""
    words = export.words
    parts = [f"# {_one_line(export.conversation.title)}"]
    unsupported = False
    for said in export.said:
        cancel.raise_if_wished()
        who = words.question if said.turn.role is Role.USER else words.answer
        parts.append(f"## {who}\n\n*{literal(words.time_of(said.turn.created))}*")
        body = _body(said)
        unsupported = unsupported or f"[^{UNSUPPORTED}]" in body
        parts += [part for part in (body, *_below(export, said)) if part]
    notes = [_note(export, note) for note in export.notes()]
    if unsupported:
        notes.append(f"[^{UNSUPPORTED}]: {literal(words.unsupported)}")
    if notes:
        parts.append("\n".join(notes))
    file.write(whole("\n\n".join(parts) + "\n").encode())


def literal(text: str) -> str:
    """A text as Markdown that says it to the letter."""
    return _LINE_BEGIN.sub(_escaped_begin, _SPECIAL.sub(r"\\\1", text))


def _escaped_begin(match: re.Match[str]) -> str:
    before, mark = match[1] or match[3] or "", match[2] or match[4]
    return f"{before}\\{mark}"


def harmless(text: str) -> str:
    """Markdown without images, tags and footnotes of its own; fenced code stays as it is."""
    lines = []
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        lines.append(line if fenced else _harmless_line(line))
    return "\n".join(lines)


def _harmless_line(line: str) -> str:
    without = _IMAGE_BEGINS.sub("", _IMAGE.sub(r"\1", line))
    return _FOOTNOTE.sub(r"\\[^", _TAG.sub(r"\\<", without))


def _body(said: Said) -> str:
    text = marked(said)
    if said.verbatim:
        text = "\n>\n".join(map(_quotation, _PARAGRAPHS.split(text.strip())))
    else:
        text = harmless(text)
    return MARK.sub(_mark, text).strip("\n")


def _quotation(paragraph: str) -> str:
    """A paragraph as a quotation, its line ends kept."""
    return "\\\n".join(f"> {line}" for line in literal(paragraph).split("\n"))


def _mark(match: re.Match[str]) -> str:
    if match[1] == "(":
        return ""
    return f"[^{UNSUPPORTED}]" if match[1] == ")" else f"[^{match[1]}]"


def _below(export: Export, said: Said) -> list[str]:
    """What stands below a turn: how it ended, its record, its pages."""
    words, turn = export.words, said.turn
    parts = []
    if state := words.state_of(turn):
        parts.append(f"*{literal(state)}*")
    if turn.record is not None:
        facts = words.record_of(turn.record)
        parts.append("\n".join(f"- {literal(name)}: {literal(value)}" for name, value in facts))
    for note, image in export.pages_of(said):
        told = _one_line(f"{note.citation.document}, {words.place_of(note.citation)}")
        encoded = base64.b64encode(png(image)).decode("ascii")
        parts.append(f"![{told}](data:image/png;base64,{encoded})")
    return parts


def _note(export: Export, note: Note) -> str:
    citation = note.citation
    place = _one_line(f"{citation.document}, {export.words.place_of(citation)}")
    return f"[^{note.number}]: {place}: “{_one_line(citation.text)}”"


def _one_line(text: str) -> str:
    return literal(" ".join(text.split()))
