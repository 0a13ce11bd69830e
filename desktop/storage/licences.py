"""The text of a model's licence: the one on record with it, or the copy that we carry of it."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.models import Provenance


def licence_text(source: Provenance, folder: Path) -> str:
    """The licence that a model came with, or that of its name in `folder`; "" where none is known.

    A text of the repository's own goes first: it may name more than the licence's name does.
    """
    if source.licence_text:
        return source.licence_text
    for text in folder.glob("*.txt"):
        if text.stem.casefold() == source.licence.strip().casefold():
            return text.read_text(encoding="utf-8")
    return ""
