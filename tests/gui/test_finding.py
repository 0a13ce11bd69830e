"""Finding and fetching models in the real window, from a hub on this computer.

Real children, a real profile, the hub's protocol; nothing beyond this computer is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QTableView
from pytestqt.modeltest import ModelTester

from desktop.app import Application
from desktop.domain.hub import Repository, Request
from desktop.domain.models import ModelKind
from desktop.gui.models.ledger import LedgerModel, as_csv
from desktop.gui.models.offer_words import Offer, row
from desktop.gui.models.rows import RowsModel
from desktop.gui.pages.models import FIND, INSTALLED, ModelsPage
from desktop.gui.widgets.ledger_card import LedgerCard
from tests.ggufs import gguf
from tests.gui.conftest import wait_until
from tests.gui.models_at_hand import (
    facts,
    page_of,
    press,
    row_named,
    said,
    select,
    titles,
    type_into,
    use,
)
from tests.hub.content import HubContent, HubRepository
from tests.hub.server import LocalHub, local_hub
from tests.shelves import embedder_files

SIZE = 96_000_000
NAME = "acme/clerk-GGUF"
HEAD = gguf(bytes(SIZE - 224))[:224]


def content(seed: int) -> HubContent:
    """A model whose head says what it is; the rest is made as it is sent."""
    return HubContent(SIZE, head=HEAD, seed=seed)


@pytest.fixture(scope="module")
def hub() -> Iterator[LocalHub]:
    with local_hub() as hub:
        files = {
            "clerk-Q4_0.gguf": content(1),
            "clerk-Q8_0.gguf": content(2),
            "broken-Q2_K.gguf": HubContent(100_000, head=b"<html>"),
            "LICENSE": "Do what you like with it.",
        }
        hub.add(HubRepository(NAME, dict(files)))
        hub.add(HubRepository("acme/closed-GGUF", {"closed-Q4_0.gguf": content(3)}, gated=True))
        yield hub


@pytest.fixture
def page(desk_window: Application, hub: LocalHub) -> ModelsPage:
    hub.faults.kind = ""
    use(desk_window, hub)
    page = page_of(desk_window)
    page.show_view(FIND)
    page.finding.search.field.clear()
    return page


def search(page: ModelsPage, text: str) -> None:
    field = type_into(page, "models.find.field", text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def open_repository(page: ModelsPage, name: str = NAME) -> None:
    search(page, "acme")
    select(page.finding.list, name)
    press(page, "models.open.button")


def promise(application: Application) -> str:
    label = application.window.findChild(QLabel, "status.promise")
    assert label is not None
    return label.text()


# -- the catalogue


def test_the_catalogue_is_there_without_a_question_and_recommends_one(
    page: ModelsPage, hub: LocalHub
) -> None:
    seen = len(hub.seen)
    wait_until(lambda: page.finding.rows.records()[0].recommended)
    select(page.finding.list, row(page.finding.rows.records()[0]).title)
    assert "Nothing was asked of the hub" in facts(page, FIND)["On this computer"]
    assert facts(page, FIND)["Licence"]
    type_into(page, "models.find.field", "clerk")
    assert len(hub.seen) == seen  # typing asks nobody


def test_embedders_and_rerankers_are_offered_in_groups_and_fetched_as_folders(
    desk_window: Application, page: ModelsPage, hub: LocalHub
) -> None:
    offers = page.finding.rows.records()
    groups = list(dict.fromkeys(row(offer).group for offer in offers))
    assert groups == ["Answering", "Searching", "Ordering what was found"]
    embedder = next(offer for offer in offers if offer.kind is ModelKind.EMBEDDER)
    files = embedder_files()
    weights = files.pop("model.safetensors")
    hub.add(
        HubRepository(
            embedder.entry.repository,
            {name: text.decode() for name, text in files.items()}
            | {"model.safetensors": HubContent(len(weights), weights)},
        )
    )
    select(page.finding.list, embedder.entry.title)
    judge = page.findChild(QPushButton, "models.judge.button")
    assert judge is not None
    assert not judge.isVisible()  # there is no head to judge it by
    press(page, "models.download.button")
    name = embedder.entry.repository.rpartition("/")[2]
    wait_until(lambda: name in titles(page.installed.list))
    page.show_view(INSTALLED)
    assert row_named(page.installed.list, name).group == "Searching"
    select(page.installed.list, name)
    press(page, "models.remove.button")
    wait_until(lambda: row_named(page.installed.list, name).faded)


# -- the hub


def test_a_search_asks_on_enter_and_groups_models_by_repository(
    desk_window: Application, page: ModelsPage, hub: LocalHub
) -> None:
    search(page, "acme")
    wait_until(lambda: NAME in titles(page.finding.list))
    assert "gated" in row_named(page.finding.list, "acme/closed-GGUF").line
    assert row_named(page.finding.list, NAME).line.startswith("apache-2.0")
    select(page.finding.list, NAME)
    press(page, "models.open.button")
    wait_until(lambda: "Q8_0" in titles(page.finding.list))
    place = titles(page.finding.list).index(NAME)
    assert titles(page.finding.list)[place + 1 : place + 4] == ["Q2_K", "Q4_0", "Q8_0"]
    assert [row(offer).depth for offer in page.finding.rows.records()[place : place + 4]] == [
        *(0, 1, 1, 1)
    ]
    press(page, "models.open.button")  # and hides them again
    wait_until(lambda: "Q8_0" not in titles(page.finding.list))
    page.finding.search.field.clear()
    assert page.finding.rows.records()[0].entry is not None


def test_a_model_is_judged_by_its_head_before_anything_is_fetched(
    desk_window: Application, page: ModelsPage, hub: LocalHub
) -> None:
    open_repository(page)
    select(page.finding.list, "Q4_0")
    sent = hub.sent
    press(page, "models.judge.button")
    wait_until(lambda: row_named(page.finding.list, "Q4_0").verdict == "fits")
    assert facts(page, FIND)["On this computer"].startswith("Fits: needs ")
    assert hub.sent - sent < 2_000_000
    select(page.finding.list, "Q2_K")
    press(page, "models.judge.button")
    wait_until(lambda: "is not a model that can be used" in said(desk_window))


def test_nothing_found_and_offline_say_what_to_do(
    desk_window: Application, page: ModelsPage, hub: LocalHub
) -> None:
    search(page, "nobody made this")
    label = page.findChild(QLabel, "models.find.said")
    assert label is not None
    wait_until(lambda: "Try fewer or other words" in label.text())
    window = desk_window.window
    window.show_page("settings")
    switch = window.findChild(QCheckBox, "settings.offline")
    assert switch is not None
    wait_until(lambda: not switch.isChecked())
    switch.click()
    wait_until(lambda: promise(desk_window) == "Offline: nothing leaves this computer")
    seen = len(hub.seen)
    window.show_page("models")
    assert "Offline is switched on in Settings" in label.text()
    search(page, "acme")
    page.finding.search.field.clear()
    select(page.finding.list, row(page.finding.rows.records()[0]).title)
    press(page, "models.judge.button")
    wait_until(lambda: "set to stay offline" in said(desk_window))
    assert len(hub.seen) == seen
    switch.click()
    wait_until(lambda: "Not connected" in promise(desk_window))


def test_a_gated_model_says_where_its_licence_is_accepted(
    desk_window: Application, page: ModelsPage
) -> None:
    open_repository(page, "acme/closed-GGUF")
    select(page.finding.list, "Q4_0")
    assert "access token in Settings" in facts(page, FIND)["Gated"]
    press(page, "models.judge.button")
    wait_until(lambda: "Enter an access token of yours in Settings" in said(desk_window))


# -- downloads


def test_a_download_shows_its_progress_is_paused_resumed_and_installed(
    desk_window: Application, page: ModelsPage, hub: LocalHub
) -> None:
    open_repository(page)
    select(page.finding.list, "Q4_0")
    hub.faults.at, hub.faults.times, hub.faults.kind = SIZE // 2, 1, "stall"
    said_below: list[str] = []
    page.fetchChanged.connect(lambda line, _share: said_below.append(line))
    press(page, "models.download.button")
    wait_until(page.fetching.isVisible)
    wait_until(lambda: "clerk-Q4_0" in titles(page.fetching.list))
    select(page.fetching.list, "clerk-Q4_0")

    wait_until(lambda: (row_named(page.fetching.list, "clerk-Q4_0").progress or 0) > 0)
    wait_until(hub.went_wrong.is_set)
    assert row_named(page.fetching.list, "clerk-Q4_0").line.startswith("Fetching, ")
    assert promise(desk_window).endswith("fetching clerk-Q4_0")
    assert f"Connected to 127.0.0.1:{hub.port}" in promise(desk_window)
    segment = page.findChild(QPushButton, "models.show_downloads.button")
    assert segment is not None
    assert segment.text() == "Downloads (1)"
    press(page, "models.pause.button")
    wait_until(lambda: row_named(page.fetching.list, "clerk-Q4_0").line.startswith("Paused, "))
    wait_until(lambda: "Not connected" in promise(desk_window))
    sent = hub.sent
    press(page, "models.resume.button")
    wait_until(lambda: titles(page.fetching.list) == [])
    assert hub.sent - sent < 0.75 * SIZE  # it went on where it stopped
    assert any(line.startswith("clerk-Q4_0: Fetching, ") for line in said_below)
    assert segment.text() == "Downloads"
    assert "clerk" not in desk_window.window.status.text()
    page.show_view(INSTALLED)
    wait_until(lambda: "clerk-Q4_0" in titles(page.installed.list))
    select(page.installed.list, "clerk-Q4_0")
    known = facts(page)
    assert known["Origin"] == NAME
    assert known["Commit"] == hub.repositories[NAME].commit
    assert known["SHA-256"] == hub.repositories[NAME].files["clerk-Q4_0.gguf"].sha256  # type: ignore[union-attr]
    assert desk_window.desk is not None
    licence = page.installed.licence.text.toPlainText()
    assert licence == "Do what you like with it."  # the repository's own


def test_a_newer_version_is_offered_and_comes_beside_the_old_one(
    desk_window: Application, page: ModelsPage, hub: LocalHub
) -> None:
    small = "acme/small-GGUF"
    head = gguf(bytes(100_000 - 224))[:224]
    hub.add(HubRepository(small, {"small-Q4_0.gguf": HubContent(100_000, head)}))
    open_repository(page, small)
    select(page.finding.list, "Q4_0")
    press(page, "models.download.button")
    wait_until(page.fetching.isVisible)
    page.show_view(INSTALLED)
    select(page.installed.list, "small-Q4_0")
    press(page, "models.newer.button")
    wait_until(lambda: f"small-Q4_0 is as {small} has it now." in said(desk_window))

    content = HubContent(100_000, head, seed=9)
    hub.add(HubRepository(small, {"small-Q4_0.gguf": content}, commit="0123456789" * 4))
    desk_window.window.banners.end_all()
    press(page, "models.newer.button")
    wait_until(lambda: f"{small} has a newer version of small-Q4_0." in said(desk_window))
    sent = hub.sent
    assert titles(page.fetching.list) == []  # told, and not taken
    assert hub.sent == sent
    press(desk_window.window, "banner.action")
    wait_until(page.fetching.isVisible)
    page.show_view(INSTALLED)
    select(page.installed.list, "small-Q4_0 0123456")
    assert facts(page)["SHA-256"] == content.sha256
    assert "small-Q4_0" in titles(page.installed.list)
    del hub.repositories[small]


def test_a_download_that_is_not_what_was_promised_fails_in_words_and_can_be_cancelled(
    desk_window: Application, page: ModelsPage, hub: LocalHub
) -> None:
    open_repository(page)
    select(page.finding.list, "Q8_0")
    hub.faults.kind, hub.faults.times, hub.faults.at = "flip", None, SIZE // 2
    press(page, "models.download.button")
    wait_until(lambda: "clerk-Q8_0" in titles(page.fetching.list))
    wait_until(lambda: row_named(page.fetching.list, "clerk-Q8_0").trouble)
    assert "not what the hub promised" in row_named(page.fetching.list, "clerk-Q8_0").line
    select(page.fetching.list, "clerk-Q8_0")
    press(page, "models.cancel_download.button")
    wait_until(lambda: titles(page.fetching.list) == [])
    assert desk_window.desk is not None
    names = [model.name for model in desk_window.desk.shelf.installed()]
    assert "clerk-Q8_0" not in names


# -- the ledger, and who may be asked


def test_the_ledger_shows_every_request_and_is_written_as_a_table(
    desk_window: Application, page: ModelsPage, hub: LocalHub, tmp_path: Path
) -> None:
    search(page, "acme")
    wait_until(lambda: NAME in titles(page.finding.list))
    window = desk_window.window
    window.show_page("settings")
    card = window.findChild(LedgerCard)
    table = window.findChild(QTableView, "settings.ledger")
    assert card is not None
    assert table is not None
    wait_until(lambda: card.rows.rowCount() > 0)
    first = [str(card.rows.index(0, column).data()) for column in range(6)]
    assert first[2].startswith("127.0.0.1")
    assert first[3] == "GET /api/models"
    assert first[4] == "200"
    card.export(tmp_path / "ledger.csv")
    wait_until(lambda: "were written to" in said(desk_window))
    written = (tmp_path / "ledger.csv").read_text(encoding="utf-8").splitlines()
    assert len(written) == card.rows.rowCount() + 1
    card.export(tmp_path / "nowhere" / "ledger.csv")
    wait_until(lambda: "cannot be written" in said(desk_window))


def test_the_hub_is_an_address_and_nothing_else(
    desk_window: Application, page: ModelsPage, hub: LocalHub
) -> None:
    window = desk_window.window
    window.show_page("settings")
    settings = window.page_widget("settings")
    type_into(settings, "settings.endpoint", "file:///etc")
    press(settings, "settings.apply_connections.button")
    wait_until(lambda: "is not one of the hosts" in said(desk_window))
    assert desk_window.desk is not None
    assert desk_window.desk.hub.endpoint == hub.endpoint
    type_into(settings, "settings.endpoint", hub.endpoint)
    type_into(settings, "settings.hosts", "localhost, .example.org")
    press(settings, "settings.apply_connections.button")
    wait_until(lambda: f"Models come from {hub.endpoint} now." in said(desk_window))
    assert desk_window.desk.hub.hosts == ("localhost", ".example.org")


def test_a_token_that_the_hub_does_not_know_is_not_kept(
    desk_window: Application, page: ModelsPage
) -> None:
    window = desk_window.window
    window.show_page("settings")
    settings = window.page_widget("settings")
    field = type_into(settings, "settings.token", "hf_wrong")
    press(settings, "settings.keep_token.button")
    wait_until(lambda: "does not know that access token" in said(desk_window))
    assert field.text() == "hf_wrong"  # what was typed stays
    assert desk_window.desk is not None
    assert not desk_window.desk.hub.has_token


# -- the models of the views


def test_the_ledger_is_a_sound_item_model_and_no_formula(
    qapp: QApplication, qtmodeltester: ModelTester
) -> None:
    model = LedgerModel()
    qtmodeltester.check(model)
    hostile = Request(0.0, "GET", "=cmd|' /C calc'!A0", "/<b>x</b>", 200, 5, "@search", "-1")
    model.show_requests([hostile, hostile])
    assert model.index(0, 2).data() == "=cmd|' /C calc'!A0"
    assert "'=cmd" in as_csv([hostile])
    assert "'@search" in as_csv([hostile])


def test_a_thousand_repositories_scroll_without_a_stall(
    desk_window: Application, page: ModelsPage
) -> None:
    found = [
        Offer(repository=Repository(f"owner/model-{n}-GGUF", licence="mit", downloads=n))
        for n in range(1000)
    ]
    page.finding.rows.show_records(found)
    list_ = page.finding.list
    assert list_.model().rowCount() == 1000
    bar = list_.verticalScrollBar()
    wait_until(lambda: bar.maximum() > 10_000)
    assert len(list_.viewport().children()) == 0  # no widget a row
    painted = 0
    for place in range(0, bar.maximum(), bar.maximum() // 20):
        bar.setValue(place)
        QApplication.processEvents()
        painted += 1
    assert painted > 10


def test_hostile_names_are_drawn_and_spoken_as_they_are(qapp: QApplication) -> None:
    name = "<img src=//x/y.png>/<script>"
    offer = Offer(repository=Repository(name))
    model = RowsModel(lambda each: each.key, row)
    model.show_records([offer])
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert name in spoken
