"""escritoire ask: an answer that streams, then where it says that."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.cli.filter_arguments import only
from desktop.cli.main import DONE, KNOWN_ERROR, complain
from desktop.cli.running import stepped_down
from desktop.cli.session import error_of, session, take_in
from desktop.cli.terminal import StatusLine, note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.chat import AnswerKind, AnswerRecord, Searched, Shortfall, Turn, TurnState
from desktop.domain.completeness import FileState
from desktop.domain.documents import whereabouts
from desktop.domain.errors import Cancelled, ModelMissing, error_from
from desktop.domain.jobs import Cancellation
from desktop.domain.models import NO_MODEL
from desktop.services.answer_events import (
    Answer,
    Loading,
    PartsRead,
    Prefilling,
    SteppedDown,
    Wrote,
)
from desktop.services.answering import Scope
from desktop.services.library import DEFAULT_COLLECTION


def run(options: argparse.Namespace) -> int:
    """Answer one question in a conversation of its own."""
    with session(options) as (desk, cancel):
        scope = Scope(collections=tuple(options.collection), only=only(options))
        if options.file:
            ids = files(desk, options, options.file, cancel)
            scope = replace(scope, collections=(), document_ids=ids)
        answer = desk.answering.ask(
            options.question, scope=scope, model=options.model, mode=options.mode, cancel=cancel
        )
        turn = follow(answer, options)
        found = sources(desk, turn, cancel)
    return report(turn, found, options)


def report(turn: Turn, found: Sequence[Source], options: argparse.Namespace) -> int:
    """What a finished turn says and rests on, and the exit code for it. Raises Cancelled."""
    if options.json:
        say_json(_as_json(turn) | {"sources": [source.as_json() for source in found]})
    else:
        _print_sources(turn, {source.number: source.in_words() for source in found})
    if turn.state is TurnState.STOPPED:
        raise Cancelled
    if turn.state is TurnState.COMPLETE and not options.json:
        for short in _shortfalls(turn):
            complain(error_from(short.code, dict(short.facts)))
    if turn.record is not None and turn.record.unsaid_incomplete:
        note("Some documents are not indexed yet: ask again later for more.")
    if turn.record is not None and turn.record.unsaid_unreadable:
        count = turn.record.unsaid_unreadable
        which = "1 document" if count == 1 else f"{count} documents"
        note(f"Not searched, because not to be read: {which}. See: escritoire collections report")
    missing = (ModelMissing.code, NO_MODEL)
    if (
        turn.state is not TurnState.FAILED
        and (turn.error_code, turn.error_facts.get("model")) == missing
    ):
        note("No model for answers is installed, so the best passages are quoted.")
    elif turn.error_code:
        complain(error_from(turn.error_code, dict(turn.error_facts)))
        return KNOWN_ERROR
    return DONE


def files(
    desk: Desk, options: argparse.Namespace, paths: list[Path], cancel: Cancellation
) -> tuple[int, ...]:
    """The documents at `paths`, indexed. Raises the error of the first that cannot be."""
    # A summary or a comparison is of files, wherever they are filed.
    collection = next(iter(getattr(options, "collection", [])), "")
    documents, refused = take_in(
        desk,
        paths,
        collection=collection or DEFAULT_COLLECTION,
        password_file=options.password_file,
        cancel=cancel,
    )
    for error in (*refused, *filter(None, map(error_of, documents))):
        raise error
    return tuple(document.id for document in documents)


def follow(answer: Answer, options: argparse.Namespace) -> Turn:
    """Show an answer on its way; returns its turn."""
    # Closed before the desk is, even if the reader of our output leaves in the middle.
    with closing(answer), StatusLine() as waiting:
        while True:
            try:
                event = next(answer)
            except StopIteration as end:
                turn: Turn = end.value
                break
            match event:
                case Loading():
                    waiting.show(f"Loading the model, {event.done} %")
                case SteppedDown():
                    note(stepped_down(event))
                case PartsRead():
                    waiting.show("Reading the document", f", {_parts(event)}")
                case Prefilling():
                    waiting.show(f"Reading passages, {event.done} of {event.total} tokens")
                case Wrote() if not options.json:
                    waiting.clear()
                    say(event.text, end="")
    if turn.text and not options.json:
        say("")
    return turn


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be known of a citation's document: its file, and how surely its page was read."""

    number: int
    file: FileState
    confidence: float | None

    def in_words(self) -> str:
        """A remark for whoever relies on it, "" where there is none to be made."""
        said = {
            FileState.THERE: "",
            FileState.CHANGED: "the file has changed since it was read",
            FileState.GONE: "the file is not where it was; this is its stored text",
        }[self.file]
        if self.confidence is None:
            return said
        unsure = f"read from an image, in places only {round(100 * self.confidence)} % certain"
        return f"{said}; {unsure}" if said else unsure

    def as_json(self) -> dict[str, Any]:
        return {"number": self.number, "file": self.file.value, "confidence": self.confidence}


def sources(desk: Desk, turn: Turn, cancel: Cancellation) -> list[Source]:
    """Of each citation what is to be known; a file that several cite is hashed once.

    Of a stopped answer nothing: whoever stopped it waits for the end.
    """
    if turn.state is TurnState.STOPPED:
        return []
    states: dict[int, FileState] = {}
    found = []
    for citation in turn.citations:
        document = citation.document_id
        if document not in states:
            states[document] = desk.library.file_state(document, cancel)
        page = desk.library.page(document, citation.page)
        confidence = page.confidence if page is not None and page.is_unsure else None
        found.append(Source(citation.number, states[document], confidence))
    return found


def _parts(event: PartsRead) -> str:
    done = f"{event.done} of {event.total} parts"
    if event.seconds_left is None:
        return done
    minutes, seconds = divmod(round(event.seconds_left), 60)
    return f"{done}, about {minutes}:{seconds:02} left"


def _print_sources(turn: Turn, remarks: Mapping[int, str]) -> None:
    if turn.citations and _not_found(turn):
        say("Closest places:")
    for citation in turn.citations:
        remark = remarks.get(citation.number, "")
        place = f"{whereabouts(citation)} ({remark})" if remark else whereabouts(citation)
        head = one_line(f"[{citation.number}] {citation.document}, {place}")
        if turn.record is not None and turn.record.kind is AnswerKind.QUOTED:
            say(head)
        else:
            say(f"{head}: {' '.join(citation.text.split())}")
    unsupported = [s for s in turn.sentences if not s.supported]
    if unsupported:
        count = len(unsupported)
        of = len(turn.sentences)
        note(f"No passage supports {count} of {of} sentences.")


def _shortfalls(turn: Turn) -> list[Shortfall]:
    """Why the search did without meaning or a reranker, if it did."""
    record = turn.record
    if record is None:
        return []
    return [short for short in (record.words_only, record.not_reranked) if short is not None]


def _not_found(turn: Turn) -> bool:
    """Whether its citations are the closest places, which answer nothing."""
    return turn.record is not None and turn.record.kind is AnswerKind.NOT_FOUND


def _searched_as_json(searched: Searched) -> dict[str, Any]:
    return {
        "collection": searched.collection or None,
        "chosen": searched.chosen,
        "documents": searched.documents,
        "pages": searched.pages,
        "unfinished": searched.unfinished,
        "unreadable": searched.unreadable,
        "pages_without_text": searched.without_text,
    }


def _as_json(turn: Turn) -> dict[str, Any]:
    record = turn.record or AnswerRecord(kind=AnswerKind.NOT_FOUND)
    timings = record.timings
    places = [
        {
            "document": citation.document,
            "page": citation.page,
            "start": citation.start,
            "end": citation.end,
            "text": citation.text,
        }
        for citation in turn.citations
    ]
    return {
        "answer": turn.text,
        "kind": record.kind.value,
        "citations": [] if _not_found(turn) else places,
        "closest": places if _not_found(turn) else [],
        "searched": _searched_as_json(record.searched) if record.searched else None,
        "supported": [sentence.supported for sentence in turn.sentences],
        "sentences": [
            {
                "start": sentence.start,
                "end": sentence.end,
                "citation": sentence.citation,
                "score": round(sentence.score, 3),
            }
            for sentence in turn.sentences
        ],
        "model": {"name": record.model, "sha256": record.model_sha256} if record.model else None,
        "columns": [
            {
                "document": column.document,
                "start": column.start,
                "end": column.end,
                "found": column.found,
            }
            for column in record.columns
        ],
        "timings": {
            "prompt_tokens": timings.prompt_tokens,
            "cached_tokens": timings.cached_tokens,
            "first_token_s": round(timings.first_token_s, 3),
            "tokens": timings.tokens,
            "tokens_per_s": round(timings.tokens_per_s, 1),
        },
        "words_only": record.words_only is not None,
        "not_reranked": record.not_reranked is not None,
        "complete": not record.scope_incomplete and not record.truncated,
    }
