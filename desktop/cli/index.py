"""escritoire index: read documents, and say of each one what became of it."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.cli.main import DONE, KNOWN_ERROR, complain
from desktop.cli.session import error_of, session, take_in
from desktop.cli.terminal import one_line, say, say_json
from desktop.domain.documents import Document
from desktop.domain.errors import EscritoireError


def run(options: argparse.Namespace) -> int:
    """Index everything named; 3 if anything could not be, the rest is indexed all the same."""
    with session(options) as (desk, cancel):
        documents, refused = take_in(
            desk,
            options.paths,
            collection=options.collection,
            password_file=options.password_file,
            cancel=cancel,
        )
    failures = [error for document in documents if (error := error_of(document)) is not None]
    if options.json:
        say_json(_as_json(documents, refused))
    else:
        for document in documents:
            if error_of(document) is None:
                say(one_line(_line(document)))
    for error in (*refused, *failures):
        complain(error)
    return KNOWN_ERROR if refused or failures else DONE


def _line(document: Document) -> str:
    pages = "1 page" if document.page_count == 1 else f"{document.page_count} pages"
    line = f"{document.name}: {document.state.value}, {pages}"
    if document.pages_without_text:
        line += f", {document.pages_without_text} without text"
    if document.pages_indexed < document.pages_read:
        line += ", found by word only"
    return line


def _as_json(documents: list[Document], refused: list[Any]) -> dict[str, Any]:
    return {
        "documents": [
            {
                "document": document.name,
                "path": str(document.path),
                "state": document.state.value,
                "pages": document.page_count,
                "pages_indexed": document.pages_indexed,
                "pages_without_text": document.pages_without_text,
                "sha256": document.sha256,
                "error": _error_json(error_of(document)),
            }
            for document in documents
        ],
        "refused": [_error_json(error) for error in refused],
    }


def _error_json(error: EscritoireError | None) -> dict[str, Any] | None:
    if error is None:
        return None
    return {"code": error.code, "sentence": error.happened(), "remedy": error.to_do()}
