"""A conversation as JSON (RFC 8259), for other programs."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, BinaryIO

from desktop.domain.chat import Citation, Role
from desktop.domain.exports import Export, Said
from desktop.domain.jobs import Cancellation
from desktop.domain.words import whole
from desktop.storage.exports.page_images import png


def write(export: Export, file: BinaryIO, cancel: Cancellation) -> None:
    """Write all there is of it; page images as PNG in base 64."""
    plain = as_plain(export)
    for turn, said in zip(plain["turns"], export.said, strict=True):
        cancel.raise_if_wished()
        pages = [
            {
                "document": note.citation.document,
                "page": note.citation.page,
                "png": base64.b64encode(png(image)).decode("ascii"),
            }
            for note, image in export.pages_of(said)
        ]
        if pages:
            turn["pages"] = pages
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=2)
    file.write(f"{whole(text)}\n".encode())


def as_plain(export: Export) -> dict[str, Any]:
    """The whole as numbers, texts, lists and maps; times are ISO 8601, pages count from 1."""
    conversation = export.conversation
    return {
        "format": "escritoire conversation 1",
        "title": conversation.title,
        "created": _iso(conversation.created),
        "updated": _iso(conversation.updated),
        "turns": [_turn_as_plain(said) for said in export.said],
    }


def _turn_as_plain(said: Said) -> dict[str, Any]:
    turn = said.turn
    plain: dict[str, Any] = {
        "role": turn.role.value,
        "text": said.text,
        "created": _iso(turn.created),
        "state": turn.state.value,
    }
    if turn.role is Role.ASSISTANT:
        plain |= {
            "sources": [
                {"note": note.number, **_citation_as_plain(note.citation)} for note in said.notes
            ],
            "closest": [
                _citation_as_plain(citation) for citation in (() if said.notes else turn.citations)
            ],
            "sentences": [
                {"start": one.start, "end": one.end, "note": one.citation, "score": one.score}
                for one in said.sentences
            ],
            "record": None if turn.record is None else asdict(turn.record),
            "error": {"code": turn.error_code, **turn.error_facts} if turn.error_code else None,
        }
    return plain


def _citation_as_plain(citation: Citation) -> dict[str, Any]:
    left_out = ("number", "document_id")
    return {name: value for name, value in asdict(citation).items() if name not in left_out}


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
