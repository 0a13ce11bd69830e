"""Searching: real store, real retriever in a real child, the starter embedding model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.chunking import chunk_page
from desktop.domain.documents import Page, Passage
from desktop.domain.errors import Cancelled, EmbedderMissing, IndexDamaged
from desktop.domain.jobs import Cancellation
from desktop.domain.models import EmbedderFiles
from desktop.domain.ranking import is_relevant
from desktop.services.retrieval import Retrieval
from desktop.storage.database import Database
from desktop.storage.migrations import migrate
from desktop.storage.paths import Paths, installation_models
from desktop.storage.store import Store
from desktop.workers.retriever.adapter import RetrieverAdapter, retriever_client
from desktop.workers.retriever.config import index_folder

LEASE = [
    "Lease of the warehouse in Aldermoor between Maria Okafor and the Harbour Trust.",
    (
        "The rent is 1,200 euros a month, payable on the first working day. A late payment bears "
        "interest at five per cent a year."
    ),
    "Either party may end the lease by giving six months' notice in writing.",
]
HANDBOOK = [
    "Nurses on the night shift are paid an allowance of ten per cent.",
    (
        "The rent is 1,200 euros a month, payable on the first working day.  A late payment bears\n"
        "interest at five per cent a year."
    ),  # the lease's words, laid out anew
    "Staff who fall ill tell the ward manager before the shift begins.",
]


class Shelf:
    """A store with two documents in it, and what searches them."""

    def __init__(self, store: Store, retriever: RetrieverAdapter, index: Path) -> None:
        self.store = store
        self.retriever = retriever
        self.retrieval = Retrieval(store, retriever)
        self.index = index
        collection = store.add_collection("Documents").id
        self.lease = store.add_document(index.parent / "lease.pdf", collection).id
        self.handbook = store.add_document(index.parent / "handbook.pdf", collection).id
        for document, pages in ((self.lease, LEASE), (self.handbook, HANDBOOK)):
            for number, text in enumerate(pages, 1):
                page = Page(number, f"p{number}", text)
                store.add_page(document, page, chunk_page(page))
            chunks = store.chunks_without_vector(document, retriever.embedder)
            for positions, vectors in retriever.embed(
                [chunk.text for chunk in chunks], background=True, cancel=Cancellation()
            ):
                ids = [chunks[at].id for at in positions]
                store.add_vectors(retriever.embedder, list(zip(ids, vectors, strict=True)))
        self.retrieval.ensure_index(cancel=Cancellation())

    def search(self, query: str, top: int = 5, documents: list[int] | None = None) -> list[Passage]:
        return self.retrieval.search(query, top=top, document_ids=documents, cancel=Cancellation())


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = installation_models() / "all-MiniLM-L6-v2"
    if not (folder / "model.safetensors").exists():
        pytest.skip("the embedding model is not installed")
    paths = Paths(tmp_path_factory.mktemp("shelf"))
    database = Database(paths, bytes(range(32)))
    migrate(database, paths.profile, back_up=lambda: None)
    embedder = EmbedderFiles("all-MiniLM-L6-v2", folder, 384, {})
    client = retriever_client(paths.index)
    yield Shelf(
        Store(database), RetrieverAdapter(client, embedder), index_folder(paths.index, embedder.key)
    )
    client.stop()
    database.close()


def test_a_passage_says_where_it_is(shelf: Shelf) -> None:
    best = shelf.search("How can the lease be ended?")[0]
    assert (best.document_id, best.document) == (shelf.lease, "lease.pdf")
    assert (best.page, best.page_label) == (3, "p3")
    assert LEASE[2][best.start : best.end] == best.text
    assert best.similarity is not None
    assert 0.3 < best.similarity <= 1


def test_found_by_meaning_without_a_shared_word(shelf: Shelf) -> None:
    best = shelf.search("bonus for hospital workers after dark")[0]
    assert (best.document_id, best.page) == (shelf.handbook, 1)
    assert shelf.retrieval.words_only is None


def test_found_by_a_word_that_means_nothing_to_the_model(shelf: Shelf) -> None:
    assert shelf.search("Okafor")[0].page == 1


def test_the_best_come_first_and_no_more_than_asked_for(shelf: Shelf) -> None:
    passages = shelf.search("Who tells the ward manager about illness?", top=3)
    assert len(passages) == 3
    scores = [passage.score for passage in passages]
    assert scores == sorted(scores, reverse=True)
    assert passages[0].text == HANDBOOK[2]


def test_what_says_the_same_is_shown_once(shelf: Shelf) -> None:
    passages = shelf.search("When is the rent payable?", top=10)
    assert [passage.text.count("1,200") for passage in passages].count(1) == 1
    assert len(passages) == 5  # of six chunks


def test_a_scope_holds_for_words_and_for_meaning(shelf: Shelf) -> None:
    passages = shelf.search("When is the rent payable?", documents=[shelf.handbook])
    assert {passage.document_id for passage in passages} == {shelf.handbook}
    assert passages[0].page == 2
    assert shelf.search("rent", documents=[]) == []
    assert shelf.search("rent", documents=[999]) == []


@pytest.mark.parametrize("query", ["", " \n", "\x00", '"', "AND OR NOT (", "€" * 5_000, "?" * 100])
def test_any_text_is_a_query(shelf: Shelf, query: str) -> None:
    assert len(shelf.search(query)) <= 5


def test_a_document_that_is_named_comes_first_and_the_others_stay_in_the_running(
    shelf: Shelf,
) -> None:
    asked = "Which payments are due on the first working day?"
    assert shelf.search(asked)[0].document_id == shelf.lease
    passages = shelf.search(f"In the handbook: {asked}")
    assert passages[0].document_id == shelf.handbook
    assert shelf.lease in [passage.document_id for passage in passages]


def test_a_question_over_several_documents_draws_from_each(shelf: Shelf) -> None:
    passages = shelf.search("Does the lease or the handbook speak of notice?", top=2)
    assert {passage.document_id for passage in passages} == {shelf.lease, shelf.handbook}


def test_relevance_tells_an_answer_from_a_neighbour(shelf: Shelf) -> None:
    asked = "What interest does a late payment bear?"
    assert is_relevant(asked, shelf.search(asked))
    other = "Which planet in the solar system has the largest number of moons?"
    assert not is_relevant(other, shelf.search(other))


def test_a_cancelled_search_ends(shelf: Shelf) -> None:
    cancel = Cancellation()
    cancel.cancel()
    with pytest.raises(Cancelled):
        shelf.retrieval.search("rent", cancel=cancel)


def test_an_index_damaged_in_use_is_mended_in_passing(shelf: Shelf) -> None:
    (shelf.index / "index.json").write_text("{}", encoding="utf-8")
    shelf.retriever.probe()  # the child looks at the files again
    with pytest.raises(IndexDamaged):
        shelf.retriever.nearest("rent", limit=1, document_ids=None, cancel=Cancellation())
    best = shelf.search("bonus for hospital workers after dark")[0]
    assert best.similarity is not None
    assert shelf.retrieval.words_only is None


def test_rows_of_removed_chunks_are_passed_over(shelf: Shelf) -> None:
    vector = next(iter(shelf.store.vectors(shelf.retriever.embedder)))[0][2]
    shelf.retriever.add([(9_999, shelf.lease, vector)], background=False, cancel=Cancellation())
    assert 9_999 not in [passage.chunk_id for passage in shelf.search(LEASE[0], top=10)]
    assert shelf.retrieval.ensure_index(cancel=Cancellation())


def test_without_an_embedder_words_alone_find(shelf: Shelf, tmp_path: Path) -> None:
    client = retriever_client(tmp_path / "index")
    try:
        retrieval = Retrieval(shelf.store, RetrieverAdapter(client, None))
        assert not retrieval.ensure_index(cancel=Cancellation())
        retrieval.warm_up(Cancellation())
        passages = retrieval.search("When is the rent payable?", cancel=Cancellation())
        assert "1,200" in passages[0].text
        assert passages[0].similarity is None
        assert isinstance(retrieval.words_only, EmbedderMissing)
        assert retrieval.search("quasar", cancel=Cancellation()) == []
    finally:
        client.stop()
