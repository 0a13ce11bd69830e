"""escritoire documents: what is in the library, and taken out of it for good."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from desktop.cli.main import DONE
from desktop.cli.session import session
from desktop.cli.terminal import note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.documents import Document
from desktop.domain.errors import DocumentNameShared, DocumentUnknown


def run(options: argparse.Namespace) -> int:
    """List documents, or remove some."""
    with session(options, documents=False) as (desk, _):
        if options.action == "list":
            _list(desk, options)
        else:
            _remove(desk, options)
    return DONE


def matching(desk: Desk, wanted: Sequence[Path]) -> list[Document]:
    """The documents of these paths or names, each once.

    Raises DocumentUnknown, and DocumentNameShared for a name that does not tell which.
    """
    found: dict[int, Document] = {}
    documents = desk.library.documents()
    for path in wanted:
        here = [one for one in documents if one.path == path.absolute()]
        here = here or [one for one in documents if one.name == str(path)]
        if not here:
            raise DocumentUnknown(name=str(path))
        if len(here) > 1:
            raise DocumentNameShared(name=str(path))
        found[here[0].id] = here[0]
    return list(found.values())


def _list(desk: Desk, options: argparse.Namespace) -> None:
    name = None if options.collection is None else desk.collections.named(options.collection).name
    documents = desk.library.documents(name)
    if options.json:
        say_json([_as_json(document) for document in documents])
        return
    for document in documents:
        say(one_line(f"{document.name}: {document.state.value}, {document.path}"))
    if not documents:
        note("There is no document yet. Add some with: escritoire index PATH")


def _remove(desk: Desk, options: argparse.Namespace) -> None:
    documents = matching(desk, options.documents)
    ids = {document.id for document in documents}
    desk.library.remove(*ids)
    desk.library.settle(ids)
    if options.json:
        say_json({"removed": [str(document.path) for document in documents]})
        return
    for document in documents:
        say(one_line(f"{document.path}: removed for good; its file is untouched"))


def _as_json(document: Document) -> dict[str, str | int]:
    return {
        "document": document.name,
        "path": str(document.path),
        "state": document.state.value,
        "pages": document.page_count,
        "pages_without_text": document.pages_without_text,
        "pages_hard_to_read": document.pages_unsure,
    }
