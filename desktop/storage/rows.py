"""What the parts of the store share: the database, and text as it can be stored."""

from __future__ import annotations

import json
from collections.abc import Iterable

from desktop.domain.errors import EscritoireError, Fact
from desktop.domain.words import whole
from desktop.storage.database import Database

NO_FACTS = "{}"


class StorePart:
    """A part of the store; all parts of one store share one database."""

    def __init__(self, database: Database) -> None:
        self._database = database


def storable(text: str) -> str:
    """`text` as UTF-8 can hold it."""
    return whole(text)


def id_list(ids: Iterable[int]) -> str:
    """Ids as one parameter, for `IN (SELECT value FROM json_each(?))`: lists have no limit so."""
    return json.dumps(list(ids))


def error_columns(error: EscritoireError | None) -> tuple[str, str]:
    """Code and facts of an error, as they are stored."""
    if error is None:
        return "", NO_FACTS
    return error.code, json.dumps(error.facts)


def facts_of(column: str) -> dict[str, Fact]:
    """The facts that `error_columns` stored."""
    if column == NO_FACTS:  # nearly always; lists of ten thousand documents are made of these
        return {}
    facts: dict[str, Fact] = json.loads(column)
    return facts
