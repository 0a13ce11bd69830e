"""Every page as a screen reader and a keyboard find it: the whole tree of what is on it is walked.

Each control has a name and a role that says what it is, and Tab comes to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
    QTextEdit,
    QToolButton,
    QWidget,
)

from desktop.app import Application
from desktop.domain import grounding
from desktop.domain.chat import AnswerKind, AnswerRecord, Role, TurnState
from desktop.gui.pages.models import ModelsPage
from desktop.gui.pages.rewrite import HISTORY, TEXT, VOICES, RewritePage
from tests.gui.conftest import wait_until
from tests.gui.models_at_hand import FIND
from tests.gui.scripted import FEE, passage
from tests.gui.test_chat_page import DOCUMENT

Role_ = QAccessible.Role
# One of them is enabled: what a model is used for is its own.
ONE_AT_A_TIME = {"models.use", "models.search_with", "models.order_with"}
NAMED = {
    Role_.PushButton,
    Role_.ButtonMenu,
    Role_.ButtonDropDown,
    Role_.CheckBox,
    Role_.RadioButton,
    Role_.EditableText,
    Role_.ComboBox,
    Role_.SpinBox,
    Role_.Slider,
    Role_.List,
    Role_.Tree,
    Role_.Table,
    Role_.ProgressBar,
    Role_.Link,
    Role_.PageTab,
}
SAYS_NOTHING = {Role_.NoRole, Role_.Client, Role_.Window, Role_.Pane, Role_.StaticText}
WORKED = (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QComboBox,
    QAbstractItemView,
    QAbstractSpinBox,
)
PAGES = (
    "chat",
    "chat with an answer",
    "documents",
    "rewrite",
    "rewrite: voices",
    "rewrite: earlier",
    "models",
    "models: find",
    "settings",
)
MOST_STOPS = 300
MOST_LINKS = 20


@pytest.fixture
def window(desk_window: Application) -> QWidget:
    window = desk_window.window
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    return window


def show(application: Application, name: str) -> None:
    window = application.window
    page, _, view = name.partition(": ")
    window.show_page(page.split()[0])
    rewrite, models = window.findChild(RewritePage), window.findChild(ModelsPage)
    assert isinstance(rewrite, RewritePage)
    assert isinstance(models, ModelsPage)
    if page == "rewrite":
        rewrite.show_view({"voices": VOICES, "earlier": HISTORY}.get(view, TEXT))
    if view == "find":
        models.show_view(FIND)
    if name == "chat with an answer":
        answered(application)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    QApplication.processEvents()


def answered(application: Application) -> None:
    """An answer with everything that one can have, in view."""
    store = application.desk._profile.store
    conversation = store.add_conversation("Fees")
    for _ in range(20):  # more than the model reads at once
        store.add_turn(conversation.id, Role.USER, "How much?", TurnState.COMPLETE)
        store.add_turn(conversation.id, Role.ASSISTANT, f"{FEE} " * 12, TurnState.COMPLETE)
    store.add_turn(conversation.id, Role.USER, "How much is the fee?", TurnState.COMPLETE)
    turn = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    text, found = grounding.stand_by(f"{FEE}\n\n```python\nx = 1\n```", [passage(DOCUMENT, 1, FEE)])
    store.finish_turn(
        turn.id,
        text=text,
        state=TurnState.COMPLETE,
        citations=found.citations,
        sentences=found.sentences,
        record=AnswerRecord(AnswerKind.GROUNDED, "Small Model", reasoning="Hm.", reasoning_s=3.0),
    )
    page = application.joined.chat
    page.start(conversation.id)
    wait_until(lambda: page.findChild(QToolButton, "chat.code.copy") is not None)
    strip = page.findChild(QWidget, "chat.context.strip")
    assert strip is not None
    wait_until(lambda: strip.isVisibleTo(page))
    for name in ("chat.reasoning.show", "chat.details.show"):
        fold = page.findChild(QToolButton, name)
        assert fold is not None
        fold.setChecked(True)


def walk(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """What is on screen, from `interface` down."""
    if not interface.isValid() or interface.state().invisible:
        return
    yield interface
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child is not None:
            yield from walk(child)


def told(interface: QAccessibleInterface) -> str:
    """What it is, for whoever has to mend it."""
    thing = interface.object()
    names = []
    while thing is not None and len(names) < 4:
        names.append(thing.objectName() or type(thing).__name__)
        thing = thing.parent()
    return f"{interface.role().name} {' in '.join(names)}"


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name_and_a_role(
    desk_window: Application, window: QWidget, page: str
) -> None:
    show(desk_window, page)
    wrong = []
    for interface in walk(QAccessible.queryAccessibleInterface(window)):
        name = interface.text(QAccessible.Text.Name).strip()
        thing = interface.object()
        if interface.role() in NAMED and not name:
            wrong.append(f"no name: {told(interface)}")
        worked = isinstance(thing, WORKED) and not isinstance(thing, QTextBrowser)  # that is read
        if worked and interface.role() in SAYS_NOTHING:
            wrong.append(f"no role: {told(interface)}")
        takes_focus = (
            isinstance(thing, QWidget)
            and thing.isVisible()
            and bool(thing.focusPolicy() & Qt.FocusPolicy.TabFocus)
            and thing.focusProxy() is None
        )
        if takes_focus and not name:
            wrong.append(f"no name where Tab stops: {told(interface)}")
    assert not wrong, "\n".join(wrong)


def test_no_keys_are_for_an_action_and_for_one_within_its_reach(desk_window: Application) -> None:
    """Qt would call them ambiguous there, and do neither."""
    for one, other in combinations(desk_window.window.actions_.all(), 2):
        if set(one.shortcuts()).isdisjoint(other.shortcuts()):
            continue
        if {one.objectName(), other.objectName()} <= ONE_AT_A_TIME:
            continue
        home, away = one.parent(), other.parent()
        assert isinstance(home, QWidget)
        assert isinstance(away, QWidget)
        same = home is away or home.isAncestorOf(away) or away.isAncestorOf(home)
        assert not same, (one.objectName(), other.objectName())


@pytest.mark.parametrize("page", PAGES)
def test_tab_comes_to_every_control(desk_window: Application, window: QWidget, page: str) -> None:
    show(desk_window, page)
    visited = stops(window)
    missed = []
    for interface in walk(QAccessible.queryAccessibleInterface(window)):
        thing = interface.object()
        if not isinstance(thing, WORKED) or not thing.isVisible() or not thing.isEnabled():
            continue
        if thing not in visited and not inside(thing, visited):
            missed.append(told(interface))
    assert not missed, "\n".join(missed)


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab stops, from where the focus is until it is there again."""
    visited: list[QWidget] = []
    links = 0  # of a text, from one of which Tab goes to the next
    focus = QApplication.focusWidget()
    assert focus is not None
    while focus is not None and (focus not in visited or focus is visited[-1]):
        links = links + 1 if visited and focus is visited[-1] else 0
        assert links < MOST_LINKS, f"Tab does not leave {focus.objectName()}"
        if not links:
            visited.append(focus)
        assert len(visited) < MOST_STOPS
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
    assert focus in visited
    return visited


def inside(widget: QWidget, visited: list[QWidget]) -> bool:
    """Whether it is worked by keys of a control around it, or of its group of radio buttons."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        worked = isinstance(
            parent, QAbstractItemView | QAbstractSpinBox | QComboBox | QKeySequenceEdit
        )
        if worked and parent in visited:
            return True
        parent = parent.parentWidget()
    if isinstance(widget, QAbstractButton) and widget.autoExclusive():
        return any(each in visited for each in _group(widget))
    if isinstance(widget, QAbstractButton) and widget.group() is not None:
        return widget.group().exclusive() and any(b in visited for b in widget.group().buttons())
    return False


def _group(button: QAbstractButton) -> list[QAbstractButton]:
    parent = button.parentWidget()
    return parent.findChildren(QAbstractButton) if parent is not None else []
