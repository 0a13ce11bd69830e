"""Conversations: what was asked, what was answered, and what the answers rest on."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from desktop.domain.chat import (
    AnswerRecord,
    Citation,
    Conversation,
    Role,
    SentenceSupport,
    Turn,
    TurnState,
)
from desktop.domain.context import Choice, Condensed
from desktop.domain.documents import Unit
from desktop.domain.errors import EscritoireError
from desktop.storage.rows import StorePart, error_columns, facts_of, storable

if TYPE_CHECKING:
    from sqlite3 import Connection

_TURN = """
    SELECT id, conversation_id, role, text, state, created, sentences, record,
           error_code, error_facts
    FROM turn
"""
# A document may have been read again, and differently: a place that its page no longer has is found
# by its text (`found`, from 1), and one whose text is gone from the page resolves to nothing
# (`found` = 0). A page that is not there says nothing of it.
_CITATION = """
    SELECT c.turn_id,
           CASE WHEN substr(p.text, c.start + 1, c.end - c.start) = c.text THEN c.start + 1
                ELSE instr(p.text, c.text) END AS found,
           c.number, coalesce(c.document_id, 0), c.document, c.page, c.page_label,
           c.start, c.end, c.text, c.heading, c.unit
    FROM citation c LEFT JOIN page p ON p.document_id = c.document_id AND p.number = c.page
"""
_DROP_UNRESOLVED = """
    DELETE FROM citation WHERE turn_id = ? AND EXISTS (
        SELECT 1 FROM page p WHERE p.document_id = citation.document_id
        AND p.number = citation.page AND instr(p.text, citation.text) = 0
    )
"""


class Conversations(StorePart):
    """The part of `services.ports.Store` that is talked in."""

    def add_conversation(self, title: str) -> Conversation:
        now = time.time()
        with self._database.transaction() as connection:
            added = connection.execute(
                "INSERT INTO conversation (title, created, updated) VALUES (?, ?, ?)",
                (storable(title), now, now),
            )
        return Conversation(_id_of(added.lastrowid), storable(title), now, now)

    def conversations(self) -> list[Conversation]:
        """The one last talked in first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, title, created, updated FROM conversation"
                " ORDER BY updated DESC, id DESC"
            )
            return [Conversation(*row) for row in rows]

    def rename_conversation(self, conversation_id: int, title: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE conversation SET title = ? WHERE id = ?",
                (storable(title), conversation_id),
            )

    def remove_conversation(self, conversation_id: int) -> None:
        """Remove a conversation with all its turns."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM conversation WHERE id = ?", (conversation_id,))

    def turns(self, conversation_id: int) -> list[Turn]:
        """In the order they were taken."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{_TURN} WHERE conversation_id = ? ORDER BY id", (conversation_id,)
            ).fetchall()
            cited: defaultdict[int, list[Citation]] = defaultdict(list)
            for turn_id, found, *citation in connection.execute(
                f"{_CITATION} JOIN turn t ON t.id = c.turn_id"
                " WHERE t.conversation_id = ? ORDER BY c.turn_id, c.number",
                (conversation_id,),
            ):
                cited[turn_id] += _resolved(found, citation)
        return [_turn(row, cited[row[0]]) for row in rows]

    def condensed(self, conversation_id: int) -> Condensed:
        """What was chosen for it, where not all of it fits into a prompt."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT choice, summary, upto FROM condensed WHERE conversation_id = ?",
                (conversation_id,),
            ).fetchone()
        return Condensed() if row is None else Condensed(Choice(row[0]), row[1], row[2])

    def set_condensed(self, conversation_id: int, condensed: Condensed) -> None:
        """Keep it, if the conversation is still there."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO condensed (conversation_id, choice, summary, upto)"
                " SELECT id, ?, ?, ? FROM conversation WHERE id = ?",
                (condensed.choice, storable(condensed.summary), condensed.upto, conversation_id),
            )

    def add_turn(self, conversation_id: int, role: Role, text: str, state: TurnState) -> Turn:
        """Add a turn at the end of a conversation, which there must be."""
        now = time.time()
        with self._database.transaction() as connection:
            added = connection.execute(
                "INSERT INTO turn (conversation_id, role, text, state, created)"
                " VALUES (?, ?, ?, ?, ?)",
                (conversation_id, role, storable(text), state, now),
            )
            _touch(connection, conversation_id, now)
        return Turn(_id_of(added.lastrowid), conversation_id, role, storable(text), state, now)

    def save_text(self, turn_id: int, text: str) -> None:
        """The text of an answer so far."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE turn SET text = ? WHERE id = ?", (storable(text), turn_id))

    def finish_turn(
        self,
        turn_id: int,
        *,
        text: str,
        state: TurnState,
        citations: Sequence[Citation] = (),
        sentences: Sequence[SentenceSupport] = (),
        record: AnswerRecord | None = None,
        error: EscritoireError | None = None,
    ) -> Turn:
        """Record how an answer ended, in one transaction; replaces what an earlier call recorded.

        A citation whose text its page does not hold is dropped, here and when it is read again.

        Raises LookupError if there is no such turn (its conversation was removed meanwhile).
        """
        code, facts = error_columns(error)
        with self._database.transaction() as connection:
            row = connection.execute(
                "UPDATE turn SET text = ?, state = ?, sentences = ?, record = ?, error_code = ?,"
                " error_facts = ? WHERE id = ? RETURNING conversation_id",
                (
                    storable(text),
                    state,
                    msgspec.json.encode(list(sentences)).decode(),
                    None if record is None else msgspec.json.encode(record).decode(),
                    code,
                    facts,
                    turn_id,
                ),
            ).fetchone()
            if row is None:
                raise LookupError(f"no turn {turn_id}")
            _cite(connection, turn_id, citations)
            connection.execute(_DROP_UNRESOLVED, (turn_id,))
            _touch(connection, row[0], time.time())
            return _one_turn(connection, turn_id)

    def stop_interrupted_turns(self) -> int:
        """Mark answers that were being written when the application died; returns how many."""
        with self._database.reading() as connection:
            found: int = connection.execute(
                "SELECT count(*) FROM turn WHERE state = 'streaming'"
            ).fetchone()[0]
        if found:
            with self._database.transaction() as connection:
                connection.execute("UPDATE turn SET state = 'stopped' WHERE state = 'streaming'")
        return found


def _cite(connection: Connection, turn_id: int, citations: Sequence[Citation]) -> None:
    connection.execute("DELETE FROM citation WHERE turn_id = ?", (turn_id,))
    connection.executemany(
        # A document can be removed while an answer that cites it is being written.
        "INSERT INTO citation (turn_id, number, document_id, document, page, page_label,"
        " start, end, text, heading, unit) VALUES (?, ?, (SELECT id FROM document WHERE id = ?),"
        " ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                turn_id,
                citation.number,
                citation.document_id,
                storable(citation.document),
                citation.page,
                storable(citation.page_label),
                citation.start,
                citation.end,
                storable(citation.text),
                storable(citation.heading),
                citation.unit,
            )
            for citation in citations
        ],
    )


def _resolved(found: int | None, row: Sequence[Any]) -> list[Citation]:
    """The citation where its page says it; none if the page does not."""
    if found == 0:
        return []
    citation = Citation(*row)
    start = citation.start if found is None else found - 1
    end = start + citation.end - citation.start
    return [replace(citation, start=start, end=end, unit=Unit(citation.unit))]


def _one_turn(connection: Connection, turn_id: int) -> Turn:
    row = connection.execute(f"{_TURN} WHERE id = ?", (turn_id,)).fetchone()
    cited = connection.execute(f"{_CITATION} WHERE c.turn_id = ? ORDER BY c.number", (turn_id,))
    return _turn(row, [one for _, found, *citation in cited for one in _resolved(found, citation)])


def _turn(row: Sequence[Any], cited: Sequence[Citation]) -> Turn:
    id_, conversation_id, role, text, state, created, sentences, record, code, facts = row
    numbers = {citation.number for citation in cited}
    supports = msgspec.json.decode(sentences, type=tuple[SentenceSupport, ...])
    return Turn(
        id=id_,
        conversation_id=conversation_id,
        role=Role(role),
        text=text,
        state=TurnState(state),
        created=created,
        citations=tuple(cited),
        sentences=tuple(
            one if one.citation in numbers else replace(one, citation=None) for one in supports
        ),
        record=None if record is None else msgspec.json.decode(record, type=AnswerRecord),
        error_code=code,
        error_facts=facts_of(facts),
    )


def _touch(connection: Connection, conversation_id: int, now: float) -> None:
    connection.execute("UPDATE conversation SET updated = ? WHERE id = ?", (now, conversation_id))


def _id_of(lastrowid: int | None) -> int:
    assert lastrowid is not None  # noqa: S101 (an INSERT was executed)
    return lastrowid
