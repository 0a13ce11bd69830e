"""What every store promises the services: `services.ports.Store`, over the real database."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.domain.chat import (
    AnswerKind,
    AnswerRecord,
    Citation,
    Role,
    Sampling,
    SentenceSupport,
    Timings,
    Turn,
    TurnState,
)
from desktop.domain.documents import Chunk, DocumentFacts, DocumentState, OutlineEntry, Page
from desktop.domain.errors import DocumentDamaged, DocumentMissing, WorkerCrashed
from desktop.domain.filters import Filter
from desktop.domain.folders import FileThere
from desktop.domain.models import Adapter
from desktop.domain.rewrites import RewriteRecord, Wish
from desktop.domain.tone import Pair, Strength
from desktop.domain.voices import Voice
from desktop.services import ports
from desktop.storage.database import Database
from desktop.storage.migrations import migrate
from desktop.storage.paths import Paths
from desktop.storage.store import Store

LEASE = "The lease was signed by Mira Ünal on 3 May 2021. The rent is 1,234.50 euros a month."
MODEL = "an embedder"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ports.Store]:
    paths = Paths(tmp_path)
    database = Database(paths, bytes(32))
    migrate(database, paths.profile, back_up=lambda: None)
    yield Store(database)
    database.close()


def page_of(text: str, number: int = 1) -> Page:
    return Page(number, str(number), text)


def chunks_of(page: Page, *cuts: int) -> list[Chunk]:
    """The page's text cut at these offsets."""
    edges = [0, *cuts, len(page.text)]
    return [Chunk(page.number, start, end, page.text[start:end]) for start, end in pairwise(edges)]


def add(store: ports.Store, name: str, *texts: str) -> int:
    """A document with these pages, each one chunk."""
    document = store.add_document(Path("/files") / name, store.add_collection("Matter").id)
    for number, text in enumerate(texts, start=1):
        page = page_of(text, number)
        store.add_page(document.id, page, chunks_of(page))
    return document.id


def chunk_ids(store: ports.Store, document_id: int) -> list[int]:
    return [chunk.id for chunk in store.chunks_without_vector(document_id, "no such embedder")]


# -- collections and documents


def test_a_collection_is_made_once(store: ports.Store) -> None:
    assert store.collection("Matter 7") is None
    made = store.add_collection("Matter 7")
    assert store.add_collection("Matter 7") == made == store.collection("Matter 7")
    store.add_collection("Another")
    assert [c.name for c in store.collections()] == ["Another", "Matter 7"]


def test_a_path_is_recorded_once_and_may_be_in_several_collections(store: ports.Store) -> None:
    first, second = store.add_collection("A"), store.add_collection("B")
    path = Path("/files/lease.pdf")
    document = store.add_document(path, first.id)
    assert store.add_document(path, second.id).id == document.id
    assert (document.path, document.name) == (path, "lease.pdf")
    assert document.state is DocumentState.QUEUED
    assert [d.id for d in store.documents()] == [document.id]
    assert store.documents(first.id) == store.documents(second.id) == [document]


def test_a_file_name_that_is_no_text_comes_back_as_it_was(store: ports.Store) -> None:
    path = Path("/files/m\udcfcll.pdf")  # Latin-1 bytes on a UTF-8 system
    document = store.add_document(path, store.add_collection("A").id)
    assert store.documents()[0].path == path
    document.name.encode()  # the name is for showing, and can be


def test_states_come_with_their_reason_and_lose_it(store: ports.Store) -> None:
    document_id = add(store, "a.pdf")
    failed = store.set_state(document_id, DocumentState.FAILED, DocumentDamaged(file="a.pdf"))
    assert (failed.error_code, failed.error_facts) == ("document_damaged", {"file": "a.pdf"})
    assert failed == store.document(document_id)
    again = store.set_state(document_id, DocumentState.QUEUED)
    assert (again.state, again.error_code, again.error_facts) == (DocumentState.QUEUED, "", {})


def test_unfinished_documents_are_the_ones_to_go_on_with(store: ports.Store) -> None:
    ids = {state: add(store, f"{state}.pdf") for state in DocumentState}
    for state, document_id in ids.items():
        store.set_state(document_id, state)
    next_one = store.next_to_read()
    assert next_one is not None
    assert next_one.id == ids[DocumentState.READING]
    begun = (DocumentState.READING, DocumentState.INDEXING)
    assert [d.id for d in store.documents_to_index()] == [ids[state] for state in begun]


def test_what_was_begun_is_read_first_and_nothing_of_a_paused_folder(store: Store) -> None:
    waiting, begun = add(store, "a.pdf"), add(store, "b.pdf")
    next_one = store.next_to_read()
    assert next_one is not None
    assert next_one.id == waiting
    store.set_state(begun, DocumentState.READING)
    folder_id = store.watch_folder(Path("/matters"), store.add_collection("Matter").id)
    (held,) = store.take_in_files(folder_id, [FileThere("/matters/c.pdf", 1, 1)])
    store.set_state(held.id, DocumentState.READING)
    store.pause_watching(folder_id, paused=True)
    next_one = store.next_to_read()
    assert next_one is not None
    assert next_one.id == begun
    assert [document.id for document in store.documents_to_index()] == [begun]
    store.pause_watching(folder_id, paused=False)
    assert [document.id for document in store.documents_to_index()] == [begun, held.id]


def test_what_a_file_says_of_itself_is_kept(store: ports.Store) -> None:
    document_id = add(store, "a.pdf")
    outline = (OutlineEntry(0, "Parties", 1),)
    store.set_facts(document_id, DocumentFacts(12, "Lease", "R. Vance", "2024-03-05", outline))
    document = store.document(document_id)
    assert document is not None
    assert (document.page_count, document.title) == (12, "Lease")


def test_other_bytes_drop_what_was_read_from_the_old_ones(store: ports.Store) -> None:
    document_id = add(store, "a.pdf", LEASE)
    kept = add(store, "b.pdf", LEASE)
    store.set_file(document_id, sha256="11", size=10)
    store.add_page(document_id, page_of(LEASE), chunks_of(page_of(LEASE)))
    store.set_file(document_id, sha256="11", size=10)
    assert store.page(document_id, 1) == page_of(LEASE)  # the same bytes: reading can go on
    store.add_vectors(MODEL, [(chunk_ids(store, document_id)[0], b"\0\0")])
    store.set_file(document_id, sha256="22", size=20)
    document = store.document(document_id)
    assert document is not None
    assert (document.sha256, document.size) == ("22", 20)
    assert (document.pages_read, document.pages_indexed, document.page_count) == (0, 0, 0)
    assert store.page(document_id, 1) is None
    assert store.vector_count(MODEL) == 0
    hits = store.search_words("lease", limit=5, document_ids=None)
    assert [c.document_id for c in store.chunks([h.chunk_id for h in hits])] == [kept]


def test_a_removed_document_leaves_nothing_to_be_found(store: ports.Store) -> None:
    document_id = add(store, "a.pdf", LEASE)
    ids = chunk_ids(store, document_id)
    store.add_vectors(MODEL, [(ids[0], b"\0\0")])
    store.remove_document(document_id)
    assert store.document(document_id) is None
    assert store.documents() == []
    assert store.page(document_id, 1) is None
    assert store.chunks(ids) == []
    assert store.search_words("lease", limit=5, document_ids=None) == []
    assert list(store.vectors(MODEL)) == []
    assert store.vector_count(MODEL) == 0


def test_ids_are_never_given_twice(store: ports.Store) -> None:
    first = add(store, "a.pdf", LEASE)
    first_chunks = chunk_ids(store, first)
    store.remove_document(first)
    second = add(store, "a.pdf", LEASE)
    assert second > first
    assert min(chunk_ids(store, second)) > max(first_chunks)


def test_a_job_on_a_removed_document_is_told_so(store: ports.Store) -> None:
    document_id = add(store, "a.pdf", LEASE)
    store.remove_document(document_id)
    page = page_of(LEASE)
    with pytest.raises(DocumentMissing):
        store.add_page(document_id, page, chunks_of(page))
    with pytest.raises(DocumentMissing):
        store.set_state(document_id, DocumentState.READY)
    with pytest.raises(DocumentMissing):
        store.set_file(document_id, sha256="11", size=1)
    with pytest.raises(DocumentMissing):
        store.set_facts(document_id, DocumentFacts(1))
    assert store.search_words("lease", limit=5, document_ids=None) == []


# -- pages and chunks


def test_offsets_count_code_points(store: ports.Store) -> None:
    text = "\N{GOTHIC LETTER AHSA} 😀 Straße\0 naïve e\u0301 漢字 👩\u200d⚖️ end"
    page = page_of(text)
    document = store.add_document(Path("/files/odd.pdf"), store.add_collection("A").id)
    store.add_page(document.id, page, chunks_of(page, 3, 8, 11, 17, 20, 24, 27))
    chunks = store.chunks_without_vector(document.id, MODEL)
    assert store.page(document.id, 1) == page
    assert [chunk.text for chunk in chunks] == [text[c.start : c.end] for c in chunks]
    assert "".join(chunk.text for chunk in chunks) == text


def test_chunks_come_in_the_order_asked_for(store: ports.Store) -> None:
    page = page_of("one two three")
    document_id = add(store, "a.pdf")
    store.add_page(document_id, page, chunks_of(page, 4, 8))
    first, second, third = chunk_ids(store, document_id)
    found = store.chunks([third, 999, first, second])
    assert [(c.id, c.text) for c in found] == [(third, "three"), (first, "one "), (second, "two ")]


def test_a_chunk_of_another_text_is_refused_and_nothing_is_stored(store: ports.Store) -> None:
    document_id = add(store, "a.pdf")
    with pytest.raises(ValueError, match="chunk 0-3"):
        store.add_page(document_id, page_of("one two"), [Chunk(1, 0, 3, "two")])
    assert store.page(document_id, 1) is None


def test_a_page_can_be_replaced(store: ports.Store) -> None:
    document_id = add(store, "a.pdf", LEASE, "   \n")
    store.add_vectors(MODEL, [(chunk_ids(store, document_id)[0], b"\0\0")])
    page = page_of("A letter about storks.")
    store.add_page(document_id, page, chunks_of(page, 9))
    document = store.document(document_id)
    assert document is not None
    assert (document.pages_read, document.pages_without_text) == (2, 1)
    assert (document.pages_indexed, store.vector_count(MODEL)) == (0, 0)
    assert store.search_words("lease", limit=5, document_ids=None) == []
    assert len(store.search_words("storks", limit=5, document_ids=None)) == 1


def test_what_is_left_to_embed_comes_in_pieces(store: ports.Store) -> None:
    document_id = add(store, "a.pdf", *(f"Page number {n}." for n in range(1, 8)))
    ids = chunk_ids(store, document_id)
    store.add_vectors(MODEL, [(ids[1], b"\0\0"), (ids[4], b"\0\0")])
    first = store.chunks_without_vector(document_id, MODEL, limit=3)
    assert [chunk.id for chunk in first] == [ids[0], ids[2], ids[3]]
    rest = store.chunks_without_vector(document_id, MODEL, after=first[-1].id, limit=3)
    assert [chunk.id for chunk in rest] == [ids[5], ids[6]]
    assert [chunk.page for chunk in rest] == [6, 7]


# -- vectors


def test_a_page_is_indexed_when_all_its_chunks_have_vectors(store: ports.Store) -> None:
    document_id = add(store, "a.pdf")
    for number, cuts in ((1, (10, 20)), (2, (5,))):
        page = page_of(LEASE, number)
        store.add_page(document_id, page, chunks_of(page, *cuts))
    store.add_page(document_id, page_of("", 3), [])

    def indexed() -> tuple[int, int]:
        document = store.document(document_id)
        assert document is not None
        return document.pages_indexed, document.pages_without_text

    ids = chunk_ids(store, document_id)
    counts = [indexed()]
    for batch in ([ids[0], ids[3]], [ids[1], ids[0]], [ids[2]], [ids[4], ids[4]]):
        store.add_vectors(MODEL, [(chunk_id, b"\1\0") for chunk_id in batch])
        counts.append(indexed())
    assert counts == [(1, 1), (1, 1), (1, 1), (2, 1), (3, 1)]
    assert store.chunks_without_vector(document_id, MODEL) == []


def test_vectors_of_two_embedders_are_kept_apart_until_one_takes_over(store: ports.Store) -> None:
    document_id = add(store, "a.pdf", "First page.", "Second page.")
    ids = chunk_ids(store, document_id)
    store.add_vectors(MODEL, [(chunk_id, b"\1\0") for chunk_id in ids])
    store.set_coming_embedder("newer")
    assert len(store.chunks_without_vector(document_id, "newer")) == 2
    store.add_vectors("newer", [(ids[0], b"\2\0")])
    assert (store.vector_count(MODEL), store.vector_count("newer")) == (2, 1)
    assert [c.id for c in store.chunks_without_vector(None, "newer")] == [ids[1]]
    assert store.reembedded("newer") == (1, 2, 1)
    assert not store.serve_embedder("newer", complete=True)
    assert (store.serving_embedder(), store.coming_embedder()) == (MODEL, "newer")
    assert indexed_pages(store, document_id) == 2
    store.add_vectors("newer", [(ids[1], b"\3\0")])
    assert store.serve_embedder("newer", complete=True)
    assert (store.serving_embedder(), store.coming_embedder()) == ("newer", "")
    while store.drop_vectors(but=["newer"], limit=1):
        pass
    assert list(store.vectors(MODEL)) == []
    assert list(store.vectors("newer")) == [
        [(ids[0], document_id, b"\2\0"), (ids[1], document_id, b"\3\0")]
    ]
    assert (store.vector_count("newer"), indexed_pages(store, document_id)) == (2, 2)


def test_an_embedder_that_takes_over_unfinished_is_counted_by_what_it_has(
    store: ports.Store,
) -> None:
    document_id = add(store, "a.pdf", "First page.", "Second page.")
    ids = chunk_ids(store, document_id)
    store.add_vectors(MODEL, [(chunk_id, b"\1\0") for chunk_id in ids])
    store.add_vectors("newer", [(ids[0], b"\2\0")])
    assert store.serve_embedder("newer")
    assert (store.vector_count("newer"), indexed_pages(store, document_id)) == (1, 1)
    store.rename_embedder("newer", "by its hash")
    assert store.serving_embedder() == "by its hash"
    assert store.vector_count("by its hash") == 1


def indexed_pages(store: ports.Store, document_id: int) -> int:
    document = store.document(document_id)
    assert document is not None
    return document.pages_indexed


def test_a_vector_for_a_chunk_that_is_gone_is_passed_over(store: ports.Store) -> None:
    document_id = add(store, "a.pdf", LEASE)
    (chunk_id,) = chunk_ids(store, document_id)
    store.add_vectors(MODEL, [(chunk_id, b"\1\0"), (chunk_id + 100, b"\1\0")])
    assert store.vector_count(MODEL) == 1


def test_vectors_stream_while_the_store_is_written(store: ports.Store) -> None:
    words = [f"w{n}" for n in range(5000)]
    page = page_of(" ".join(words))
    document_id = add(store, "a.pdf")
    cuts = [match for match in range(1, len(page.text)) if page.text[match - 1] == " "]
    store.add_page(document_id, page, chunks_of(page, *cuts))
    ids = [c.id for c in store.chunks_without_vector(document_id, MODEL, limit=10_000)]
    assert len(ids) == 5000
    store.add_vectors(MODEL, [(chunk_id, chunk_id.to_bytes(4, "little")) for chunk_id in ids])
    lists = store.vectors(MODEL)
    seen = next(lists)
    store.set_setting("written", "between two lists")
    for rows in lists:
        assert len(rows) <= 10_000
        seen += rows
    assert seen == [(n, document_id, n.to_bytes(4, "little")) for n in ids]


# -- names


def test_a_document_is_called_by_title_file_name_and_cover(store: ports.Store) -> None:
    lease = add(store, "lease_Okafor.pdf", "Lease\nof Kiln Yard\n" + "The parties agree. " * 9)
    other = add(store, "b.pdf", "Lease")
    store.set_facts(lease, DocumentFacts(page_count=1, title="Café contracts"))
    words = ["okafor", "cafe", "contract", "yard", "lease", "parties", '"', "b"]
    assert store.called(words, document_ids=None) == (
        2,
        {
            **{word: [lease] for word in ("okafor", "cafe", "contract", "yard")},
            "lease": [lease, other],
            "parties": [],
            '"': [],
            "b": [other],
        },
    )
    assert store.called(["lease"], document_ids=[other]) == (2, {"lease": [other]})
    store.remove_document(other)
    assert store.called(["lease", "b"], document_ids=None) == (1, {"lease": [lease], "b": []})


def test_a_chunk_is_embedded_and_found_by_what_it_stands_in(store: ports.Store) -> None:
    text = "4 Mains\nDistrict Bursts\nOld Town 7\nHillside 12\nOrchard 3\nWeavers 5"
    page = page_of(text)
    document = store.add_document(Path("/files/a.pdf"), store.add_collection("Matter").id)
    store.add_page(document.id, page, chunks_of(page, text.index("Orchard")))
    first, second = store.chunks_without_vector(document.id, "no such embedder")
    assert first.in_context == first.text
    assert second.in_context == "4 Mains\n4 Mains | District Bursts\nOrchard 3\nWeavers 5"
    assert second.text == text[second.start : second.end]
    hits = store.search_words("bursts", limit=5, document_ids=None)
    assert {hit.chunk_id for hit in hits} == {first.id, second.id}


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Herr Müller wohnt hier.", "muller"),
        ("Herr Müller wohnt hier.", "Mueller"),
        ("Herr Muller wohnt hier.", "Müller"),
        ("Herr Mueller wohnt hier.", "Müller"),
        ("Die Straße ist gesperrt.", "strasse"),
        ("Die Strasse ist gesperrt.", "Straße"),
        ("El niño firmó el contrato.", "nino firmo"),
        ("Søren signed.", "Soren"),
        ("The ﬁnance oﬃce pays.", "finance"),  # ligatures, as PDFs have them
        ("ＡＢＣ株式会社", "abc"),
        ("租金为每月一千二百元，应于每月一日支付。", "租金是多少"),
        ("租金为每月一千二百元，应于每月一日支付。", "元"),
        ("賃借人は家賃を毎月支払う。", "家賃はいくらですか"),
        ("임대료는 매월 지급한다.", "임대료"),
        ("Sales of 3M fell in FY2018.", "3M"),
        ("Sales of 3M fell in FY2018.", "FY2018"),
    ],
)
def test_words_are_found_as_people_write_them(store: ports.Store, text: str, query: str) -> None:
    document = add(store, "a.txt", text)
    add(store, "b.txt", "押金由出租人保管。 お金 Nothing else stands here.")
    hits = store.search_words(query, limit=5, document_ids=None)
    assert [hit.chunk_id for hit in hits] == [
        chunk.id for chunk in store.chunks_without_vector(document, "none")
    ]


def test_two_signs_of_chinese_are_found_side_by_side_alone(store: ports.Store) -> None:
    add(store, "a.txt", "租约的金额")
    assert store.search_words("租金", limit=5, document_ids=None) == []


# -- filters


def test_a_filter_is_held_against_what_a_document_says_of_itself(store: ports.Store) -> None:
    lease, mail = add(store, "lease.pdf", "Rent"), add(store, "reply.eml", "Rent")
    facts = DocumentFacts(page_count=1, author="Jörg Müller", created="2024-05-31T08:00:00")
    store.set_facts(lease, facts)
    assert store.documents_admitted(Filter()) == [lease, mail]
    assert store.documents_admitted(Filter((".eml", ".msg"))) == [mail]
    assert store.documents_admitted(Filter(author="muller")) == [lease]
    assert store.documents_admitted(Filter(since=date(2024, 5, 31))) == [lease]
    assert store.documents_admitted(Filter(until=date(2024, 5, 30))) == []
    assert store.documents_admitted(Filter(author="muller"), document_ids=[mail]) == []


# -- words


def test_words_are_found_folded_and_stemmed_in_the_documents_asked_for(store: ports.Store) -> None:
    first = add(store, "a.pdf", LEASE, "Nothing here.")
    second = add(store, "b.pdf", "A contract of signing, by the tenant Mira Unal.")

    def documents(query: str, ids: list[int] | None = None) -> list[int]:
        hits = store.search_words(query, limit=10, document_ids=ids)
        assert [hit.rank for hit in hits] == sorted((hit.rank for hit in hits), reverse=True)
        assert all(hit.rank > 0 for hit in hits)
        return [chunk.document_id for chunk in store.chunks([hit.chunk_id for hit in hits])]

    assert sorted(documents("Who signs for UNAL?")) == [first, second]
    assert documents("Who signs for UNAL?", [second]) == [second]
    assert documents("Who signs for UNAL?", []) == []
    assert documents("1,234.50") == [first]
    assert documents("1,234.51") == []
    assert len(store.search_words("Mira", limit=1, document_ids=None)) == 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        "  ",
        "?!",
        '"',
        "NEAR(",
        "NOT OR (",
        "text:*",
        "^-'\"; DROP TABLE document",
        "\0",
        "\ud800",
    ],
)
def test_no_text_is_too_odd_to_be_searched(store: ports.Store, query: str) -> None:
    add(store, "a.pdf", LEASE)
    assert store.search_words(query, limit=5, document_ids=None) == []
    assert store.search_words(f"{query} lease", limit=5, document_ids=None)


def test_function_words_are_searched_where_there_is_nothing_else(store: ports.Store) -> None:
    add(store, "a.pdf", "To be or not to be.", "A rose.")
    assert len(store.search_words("to be or not to be", limit=5, document_ids=None)) == 1
    assert len(store.search_words("what is the rose", limit=5, document_ids=None)) == 1


def test_a_pasted_page_is_a_query_too(store: ports.Store) -> None:
    add(store, "a.pdf", LEASE)
    assert store.search_words(LEASE * 500, limit=5, document_ids=None)


# -- conversations


def test_the_conversation_last_talked_in_comes_first(store: ports.Store) -> None:
    first, second = store.add_conversation("First"), store.add_conversation("Second")
    assert [c.id for c in store.conversations()] == [second.id, first.id]
    store.add_turn(first.id, Role.USER, "Hello?", TurnState.COMPLETE)
    store.rename_conversation(first.id, "Greeting")
    assert [c.title for c in store.conversations()] == ["Greeting", "Second"]


def test_an_answer_comes_back_with_all_it_rests_on(store: ports.Store) -> None:
    document_id = add(store, "lease.pdf", LEASE)
    conversation = store.add_conversation("Lease")
    question = store.add_turn(conversation.id, Role.USER, "Who signed?", TurnState.COMPLETE)
    answer = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    store.save_text(answer.id, "Mira")
    assert [t.text for t in store.turns(conversation.id)] == ["Who signed?", "Mira"]
    finished = store.finish_turn(
        answer.id,
        text="Mira Ünal signed it. She was glad.",
        state=TurnState.COMPLETE,
        citations=[Citation(1, document_id, "lease.pdf", 1, "i", 0, 48, LEASE[:48])],
        sentences=[SentenceSupport(0, 20, 1, 0.75), SentenceSupport(21, 34, None, 0.0)],
        record=AnswerRecord(
            AnswerKind.GROUNDED, "a model", "ab" * 32, Sampling(seed=7), Timings(tokens=9), True
        ),
    )
    assert store.turns(conversation.id) == [question, finished]
    assert finished.citations[0].text == "The lease was signed by Mira Ünal on 3 May 2021."
    assert [s.supported for s in finished.sentences] == [True, False]
    assert finished.record is not None
    assert finished.record.sampling.seed == 7


def test_a_failed_answer_keeps_its_text_and_reason(store: ports.Store) -> None:
    conversation = store.add_conversation("Lease")
    turn = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    error = WorkerCrashed(worker="generator", cause="signal 6 SIGABRT")
    failed = store.finish_turn(turn.id, text="Mira", state=TurnState.FAILED, error=error)
    assert (failed.text, failed.error_code) == ("Mira", "worker_crashed")
    assert failed.error_facts == {"worker": "generator", "cause": "signal 6 SIGABRT"}


def test_what_was_cited_stays_readable_without_its_document(store: ports.Store) -> None:
    document_id = add(store, "lease.pdf", LEASE)
    conversation = store.add_conversation("Lease")
    turn = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    citation = Citation(1, document_id, "lease.pdf", 1, "i", 0, 9, LEASE[:9])
    store.finish_turn(turn.id, text="Yes.", state=TurnState.COMPLETE, citations=[citation])
    store.remove_document(document_id)
    (cited,) = store.turns(conversation.id)[0].citations
    assert cited.document_id == 0
    assert (cited.document, cited.text) == ("lease.pdf", "The lease")
    late = store.finish_turn(turn.id, text="Yes.", state=TurnState.COMPLETE, citations=[citation])
    assert late.citations == (cited,)


def cited_answer(store: ports.Store, document_id: int, start: int, end: int, text: str) -> Turn:
    """An answer of one sentence, which rests on that place of the first page."""
    conversation = store.add_conversation("Lease")
    turn = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    return store.finish_turn(
        turn.id,
        text="Mira signed.",
        state=TurnState.COMPLETE,
        citations=[Citation(1, document_id, "lease.pdf", 1, "i", start, end, text)],
        sentences=[SentenceSupport(0, 12, 1, 1.0)],
    )


def test_a_citation_that_resolves_to_nothing_is_not_stored(store: ports.Store) -> None:
    document_id = add(store, "lease.pdf", LEASE)
    answer = cited_answer(store, document_id, 0, 9, "No lease ")
    assert answer.citations == ()
    assert [sentence.supported for sentence in answer.sentences] == [False]


def test_a_page_read_again_keeps_the_citations_that_it_still_bears_out(store: ports.Store) -> None:
    document_id = add(store, "lease.pdf", LEASE)
    signed = LEASE[:48]
    answer = cited_answer(store, document_id, 0, 48, signed)
    page = page_of(f"LEASE\n{LEASE}")
    store.add_page(document_id, page, chunks_of(page))
    (moved,) = store.turns(answer.conversation_id)
    assert page.text[moved.citations[0].start : moved.citations[0].end] == signed
    page = page_of(LEASE.replace("Mira", "Mara"))
    store.add_page(document_id, page, chunks_of(page))
    (dropped,) = store.turns(answer.conversation_id)
    assert dropped.citations == ()
    assert [sentence.supported for sentence in dropped.sentences] == [False]


def test_a_removed_conversation_takes_its_turns_with_it(store: ports.Store) -> None:
    conversation = store.add_conversation("Lease")
    turn = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    store.remove_conversation(conversation.id)
    assert store.conversations() == []
    assert store.turns(conversation.id) == []
    store.save_text(turn.id, "late")  # a stream that has not heard of it yet
    with pytest.raises(LookupError):
        store.finish_turn(turn.id, text="late", state=TurnState.COMPLETE)


def test_text_that_is_no_unicode_does_not_lose_the_message(store: ports.Store) -> None:
    conversation = store.add_conversation("Half \ud83d")
    turn = store.add_turn(
        conversation.id, Role.USER, "an emoji cut in half: \ude00", TurnState.COMPLETE
    )
    assert store.turns(conversation.id) == [turn]
    assert turn.text == "an emoji cut in half: \N{REPLACEMENT CHARACTER}"


# -- journal and settings


def test_the_journal_tells_what_never_ended(store: ports.Store) -> None:
    store.begin_risk("read", "1")
    store.begin_risk("load", "model.gguf")
    store.begin_risk("read", "1")
    store.end_risk("load", "model.gguf")
    assert store.open_risks() == [("read", "1")]
    store.end_risk("read", "1")
    assert store.open_risks() == []


def test_settings_are_kept_by_name(store: ports.Store) -> None:
    assert store.setting("offline") is None
    store.set_setting("offline", "yes")
    store.set_setting("offline", "no")
    assert store.setting("offline") == "no"


# -- all together


def test_threads_take_turns(store: ports.Store) -> None:
    trouble: list[BaseException] = []

    def work(seed: int) -> None:
        try:
            chance = random.Random(seed)
            document_id = add(store, f"{seed}.pdf")
            conversation = store.add_conversation(str(seed))
            for number in range(1, 16):
                page = page_of(f"Page {number} of {chance.random()} in {seed}.", number)
                store.add_page(document_id, page, chunks_of(page, 5))
                store.add_turn(conversation.id, Role.USER, str(number), TurnState.COMPLETE)
                store.search_words("page", limit=3, document_ids=[document_id])
                store.add_vectors(MODEL, [(c, b"\0") for c in chunk_ids(store, document_id)])
        except BaseException as error:  # noqa: BLE001 (shown by the assertion below)
            trouble.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    assert [(d.pages_read, d.pages_indexed) for d in store.documents()] == [(15, 15)] * 4
    assert store.vector_count(MODEL) == 4 * 30
    for conversation in store.conversations():
        assert [t.text for t in store.turns(conversation.id)] == [str(n) for n in range(1, 16)]


# -- voices and rewrites

OURS = Voice(
    name="Ours",
    pairs=(Pair("hey", "Hello."), Pair("\ud800", "„x“")),
    guideline="Be brief.",
    rules=("Be brief.", "No jokes."),
    use=("client",),
    avoid=("customer", "utilise"),
    greeting="Dear {name},",
    closing="Yours,",
    adapter=Adapter(Path("/office/ours.gguf"), 0.5),
)


def test_a_voice_is_kept_whole(store: ports.Store) -> None:
    store.save_voice(OURS)
    kept = store.voice("Ours")
    assert kept is not None
    assert kept.pairs == (Pair("hey", "Hello."), Pair("\ufffd", "„x“"))
    assert replace(kept, pairs=OURS.pairs) == OURS
    assert store.voices() == [kept]
    assert store.voice("ours") is None


def test_a_voice_of_the_same_name_is_replaced_with_all_its_pairs(store: ports.Store) -> None:
    store.save_voice(OURS)
    store.save_voice(Voice("Ours", pairs=(Pair("a", "b"),), rules=("x",)))
    store.save_voice(Voice("Another"))
    assert [voice.name for voice in store.voices()] == ["Another", "Ours"]
    assert store.voice("Ours") == Voice("Ours", pairs=(Pair("a", "b"),), rules=("x",))


def test_a_voice_is_removed_once(store: ports.Store) -> None:
    store.save_voice(OURS)
    assert store.remove_voice("Ours")
    assert not store.remove_voice("Ours")
    assert store.voices() == []


def test_rewrites_come_back_newest_first_with_what_they_were_made_with(store: ports.Store) -> None:
    wish = Wish(voice="Ours", instruction="shorter", strength=Strength.STRONG, keep_length=True)
    record = RewriteRecord(
        wish, "a model", "ab" * 32, Timings(tokens=5, tokens_per_s=2.5), paragraphs=3, retried=1
    )
    first = store.add_rewrite("hey", "Hello.", record)
    second = store.add_rewrite("\ud800", "x", RewriteRecord(Wish()))
    assert store.rewrites() == [second, first]
    assert store.rewrites(limit=1) == [second]
    assert (first.record, second.text) == (record, "\ufffd")
    store.remove_rewrite(first.id)
    assert store.rewrites() == [second]
    for _ in range(2):  # there is one of each
        store.put_back_rewrite(first)
    assert store.rewrites() == [second, first]
    assert sorted(store.forget_rewrites(), key=lambda past: past.id) == [first, second]
    assert store.rewrites() == []
