"""Voices and earlier rewrites on their page: a real store, a model that follows a script."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
)
from pytestqt.qtbot import QtBot

from desktop.domain.chat import Message
from desktop.domain.errors import DiskFull
from desktop.domain.models import Adapter
from desktop.domain.tone import ORDER, Pair
from desktop.domain.voice_fit import Closeness, Fit, Verdict
from desktop.domain.voices import Voice
from desktop.gui.actions import Actions
from desktop.gui.notify import Notice, Notifier
from desktop.gui.pages.rewrite import HISTORY, TEXT, VOICES, RewritePage
from desktop.gui.rewrite_bridge import RewriteBridge
from desktop.gui.tasks import Tasks
from desktop.gui.voice_services import VoiceServices
from desktop.gui.widgets.voice_work import fit_in_words
from desktop.services.example_proposing import ExampleProposing
from desktop.services.originals import Originals
from desktop.services.rewriting import Rewriting
from desktop.services.voice_fitting import VoiceFitting
from desktop.services.voices import Voices
from desktop.storage.database import Database
from desktop.storage.migrations import migrate
from desktop.storage.new_files import RewrittenFiles
from desktop.storage.paths import Paths, installation_tones
from desktop.storage.store import Store
from desktop.storage.text_files import read_text
from desktop.storage.tones import ToneFiles
from desktop.storage.voice_files import VoiceFiles, encoded
from tests.unit.services.scripted_model import NoRetriever, NoStates, OneModel, ScriptedModel

WAIT = 20_000  # milliseconds, for a busy machine
PAIRS = tuple(
    Pair(f"Hey guys, we utilise the {thing} each day!", f"Good day. We use the {thing} each day.")
    for thing in ("lift", "ramp", "door", "hall", "yard")
)

Kind = TypeVar("Kind", bound=QObject)


def script(messages: Sequence[Message]) -> str:
    """Writes as the pairs do where it is told to, and practice texts where it is asked."""
    if "practice texts" in messages[0].content:
        return "Hey guys, we utilise the tent each day!"
    text = messages[-1].content.split(":\n\n", 1)[1].split("\n\nThese words")[0]
    if "instead of" not in messages[0].content:
        return text.replace("utilise", "employ")
    return text.replace("Hey guys, we", "Good day. We").replace("utilise", "use").replace("!", ".")


def full(*_: object) -> None:
    raise DiskFull(path="store")


class Office:
    """The page in a window; `close` ends its threads."""

    def __init__(self, folder: Path) -> None:
        paths = Paths(folder)
        self.database = Database(paths, bytes(32))
        migrate(self.database, paths.profile, back_up=lambda: None)
        store = Store(self.database)
        self.model = ScriptedModel(script)
        models = OneModel()
        files = VoiceFiles(folder / "adapters")
        self.voices = Voices(store, NoRetriever(), files, NoStates())  # type: ignore[arg-type]
        self.rewriting = Rewriting(
            store,
            self.model,
            self.model,  # type: ignore[arg-type]
            models,
            ToneFiles([installation_tones()]),
            self.voices,
            NoStates(),
        )
        given = (self.model, self.model, models, self.voices)
        services = VoiceServices(
            self.voices,
            VoiceFitting(*given),  # type: ignore[arg-type]
            ExampleProposing(*given),  # type: ignore[arg-type]
            read_text,
        )
        self.window = QMainWindow()
        self.window.resize(1200, 900)
        self.tasks = Tasks()
        self.bridge = RewriteBridge(self.rewriting)
        self.notifier = Notifier()
        self.notices: list[Notice] = []
        self.notifier.posted.connect(self.notices.append)
        self.actions = Actions(self.window)
        self.page = RewritePage(
            tasks=self.tasks,
            bridge=self.bridge,
            rewriting=self.rewriting,
            voices=services,
            originals=Originals(store, None, RewrittenFiles()),  # type: ignore[arg-type]
            notifier=self.notifier,
            actions=self.actions,
        )
        self.window.setCentralWidget(self.page)
        self.window.show()
        self.view = self.page.voices

    def find(self, kind: type[Kind], name: str) -> Kind:
        found = self.page.findChild(kind, name)
        assert found is not None, f"no {name}"
        return found

    def do(self, name: str) -> None:
        """Carry out an action, which has to be offered."""
        action = self.actions.get(name)
        assert action.isEnabled(), name
        action.trigger()

    def listed(self) -> list[str]:
        return [voice.name for voice in self.view.rows.records()]

    def close(self) -> None:
        self.bridge.shutdown()
        self.tasks.shutdown()
        self.window.close()
        self.window.deleteLater()
        self.database.close()


@pytest.fixture
def office(qapp: object, tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


@pytest.fixture
def until(qtbot: QtBot) -> Callable[[Callable[[], object]], None]:
    def wait(holds: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(holds()), timeout=WAIT)

    return wait


Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def ours(office: Office, until: Until) -> Office:
    """With a voice of five pairs in hand."""
    office.voices.save(Voice("Ours", PAIRS))
    office.page.show_view(VOICES)
    until(lambda: office.find(QLineEdit, "voices.name").text() == "Ours")
    return office


# -- voices


def test_a_voice_is_made_of_fields_pairs_and_files(
    office: Office, until: Until, tmp_path: Path
) -> None:
    office.page.show_view(VOICES)
    stack = office.view.findChild(QStackedWidget)
    assert stack is not None
    assert stack.currentWidget().objectName() == "voices.empty"
    office.do("voices.new")
    office.find(QLineEdit, "voices.name").setText("Our office")
    for pair in PAIRS[:2]:
        office.do("voices.pair.add")
        assert not office.find(QPushButton, "voices.pair.keep").isEnabled()
        office.find(QPlainTextEdit, "voices.pair.before").setPlainText(pair.before)
        after = tmp_path / "after.txt"
        after.write_text(pair.after, encoding="utf-8")
        put = office.find(QPlainTextEdit, "voices.pair.after").setPlainText
        office.view.editor.pairs.fileWanted.emit(after, put)
        until(lambda: office.find(QPushButton, "voices.pair.keep").isEnabled())
        office.find(QPushButton, "voices.pair.keep").click()
    guide = tmp_path / "style.md"
    guide.write_text("# Style\n\n- Never use jargon.\n", encoding="utf-8")
    guideline = office.find(QPlainTextEdit, "voices.guideline")
    office.view.editor.fileWanted.emit(guide, guideline.setPlainText)
    until(lambda: "jargon" in guideline.toPlainText())
    office.find(QLineEdit, "voices.use").setText("tenant, repair, ")
    office.find(QLineEdit, "voices.greeting").setText("Dear {name},")
    office.do("voices.save")
    rules = office.find(QPlainTextEdit, "voices.rules")
    until(lambda: 'Write "use" instead of "utilise".' in rules.toPlainText().splitlines())
    kept = office.voices.voice("Our office")
    assert kept.pairs == PAIRS[:2]
    assert (kept.use, kept.greeting) == (("tenant", "repair"), "Dear {name},")
    assert "Never use jargon." in kept.rules
    until(lambda: office.listed() == ["Our office"])
    until(lambda: office.page.desk.wishes.offered_voices() == ["Our office"])


def test_what_the_user_makes_of_the_rules_survives_further_pairs(
    ours: Office, until: Until
) -> None:
    rules = ours.find(QPlainTextEdit, "voices.rules")
    rules.setPlainText("Be kind.\n" + rules.toPlainText().replace("utilise", "utilise or employ"))
    edited = rules.toPlainText()
    ours.view.editor.pairs.write()
    ours.find(QPlainTextEdit, "voices.pair.before").setPlainText("We commence. They commence.")
    ours.find(QPlainTextEdit, "voices.pair.after").setPlainText("We start. They start.")
    ours.find(QPushButton, "voices.pair.keep").click()
    ours.do("voices.save")
    until(lambda: len(ours.voices.voice("Ours").pairs) == 6)
    kept = ours.voices.voice("Ours").rules
    assert "Be kind." in kept
    assert any("utilise or employ" in rule for rule in kept)
    assert 'Write "use" instead of "utilise".' not in kept
    until(lambda: "Be kind." in edited and rules.toPlainText().splitlines() == list(kept))


def test_pairs_are_edited_and_taken_out_with_an_undo(ours: Office, until: Until) -> None:
    pairs = ours.view.editor.pairs
    pairs.list.select(id(pairs.pairs()[1]))
    ours.do("voices.pair.edit")
    after = ours.find(QPlainTextEdit, "voices.pair.after")
    assert after.toPlainText() == PAIRS[1].after
    after.setPlainText("We use the ramp daily.")
    ours.find(QPushButton, "voices.pair.keep").click()
    assert pairs.pairs()[1] == Pair(PAIRS[1].before, "We use the ramp daily.")
    pairs.list.select(id(pairs.pairs()[0]))
    ours.do("voices.pair.remove")
    assert len(pairs.pairs()) == 4
    act = ours.notices[-1].act
    assert act is not None
    act()
    assert pairs.pairs()[0] == PAIRS[0]
    # Shown another voice, what was changed here is kept.
    ours.do("voices.new")
    until(lambda: ours.voices.voice("Ours").pairs[1].after == "We use the ramp daily.")


def test_a_pair_goes_back_into_its_own_voice_alone(ours: Office, until: Until) -> None:
    withdrawn: list[object] = []
    ours.notifier.withdrawn.connect(withdrawn.append)
    pairs = ours.view.editor.pairs
    pairs.list.select(id(pairs.pairs()[0]))
    ours.do("voices.pair.remove")
    notice = ours.notices[-1]
    assert notice.act is not None
    pairs.list.select(id(pairs.pairs()[1]))
    ours.do("voices.pair.edit")
    notice.act()
    ours.find(QPlainTextEdit, "voices.pair.after").setPlainText("We use the door daily.")
    ours.find(QPushButton, "voices.pair.keep").click()
    assert pairs.pairs()[2] == Pair(PAIRS[2].before, "We use the door daily.")
    assert pairs.pairs()[:2] == PAIRS[:2]

    pairs.list.select(id(pairs.pairs()[0]))
    ours.do("voices.pair.remove")
    notice = ours.notices[-1]
    ours.do("voices.new")
    assert withdrawn == [notice]
    assert notice.act is not None
    notice.act()
    assert pairs.pairs() == ()


def test_what_comes_late_does_not_come_into_another_voice(
    ours: Office, until: Until, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, came = threading.Event(), threading.Event()
    propose = ours.voices.propose_rules

    def held(voice: Voice) -> tuple[str, ...]:
        gate.wait()
        return propose(voice)

    monkeypatch.setattr(ours.voices, "propose_rules", held)
    ours.do("voices.derive")
    put = ours.view._for_these_fields(lambda *_: came.set())
    ours.do("voices.new")
    gate.set()
    ours.page.load()
    until(lambda: ours.page.desk.wishes.offered_voices() == ["Ours"])
    until(lambda: not ours.tasks._running)
    put("text")
    assert not came.is_set()
    assert ours.find(QPlainTextEdit, "voices.rules").toPlainText() == ""


def test_rules_over_the_bound_are_said_and_not_cut(ours: Office, until: Until) -> None:
    rules = ours.find(QPlainTextEdit, "voices.rules")
    written = "\n".join(f"Rule {number}." for number in range(61))
    rules.setPlainText(written)
    ours.do("voices.save")
    until(lambda: ours.notices)
    assert "the list of rules may have 60 entries at most" in ours.notices[-1].text
    assert rules.toPlainText() == written
    assert ours.actions.get("voices.save").isEnabled()
    ours.view._edited = False  # or it would be tried again at the end


def test_a_voice_that_cannot_be_deleted_stays_in_hand(
    ours: Office, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours.find(QPlainTextEdit, "voices.guideline").setPlainText("Be brief.")
    with monkeypatch.context() as without_room:
        without_room.setattr(ours.voices, "remove", full)
        ours.do("voices.remove")
        until(lambda: ours.notices)
    assert ours.actions.get("voices.remove").isEnabled()
    ours.do("voices.save")
    until(lambda: ours.voices.voice("Ours").guideline == "Be brief.")


def test_an_export_takes_the_place_of_another_once_it_is_whole(
    ours: Office, until: Until, tmp_path: Path
) -> None:
    path = tmp_path / "ours.json"
    path.write_text("an earlier one", encoding="utf-8")
    ours.view.files.give("Gone", path)
    until(lambda: ours.notices)
    assert ours.notices[-1].trouble
    assert path.read_text(encoding="utf-8") == "an earlier one"
    ours.view.files.give("Ours", path)
    until(lambda: len(ours.notices) > 1)
    assert not ours.notices[-1].trouble
    assert json.loads(path.read_text(encoding="utf-8"))["name"] == "Ours"


def test_a_voice_that_is_replaced_from_a_file_is_that_of_the_file(
    ours: Office, until: Until, tmp_path: Path
) -> None:
    path = tmp_path / "ours.json"
    path.write_bytes(encoded(Voice("Ours", guideline="Be kind.")))
    guideline = ours.find(QPlainTextEdit, "voices.guideline")
    guideline.setPlainText("Be brief.")
    ours.view.files.bring(path, replacing=True)
    until(lambda: guideline.toPlainText() == "Be kind.")
    ours.page.show_view(TEXT)
    assert ours.voices.voice("Ours").guideline == "Be kind."
    assert ours.view.unsaved() is None


def test_a_deleted_voice_can_be_had_back(ours: Office, until: Until) -> None:
    before = ours.voices.voice("Ours")
    ours.do("voices.remove")
    until(lambda: ours.listed() == [])
    assert ours.voices.all() == []
    act = ours.notices[-1].act
    assert act is not None
    act()
    until(lambda: ours.listed() == ["Ours"])
    assert ours.voices.voice("Ours") == before


def test_a_name_that_is_taken_is_said_and_nothing_typed_is_lost(ours: Office, until: Until) -> None:
    ours.do("voices.new")
    ours.find(QLineEdit, "voices.name").setText("Ours")
    ours.find(QPlainTextEdit, "voices.guideline").setPlainText("Be brief.")
    ours.do("voices.save")
    until(lambda: ours.notices)
    assert "already" in ours.notices[-1].text
    assert ours.find(QPlainTextEdit, "voices.guideline").toPlainText() == "Be brief."
    assert ours.actions.get("voices.save").isEnabled()
    assert ours.voices.voice("Ours").pairs == PAIRS


def test_a_voice_goes_out_and_comes_in_as_one_file(
    ours: Office, until: Until, tmp_path: Path
) -> None:
    weights = tmp_path / "ours.gguf"
    weights.write_bytes(b"GGUF" * 100)
    ours.view.editor.adapter.take(weights)
    ours.do("voices.save")
    until(lambda: ours.voices.voice("Ours").adapter == Adapter(weights))
    ours.view.files.give("Ours", tmp_path / "ours.json")
    until(lambda: ours.notices)
    assert "400 bytes" in ours.notices[-1].text
    assert json.loads((tmp_path / "ours.json").read_text(encoding="utf-8"))["name"] == "Ours"
    ours.view.files.give("Ours", tmp_path / "ours.voice")
    until(lambda: (tmp_path / "ours.voice").exists() and len(ours.notices) > 1)
    ours.view.files.bring(tmp_path / "ours.voice")
    until(lambda: len(ours.notices) > 2)
    replace = ours.notices[-1].act
    assert replace is not None
    replace()
    until(lambda: ours.voices.voice("Ours").adapter != Adapter(weights))
    came = ours.voices.voice("Ours").adapter
    assert came is not None
    assert came.path.read_bytes() == weights.read_bytes()


def test_proposals_count_once_they_are_accepted(ours: Office, until: Until) -> None:
    proposal = ours.find(QPlainTextEdit, "voices.proposal.after")
    assert not proposal.isVisible()
    ours.do("voices.examples")
    until(lambda: proposal.isVisible() and not ours.view.work.busy)
    assert proposal.toPlainText() == "Good day. We use the tent each day."
    assert len(ours.view.editor.pairs.pairs()) == 5
    proposal.setPlainText("Good day. We use our tent each day.")
    ours.find(QPushButton, "voices.proposal.keep").click()
    assert not proposal.isVisible()
    ours.do("voices.save")
    until(lambda: len(ours.voices.voice("Ours").pairs) == 6)
    assert ours.voices.voice("Ours").pairs[-1].after == "Good day. We use our tent each day."


def test_texts_of_the_users_become_proposals_or_are_left(
    ours: Office, until: Until, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("In short, we utilise the barn each day!\n", encoding="utf-8")
    ours.view._wish_for_examples([letter])
    proposal = ours.find(QPlainTextEdit, "voices.proposal.before")
    until(lambda: proposal.isVisible() and not ours.view.work.busy)
    ours.find(QPushButton, "voices.proposal.leave").click()
    assert not proposal.isVisible()
    assert len(ours.view.editor.pairs.pairs()) == 5


def test_what_is_proposed_for_one_voice_does_not_come_to_another(
    ours: Office, until: Until
) -> None:
    gate = threading.Event()
    ours.model._script = lambda messages: (gate.wait(), script(messages))[1]
    ours.do("voices.examples")
    until(lambda: ours.view.work.busy)
    for name in ("voices.examples", "voices.examples.texts"):
        assert not ours.actions.get(name).isEnabled()
    ours.do("voices.new")
    assert not ours.view.work.busy
    gate.set()
    ours.model._script = script
    ours.find(QPlainTextEdit, "voices.guideline").setPlainText("Be brief.")
    ours.do("voices.save")
    until(lambda: ours.listed() == ["New voice", "Ours"])
    assert not ours.find(QPlainTextEdit, "voices.proposal.after").isVisible()


def test_the_fit_is_said_in_plain_words(ours: Office, until: Until) -> None:
    ours.do("voices.fit")
    result = ours.find(QLabel, "voices.fit.result")
    until(lambda: result.isVisibleTo(ours.view.editor))
    assert "closer to how you write" in result.text()
    assert not ours.view.work.busy


def test_the_measuring_of_a_fit_is_stopped(ours: Office, until: Until) -> None:
    gate = threading.Event()
    before = ours.model._script

    def held(messages: Sequence[Message]) -> str:
        gate.wait()
        return before(messages)

    ours.model._script = held
    ours.do("voices.fit")
    assert ours.actions.get("voices.stop").isEnabled()
    ours.do("voices.stop")
    assert not ours.view.work.busy
    gate.set()
    ours.model._script = before
    ours.do("voices.fit")  # offered again at once
    result = ours.find(QLabel, "voices.fit.result")
    until(lambda: result.isVisibleTo(ours.view.editor))


def test_what_is_typed_is_kept_when_the_page_is_left_or_the_window_closes(
    office: Office, until: Until
) -> None:
    office.page.show_view(VOICES)
    office.do("voices.new")
    assert not office.actions.get("voices.save").isEnabled()  # nothing to keep yet
    office.find(QPlainTextEdit, "voices.guideline").setPlainText("Be brief.")
    office.page.show_view(TEXT)
    until(lambda: [voice.name for voice in office.voices.all()] == ["New voice"])
    assert office.voices.voice("New voice").guideline == "Be brief."
    assert office.view.unsaved() is None

    office.page.show_view(VOICES)
    until(lambda: office.find(QLineEdit, "voices.name").text() == "New voice")
    office.find(QLineEdit, "voices.name").setText("Ours")
    keep = office.view.unsaved()
    assert keep is not None
    keep()
    assert [voice.name for voice in office.voices.all()] == ["Ours"]


def test_what_cannot_be_kept_in_passing_can_be_gone_back_to(ours: Office, until: Until) -> None:
    ours.do("voices.new")
    ours.find(QPlainTextEdit, "voices.guideline").setPlainText("Be brief.")
    ours.find(QLineEdit, "voices.name").setText("Ours")
    ours.view.list.select("Ours")
    until(lambda: ours.notices)
    assert ours.find(QPlainTextEdit, "voices.guideline").toPlainText() == ""
    act = ours.notices[-1].act
    assert act is not None
    act()
    assert ours.find(QPlainTextEdit, "voices.guideline").toPlainText() == "Be brief."
    ours.find(QLineEdit, "voices.name").setText("Theirs")
    ours.do("voices.save")
    until(lambda: ours.listed() == ["Ours", "Theirs"])


def test_tones_are_offered_in_the_order_of_use_and_voices_after_them(
    ours: Office, until: Until
) -> None:
    ours.page.load()
    until(lambda: ours.page.desk.wishes.offered_voices() == ["Ours"])
    chips = ours.page.desk.wishes._chips.buttons()
    assert [chip.property("tone") or chip.property("voice") for chip in chips] == [*ORDER, "Ours"]


# -- an adapter that does not fit


def test_it_goes_on_without_the_adapter_only_if_that_is_wished(
    ours: Office, until: Until, tmp_path: Path
) -> None:
    kept = ours.voices.voice("Ours")
    ours.voices.change("Ours", replace(kept, adapter=Adapter(tmp_path / "a.gguf")))
    ours.model.refused = "it is for another kind"
    ours.page.load()
    until(lambda: ours.page.desk.wishes.offered_voices() == ["Ours"])
    ours.page.show_view(TEXT)
    ours.page.desk.wishes.choose_voice("Ours")
    ours.page.desk.field.setPlainText("In short, we utilise the barn each day!")
    ours.do("rewrite.start")
    until(lambda: ours.notices)
    assert "a.gguf was not made for" in ours.notices[-1].text
    until(lambda: not ours.bridge.busy)
    act = ours.notices[-1].act
    assert act is not None
    act()
    until(lambda: ours.page.review._outcome is not None)
    assert ours.page.review.text() == "In short, we use the barn each day."


# -- the history


def rewritten(office: Office, until: Until, text: str) -> None:
    office.page.desk.field.setPlainText(text)
    office.do("rewrite.start")
    until(lambda: not office.bridge.busy and office.actions.get("rewrite.start").isEnabled())


def test_earlier_rewrites_are_listed_opened_removed_and_forgotten(
    office: Office, until: Until
) -> None:
    for thing in ("barn", "tower"):
        rewritten(office, until, f"In short, we utilise the {thing} each day!")
    office.page.show_view(HISTORY)
    rows = office.page.history.rows
    until(lambda: rows.rowCount() == 2)
    assert "tower" in rows.index(0).data()
    assert "a script" in rows._describe(rows.record(0)).line
    oldest = rows.record(1)
    office.page.history.list.select(oldest.id)
    office.do("history.open")
    until(lambda: office.page._stack.currentIndex() == TEXT)
    assert office.page.desk.field.whole_text() == oldest.text
    assert office.page.review.text() == oldest.output
    assert office.page.review.decisions.count() > 0

    office.page.show_view(HISTORY)
    until(lambda: rows.rowCount() == 2)
    office.page.history.list.select(oldest.id)
    office.do("history.remove")
    until(lambda: rows.rowCount() == 1)
    act = office.notices[-1].act
    assert act is not None
    act()
    until(lambda: rows.rowCount() == 2)
    rewritten(office, until, "In short, we utilise the gate each day!")  # not listed yet
    office.do("history.forget")
    until(lambda: rows.rowCount() == 0)
    assert office.rewriting.history() == []
    assert office.notices[-1].text == "3 rewrites were forgotten."
    act = office.notices[-1].act
    assert act is not None
    act()
    until(lambda: rows.rowCount() == 3)


def test_what_cannot_be_done_to_the_history_is_not_said_to_be_done(
    office: Office, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewritten(office, until, "In short, we utilise the barn each day!")
    office.page.show_view(HISTORY)
    rows = office.page.history.rows
    until(lambda: rows.rowCount() == 1)
    monkeypatch.setattr(office.rewriting, "forget", full)
    monkeypatch.setattr(office.rewriting, "keep_history", full)
    office.do("history.forget")
    until(lambda: office.notices)
    nothing = office.find(QCheckBox, "history.keep_nothing")
    nothing.click()
    until(lambda: len(office.notices) > 1)
    assert [notice.trouble for notice in office.notices] == [True, True]
    assert not nothing.isChecked()


def test_each_view_hears_its_own_keys(office: Office, until: Until, qtbot: QtBot) -> None:
    rewritten(office, until, "In short, we utilise the barn each day!")
    office.page.show_view(HISTORY)
    rows = office.page.history.rows
    until(lambda: rows.rowCount() == 1)
    office.page.history.list.select(rows.record(0).id)
    office.page.history.list.setFocus()
    QTest.keyClick(office.page.history.list, Qt.Key.Key_Delete)
    until(lambda: rows.rowCount() == 0)
    act = office.notices[-1].act
    assert act is not None
    act()
    until(lambda: rows.rowCount() == 1)
    office.page.history.list.select(rows.record(0).id)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(office.page.history.list, Qt.Key.Key_Return, control)
    until(lambda: office.page._stack.currentIndex() == TEXT)
    assert len(office.model.prompts) == 1  # opened, not rewritten once more
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(office.page.desk.field, Qt.Key.Key_E, control | shift)
    assert office.page._stack.currentIndex() == VOICES
    QTest.keyClick(office.view.list, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert office.find(QLineEdit, "voices.name").text() == "New voice"
    QTest.keyClick(office.view.editor.guideline, Qt.Key.Key_Return, control)
    assert not office.bridge.busy


def test_nothing_is_kept_when_the_user_says_so(office: Office, until: Until) -> None:
    office.page.show_view(HISTORY)
    nothing = office.find(QCheckBox, "history.keep_nothing")
    nothing.click()
    until(lambda: not office.rewriting.keeps_history)
    rewritten(office, until, "In short, we utilise the barn each day!")
    assert office.rewriting.history() == []
    nothing.click()
    until(lambda: office.rewriting.keeps_history)
    rewritten(office, until, "In short, we utilise the barn each day!")
    assert len(office.rewriting.history()) == 1


# -- the fit in words


@pytest.mark.parametrize(
    ("ours", "bare", "verdict"),
    [(0.54, 0.5, Verdict.CLOSER), (0.53, 0.5, Verdict.SAME), (0.5, 0.54, Verdict.FURTHER)],
)
def test_the_window_says_of_a_fit_what_the_command_line_says(
    ours: float, bare: float, verdict: Verdict
) -> None:
    fit = Fit(5, Closeness(ours, ours, ours, ours), Closeness(bare, bare, bare, bare))
    assert fit.verdict is verdict
    assert fit_in_words(fit) == fit.words
