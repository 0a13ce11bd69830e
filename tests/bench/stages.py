"""The stages of retrieval, each of which can be switched off to see what it is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from unittest.mock import patch

from desktop.services.naming import FoundByName
from desktop.services.retrieval import Retrieval
from desktop.storage.store import Store

Off = Callable[[], AbstractContextManager[object]]


@contextmanager
def words_off() -> Iterator[None]:
    """Nothing is found by word."""
    with patch.object(Store, "search_words", lambda *_, **__: []):
        yield


@contextmanager
def meaning_off() -> Iterator[None]:
    """Nothing is found by meaning."""
    with patch.object(Retrieval, "_by_meaning", lambda *_, **__: []):
        yield


@contextmanager
def names_off() -> Iterator[None]:
    """No document is preferred because the question names it."""
    with patch("desktop.services.retrieval.find_by_name", lambda *_: FoundByName()):
        yield


@contextmanager
def gathering_off() -> Iterator[None]:
    """What touches stays apart, and what says the same is shown again."""
    with (
        patch("desktop.services.retrieval.gathered", lambda passages, top, _: passages[:top]),
        patch(
            "desktop.services.retrieval.distinct",
            lambda passages, most, _: [one for _, one in zip(range(most), passages, strict=False)],
        ),
    ):
        yield


@contextmanager
def contexts_off() -> Iterator[None]:
    """Chunks are cut, embedded and word-indexed without what they stand in. For a new desk."""
    with patch("desktop.domain.contexts.Surroundings._parts", lambda *_: ("", "")):
        yield


SEARCHING = {
    "words off": words_off,
    "meaning off": meaning_off,
    "names off": names_off,
    "gathering off": gathering_off,
}
