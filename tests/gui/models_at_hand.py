"""The Models page as a user has it before her: pressed, typed into, waited for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from desktop.app import Application
from desktop.gui.models.rows import Role, Row
from desktop.gui.outgoing import Outgoing, Where
from desktop.gui.pages.models import DOWNLOADS, FIND, INSTALLED, ModelsPage
from desktop.gui.widgets.model_list import ModelList
from tests.gui.conftest import wait_until
from tests.hub.server import LocalHub

__all__ = ["DOWNLOADS", "FIND", "INSTALLED"]


def page_of(application: Application) -> ModelsPage:
    """The open Models page, nothing said over it."""
    application.window.show_page("models")
    application.window.banners.end_all()
    page = application.window.page_widget("models")
    assert isinstance(page, ModelsPage)
    return page


def use(application: Application, hub: LocalHub) -> None:
    """Let the local hub be the hub."""
    assert application.desk is not None
    application.desk.hub.set_offline(False)
    application.desk.hub.set_endpoint(hub.endpoint)
    application.desk.hub.set_hosts((hub.cdn,))
    outgoing = application.findChild(Outgoing)
    assert outgoing is not None
    outgoing.look()
    where = hub.endpoint.partition("://")[2]
    wait_until(lambda: outgoing.where == Where(where, offline=False))


def press(within: QWidget, name: str) -> None:
    button = within.findChild(QAbstractButton, name)
    assert button is not None, name
    assert button.isVisible(), name
    assert button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(within: QWidget, name: str, text: str) -> QLineEdit:
    field = within.findChild(QLineEdit, name)
    assert field is not None, name
    field.clear()
    QTest.keyClicks(field, text)
    return field


def rows(list_: ModelList) -> list[Row]:
    model = list_.model()
    return [model.index(row, 0).data(Role.ROW) for row in range(model.rowCount())]


def titles(list_: ModelList) -> list[str]:
    return [row.title for row in rows(list_)]


def select(list_: ModelList, title: str) -> Any:
    """Click on the row of that title; its record."""
    wait_until(lambda: title in titles(list_))
    here = list_.model().index(titles(list_).index(title), 0)
    list_.scrollTo(here)
    QTest.mouseClick(
        list_.viewport(), Qt.MouseButton.LeftButton, pos=list_.visualRect(here).center()
    )
    return here.data(Role.RECORD)


def row_named(list_: ModelList, title: str) -> Row:
    return next(row for row in rows(list_) if row.title == title)


def facts(page: ModelsPage, view: int = INSTALLED) -> dict[str, str]:
    """What the card of that view says."""
    card = (page.installed, page.finding, page.fetching)[view].card
    return dict(card.facts.shown())


def said(application: Application) -> str:
    return " ".join(application.window.banners.texts())
