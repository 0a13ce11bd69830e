"""Turns: what was asked, what was answered, and what the answers rest on.

How the turns of a conversation hang together is `turn_tree`'s to know.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from desktop.domain.chat import (
    AnswerRecord,
    Citation,
    Role,
    SentenceSupport,
    Turn,
    TurnState,
)
from desktop.domain.context import Choice, Condensed
from desktop.domain.documents import Unit
from desktop.domain.errors import EscritoireError
from desktop.storage import turn_tree
from desktop.storage.rows import StorePart, error_columns, facts_of, id_list, storable
from desktop.storage.turn_tree import TurnTree, place_of

if TYPE_CHECKING:
    from sqlite3 import Connection

log = logging.getLogger(__name__)

Decoded = TypeVar("Decoded")

_TURNS = """
    SELECT id, conversation_id, role, text, state, created, sentences, record,
           error_code, error_facts, parent
    FROM turn WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id
"""
# A document may have been read again, and differently: a place that its page no longer has is found
# by its text (`found`, from 1), and one whose text is gone from the page resolves to nothing
# (`found` = 0). A page that is not there says nothing of it.
_CITATIONS = """
    SELECT c.turn_id,
           CASE WHEN substr(p.text, c.start + 1, c.end - c.start) = c.text THEN c.start + 1
                ELSE instr(p.text, c.text) END AS found,
           c.number, coalesce(c.document_id, 0), c.document, c.page, c.page_label,
           c.start, c.end, c.text, c.heading, c.unit
    FROM citation c LEFT JOIN page p ON p.document_id = c.document_id AND p.number = c.page
    WHERE c.turn_id IN (SELECT value FROM json_each(?)) ORDER BY c.turn_id, c.number
"""
_DROP_UNRESOLVED = """
    DELETE FROM citation WHERE turn_id = ? AND EXISTS (
        SELECT 1 FROM page p WHERE p.document_id = citation.document_id
        AND p.number = citation.page AND instr(p.text, citation.text) = 0
    )
"""


class Conversations(StorePart):
    """The part of `services.ports.Talk` that is about turns."""

    def turns(self, conversation_id: int) -> list[Turn]:
        """Those of the branch that is shown, oldest first."""
        with self._database.reading() as connection:
            there = connection.execute(
                "SELECT 1 FROM conversation WHERE id = ? AND aside IS NULL", (conversation_id,)
            )
            if there.fetchone() is None:
                return []
            tree = TurnTree(connection, conversation_id)
            return _read(connection, tree, tree.branch())

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

    def turns_up_to(self, turn_id: int) -> list[Turn]:
        """That turn and those before it, oldest first, whatever is shown; none if it is gone."""
        with self._database.reading() as connection:
            try:
                conversation_id, _ = place_of(connection, turn_id)
            except LookupError:
                return []
            tree = TurnTree(connection, conversation_id)
            return _read(connection, tree, tree.up_to(turn_id))

    def add_turn(
        self,
        conversation_id: int,
        role: Role,
        text: str,
        state: TurnState,
        *,
        parent: int | None = None,
    ) -> Turn:
        """A turn after `parent` (0: the first; None: at the end of what is shown), now shown.

        There must be the conversation.
        """
        now = time.time()
        with self._database.transaction() as connection:
            tree = TurnTree(connection, conversation_id)
            if parent is None:
                parent = (tree.branch() or [0])[-1]
            elif parent and parent not in tree.parents:
                raise LookupError(f"no turn {parent}")
            added = connection.execute(
                "INSERT INTO turn (conversation_id, role, text, state, created, parent)"
                " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                (conversation_id, role, storable(text), state, now, parent),
            ).fetchone()[0]
            turn_tree.show_alone(connection, conversation_id, parent, added)
            _touch(connection, conversation_id, now)
            return _one_turn(connection, added)

    def resume_turn(self, turn_id: int) -> Turn:
        """An answer is written on: it is STREAMING again. Raises LookupError."""
        with self._database.transaction() as connection:
            place_of(connection, turn_id)
            connection.execute("UPDATE turn SET state = 'streaming' WHERE id = ?", (turn_id,))
            return _one_turn(connection, turn_id)

    def show_turn(self, turn_id: int) -> int:
        """Have the branch shown that the turn is on; the conversation's id. Raises LookupError."""
        with self._database.reading() as connection:
            conversation_id, _ = place_of(connection, turn_id)
            tree = TurnTree(connection, conversation_id)
            if turn_id in tree.parents and not tree.unshown(turn_id):
                return conversation_id
        with self._database.transaction() as connection:
            return turn_tree.show(connection, turn_id)

    def set_turn_aside(self, turn_id: int) -> int:
        """Set a turn aside with all that follows it; the conversation's id. Raises LookupError."""
        with self._database.transaction() as connection:
            return turn_tree.set_aside(connection, turn_id)

    def take_turn_back(self, turn_id: int) -> int:
        """Undo `set_turn_aside`, and show the turn; the conversation's id. Raises LookupError."""
        with self._database.transaction() as connection:
            return turn_tree.take_back(connection, turn_id)

    def remove_turn(self, turn_id: int) -> None:
        """Remove a turn with all that follows it, for good."""
        with self._database.transaction() as connection:
            turn_tree.remove(connection, turn_id)

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


def _read(connection: Connection, tree: TurnTree, ids: Sequence[int]) -> list[Turn]:
    """Turns in the order of their ids, which is the order of a branch."""
    wanted = (id_list(ids),)
    cited: defaultdict[int, list[Citation]] = defaultdict(list)
    for turn_id, found, *citation in connection.execute(_CITATIONS, wanted):
        cited[turn_id] += _resolved(found, citation)
    rows = connection.execute(_TURNS, wanted)
    return [_turn(row, cited[row[0]], tree.variants(row[0])) for row in rows]


def _one_turn(connection: Connection, turn_id: int) -> Turn:
    conversation_id, _ = place_of(connection, turn_id)
    tree = TurnTree(connection, conversation_id)
    (turn,) = _read(connection, tree, [turn_id])
    return turn


def _turn(row: Sequence[Any], cited: Sequence[Citation], variants: tuple[int, ...]) -> Turn:
    id_, conversation_id, role, text, state, created, sentences, record, code, facts, parent = row
    numbers = {citation.number for citation in cited}
    supports = _decoded(sentences, tuple[SentenceSupport, ...]) or ()
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
        record=None if record is None else _decoded(record, AnswerRecord),
        error_code=code,
        error_facts=facts_of(facts),
        parent=parent,
        variants=variants,
    )


def _decoded(column: str, type_: type[Decoded]) -> Decoded | None:
    """What a column holds; None for what this version does not know, so that the text is read."""
    try:
        return msgspec.json.decode(column, type=type_)
    except msgspec.MsgspecError as error:
        log.warning("a turn's record cannot be read: %s", error)
        return None


def _touch(connection: Connection, conversation_id: int, now: float) -> None:
    connection.execute("UPDATE conversation SET updated = ? WHERE id = ?", (now, conversation_id))
