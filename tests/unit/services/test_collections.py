"""Collections over a real desk, and what is said of how complete they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.desk import Desk
from desktop.domain.completeness import Finding
from desktop.domain.documents import Document
from desktop.domain.errors import CollectionKnown, CollectionUnknown
from desktop.domain.jobs import Cancellation
from desktop.domain.versions import Basis
from desktop.services.collections import LONGEST_NAME
from tests.documents import scan
from tests.samples import report_pages, write_pdf


def take_in(desk: Desk, *paths: Path, collection: str) -> list[Document]:
    added = desk.library.add(paths, collection)
    desk.library.work(Cancellation())
    return [
        d for d in desk.library.documents(collection) if d.id in {a.id for a in added.documents}
    ]


def inside(desk: Desk, name: str) -> list[int]:
    return [document.id for document in desk.library.documents(name)]


def test_a_collection_is_made_named_anew_and_removed_while_its_documents_stay(
    desk: Desk, tmp_path: Path
) -> None:
    told: list[str] = []
    unlisten = desk.collections.changed.listen(told.append)
    assert desk.collections.add("  Fern\nleigh ").name == "Fern leigh"
    with pytest.raises(CollectionKnown):
        desk.collections.add("Fern leigh")
    assert desk.collections.rename("Fern leigh", "Fernleigh").name == "Fernleigh"
    desk.collections.add("Aldermoor")
    with pytest.raises(CollectionKnown):
        desk.collections.rename("Fernleigh", "Aldermoor")
    desk.collections.rename("Fernleigh", "Fernleigh")
    with pytest.raises(ValueError, match="needs a name"):
        desk.collections.add(" \n")
    assert len(desk.collections.add("x" * 500).name) == LONGEST_NAME
    (document,) = desk.library.add([write_pdf(tmp_path / "a.pdf", ["A."])], "Fernleigh").documents
    gone = desk.collections.remove("Fernleigh")
    assert gone.document_ids == (document.id,)
    with pytest.raises(CollectionUnknown):
        desk.collections.named("Fernleigh")
    assert document.id in {d.id for d in desk.library.documents()}
    desk.collections.put_back(gone)
    assert inside(desk, "Fernleigh") == [document.id]
    unlisten()
    assert told[:2] == ["Fern leigh", "Fernleigh"]


def test_a_document_is_put_into_a_second_collection_without_another_vector(
    desk: Desk, tmp_path: Path
) -> None:
    (document,) = take_in(desk, write_pdf(tmp_path / "b.pdf", ["The heron."]), collection="One")
    store = desk._profile.store
    vectors = store.vector_count(store.serving_embedder())
    desk.collections.add("Two")
    desk.collections.put("Two", [document.id, 987_654])
    desk.collections.put("Two", [document.id])
    desk.library.work(Cancellation())
    assert inside(desk, "One") == inside(desk, "Two") == [document.id]
    assert store.vector_count(store.serving_embedder()) == vectors
    ids = {one.name: one.id for one in desk.collections.all()}
    assert desk.collections.members()[ids["Two"]] == {document.id}
    desk.collections.take("One", [document.id])
    assert inside(desk, "One") == []
    assert inside(desk, "Two") == [document.id]
    with pytest.raises(CollectionUnknown):
        desk.collections.put("No such matter", [document.id])


def test_a_report_names_what_is_missing_doubtful_twice_and_older(
    desk: Desk, tmp_path: Path
) -> None:
    pages = report_pages(4, seed=21)
    v1 = write_pdf(tmp_path / "ledger v1.pdf", pages)
    v2 = write_pdf(tmp_path / "ledger v2.pdf", [*pages[:3], *report_pages(1, seed=22)])
    copy = tmp_path / "copy of it.pdf"
    copy.write_bytes(v1.read_bytes())
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(v1.read_bytes()[:300])
    locked = write_pdf(tmp_path / "locked.pdf", pages, password="sesame")
    blank = write_pdf(tmp_path / "blank.pdf", ["The heron waits.", ""])
    faint = tmp_path / "faint.png"
    faint.write_bytes(scan(size=9))
    take_in(desk, v1, v2, copy, broken, locked, blank, faint, collection="To report on")
    copy.unlink()
    done: list[tuple[int, int]] = []
    made = desk.completeness.report(
        "To report on", progress=lambda *far: done.append(far), cancel=Cancellation()
    )
    assert done[-1] == (7, 7)
    said = {(remark.finding, remark.document.name) for remark in made.remarks}
    assert {
        (Finding.FAILED, "broken.pdf"),
        (Finding.LOCKED, "locked.pdf"),
        (Finding.WITHOUT_TEXT, "blank.pdf"),
        (Finding.GONE, "copy of it.pdf"),
        (Finding.OLDER, "ledger v1.pdf"),
        (Finding.DUPLICATE, "copy of it.pdf"),
    } <= said
    (older,) = [r for r in made.of(Finding.OLDER) if r.document.name == "ledger v1.pdf"]
    assert older.other is not None
    assert (older.other.name, older.basis) == ("ledger v2.pdf", Basis.NUMBER)
    (empty,) = made.of(Finding.WITHOUT_TEXT)
    assert [page.number for page in empty.pages] == [2]
    assert (made.documents, made.complete) == (7, False)
    write_pdf(v2, pages)
    later = desk.completeness.report("To report on", cancel=Cancellation())
    assert [remark.document.name for remark in later.of(Finding.CHANGED)] == ["ledger v2.pdf"]
    with pytest.raises(CollectionUnknown):
        desk.completeness.report("no such matter", cancel=Cancellation())
    desk.completeness.save(tmp_path / "report.txt", "Straße")
    assert (tmp_path / "report.txt").read_text(encoding="utf-8-sig") == "Straße"
