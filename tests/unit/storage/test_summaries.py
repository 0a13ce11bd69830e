"""What was written of a document's parts is kept with it, and goes with what it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.storage.store import Store


@pytest.fixture
def document_id(store: Store) -> int:
    document = store.add_document(Path("/files/a.pdf"), store.add_collection("Matter").id)
    store.set_file(document.id, sha256="1" * 64, size=7)
    return document.id


def test_a_part_is_kept_under_what_it_was_made_from(store: Store, document_id: int) -> None:
    assert store.summary_part(document_id, "model and words") is None
    store.keep_summary_part(document_id, "model and words", "It rains.")
    store.keep_summary_part(document_id, "model and words", "It pours.")
    assert store.summary_part(document_id, "model and words") == "It pours."
    assert store.summary_part(document_id, "another model and words") is None


def test_the_same_bytes_keep_it_and_others_do_not(store: Store, document_id: int) -> None:
    store.keep_summary_part(document_id, "key", "It rains.")
    store.set_file(document_id, sha256="1" * 64, size=7)
    assert store.summary_part(document_id, "key") == "It rains."
    store.set_file(document_id, sha256="2" * 64, size=7)
    assert store.summary_part(document_id, "key") is None


def test_it_goes_with_its_document_and_comes_back_with_none(store: Store, document_id: int) -> None:
    store.keep_summary_part(document_id, "key", "It rains.")
    store.remove_document(document_id)
    store.keep_summary_part(document_id, "key", "It rains.")
    assert store.summary_part(document_id, "key") is None
