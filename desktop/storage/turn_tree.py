"""The tree that the turns of a conversation are: found, walked, and what is shown of it changed.

Works inside a transaction or a reading of somebody else's; knows of a turn where it stands, and
nothing of what it says.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.storage.rows import id_list

if TYPE_CHECKING:
    from sqlite3 import Connection

_REMOVE = """
    WITH RECURSIVE below (id) AS (
        SELECT id FROM turn WHERE id = :turn
        UNION ALL
        SELECT t.id FROM below b JOIN turn t
        ON t.conversation_id = :conversation AND t.parent = b.id
    )
    DELETE FROM turn WHERE id IN below
"""


class TurnTree:
    """The turns of one conversation that were not set aside."""

    def __init__(self, connection: Connection, conversation_id: int) -> None:
        self._after: dict[int, list[int]] = {}
        self._shown: dict[int, int] = {}
        self.parents: dict[int, int] = {}
        for turn, parent, shown in connection.execute(
            "SELECT id, parent, shown FROM turn WHERE conversation_id = ? AND aside IS NULL"
            " ORDER BY id",
            (conversation_id,),
        ):
            self._after.setdefault(parent, []).append(turn)
            self.parents[turn] = parent
            if shown:
                self._shown[parent] = turn

    def branch(self) -> list[int]:
        """The turns that are shown, from the first on."""
        turns = []
        at = 0
        while (turn := self._shown.get(at)) is not None:
            turns.append(turn)
            at = turn
        return turns

    def up_to(self, turn: int) -> list[int]:
        """A turn with those that it follows, from the first on; none if it was set aside."""
        turns = []
        while turn in self.parents:
            turns.append(turn)
            turn = self.parents[turn]
        return turns[::-1]

    def unshown(self, turn: int) -> list[int]:
        """Those of `up_to` that have to be shown for the branch to be; none if it is."""
        return [one for one in self.up_to(turn) if self._shown.get(self.parents[one]) != one]

    def below(self, turn: int) -> list[int]:
        """A turn with all that follow it, on whatever branch."""
        turns = [turn]
        for one in turns:  # grows while it is gone through
            turns += self._after.get(one, ())
        return turns

    def variants(self, turn: int) -> tuple[int, ...]:
        """The turns that follow what `turn` follows, itself among them."""
        return tuple(self._after.get(self.parents.get(turn, 0), ()))


def place_of(connection: Connection, turn_id: int) -> tuple[int, int]:
    """Conversation and parent of a turn. Raises LookupError if it is gone."""
    row = connection.execute(
        "SELECT conversation_id, parent FROM turn WHERE id = ?", (turn_id,)
    ).fetchone()
    if row is None:
        raise LookupError(f"no turn {turn_id}")
    return int(row[0]), int(row[1])


def show_alone(connection: Connection, conversation_id: int, parent: int, turn_id: int) -> None:
    """Of what follows `parent`, show `turn_id`."""
    connection.execute(
        "UPDATE turn SET shown = (id = ?) WHERE conversation_id = ? AND parent = ?"
        " AND shown <> (id = ?)",
        (turn_id, conversation_id, parent, turn_id),
    )


def show(connection: Connection, turn_id: int) -> int:
    """Show the branch that a turn is on; its conversation. Raises LookupError."""
    conversation_id, _ = place_of(connection, turn_id)
    tree = TurnTree(connection, conversation_id)
    if turn_id not in tree.parents:
        raise LookupError(f"no turn {turn_id}")
    for turn in tree.unshown(turn_id):
        show_alone(connection, conversation_id, tree.parents[turn], turn)
    return conversation_id


def set_aside(connection: Connection, turn_id: int) -> int:
    """Set a turn and all below it aside and show a neighbour; its conversation."""
    conversation_id, parent = place_of(connection, turn_id)
    tree = TurnTree(connection, conversation_id)
    connection.execute(
        "UPDATE turn SET aside = ? WHERE aside IS NULL AND id IN (SELECT value FROM json_each(?))",
        (time.time(), id_list(tree.below(turn_id))),
    )
    left = [one for one in tree.variants(turn_id) if one != turn_id]
    if left:
        before = [one for one in left if one < turn_id]
        show_alone(connection, conversation_id, parent, before[-1] if before else left[0])
    return conversation_id


def take_back(connection: Connection, turn_id: int) -> int:
    """Take back what was set aside together with a turn, and show it; its conversation."""
    conversation_id, _ = place_of(connection, turn_id)
    connection.execute(
        "UPDATE turn SET aside = NULL WHERE conversation_id = ?"
        " AND aside = (SELECT aside FROM turn WHERE id = ?)",
        (conversation_id, turn_id),
    )
    return show(connection, turn_id)


def remove(connection: Connection, turn_id: int) -> None:
    """Delete a turn and all below it."""
    try:
        conversation_id, _ = place_of(connection, turn_id)
    except LookupError:
        return
    connection.execute(_REMOVE, {"turn": turn_id, "conversation": conversation_id})
    forget_summaries(connection)


def forget_summaries(connection: Connection) -> None:
    """Keep no summary of what is gone for good: it says what the turns said."""
    connection.execute(
        "UPDATE condensed SET summary = '', upto = 0"
        " WHERE upto <> 0 AND upto NOT IN (SELECT id FROM turn)"
    )


def copy(connection: Connection, turns: Sequence[int], conversation_id: int) -> dict[int, int]:
    """Copy turns, parents before children, with their citations into another conversation.

    Returns the copy of each; 0, which is no turn, is its own.
    """
    copies = {0: 0}
    for turn, parent in connection.execute(
        "SELECT id, parent FROM turn WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (id_list(turns),),
    ).fetchall():
        copies[turn] = connection.execute(
            # What is being written will not be written on in the copy.
            "INSERT INTO turn (conversation_id, role, text, state, created, sentences, record,"
            " error_code, error_facts, parent, shown)"
            " SELECT ?, role, text, iif(state = 'streaming', 'stopped', state), created, sentences,"
            " record, error_code, error_facts, ?, shown FROM turn WHERE id = ? RETURNING id",
            (conversation_id, copies[parent], turn),
        ).fetchone()[0]
        connection.execute(
            "INSERT INTO citation (turn_id, number, document_id, document, page, page_label,"
            " start, end, text, heading, unit) SELECT ?, number, document_id, document, page,"
            " page_label, start, end, text, heading, unit FROM citation WHERE turn_id = ?",
            (copies[turn], turn),
        )
    return copies
