"""An answer in words of the window: its text as it is read and copied, and where it was looked for.

What a model wrote and what a document says stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.chat import (
    AnswerKind,
    AnswerRecord,
    Column,
    Searched,
    SentenceSupport,
    Turn,
    TurnState,
)
from desktop.domain.grounding import NOT_BORNE_OUT
from desktop.gui.models.places import place_in_short
from desktop.gui.notify import words_for_record

# A number behind a sentence, as Qt writes it: a link, and what it looks like.
_CITED = re.compile(r'<a href="cite:\d+"[^>]*>(?:<span[^>]*>)?(\d+)(?:</span>)?</a>')


def in_words_of_the_window(turn: Turn) -> tuple[str, tuple[SentenceSupport, ...]]:
    """An answer's text and its sentences in that, with what we say in it ourselves translated."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("AnswerView", text)

    if _found_nothing(turn) and turn.state is TurnState.COMPLETE:
        said = tr(
            "Nothing in your documents answers this. Try other words, or add the document "
            "that would say it."
        )
        searched = turn.record.searched if turn.record else None
        return said if searched is None else f"{said}\n\n{words_for_searched(searched)}", ()
    if turn.record is not None and turn.record.columns:
        return _side_by_side(turn, turn.record.columns)
    ours = f"{NOT_BORNE_OUT}\n\n"
    last = turn.sentences[-1] if turn.sentences else None
    if last is None or not turn.text.endswith(ours, 0, last.start):
        return turn.text, turn.sentences
    said = tr("No passage bears that out. The best one found says:")
    begun, rest = turn.text[: last.start - len(ours)], turn.text[last.start :]
    start = len(f"{begun}{said}\n\n")
    quoted = replace(last, start=start, end=start + last.end - last.start)
    return f"{begun}{said}\n\n{rest}", (*turn.sentences[:-1], quoted)


def _side_by_side(
    turn: Turn, columns: tuple[Column, ...]
) -> tuple[str, tuple[SentenceSupport, ...]]:
    """A comparison: each column in words of the window, below the name of its document."""
    said, at = "", 0
    sentences: list[SentenceSupport] = []
    for column in columns:
        said += turn.text[at : column.start]
        if column.found:
            text, own = in_words_of_the_window(alone(turn, column))
        else:
            text, own = silence_in_words(column), ()
        sentences += (_moved(one, len(said)) for one in own)
        said, at = said + text, column.end
    return said + turn.text[at:], tuple(sentences)


def alone(turn: Turn, column: Column) -> Turn:
    """A comparison as if it said nothing but what stands in this column."""
    sentences = tuple(
        _moved(one, -column.start)
        for one in turn.sentences
        if column.start <= one.start < column.end
    )
    numbers = {one.citation for one in sentences}
    return replace(
        turn,
        text=turn.text[column.start : column.end],
        sentences=sentences,
        citations=tuple(one for one in turn.citations if one.number in numbers),
        record=replace(turn.record, columns=()) if turn.record else None,
    )


def silence_in_words(column: Column) -> str:
    """That a document says nothing of what was asked, in words of the window."""
    said = QCoreApplication.translate("Columns", "Nothing in {name} answers this.")
    return said.format(name=column.document)


def _moved(sentence: SentenceSupport, by: int) -> SentenceSupport:
    return replace(sentence, start=sentence.start + by, end=sentence.end + by)


def with_sources(turn: Turn) -> str:
    """An answer's text as it is read, followed by a list of its sources."""
    text, _ = in_words_of_the_window(turn)
    sources = _sources(turn)
    return "\n\n".join([text, "\n".join(sources)]) if sources else text


def with_sources_as_html(turn: Turn, html: str) -> str:
    """An answer as it is shown, followed by its sources; its numbers lead nowhere outside."""
    html = _CITED.sub(r"[\1]", html)
    sources = "".join(f"<p>{escape(source)}</p>" for source in _sources(turn))
    body, end, rest = html.rpartition("</body>")
    return f"{body}{sources}{end}{rest}" if end else html + sources


def _sources(turn: Turn) -> list[str]:
    if _found_nothing(turn):
        return []  # its citations are places that do not answer
    return [
        f"[{citation.number}] {citation.document}, "
        f"{place_in_short(citation.unit, citation.page_label)}"
        for citation in turn.citations
    ]


def _found_nothing(turn: Turn) -> bool:
    return turn.record is not None and turn.record.kind is AnswerKind.NOT_FOUND


def words_for_searched(searched: Searched) -> str:
    """Where an answer was looked for, in words of the window."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("AnswerView", text)

    locale = QLocale()
    if searched.collection:
        where = tr("Searched in {collection}.").format(collection=searched.collection)
    elif searched.chosen:
        where = tr("Searched in the documents that you chose.")
    else:
        where = tr("Searched in all your documents.")
    much = tr("Documents: {documents}, pages: {pages}.").format(
        documents=locale.toString(searched.documents), pages=locale.toString(searched.pages)
    )
    said = [where, much]
    for count, what in (
        (searched.unfinished, tr("Not fully indexed yet: {count}.")),
        (searched.unreadable, tr("Documents that could not be read: {count}.")),
        (searched.without_text, tr("Pages without text: {count}.")),
    ):
        if count:
            said.append(what.format(count=locale.toString(count)))
    return " ".join(said)


def shortfalls_in_words(record: AnswerRecord) -> list[str]:
    """What the search for an answer did without, and why."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("AnswerView", text)

    left_out = (
        (record.words_only, tr("Searched by words alone, not by meaning. {why}")),
        (record.not_reranked, tr("What was found was not put in order once more. {why}")),
    )
    return [
        said.format(why=words_for_record(short.code, dict(short.facts)))
        for short, said in left_out
        if short is not None
    ]
