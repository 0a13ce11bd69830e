"""The list of chats: in order, in folders, searched, and nothing removed that cannot come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QMenu, QToolButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.chat import Conversation, Role, TurnState
from desktop.gui.models.conversation_groups import in_groups
from desktop.gui.models.conversations import ARCHIVE, EVERYTHING, ConversationsModel
from desktop.gui.models.found import FoundModel
from desktop.gui.widgets.folder_bar import FolderBar
from desktop.services.library import Library
from desktop.services.ports import Store
from desktop.storage.profile import open_profile
from tests.gui.scripted import ScriptedChat

TODAY = date(2026, 3, 15)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("list") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


@pytest.fixture
def chat(qapp: object, store: Store) -> Iterator[ScriptedChat]:
    for conversation in store.conversations():
        store.remove_conversation(conversation.id)
    for folder in store.folders():
        store.remove_folder(folder.id)
    chat = ScriptedChat(store, Library(store, None, None))  # type: ignore[arg-type]
    yield chat
    chat.close()


def rows(chat: ScriptedChat) -> list[str]:
    model = chat.find(QListView, "chat.list").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def listed(chat: ScriptedChat, qtbot: QtBot, *wanted: str) -> None:
    """Wait until the list reads so."""
    qtbot.waitUntil(lambda: rows(chat) == list(wanted))


def take(chat: ScriptedChat, title: str) -> None:
    """Make that chat the one in hand."""
    shown = chat.find(QListView, "chat.list")
    shown.setCurrentIndex(shown.model().index(rows(chat).index(title), 0))


def do(chat: ScriptedChat, action: str) -> None:
    chat.actions.get(action).trigger()


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


# -- in order


def test_chats_stand_under_the_day_they_were_last_talked_in(qapp: object) -> None:
    def of(days: int, title: str, *, pinned: bool = False) -> Conversation:
        at = datetime(2026, 3, 15, 12).astimezone() - timedelta(days=days)
        return Conversation(days, title, 0, at.timestamp(), pinned=pinned)

    ordered = [of(0, "A"), of(1, "B", pinned=True), of(1, "C"), of(6, "D"), of(7, "E"), of(8, "F")]
    ordered.append(of(40, "G"))
    shown = [row if isinstance(row, str) else row.title for row in in_groups(ordered, TODAY)]
    assert shown == [
        *("Pinned", "B", "Today", "A", "Yesterday", "C", "Last 7 days", "D"),
        *("March 2026", "E", "F", "February 2026", "G"),
    ]


def test_the_list_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = ConversationsModel()
    first, second = Conversation(1, "One", 0, 2), Conversation(2, "Two", 0, 1)
    model.set_conversations([first, second])
    qtmodeltester.check(model)
    model.hide(1)
    model.set_conversations([second, first])
    assert model.rowCount() == 2
    model.bring_back(1)
    assert [model.index(row).data() for row in range(1, 3)] == ["Two", "One"]
    assert not model.setData(model.index(1), "  ")
    heading = model.index(0)
    assert not model.flags(heading) & Qt.ItemFlag.ItemIsSelectable
    assert not model.setData(heading, "Another day")
    assert (model.row_of(1), model.row_of(None)) == (2, None)


def test_a_chat_is_renamed_in_place(chat: ScriptedChat, qtbot: QtBot, store: Store) -> None:
    store.add_conversation("Kept")
    chat.conversations.changed.tell(None)
    listed(chat, qtbot, "Today", "Kept")
    model = chat.find(QListView, "chat.list").model()
    model.setData(model.index(1, 0), "Kept for good")
    qtbot.waitUntil(lambda: [each.title for each in store.conversations()] == ["Kept for good"])


def test_a_pinned_chat_stands_above_the_others(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    store.add_conversation("Old")
    store.add_conversation("New")
    chat.conversations.changed.tell(None)
    listed(chat, qtbot, "Today", "New", "Old")
    take(chat, "Old")
    do(chat, "chat.pin")
    listed(chat, qtbot, "Pinned", "Old", "Today", "New")
    take(chat, "Old")
    do(chat, "chat.pin")
    listed(chat, qtbot, "Today", "New", "Old")


def test_an_archived_chat_is_out_of_the_way_and_can_come_back(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    store.add_conversation("Done with")
    chat.conversations.changed.tell(None)
    listed(chat, qtbot, "Today", "Done with")
    take(chat, "Done with")
    do(chat, "chat.archive")
    listed(chat, qtbot)
    bar = chat.page.findChild(FolderBar)
    bar.show_view(ARCHIVE)
    listed(chat, qtbot, "Today", "Done with")
    act = chat.notices[-1].act
    assert act is not None
    act()
    listed(chat, qtbot)
    bar.show_view(EVERYTHING)
    listed(chat, qtbot, "Today", "Done with")


def test_a_copy_opens_beside_the_original(chat: ScriptedChat, qtbot: QtBot, store: Store) -> None:
    one = store.add_conversation("Fees")
    store.add_turn(one.id, Role.USER, "How much?", TurnState.COMPLETE)
    chat.conversations.changed.tell(None)
    listed(chat, qtbot, "Today", "Fees")
    take(chat, "Fees")
    do(chat, "chat.duplicate")
    listed(chat, qtbot, "Today", "Fees (copy)", "Fees")
    qtbot.waitUntil(lambda: chat.page.conversation_id not in (None, one.id))


# -- folders


def test_a_chat_moves_to_a_new_folder_which_can_be_listed_renamed_and_removed(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    store.add_conversation("Fees")
    store.add_conversation("Rent")
    chat.conversations.changed.tell(None)
    listed(chat, qtbot, "Today", "Rent", "Fees")
    take(chat, "Fees")
    do(chat, "chat.move")
    menu = chat.page.findChild(QMenu, "chat.move.menu")
    choose(menu, "New folder")
    menu.close()
    name = chat.find(QLineEdit, "chat.folder.name")
    assert name.accessibleName() == "Name of the new folder"
    QTest.keyClicks(name, "Club & dues")
    QTest.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [folder.name for folder in store.folders()] == ["Club & dues"])
    bar = chat.page.findChild(FolderBar)
    qtbot.waitUntil(lambda: len(bar.folders) == 1)
    bar.show_view(store.folders()[0].id)
    listed(chat, qtbot, "Today", "Fees")
    button = chat.find(QToolButton, "chat.folder")
    assert button.text() == "Club && dues"
    bar.open()
    choose(bar._menu, "Rename folder")
    bar._menu.close()
    name.setText("Dues")
    QTest.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: button.text() == "Dues")
    bar.open()
    choose(bar._menu, "Remove folder, keep its chats")
    bar._menu.close()
    listed(chat, qtbot, "Today", "Rent", "Fees")
    assert button.text() == "All chats"


def test_naming_a_folder_can_be_left_without_one(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    bar = chat.page.findChild(FolderBar)
    named: list[str] = []
    name = chat.find(QLineEdit, "chat.folder.name")
    bar.ask_name("Name", named.append)
    QTest.keyClicks(name, "Half a na")
    QTest.keyClick(name, Qt.Key.Key_Escape)
    assert not name.isVisible()
    bar.ask_name("Name", named.append)
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert named == []


# -- removing


def test_a_removed_chat_is_gone_at_once_and_comes_back_whole(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    gone = store.add_conversation("Gone")
    store.add_turn(gone.id, Role.USER, "How much?", TurnState.COMPLETE)
    chat.conversations.changed.tell(None)
    listed(chat, qtbot, "Today", "Gone")
    take(chat, "Gone")
    assert chat.page.conversation_id == gone.id
    do(chat, "chat.remove")
    assert rows(chat) == []
    assert chat.page.conversation_id is None
    qtbot.waitUntil(lambda: store.conversations() == [])
    notice = chat.notices[-1]
    assert notice.act is not None
    notice.act()
    listed(chat, qtbot, "Today", "Gone")
    qtbot.waitUntil(lambda: chat.page.conversation_id == gone.id)
    assert [turn.text for turn in store.turns(gone.id)] == ["How much?"]


def test_a_removed_chat_is_gone_for_good_when_its_notice_closes(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    gone = store.add_conversation("Gone")
    chat.conversations.changed.tell(None)
    listed(chat, qtbot, "Today", "Gone")
    take(chat, "Gone")
    do(chat, "chat.remove")
    closed = chat.notices[-1].closed
    assert closed is not None
    closed()
    qtbot.waitUntil(lambda: not chat.conversations.search("gone"))
    qtbot.waitUntil(lambda: store._database is not None and not _stored(store, gone.id))


def _stored(store: Store, conversation_id: int) -> bool:
    with store._database.reading() as connection:  # type: ignore[attr-defined]
        found = connection.execute("SELECT 1 FROM conversation WHERE id = ?", (conversation_id,))
        return found.fetchone() is not None


# -- searching


def test_what_was_said_is_found_with_its_words_lit_and_opened_where_it_stands(
    chat: ScriptedChat, qtbot: QtBot, store: Store
) -> None:
    fees = store.add_conversation("Fees")
    store.add_turn(fees.id, Role.USER, "How much is the Beitrag?", TurnState.COMPLETE)
    answer = store.add_turn(fees.id, Role.ASSISTANT, "The fee rises by half.", TurnState.COMPLETE)
    store.add_conversation("Rent")
    field = chat.find(QLineEdit, "chat.find")
    do(chat, "chat.find")
    found = chat.find(QListView, "chat.found")
    field.setText("RISES fée")  # QTest has no keys for it
    qtbot.waitUntil(lambda: found.model().rowCount() == 1)
    assert found.isVisible()
    assert not chat.find(QListView, "chat.list").isVisible()
    hit = found.model().index(0, 0).data(FoundModel.FOUND)
    assert hit.excerpt == "The fee rises by half."
    assert [hit.excerpt[start:end] for start, end in hit.places] == ["fee", "rises"]
    assert chat.find(QLabel, "chat.found.words").text() == "1 place"
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chat.page.conversation_id == fees.id)
    assert hit.mention.turn_id == answer.id
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert not found.isVisible()


def test_nothing_found_is_said(chat: ScriptedChat, qtbot: QtBot) -> None:
    QTest.keyClicks(chat.find(QLineEdit, "chat.find"), "heron")
    words = chat.find(QLabel, "chat.found.words")
    qtbot.waitUntil(lambda: words.text() == "Nothing was said with these words.")
