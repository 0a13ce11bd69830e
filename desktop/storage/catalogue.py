"""The catalogue's file: read and checked. One that is damaged or missing is an empty catalogue.

Nothing that is wrong with one entry is passed on: a file name that leaves its folder, an unknown
quantization or a page that is no web address make the file a damaged one. Opens no connection.
"""

from __future__ import annotations

import logging
import re
import tomllib
from pathlib import Path
from typing import Any

from desktop.domain.catalogue import BITS_PER_WEIGHT, Entry
from desktop.domain.models import ModelKind

KINDS = (ModelKind.CHAT, ModelKind.EMBEDDER, ModelKind.RERANKER)
GGUF = ".gguf"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_REPOSITORY = re.compile(rf"{_NAME.pattern}/{_NAME.pattern}")
_LANGUAGE = re.compile(r"[a-z]{2}")

log = logging.getLogger(__name__)


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of a catalogue in the order of its file; empty if it cannot be had whole."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
        return _all_different([_entry(table) for table in tables])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        log.warning("the catalogue cannot be read: %s: %s", type(error).__name__, error)
        return ()


def _all_different(entries: list[Entry]) -> tuple[Entry, ...]:
    """Raises ValueError if two have the same id."""
    if len({entry.id for entry in entries}) != len(entries):
        raise ValueError("an id occurs twice")
    return tuple(entries)


def _entry(table: dict[str, Any]) -> Entry:
    """Raises ValueError, LookupError or TypeError, for a table that is no entry."""
    entry = Entry(
        id=_text(table, "id"),
        title=_text(table, "title"),
        kind=ModelKind(table["kind"]),
        repository=_text(table, "repository"),
        files=_texts(table, "files"),
        quantization=_text(table, "quantization"),
        parameters=_count(table, "parameters"),
        context_window=_count(table, "context_window"),
        languages=_texts(table, "languages"),
        licence=_text(table, "licence"),
        good_for=_text(table, "good_for"),
        source=_text(table, "source"),
        gated=bool(table["gated"]),
        official=bool(table["official"]),
        thinks=bool(table.get("thinks", False)),
        licence_note=str(table.get("licence_note", "")),
        query_prefix=str(table.get("query_prefix", "")),
        passage_prefix=str(table.get("passage_prefix", "")),
    )
    sound = (
        entry.kind in KINDS
        and _NAME.fullmatch(entry.id)
        and _REPOSITORY.fullmatch(entry.repository)
        and all(map(_stays_inside, entry.files))
        and all(map(_LANGUAGE.fullmatch, entry.languages))
        and entry.quantization in BITS_PER_WEIGHT
        and entry.source.startswith("https://")
        and (entry.kind is not ModelKind.CHAT or _is_one_gguf(entry))
    )
    if not sound:
        raise ValueError(f"the entry {entry.id!r} is not sound")
    return entry


def _is_one_gguf(entry: Entry) -> bool:
    """Whether it is a single file that says what it is: whoever chooses sees it in its name."""
    (file,) = entry.files  # or a ValueError
    return file.endswith(GGUF) and entry.quantization.lower() in file.lower()


def _stays_inside(file: str) -> bool:
    """Whether it is made of names alone, none of which begins with a dot."""
    return all(map(_NAME.fullmatch, file.split("/")))


def _text(table: dict[str, Any], name: str) -> str:
    value = table[name]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{name} is no text")
    return value


def _texts(table: dict[str, Any], name: str) -> tuple[str, ...]:
    values = table[name]
    if not isinstance(values, list) or not values:
        raise TypeError(f"{name} is no list")
    return tuple(_text({name: value}, name) for value in values)


def _count(table: dict[str, Any], name: str) -> int:
    value = table[name]
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise TypeError(f"{name} is no number above zero")
    return value
