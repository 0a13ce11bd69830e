"""escritoire search: passages for one query, or for every line of a file."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from desktop.cli.filter_arguments import only
from desktop.cli.main import DONE, complain
from desktop.cli.session import NOT_TEXT, session
from desktop.cli.terminal import note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.documents import Passage, whereabouts
from desktop.domain.errors import FileUnreadable, QueriesInvalid
from desktop.domain.jobs import Cancellation
from desktop.services.answering import Scope
from desktop.services.intake import reason_of


def run(options: argparse.Namespace) -> int:
    """Print the best passages of each query."""
    if options.queries is None:
        _answer_one(options)
    else:
        _answer_file(options)
    return DONE


def as_json(passage: Passage) -> dict[str, Any]:
    """A passage as scripts read it; pages count from 1, offsets are characters of the page."""
    reranked = {} if passage.reranked is None else {"reranked": round(passage.reranked, 6)}
    return {
        "document": passage.document,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "score": round(passage.score, 6),
        **reranked,
        "text": passage.text,
    }


def _answer_one(options: argparse.Namespace) -> None:
    with session(options) as (desk, cancel):
        passages = desk.retrieval.search(
            options.query,
            top=options.top,
            document_ids=_scope(desk, options),
            cancel=cancel,
        )
        words_only, not_reranked = desk.retrieval.words_only, desk.retrieval.not_reranked
    if options.json:
        say_json({"query": options.query, "passages": [as_json(passage) for passage in passages]})
        return
    for number, passage in enumerate(passages, 1):
        head = one_line(f"[{number}] {passage.document}, {whereabouts(passage)}")
        say(f"{head}\n{passage.text}\n")
    if words_only is not None:
        complain(words_only)
    if not_reranked is not None:
        complain(not_reranked)
    if not passages:
        note("Nothing in your documents matches.")


def _answer_file(options: argparse.Namespace) -> None:
    file: Path = options.queries
    # Opened first: a wrong path is told before the seconds that unlocking takes.
    with _opened(file) as lines, session(options) as (desk, cancel):
        scope = _scope(desk, options)
        for answered in _answers(desk, file, lines, options.top, scope, cancel):
            say_json(answered)


def _scope(desk: Desk, options: argparse.Namespace) -> Sequence[int] | None:
    return desk.answering.documents_of(Scope(tuple(options.collection), only=only(options)))


def _answers(
    desk: Desk,
    file: Path,
    lines: Iterable[str],
    top: int,
    scope: Sequence[int] | None,
    cancel: Cancellation,
) -> Iterator[dict[str, Any]]:
    documents = desk.library.documents()
    for line, query in _queries(file, lines):
        ids = scope
        named = query.get("document")
        if named is not None:
            ids = [
                document.id
                for document in documents
                if named in (document.name, str(document.path), document.path.stem)
                and (scope is None or document.id in scope)
            ]
            if not ids:
                reason = f"there is no document {named}"
                raise QueriesInvalid(file=str(file), line=line, reason=reason)
        passages = desk.retrieval.search(query["query"], top=top, document_ids=ids, cancel=cancel)
        yield {"id": query["id"], "passages": [as_json(passage) for passage in passages]}


def _opened(file: Path) -> TextIO:
    try:
        return file.open(encoding="utf-8-sig")  # some editors begin a file with a byte order mark
    except OSError as error:
        raise FileUnreadable(file=str(file), reason=reason_of(error)) from error


def _queries(file: Path, lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, query) of every line that is not empty. Raises QueriesInvalid."""
    try:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, _query(file, number, line)
    except OSError as error:
        raise FileUnreadable(file=str(file), reason=reason_of(error)) from error
    except UnicodeDecodeError:
        raise FileUnreadable(file=str(file), reason=NOT_TEXT) from None


def _query(file: Path, number: int, line: str) -> dict[str, Any]:
    try:
        query = json.loads(line)
    except (ValueError, RecursionError):
        raise QueriesInvalid(file=str(file), line=number, reason="it is not JSON") from None
    if not isinstance(query, dict) or not isinstance(query.get("query"), str) or "id" not in query:
        raise QueriesInvalid(file=str(file), line=number, reason="it lacks id or query")
    if not isinstance(query["id"], str | int):  # a number such as 1e400 could not be given back
        reason = "its id is neither a text nor a whole number"
        raise QueriesInvalid(file=str(file), line=number, reason=reason)
    return query
