"""What was removed is in no page of the store, free or in use, and in no frame of its log."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.documents import Chunk, DocumentState, Page
from desktop.storage.database import Database
from desktop.storage.paths import Paths
from desktop.storage.store import Store
from tests.decrypted import pages
from tests.unit.storage.conftest import KEY

PLANTED = "quizzacious"
INDEXED = b"zzaci"  # what the word index stores of it: its stem, less what "quiet" has as well
VECTOR = bytes(range(7, 71))
PAGE_SIZED = 40  # documents beside it: enough that the word index has several leaves


def add(store: Store, name: str, text: str) -> int:
    document = store.add_document(Path("/files") / name, store.add_collection("Matter").id)
    page = Page(1, "1", text)
    store.add_page(document.id, page, [Chunk(1, 0, len(text), text)])
    ((chunk, *_),) = [store.chunks_without_vector(document.id, "e")]
    store.add_vectors("e", [(chunk.id, VECTOR if PLANTED in text else bytes(64))])
    return document.id


def holding(paths: Paths, *wanted: bytes) -> list[bytes]:
    """Those of `wanted` that some page holds."""
    everything = list(pages(paths.database, KEY))
    return [each for each in wanted if any(each in page for page in everything)]


@pytest.fixture
def planted(store: Store) -> int:
    for number in range(PAGE_SIZED):
        add(store, f"{number}.pdf", f"Quiet quarters {number}: the heron waits at the weir. " * 8)
    return add(store, "planted.pdf", f"Nobody says {PLANTED} twice. " * 20)


def test_the_search_in_the_pages_finds_what_is_there(
    store: Store, paths: Paths, planted: int
) -> None:
    words = PLANTED.encode()
    assert holding(paths, words, VECTOR, b"planted.pdf") == [words, VECTOR, b"planted.pdf"]
    store.scrub()
    assert holding(paths, words, VECTOR) == [words, VECTOR]


def test_of_a_removed_document_no_page_holds_text_words_or_vectors(
    database: Database, store: Store, paths: Paths, planted: int
) -> None:
    store.keep_sketch(planted, "", b"the sketch of a text")
    store.remove_document(planted)
    assert holding(paths, INDEXED) == [INDEXED]  # deleting a text leaves its words there
    store.scrub()
    wanted = (INDEXED, PLANTED.encode(), VECTOR, b"planted.pdf", b"the sketch of a text")
    assert holding(paths, *wanted) == []
    assert len(store.search_words("heron", limit=99, document_ids=None)) == PAGE_SIZED
    database.close()
    assert holding(paths, *wanted) == []


def test_a_document_that_may_come_back_is_nowhere_but_in_its_own_list(
    store: Store, planted: int
) -> None:
    store.set_state(planted, DocumentState.READING)
    store.set_removed([planted], True)
    assert store.document(planted) is None
    assert planted not in {document.id for document in store.documents()}
    assert store.documents_to_index() == []
    next_one = store.next_to_read()
    assert next_one is not None
    assert next_one.state is DocumentState.QUEUED
    assert [document.id for document in store.removed_documents()] == [planted]
    store.set_removed([planted], False)
    assert store.document(planted) is not None
    assert store.removed_documents() == []


def test_adding_its_file_again_brings_a_removed_document_back(store: Store, planted: int) -> None:
    store.set_removed([planted], True)
    again = store.add_document(Path("/files/planted.pdf"), store.add_collection("Matter").id)
    assert again.id == planted
    assert store.removed_documents() == []
