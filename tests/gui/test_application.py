"""From the first paint to the last thread: opening, unlocking, giving way, and closing."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import KNOWN_ERROR, Application
from desktop.domain.appearance import Appearance
from desktop.domain.errors import (
    PassphraseNeeded,
    PassphraseWrong,
    ProfileInUse,
    ProfileUnwritable,
    StoreDamaged,
    StoreNewer,
)
from desktop.gui.interrupt import Interrupt
from desktop.gui.unlock import FailurePage, UnlockPage
from desktop.gui.widgets.appearance_card import AppearanceCard
from desktop.storage import summons
from desktop.storage.appearance_file import keep_appearance
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.paths import Paths
from desktop.storage.profile import open_profile
from tests.gui.conftest import PASSPHRASE, Starter, wait_for, wait_until
from tests.gui.dragging import drop_files
from tests.samples import write_report


def type_into(application: Application, qtbot: QtBot, name: str, text: str) -> None:
    field = application.window.findChild(QLineEdit, name)
    assert field is not None, name
    field.clear()
    qtbot.keyClicks(field, text)


def press(application: Application, qtbot: QtBot, name: str) -> None:
    button = application.window.findChild(QPushButton, name)
    assert button is not None, name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without a keyring, whatever this one has."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


def test_the_window_is_on_screen_and_usable_before_the_desk_is_open(
    start: Starter, qtbot: QtBot, tmp_path: Path
) -> None:
    application = start(tmp_path / "profile", PASSPHRASE)
    assert application.window.isVisible()
    assert application.desk is None
    application.window.actions_.get("window.documents").trigger()
    assert application.window.page == "documents"
    wait_for(application.opened)
    assert application.desk is not None
    assert application.window.page == "documents"
    application.close()
    assert application.is_closed


def test_closing_while_the_desk_is_opening_leaves_nothing_behind(
    start: Starter, tmp_path: Path
) -> None:
    application = start(tmp_path / "profile", PASSPHRASE)
    application.open()
    application.close()
    again = start.opened(tmp_path / "profile")  # the lock was given back
    again.close()


def test_the_wrong_passphrase_is_asked_for_again_and_the_right_one_opens(
    start: Starter, qtbot: QtBot, tmp_path: Path
) -> None:
    start.opened(tmp_path / "profile").close()
    application = start(tmp_path / "profile", "not the one")
    (error,) = wait_for(application.openFailed)
    assert isinstance(error, PassphraseWrong)
    page = application.window.covering
    assert isinstance(page, UnlockPage)
    assert not page.second.isVisible()
    type_into(application, qtbot, "unlock.passphrase", PASSPHRASE)
    press(application, qtbot, "unlock.go")
    wait_for(application.opened)
    assert application.window.covering is None
    application.close()
    assert application.exit_code == 0


def test_a_new_profile_without_a_keyring_has_its_passphrase_chosen_twice(
    start: Starter, qtbot: QtBot, tmp_path: Path, no_keyring: None
) -> None:
    application = start(tmp_path / "profile", None)
    (error,) = wait_for(application.openFailed)
    assert isinstance(error, PassphraseNeeded)
    wrong = application.window.findChild(QLabel, "unlock.wrong")
    assert wrong is not None
    for first, second, complaint in (
        ("", "", "Type the passphrase."),
        ("short", "short", "at least"),
        (PASSPHRASE, PASSPHRASE[:-1], "not the same"),
    ):
        type_into(application, qtbot, "unlock.passphrase", first)
        type_into(application, qtbot, "unlock.again", second)
        press(application, qtbot, "unlock.go")
        assert complaint in wrong.text()
    type_into(application, qtbot, "unlock.again", PASSPHRASE)
    press(application, qtbot, "unlock.go")
    wait_for(application.opened)
    application.close()


def test_a_second_copy_brings_the_first_to_the_front_and_ends(
    start: Starter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = start.opened(tmp_path / "profile")
    first.window.hide()
    second = start(tmp_path / "profile", PASSPHRASE)
    (error,) = wait_for(second.openFailed)
    assert isinstance(error, ProfileInUse)
    wait_until(lambda: second.is_closed)
    assert second.exit_code == KNOWN_ERROR
    assert str(error) in capsys.readouterr().err
    wait_until(first.window.isVisible)
    wait_until(lambda: not Paths(tmp_path / "profile").raise_request.exists())
    first.close()


def test_a_second_copy_ends_also_where_it_cannot_call_the_first(
    start: Starter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start.opened(tmp_path / "profile")

    def refuse(_paths: Paths, _what: summons.Asked) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(summons, "ask", refuse)
    second = start(tmp_path / "profile", PASSPHRASE)
    wait_until(lambda: second.is_closed)
    assert second.exit_code == KNOWN_ERROR
    first.close()


def test_a_profile_that_cannot_be_used_is_said_in_place_and_another_can_be_chosen(
    start: Starter, qtbot: QtBot, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "profile"
    in_the_way.write_text("a file where the folder should be")
    application = start(in_the_way, PASSPHRASE)
    (error,) = wait_for(application.openFailed)
    assert isinstance(error, ProfileUnwritable)
    page = application.window.covering
    assert isinstance(page, FailurePage)
    assert str(in_the_way) in page.sentence.text()
    another = tmp_path / "another"
    another.mkdir()
    keep_appearance(Paths(another).appearance, Appearance(text_size=150))
    page.folderChosen.emit(another)
    wait_for(application.opened)
    assert application.window.covering is None
    card = application.window.findChild(AppearanceCard)
    assert card is not None
    worn, shown = application.theme.appearance, card.text_size.currentData()
    application.theme.wear(Appearance())
    assert (worn.text_size, shown) == (150, 150)
    application.close()
    assert application.exit_code == 0


def test_a_damaged_store_is_said_in_place_and_left_as_it_is(
    start: Starter, qtbot: QtBot, tmp_path: Path
) -> None:
    start.opened(tmp_path / "profile").close()
    store = Paths(tmp_path / "profile").database
    damaged = b"\x00" * store.stat().st_size
    store.write_bytes(damaged)
    application = start(tmp_path / "profile", PASSPHRASE)
    (error,) = wait_for(application.openFailed)
    assert isinstance(error, StoreDamaged)
    press(application, qtbot, "failure.quit")
    wait_until(lambda: application.is_closed)
    assert application.exit_code == KNOWN_ERROR
    assert store.read_bytes() == damaged


def test_chats_of_a_newer_version_are_left_to_it(
    start: Starter, qtbot: QtBot, tmp_path: Path
) -> None:
    profile = open_profile(tmp_path / "profile", PASSPHRASE)
    talk = profile.store.add_conversation("Fees")
    with profile.store._database.transaction() as connection:
        connection.execute("ALTER TABLE turn ADD COLUMN mood TEXT")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    profile.close()
    application = start(tmp_path / "profile", PASSPHRASE)
    (error,) = wait_for(application.openFailed)
    assert isinstance(error, StoreNewer)
    shown = application.window.findChild(FailurePage)
    said = "\n".join(label.text() for label in shown.findChildren(QLabel))
    assert "was made by a newer version of Escritoire" in said
    press(application, qtbot, "failure.quit")
    wait_until(lambda: application.is_closed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.storage.profile.MIGRATIONS", (*MIGRATIONS, lambda _: None))
        profile = open_profile(tmp_path / "profile", PASSPHRASE)
    assert [one.id for one in profile.store.conversations()] == [talk.id]
    profile.close()


def test_a_document_removed_just_before_closing_is_gone_at_the_next_start(
    start: Starter, qtbot: QtBot, tmp_path: Path
) -> None:
    application = start.opened(tmp_path / "profile")
    application.window.show_page("documents")
    page = application.joined.documents
    assert page is not None
    drop_files(application.window, write_report(tmp_path / "draft.pdf", 2))
    wait_until(lambda: any(d.name == "draft.pdf" for d in page.model.documents()))
    draft = next(d for d in page.model.documents() if d.name == "draft.pdf")
    page.select(draft.id)
    press(application, qtbot, "documents.remove.button")
    application.close()
    again = start.opened(tmp_path / "profile")
    assert again.desk is not None
    assert "draft.pdf" not in [d.name for d in again.desk.library.documents()]
    again.close()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_idle_event_loop_hears_that_the_process_is_to_end(
    qapp: QApplication, qtbot: QtBot, number: signal.Signals
) -> None:
    before = signal.getsignal(number)
    interrupt = Interrupt()
    with qtbot.waitSignal(interrupt.came, timeout=5000):
        os.kill(os.getpid(), number)
    interrupt.end()
    assert signal.getsignal(number) is before
