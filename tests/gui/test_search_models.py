"""The models that documents are searched with, on the Models page: real ones (tiny), real child."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.app import Application
from desktop.desk import open_desk
from desktop.domain.jobs import Cancellation
from desktop.gui.pages.models import ModelsPage
from desktop.services.reembedding import Switch
from tests.gui.conftest import PASSPHRASE, Starter, wait_until
from tests.gui.models_at_hand import (
    INSTALLED,
    facts,
    page_of,
    press,
    row_named,
    rows,
    said,
    select,
    titles,
)
from tests.samples import write_pdf
from tests.tiny_models import tiny_embedder, tiny_reranker

NOW = Cancellation()
USUAL = "all-MiniLM-L6-v2"
PAGES = [f"The tenant of house {number} paid the rent of {number} euros." for number in range(70)]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    tiny_embedder(folder / "wide", width=64, seed=3)
    tiny_reranker(folder / "judge")
    return folder


@pytest.fixture
def page(desk_window: Application, models: Path) -> ModelsPage:
    """The page with both models, and nothing left to be embedded."""
    desk = desk_window.desk
    assert desk is not None
    if "wide" not in {model.name for model in desk.shelf.installed()}:
        desk.shelf.add([models], cancel=NOW)
    wait_until(lambda: all(d.pages_indexed == d.page_count > 0 for d in desk.library.documents()))
    page = page_of(desk_window)
    page.show_view(INSTALLED)
    wait_until(lambda: {"wide", "judge"} <= set(titles(page.installed.list)))
    return page


class Held:
    """Holds the thread that embeds once it has made vectors, until it is let go."""

    def __init__(self, application: Application) -> None:
        assert application.desk is not None
        self._let_go = threading.Event()
        self._unlisten = application.desk.reembedding.changed.listen(self._hold)

    def _hold(self, switch: Switch | None) -> None:
        if threading.current_thread().name == "reembedding" and switch is not None:
            self._let_go.wait(60)

    def let_go(self) -> None:
        self._unlisten()
        self._let_go.set()


@pytest.fixture
def held(desk_window: Application) -> Iterator[Held]:
    held = Held(desk_window)
    yield held
    held.let_go()


def button(application: Application, name: str) -> QPushButton:
    found = application.window.findChild(QPushButton, name)
    assert found is not None, name
    return found


def begin(application: Application, page: ModelsPage) -> None:
    """Use the embedder `wide`, after reading what that takes."""
    select(page.installed.list, "wide")
    press(page, "models.search_with.button")
    wait_until(lambda: "have to be embedded again" in said(application))
    press(application.window, "banner.action")


def test_an_embedder_says_what_it_takes_is_cancelled_and_then_takes_over(
    desk_window: Application, page: ModelsPage, held: Held
) -> None:
    desk, status = desk_window.desk, desk_window.window.status
    assert desk is not None
    assert row_named(page.installed.list, USUAL).mark == "searches"
    groups = [row.group for row in rows(page.installed.list)]
    assert groups == ["Answering", "Searching", "Searching", "Ordering what was found"]

    select(page.installed.list, "wide")
    assert not button(desk_window, "models.use.button").isVisible()
    press(page, "models.search_with.button")
    wait_until(lambda: "passages of 1 document have to be embedded again" in said(desk_window))
    assert f"Until then {USUAL} searches." in said(desk_window)
    assert desk.search_models.coming() == ""  # nothing is begun before it was read
    press(desk_window.window, "banner.action")
    wait_until(lambda: status.text().startswith("Embedding with wide, "))
    wait_until(lambda: row_named(page.installed.list, "wide").mark == "takes over")
    assert desk.search_models.serving() == USUAL
    remove = button(desk_window, "models.remove.button")
    assert not remove.isEnabled()
    assert "being embedded with it" in facts(page)["Removing"]

    cancel = button(desk_window, "status.cancel.reembedding")
    assert cancel.isVisible()
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    wait_until(lambda: desk.search_models.coming() == "")
    held.let_go()
    wait_until(lambda: f"{USUAL} goes on searching your documents." in said(desk_window))
    wait_until(lambda: not row_named(page.installed.list, "wide").mark)
    wait_until(lambda: status.text() == "" and not cancel.isVisible())
    wait_until(remove.isEnabled)

    begin(desk_window, page)
    wait_until(lambda: row_named(page.installed.list, "wide").mark == "searches")
    wait_until(lambda: "wide searches your documents from now on." in said(desk_window))
    assert desk.search_models.serving() == "wide"
    assert not row_named(page.installed.list, USUAL).mark
    assert not remove.isEnabled()
    assert "searched with it" in facts(page)["Removing"]
    wait_until(lambda: status.text() == "")


def test_a_reranker_is_used_and_used_no_more(desk_window: Application, page: ModelsPage) -> None:
    desk = desk_window.desk
    assert desk is not None
    select(page.installed.list, "judge")
    use = button(desk_window, "models.order_with.button")
    assert use.text() == "Use for ordering"
    press(page, "models.order_with.button")
    wait_until(lambda: row_named(page.installed.list, "judge").mark == "orders what was found")
    assert desk.search_models.chosen_reranker() == "judge"
    assert not button(desk_window, "models.remove.button").isEnabled()
    wait_until(lambda: use.text() == "Don't use")
    press(page, "models.order_with.button")
    wait_until(lambda: not row_named(page.installed.list, "judge").mark)
    assert desk.search_models.chosen_reranker() == ""
    wait_until(button(desk_window, "models.remove.button").isEnabled)


def test_a_switch_begun_elsewhere_goes_on_when_the_window_opens(
    start: Starter, models: Path, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    desk = open_desk(profile, PASSPHRASE)
    desk.shelf.add([models], cancel=NOW)
    desk.library.add([write_pdf(tmp_path / "rents.pdf", PAGES)])
    desk.library.work(NOW)
    assert desk.reembedding.begin("wide").left == len(PAGES)
    desk.close()
    application = start.opened(profile)
    lines: list[str] = []
    page = page_of(application)
    page.embedChanged.connect(lambda line, _share: lines.append(line))
    wait_until(lambda: "wide" in titles(page.installed.list))
    wait_until(lambda: row_named(page.installed.list, "wide").mark == "searches")
    assert any(line.startswith("Embedding with wide, ") for line in lines)
