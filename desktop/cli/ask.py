"""escritoire ask: an answer that streams, then where it says that."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import Any

from desktop.cli.main import DONE, KNOWN_ERROR, complain
from desktop.cli.running import stepped_down
from desktop.cli.session import error_of, session, take_in
from desktop.cli.terminal import StatusLine, note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.chat import AnswerKind, AnswerRecord, Searched, Shortfall, Turn, TurnState
from desktop.domain.documents import whereabouts
from desktop.domain.errors import Cancelled, ModelMissing, error_from
from desktop.domain.jobs import Cancellation
from desktop.domain.models import NO_MODEL
from desktop.services.answer_events import Loading, Prefilling, SteppedDown, Wrote
from desktop.services.answering import Scope
from desktop.services.library import DEFAULT_COLLECTION


def run(options: argparse.Namespace) -> int:
    """Answer one question in a conversation of its own."""
    with session(options) as (desk, cancel):
        scope = Scope(collection=options.collection)
        if options.file:
            scope = Scope(document_ids=_files(desk, options, cancel))
        turn = _ask(desk, options, scope, cancel)
    if options.json:
        say_json(_as_json(turn))
    else:
        _print_sources(turn)
    if turn.state is TurnState.STOPPED:
        raise Cancelled
    if turn.state is TurnState.COMPLETE and not options.json:
        for short in _shortfalls(turn):
            complain(error_from(short.code, dict(short.facts)))
    if turn.record is not None and turn.record.unsaid_incomplete:
        note("Some documents are not indexed yet: ask again later for more.")
    missing = (ModelMissing.code, NO_MODEL)
    if (turn.error_code, turn.error_facts.get("model")) == missing:
        note("No model for answers is installed, so the best passages are quoted.")
    elif turn.error_code:
        complain(error_from(turn.error_code, dict(turn.error_facts)))
        return KNOWN_ERROR
    return DONE


def _files(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> tuple[int, ...]:
    """The documents named with --file, indexed. Raises the error of the first that cannot be."""
    paths: list[Path] = options.file
    documents, refused = take_in(
        desk,
        paths,
        collection=options.collection or DEFAULT_COLLECTION,
        password_file=options.password_file,
        cancel=cancel,
    )
    for error in (*refused, *filter(None, map(error_of, documents))):
        raise error
    return tuple(document.id for document in documents)


def _ask(desk: Desk, options: argparse.Namespace, scope: Scope, cancel: Cancellation) -> Turn:
    answer = desk.answering.ask(
        options.question, scope=scope, model=options.model, quote=options.quote, cancel=cancel
    )
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
                case Prefilling():
                    waiting.show(f"Reading passages, {event.done} of {event.total} tokens")
                case Wrote() if not options.json:
                    waiting.clear()
                    say(event.text, end="")
    if turn.text and not options.json:
        say("")
    return turn


def _print_sources(turn: Turn) -> None:
    if turn.citations and _not_found(turn):
        say("Closest places:")
    for citation in turn.citations:
        head = one_line(f"[{citation.number}] {citation.document}, {whereabouts(citation)}")
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
