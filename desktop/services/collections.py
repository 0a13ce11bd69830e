"""Collections (matters): which documents belong together, and may be asked together.

A document may be in several; its text and vectors are there once. Every method belongs on a worker
thread.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.documents import Collection
from desktop.domain.errors import CollectionKnown, CollectionUnknown
from desktop.domain.words import whole
from desktop.services.hooks import Hook
from desktop.services.ports import Store

LONGEST_NAME = 120  # characters


@dataclass(frozen=True, slots=True)
class Gone:
    """A collection that was removed: what it takes to put it back."""

    name: str
    document_ids: tuple[int, ...]
    folder_ids: tuple[int, ...] = ()  # the watched folders that it took from


class Collections:
    """`changed` tells of every change; what it carries is the collection's name."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.changed: Hook[str] = Hook()

    def all(self) -> list[Collection]:
        """By name."""
        return self._store.collections()

    def named(self, name: str) -> Collection:
        """The collection of that name. Raises CollectionUnknown."""
        found = self._store.collection(tidy(name))
        if found is None:
            raise CollectionUnknown(name=name)
        return found

    def members(self) -> dict[int, frozenset[int]]:
        """The documents of each collection, by ids; none for an empty one."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for collection, document in self._store.members():
            found[collection].add(document)
        return {collection: frozenset(documents) for collection, documents in found.items()}

    def add(self, name: str) -> Collection:
        """A new collection. Raises CollectionKnown, ValueError for a name without a character."""
        wanted = _some(name)
        if self._store.collection(wanted) is not None:
            raise CollectionKnown(name=wanted)
        made = self._store.add_collection(wanted)
        self.changed.tell(made.name)
        return made

    def rename(self, name: str, to: str) -> Collection:
        """Raises CollectionUnknown, CollectionKnown, ValueError for a name without a character."""
        collection, wanted = self.named(name), _some(to)
        if wanted != collection.name and not self._store.rename_collection(collection.id, wanted):
            raise CollectionKnown(name=wanted)
        self.changed.tell(wanted)
        return Collection(collection.id, wanted)

    def remove(self, name: str) -> Gone:
        """Remove a collection; its documents stay where they are, its folders are watched on.

        Raises CollectionUnknown.
        """
        collection = self.named(name)
        inside = self.members().get(collection.id, frozenset())
        folders = self._store.remove_collection(collection.id)
        self.changed.tell(collection.name)
        return Gone(collection.name, tuple(sorted(inside)), tuple(folders))

    def put_back(self, gone: Gone) -> Collection:
        """Have a removed collection again, with those of its documents that there still are."""
        made = self._store.add_collection(gone.name)
        self._store.put_into(made.id, gone.document_ids)
        self._store.watch_for(made.id, gone.folder_ids)
        self.changed.tell(made.name)
        return made

    def put(self, name: str, document_ids: Sequence[int]) -> None:
        """Have documents in a collection, wherever else they are. Raises CollectionUnknown."""
        self._store.put_into(self.named(name).id, document_ids)
        self.changed.tell(name)

    def take(self, name: str, document_ids: Sequence[int]) -> None:
        """Have documents no longer in a collection. Raises CollectionUnknown."""
        self._store.take_out(self.named(name).id, document_ids)
        self.changed.tell(name)


def tidy(name: str) -> str:
    """A name as it is kept: on one line, of bounded length."""
    return " ".join(whole(name).split())[:LONGEST_NAME].rstrip()


def _some(name: str) -> str:
    wanted = tidy(name)
    if not wanted:
        raise ValueError("a collection needs a name")
    return wanted
