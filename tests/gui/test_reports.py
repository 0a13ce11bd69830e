"""The report on a collection, on the Documents page: real files, real desk, real window."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import Application
from desktop.domain.documents import DocumentState
from desktop.gui.models.collections import CollectionsModel
from desktop.gui.pages.documents import DocumentsPage
from tests.gui.conftest import wait_for, wait_until
from tests.samples import report_pages, write_pdf

AT_WORK = (DocumentState.QUEUED, DocumentState.READING, DocumentState.INDEXING)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions of a lease, a file that is none, one without text, and a copy."""
    folder = tmp_path_factory.mktemp("matter")
    pages = report_pages(3, seed=31)
    write_pdf(folder / "lease v1.pdf", pages)
    v2 = write_pdf(folder / "lease v2.pdf", [*pages[:2], *report_pages(1, seed=32)])
    (folder / "copied.pdf").write_bytes(v2.read_bytes())
    (folder / "broken.pdf").write_text("no PDF")
    return folder


@pytest.fixture
def page(desk_window: Application, files: Path) -> DocumentsPage:
    """The page with these files in a collection, which is chosen."""
    desk_window.window.show_page("documents")
    found = desk_window.window.page_widget("documents")
    assert isinstance(found, DocumentsPage)
    found.add([files], "Aldermoor")

    def settled() -> bool:
        documents = found.model.documents()
        return len(documents) >= 5 and not any(d.state in AT_WORK for d in documents)

    wait_until(settled)
    model = found.collections.list.model()

    def row() -> int | None:
        rows = [model.index(at, 0) for at in range(model.rowCount())]
        here = [r.row() for r in rows if r.data() == "Aldermoor"]
        full = here and rows[here[0]].data(CollectionsModel.ENTRY).count == 4
        return here[0] if full else None

    wait_until(lambda: row() is not None)
    found.collections.list.setCurrentIndex(model.index(row() or 0, 0))
    desk_window.window.banners.end_all()
    return found


def rows(page: DocumentsPage) -> list[tuple[str, str]]:
    described = [page.report.rows.index(at) for at in range(page.report.rows.rowCount())]
    return [(row.data(), row.data(Qt.ItemDataRole.AccessibleTextRole)) for row in described]


def test_a_report_is_made_read_left_and_saved(
    desk_window: Application, page: DocumentsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    button = page.findChild(QPushButton, "documents.report.make")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_for(page.report.shown)
    said = rows(page)
    assert [name for name, _ in said] == ["broken.pdf", "lease v1.pdf", "lease v2.pdf"]
    assert "Could not be read" in said[0][1]
    assert "Newer by the version in its name: lease v2.pdf" in said[1][1]
    assert "The same file as copied.pdf" in said[2][1]
    summary = page.findChild(QLabel, "documents.report.summary")
    assert summary is not None
    assert summary.text() == (
        "Documents: 4, ready: 3, pages: 9. Documents of which something cannot be found: 1."
    )
    for name in ("report.txt", "report.csv"):
        page.report.save(tmp_path / name)
        wait_until(lambda name=name: (tmp_path / name).exists())  # type: ignore[misc]
    text = (tmp_path / "report.txt").read_text(encoding="utf-8-sig")
    assert text.startswith("Report on Aldermoor\n")
    assert "lease v1.pdf: Newer by" in text
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["Document"] for row in table] == [name for name, _ in said]
    page.report.list.opened.emit(page.report.rows.record(1))
    assert [document.name for document in page.selected()] == ["lease v1.pdf"]
    assert not page.report.isVisible()


def test_a_report_is_left_by_key_or_by_choosing_something_else(
    desk_window: Application, page: DocumentsPage, qtbot: QtBot
) -> None:
    page.make_report()
    wait_for(page.report.shown)
    qtbot.keyClick(page.report.list, Qt.Key.Key_Escape)
    wait_until(lambda: not page.report.isVisible())
    page.make_report()
    wait_for(page.report.shown)
    page.collections.list.setCurrentIndex(page.collections.list.model().index(0, 0))
    wait_until(lambda: not page.report.isVisible())
