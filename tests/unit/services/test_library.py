"""Documents find their way into store and index, whatever happens to them on it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop.desk import Desk, open_desk
from desktop.domain.completeness import FileState
from desktop.domain.documents import Document, DocumentState, whereabouts
from desktop.domain.errors import (
    Cancelled,
    DocumentChanged,
    DocumentMissing,
    FormatNotSupported,
    NothingToRead,
)
from desktop.domain.jobs import Cancellation
from desktop.storage.paths import Paths
from tests import documents as made
from tests.conftest import PASSPHRASE
from tests.decrypted import pages
from tests.faults import hostile_files as hostile
from tests.samples import report_pages, write_pdf

LEASE = [
    "The lease of the warehouse in Aldermoor was signed by Maria Okafor on 12 March 2019.",
    "The rent is 1,200 euros a month, payable on the first working day.",
]


def lease(folder: Path, name: str = "lease.pdf", pages: list[str] | None = None) -> Path:
    return write_pdf(folder / name, pages or LEASE)


def take_in(desk: Desk, *paths: Path, collection: str) -> list[Document]:
    added = desk.library.add(paths, collection)
    desk.library.work(Cancellation())
    return [by_id(desk, document.id) for document in added.documents]


def by_id(desk: Desk, document_id: int) -> Document:
    return next(d for d in desk.library.documents() if d.id == document_id)


def found(desk: Desk, query: str, document: Document) -> list[int]:
    """Pages of `document` found for `query`, best first."""
    passages = desk.retrieval.search(query, document_ids=[document.id], cancel=Cancellation())
    return [passage.page for passage in passages]


def test_a_document_is_read_indexed_and_found(desk: Desk, tmp_path: Path) -> None:
    told: list[DocumentState] = []
    unlisten = desk.library.changed.listen(lambda d: told.append(d.state) if d else None)
    (document,) = take_in(desk, lease(tmp_path), collection="found")
    unlisten()
    assert document.state is DocumentState.READY
    assert (document.page_count, document.pages_read, document.pages_indexed) == (2, 2, 2)
    assert len(document.sha256) == 64
    assert found(desk, "Who signed the lease?", document)[0] == 1
    assert found(desk, "What does the tenant pay each month?", document)[0] == 2
    assert told[0] is DocumentState.QUEUED
    assert told[-1] is DocumentState.READY


def test_a_bad_file_is_named_with_its_reason_and_the_others_are_indexed(
    desk: Desk, tmp_path: Path
) -> None:
    good = lease(tmp_path)
    picture = tmp_path / "picture.pdf"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(good.read_bytes()[:400])
    locked = write_pdf(tmp_path / "locked.pdf", LEASE, password="sesame")
    documents = take_in(desk, tmp_path, collection="batch")
    states = {d.name: (d.state, d.error_code) for d in documents}
    assert states == {
        "lease.pdf": (DocumentState.READY, ""),
        "picture.pdf": (DocumentState.FAILED, "not_a_pdf"),
        "cut.pdf": (DocumentState.FAILED, "document_damaged"),
        locked.name: (DocumentState.LOCKED, "password_needed"),
    }


def test_paths_that_cannot_be_taken_are_refused_with_reasons(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "film.mkv").write_bytes(b"\x1a\x45\xdf\xa3")
    paths = [tmp_path / "gone.pdf", tmp_path / "empty", tmp_path / "film.mkv"]
    added = desk.library.add(paths, "refused")
    assert added.documents == []
    assert [type(error) for error in added.refused] == [
        DocumentMissing,
        NothingToRead,
        FormatNotSupported,
    ]
    assert "gone.pdf" in str(added.refused[0])


def test_an_encrypted_document_waits_for_its_password(desk: Desk, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "locked.pdf", LEASE, password="sesame")
    (document,) = take_in(desk, path, collection="locked")
    desk.library.unlock(document.id, "wrong")
    desk.library.work(Cancellation())
    assert by_id(desk, document.id).error_code == "password_wrong"
    desk.library.unlock(document.id, "sesame")
    desk.library.work(Cancellation())
    assert by_id(desk, document.id).state is DocumentState.READY
    assert found(desk, "Who signed the lease?", document)[0] == 1
    image = desk.library.page_image(document.id, 1, [(4, 9)], 400, Cancellation())
    assert len(image.lit) == 1


def test_pages_without_text_are_counted(desk: Desk, tmp_path: Path) -> None:
    (document,) = take_in(desk, lease(tmp_path, "scan.pdf", [LEASE[0], "", ""]), collection="scan")
    assert document.state is DocumentState.READY
    assert document.pages_without_text == 2
    assert document.pages_indexed == 3


def test_a_stopped_document_keeps_what_was_done_and_goes_on_when_asked(
    desk: Desk, tmp_path: Path
) -> None:
    path = write_pdf(tmp_path / "long.pdf", report_pages(80, seed=5, sentences=4))
    (document,) = desk.library.add([path], "stopped").documents
    halfway = threading.Event()

    def look(changed: Document | None) -> None:
        if changed and changed.id == document.id and changed.pages_indexed > 10:
            halfway.set()

    unlisten = desk.library.changed.listen(look)
    work = threading.Thread(target=desk.library.work, args=(Cancellation(),))
    work.start()
    assert halfway.wait(60)
    desk.library.stop(document.id)
    work.join(30)
    assert not work.is_alive()
    stopped = by_id(desk, document.id)
    assert stopped.state is DocumentState.CANCELLED
    assert 10 < stopped.pages_indexed < 80
    desk.library.again(document.id)
    desk.library.work(Cancellation())
    unlisten()
    assert by_id(desk, document.id).pages_indexed == 80


def test_a_cancelled_run_leaves_the_rest_for_the_next(desk: Desk, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "long.pdf", report_pages(60, seed=6, sentences=4))
    (document,) = desk.library.add([path], "cancelled").documents
    run = Cancellation()

    def look(changed: Document | None) -> None:
        if changed and changed.id == document.id and changed.pages_read > 5:
            run.cancel()

    unlisten = desk.library.changed.listen(look)
    with pytest.raises(Cancelled):
        desk.library.work(run)
    unlisten()
    left = by_id(desk, document.id)
    assert left.state in (DocumentState.READING, DocumentState.INDEXING)
    assert left.pages_indexed < 60
    desk.library.work(Cancellation())
    assert by_id(desk, document.id).state is DocumentState.READY


def test_a_file_that_changed_is_read_anew_when_added_again(desk: Desk, tmp_path: Path) -> None:
    path = lease(tmp_path)
    (before,) = take_in(desk, path, collection="changed")
    assert desk.library.file_state(before.id, Cancellation()) is FileState.THERE
    lease(tmp_path, pages=["The harbour master counted forty seals on the pier at dawn."])
    with pytest.raises(DocumentChanged):
        desk.library.page_image(before.id, 1, [], 400, Cancellation())
    assert desk.library.file_state(before.id, Cancellation()) is FileState.CHANGED
    (after,) = take_in(desk, path, collection="changed")
    assert (after.id, after.page_count) == (before.id, 1)
    assert after.sha256 != before.sha256
    texts = desk.retrieval.search("Maria Okafor", document_ids=[after.id], cancel=Cancellation())
    assert all("Okafor" not in passage.text for passage in texts)
    assert found(desk, "How many seals did the harbour master count?", after) == [1]
    path.unlink()
    assert desk.library.file_state(after.id, Cancellation()) is FileState.GONE


def test_a_removed_document_is_found_no_more(desk: Desk, tmp_path: Path) -> None:
    text = "The zymurgist of Fernleigh keeps nine copper kettles in the cellar."
    (document,) = take_in(desk, lease(tmp_path, pages=[text]), collection="removed")
    assert found(desk, "zymurgist copper kettles", document) == [1]
    desk.library.remove(document.id)
    everywhere = desk.retrieval.search("zymurgist copper kettles", cancel=Cancellation())
    assert all("zymurgist" not in passage.text for passage in everywhere)
    assert found(desk, "zymurgist copper kettles", document) == []
    assert desk.library.file_state(document.id, Cancellation()) is FileState.GONE
    assert document.id not in {d.id for d in desk.library.documents()}
    assert desk.library.removed()[0].id == document.id
    desk.library.restore(document.id)
    assert found(desk, "zymurgist copper kettles", document) == [1]


@pytest.mark.slow
def test_what_was_removed_goes_for_good_when_the_desk_closes(profile: Path, tmp_path: Path) -> None:
    """Searched for in the pages of the store, in clear, and in the files of the vector index."""
    desk = open_desk(profile, PASSPHRASE)
    key = desk._profile._key
    try:
        for name, text in (("kept", "The heron waits."), ("gone", "A quizzacious egret.")):
            take_in(desk, write_pdf(tmp_path / f"{name}.pdf", [text]), collection="removed")
        kept, gone = desk.library.documents()
        vectors = [
            vector for rows in desk._profile.store.vectors(embedder(desk)) for *_, vector in rows
        ]
        desk.library.remove(gone.id)
        assert b"quizzacious" in in_clear(profile, key)
        assert all(in_index(profile, vector) for vector in vectors)
    finally:
        desk.close()
    assert b"quizzacious" not in in_clear(profile, key)
    assert b"heron" in in_clear(profile, key)
    assert vectors[1] not in in_clear(profile, key)
    assert [in_index(profile, vector) for vector in vectors] == [True, False]
    desk = open_desk(profile, PASSPHRASE)
    try:
        assert [d.id for d in desk.library.documents()] == [kept.id]
        assert desk.library.removed() == []
        with pytest.raises(DocumentMissing):
            desk.library.restore(gone.id)
    finally:
        desk.close()


def embedder(desk: Desk) -> str:
    return desk._profile.store.serving_embedder()


def in_clear(profile: Path, key: bytes) -> bytes:
    return b"".join(pages(Paths(profile).database, key))


def in_index(profile: Path, vector: bytes) -> bool:
    files = [path for path in Paths(profile).index.parent.rglob("*.lance") if path.is_file()]
    return any(vector in path.read_bytes() for path in files)


def test_a_removal_takes_what_is_under_way_and_putting_back_goes_on_with_it(
    desk: Desk, tmp_path: Path
) -> None:
    path = write_pdf(tmp_path / "long.pdf", report_pages(40, seed=7, sentences=4))
    (document,) = desk.library.add([path], "taken back").documents

    def look(changed: Document | None) -> None:
        if changed and changed.id == document.id and changed.pages_read > 5:
            desk.library.remove(document.id)

    unlisten = desk.library.changed.listen(look)
    desk.library.work(Cancellation())
    unlisten()
    assert document.id not in {d.id for d in desk.library.documents()}
    assert desk.library.restore(document.id).state is DocumentState.QUEUED
    desk.library.work(Cancellation())
    assert by_id(desk, document.id).state is DocumentState.READY
    assert by_id(desk, document.id).pages_indexed == 40


def test_a_document_can_be_in_two_collections_without_being_read_twice(
    desk: Desk, tmp_path: Path
) -> None:
    path = lease(tmp_path)
    (first,) = take_in(desk, path, collection="one matter")
    (second,) = take_in(desk, path, collection="another matter")
    assert first.id == second.id
    for collection in ("one matter", "another matter"):
        assert [d.id for d in desk.library.documents(collection)] == [first.id]


def test_what_took_the_application_down_twice_while_read_is_left_alone(
    profile: Path, tmp_path: Path
) -> None:
    """A journal entry without an end is what a crash leaves; two in a row make a quarantine."""
    path = lease(tmp_path)
    for crash in (1, 2):
        desk = open_desk(profile, PASSPHRASE)
        store = desk._profile.store
        desk.library.recover()
        (document,) = desk.library.add([path], "crashes").documents
        store.begin_risk("read", str(document.id))  # and the lights go out
        desk.close()
        assert crash in (1, 2)
    desk = open_desk(profile, PASSPHRASE)
    desk.library.recover()
    quarantined = by_id(desk, document.id)
    desk.close()
    assert quarantined.state is DocumentState.FAILED
    assert quarantined.error_code == "document_quarantined"


def test_a_folder_of_every_format_is_read_and_the_bad_ones_are_named(
    desk: Desk, tmp_path: Path
) -> None:
    """Every file but the two hostile ones is found by what it says, and says where it stands."""
    for name, content in {
        "a.docx": made.docx_file(),
        "b.xlsx": made.xlsx_file(),
        "c.eml": made.eml_file(),
        "d.png": made.scan(),
        "e.zip": made.notion_export(),
        "laughs.docx": hostile.laughs_docx(),
        "huge.png": hostile.huge_png(),
        "~$a.docx": b"the owner",
        "film.mkv": b"not looked at",
    }.items():
        (tmp_path / name).write_bytes(content)
    documents = take_in(desk, tmp_path, collection="formats")
    assert {d.name: d.error_code for d in documents} == {
        "a.docx": "",
        "b.xlsx": "",
        "c.eml": "",
        "d.png": "",
        "e.zip": "",
        "huge.png": "document_too_demanding",
        "laughs.docx": "document_damaged",
    }
    places = {}
    for document in documents:
        if document.state is DocumentState.READY:
            best, *_ = desk.retrieval.search(
                "Which boiler is replaced?", document_ids=[document.id], cancel=Cancellation()
            )
            places[document.name] = whereabouts(best)
    assert places == {
        "a.docx": "section 1, Heating › Boiler",
        "b.xlsx": "Costs 2025!A1:D6",
        "c.eml": "message 2025-11-03 09:00, Heating",
        "d.png": "scan 1",
        "e.zip": "section 3, House › Heating › Boiler",
    }
    (scan,) = [document for document in documents if document.name == "d.png"]
    image = desk.library.page_image(scan.id, 1, [(4, 10)], 500, Cancellation())
    assert len(image.lit) == 1
    assert image.lit[0].width < 100


def test_the_heading_is_found_by_word(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "rules.md").write_text("# Quarantine of seedlings\n\nThey stay there for a week.")
    (document,) = take_in(desk, tmp_path / "rules.md", collection="headings")
    hits = desk.retrieval._store.search_words("quarantine", limit=5, document_ids=[document.id])
    assert len(hits) == 1
