"""Text at twice its size is nowhere cut off; the size, the density and the scheme are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from desktop.app import Application
from desktop.domain.appearance import Appearance, Scheme
from desktop.gui import theme
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.storage.appearance_file import read_appearance
from desktop.storage.paths import Paths
from tests.gui.conftest import wait_until
from tests.gui.test_accessibility import PAGES, show, walk

PADDING = 4  # pixels above and below a text that may give way


@pytest.fixture
def twice(desk_window: Application) -> Iterator[Application]:
    desk_window.window.resize(1280, 800)
    desk_window.theme.wear(Appearance(text_size=200))
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    yield desk_window
    desk_window.theme.wear(Appearance())


def cut_off(widget: QWidget) -> str:
    """What of its text does not fit into it; "" if all does."""
    # An elided one ends in an ellipsis, and says the rest in its tooltip.
    if isinstance(widget, ElidedLabel) or not isinstance(widget, QLabel | QAbstractButton):
        return ""
    text = widget.text().strip()
    if not text or (isinstance(widget, QToolButton) and not widget.toolButtonStyle().value):
        return ""
    inside, need = widget.size(), widget.sizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        need = QSize(0, widget.heightForWidth(widget.width()))
    if need.width() > inside.width() + 1 or need.height() > inside.height() + PADDING:
        return f"{inside.toTuple()} for {need.toTuple()}: {text[:40]}"
    return ""


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_cut_off_at_twice_the_size(twice: Application, page: str) -> None:
    show(twice, page)
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QApplication.processEvents()
    wrong = []
    for interface in walk(QAccessible.queryAccessibleInterface(twice.window)):
        thing = interface.object()
        if isinstance(thing, QLabel | QAbstractButton) and thing.isVisible():
            cut = cut_off(thing)
            if cut:
                wrong.append(f"{thing.objectName() or type(thing).__name__}: {cut}")
    assert not wrong, "\n".join(wrong)


def test_the_looks_are_chosen_seen_at_once_and_kept(desk_window: Application) -> None:
    window = desk_window.window
    window.show_page("settings")
    size = window.findChild(QComboBox, "settings.text_size")
    scheme = window.findChild(QComboBox, "settings.scheme")
    compact = window.findChild(QCheckBox, "settings.compact")
    button = window.findChild(QPushButton, "settings.copy_profile")
    assert size is not None
    assert scheme is not None
    assert compact is not None
    assert button is not None
    before, height = window.font().pointSizeF(), button.sizeHint().height()
    window.actions_.get("settings.larger_text").trigger()
    assert window.font().pointSizeF() > before
    assert size.currentText().startswith("115")
    window.actions_.get("settings.usual_text").trigger()
    compact.click()
    assert button.sizeHint().height() < height
    scheme.setCurrentIndex(scheme.findData(Scheme.DARK))
    scheme.activated.emit(scheme.currentIndex())
    assert theme.tokens() is theme.DARK
    chosen = Appearance(scheme=Scheme.DARK, compact=True)
    assert desk_window.theme.appearance == chosen
    wait_until(lambda: read_appearance(Paths(desk_window.profile).appearance) == chosen)
    compact.click()
    scheme.setCurrentIndex(scheme.findData(Scheme.LIGHT))
    scheme.activated.emit(scheme.currentIndex())
    assert theme.tokens() is theme.LIGHT
