"""The Models page in the real window: what is on this computer, and all that is done with it."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.modeltest import ModelTester

from desktop.app import Application
from desktop.domain.chat import TurnState
from desktop.domain.documents import DocumentState
from desktop.domain.hardware import Backend, Build, Computer, Gpu, Processor
from desktop.domain.models import CPU, Adapter, CacheType, Keeping
from desktop.gui.models.computer_words import facts as computer_facts
from desktop.gui.models.rows import Row, RowsModel
from desktop.gui.pages.models import ModelsPage
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.workers.generator.adapter import LlamaGenerator
from tests.ggufs import write_gguf
from tests.gui.conftest import wait_for, wait_until
from tests.gui.dragging import drop_files
from tests.gui.models_at_hand import (
    DOWNLOADS,
    FIND,
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
from tests.unit.workers.generator.gguf_files import text, write_lora

STARTER = "SmolLM2-135M-Instruct-Q4_1"
HOSTILE = "<b>bold</b> & <img src=x>"


@pytest.fixture
def page(desk_window: Application) -> ModelsPage:
    page = page_of(desk_window)
    page.show_view(INSTALLED)
    wait_until(lambda: STARTER in titles(page.installed.list))
    return page


@pytest.fixture(scope="module")
def starter(desk_window: Application) -> Path:
    """The file of the starter model."""
    assert desk_window.desk is not None
    return desk_window.desk.shelf.find(STARTER).parts[0].path


# -- the model of rows


def test_rows_are_a_sound_item_model(qapp: QApplication, qtmodeltester: ModelTester) -> None:
    model = RowsModel(str, Row)
    qtmodeltester.check(model)
    model.show_records(["a", "b"])
    model.insert(1, ["c", "d"])
    model.remove(0, 1)
    model.put("d")
    assert model.records() == ["c", "d", "b"]
    assert model.row_of("b") == 2
    assert model.row_of("a") is None
    model.show_records([])
    assert model.rowCount() == 0


# -- what is here


def test_what_is_installed_is_listed_with_its_facts_and_its_fit(page: ModelsPage) -> None:
    wait_until(lambda: bool(row_named(page.installed.list, STARTER).verdict))
    row = row_named(page.installed.list, STARTER)
    assert row.mark == "answers"
    assert row.verdict == "fits"
    assert "98 MB" in row.beside
    assert "Q4_1" in row.beside
    assert "Apache-2.0" in row.line
    select(page.installed.list, STARTER)
    known = facts(page)
    assert known["On this computer"].startswith("Fits: needs ")
    assert " free, on the processor." in known["On this computer"]
    assert len(known["SHA-256"]) == 64
    assert known["Kept"] == "came with Escritoire, is not removed"
    remove = page.findChild(QPushButton, "models.remove.button")
    assert remove is not None
    assert not remove.isEnabled()


def test_the_licence_of_a_model_is_read_in_full(page: ModelsPage) -> None:
    select(page.installed.list, STARTER)
    licence = page.installed.licence
    assert not licence.text.isVisible()
    press(licence, "models.licence.more")
    assert licence.text.isVisible()
    assert licence.text.toPlainText().strip().startswith("Apache License")
    assert "END OF TERMS AND CONDITIONS" in licence.text.toPlainText()
    press(licence, "models.licence.more")
    assert not licence.text.isVisible()


def test_this_computer_is_described_in_one_line(page: ModelsPage) -> None:
    line = page.findChild(ElidedLabel, "models.computer")
    assert line is not None
    wait_until(lambda: bool(line.whole()))
    assert " core" in line.whole()
    assert "comfortably" in line.whole()


def test_all_that_this_computer_has_is_shown_on_wish(page: ModelsPage) -> None:
    here = page.computer
    wait_until(here.more.isEnabled)
    assert not here.facts.isVisible()
    press(page, "models.this_computer.more")
    assert here.facts.isVisible()
    known = dict(here.facts.shown())
    computer = page.installed.computer
    assert computer is not None
    assert known["Processor"] == computer.processor.name
    assert known["Instruction sets"].split() == list(computer.processor.features)
    assert "free" in known["Memory"]
    assert "CPU" in known["llama.cpp"]
    press(page, "models.this_computer.more")
    assert not here.facts.isVisible()


def test_performance_cores_and_gpus_are_told_apart() -> None:
    processor = Processor("Clerk 9", "x86_64", ("AVX2",), 10, 4, 12)
    gpus = (
        Gpu("CUDA0", "Big card", Backend.CUDA, 8 * 10**9, 6 * 10**9),
        Gpu("Vulkan0", "Small chip", Backend.VULKAN, 4 * 10**9, 10**9, integrated=True),
    )
    build = Build("1", ("CPU", "CUDA", "Vulkan"), gpu_offload=True)
    words = computer_facts(Computer(processor, 16 * 10**9, 8 * 10**9, gpus, build))
    assert dict(words)["Cores"] == "10 cores, 4 of them for performance; 12 threads"
    shown = [what for name, what in words if name == "GPU"]
    assert len(shown) == 2
    assert "6.0 GB of 8.0 GB free" in shown[0]
    assert shown[0].endswith("CUDA; memory of its own")
    assert shown[1].endswith("Vulkan; shares the computer's memory")
    assert dict(words)["llama.cpp"].endswith("for CPU, CUDA, Vulkan")


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process can be held here")
def test_examining_and_judging_can_be_stopped_and_begun_again(
    desk_window: Application, page: ModelsPage
) -> None:
    here = page.computer
    wait_until(lambda: here.more.isEnabled() and not page.installed.judging)
    assert desk_window.desk is not None
    generator = desk_window.desk.loader._generator
    assert isinstance(generator, LlamaGenerator)
    client = generator._client
    pid = client.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)  # it answers nothing until it is stopped for that
    press(page, "models.look_again.button")
    assert page.installed.judging
    wait_until(lambda: client._child is not None and bool(client._child._jobs))  # it is asked
    press(page, "models.stop_looking.button")
    assert not page.installed.judging
    again = page.findChild(QPushButton, "models.look_again.button")
    assert again is not None
    assert again.isVisible()
    wait_until(lambda: client.pid != pid)
    judged: list[int] = []
    examined: list[Computer] = []
    page.installed.judgingChanged.connect(lambda: judged.append(1))
    here.examined.connect(examined.append)
    press(page, "models.look_again.button")
    wait_until(lambda: bool(examined) and not page.installed.judging, 60)
    assert len(judged) == 2
    assert row_named(page.installed.list, STARTER).verdict == "fits"


def test_a_model_is_verified_on_wish(desk_window: Application, page: ModelsPage) -> None:
    select(page.installed.list, STARTER)
    lines: list[str] = []
    page.workChanged.connect(lambda line, _share: lines.append(line))
    press(page, "models.verify.button")
    wait_until(lambda: "every file is what it was" in said(desk_window))
    assert any(line.startswith(f"Verifying {STARTER}") for line in lines)
    wait_until(lambda: "hash verified on" in row_named(page.installed.list, STARTER).line)


# -- bringing, using, removing


def test_a_dropped_model_is_added_used_asked_removed_and_taken_back(
    desk_window: Application, page: ModelsPage, starter: Path, tmp_path: Path
) -> None:
    window, desk = desk_window.window, desk_window.desk
    assert desk is not None
    copy = Path(shutil.copy(starter, tmp_path / "Clerk-135M.gguf"))
    window.show_page("chat")
    drop_files(window, copy)
    assert window.page == "models"
    wait_until(lambda: [s.name for s in page.installed.chosen()] == ["Clerk-135M"], 120)
    assert "Added and hashed: Clerk-135M." in said(desk_window)
    assert facts(page)["Kept"] == "in your profile"
    header = window.findChild(ElidedLabel, "chat.model")
    assert header is not None

    press(page, "models.use.button")
    wait_until(lambda: row_named(page.installed.list, "Clerk-135M").mark == "answers")
    assert not row_named(page.installed.list, STARTER).mark
    wait_until(lambda: header.whole() == "Clerk-135M")
    assert "Clerk-135M answers from now on." in said(desk_window)

    handbook = desk.library.documents
    wait_until(lambda: [d.state for d in handbook()] == [DocumentState.READY], 110)
    window.show_page("chat")
    field = window.findChild(QPlainTextEdit, "chat.input")
    assert field is not None
    assert desk_window.joined is not None
    QTest.keyClicks(field, "Which models does Escritoire run on this computer?")
    QTest.keyClick(field, Qt.Key.Key_Return)
    (turn,) = wait_for(desk_window.joined.answers.finished, 110)
    assert turn.state is TurnState.COMPLETE
    assert turn.record.model == "Clerk-135M"

    window.show_page("models")
    window.banners.end_all()
    select(page.installed.list, "Clerk-135M")
    press(page, "models.remove.button")
    wait_until(lambda: row_named(page.installed.list, "Clerk-135M").faded)
    wait_until(lambda: header.whole() == STARTER)
    press(window, "banner.action")
    wait_until(lambda: row_named(page.installed.list, "Clerk-135M").mark == "answers")
    wait_until(lambda: header.whole() == "Clerk-135M")

    select(page.installed.list, "Clerk-135M")
    press(page, "models.remove.button")
    wait_until(lambda: row_named(page.installed.list, "Clerk-135M").faded)
    window.banners.end_all()
    gone = select(page.installed.list, "Clerk-135M")
    assert gone.removed
    press(page, "models.restore.button")
    wait_until(lambda: not row_named(page.installed.list, "Clerk-135M").faded)
    assert desk.shelf.find("Clerk-135M").keeping is Keeping.OWNED


def test_what_is_no_model_is_refused_in_words(
    desk_window: Application, page: ModelsPage, tmp_path: Path
) -> None:
    fake = tmp_path / "page.gguf"
    fake.write_text("<html>")
    drop_files(desk_window.window, fake)
    wait_until(lambda: "page.gguf is not a model that can be used" in said(desk_window))
    assert "page" not in titles(page.installed.list)


def test_a_model_with_a_hostile_name_is_plain_text(
    desk_window: Application, page: ModelsPage, tmp_path: Path
) -> None:
    page.add([write_gguf(tmp_path / "_b_bold & _img src=x_.gguf")])
    wait_until(lambda: len(page.installed.chosen()) == 1 and not page.jobs.busy)
    wait_until(lambda: any("bold" in title for title in titles(page.installed.list)))
    for label in page.findChildren(QLabel):
        if label.text():
            assert label.textFormat() is Qt.TextFormat.PlainText or "<" not in label.text()
    page.installed.card.show_model(HOSTILE, [("Origin", HOSTILE)])
    title = page.findChild(QLabel, "models.selected.title")
    assert title is not None
    assert title.text() == HOSTILE
    assert title.textFormat() is Qt.TextFormat.PlainText


def test_documents_and_models_dropped_together_go_where_they_belong(
    desk_window: Application, page: ModelsPage, tmp_path: Path
) -> None:
    models: list[list[Path]] = []
    others: list[list[Path]] = []
    window = desk_window.window
    window.modelsDropped.connect(models.append)
    window.filesDropped.connect(others.append)
    note, model = tmp_path / "note.txt", write_gguf(tmp_path / "Both.gguf")
    note.write_text("A note.")
    drop_files(window, note, model)
    window.modelsDropped.disconnect(models.append)
    window.filesDropped.disconnect(others.append)
    assert (models, others) == ([[model]], [[note]])
    wait_until(lambda: "Both" in titles(page.installed.list))


# -- how a model runs


def test_how_a_model_runs_is_kept_and_what_cannot_be_is_refused(
    desk_window: Application, page: ModelsPage
) -> None:
    desk = desk_window.desk
    assert desk is not None
    select(page.installed.list, STARTER)
    settings = page.installed.run_settings
    press(settings, "models.settings.more")
    assert settings.window_.isVisible()
    settings.window_.setValue(1_000_000)
    press(settings, "models.settings.apply")
    assert settings.refusal.isVisible()
    assert "not for 1000000" in settings.refusal.text()
    assert desk.chat_models.settings_of(STARTER).context_window == 0

    settings.window_.setValue(1024)
    settings.device.setCurrentIndex(settings.device.findData(CPU))
    settings.cache.setCurrentIndex(settings.cache.findData(CacheType.Q8_0.value))
    press(settings, "models.settings.apply")
    assert not settings.refusal.isVisible()
    wait_until(lambda: desk.chat_models.settings_of(STARTER).context_window == 1024)
    kept = desk.chat_models.settings_of(STARTER)
    assert (kept.device, kept.cache_type, kept.gpu_layers) == (CPU, CacheType.Q8_0, None)

    press(settings, "models.settings.restore")
    wait_until(lambda: desk.chat_models.settings_of(STARTER).context_window == 0)
    press(settings, "models.settings.more")


def test_what_is_set_while_what_was_applied_is_kept_stays(
    desk_window: Application, page: ModelsPage
) -> None:
    assert desk_window.desk is not None
    chat_models = desk_window.desk.chat_models
    select(page.installed.list, STARTER)
    settings = page.installed.run_settings
    settings.window_.setValue(2048)
    press(settings, "models.settings.apply")
    settings.batch.setValue(64)  # before the list has been read again
    wait_until(lambda: chat_models.settings_of(STARTER).context_window == 2048)
    page.installed.load()
    wait_for(page.installed.looked)
    assert (settings.window_.value(), settings.batch.value()) == (2048, 64)

    press(settings, "models.settings.restore")
    wait_until(lambda: chat_models.settings_of(STARTER).context_window == 0)


def test_an_adapter_of_another_model_is_refused_in_place(
    desk_window: Application, page: ModelsPage, tmp_path: Path
) -> None:
    desk = desk_window.desk
    assert desk is not None
    select(page.installed.list, STARTER)
    settings = page.installed.run_settings
    press(settings, "models.settings.more")
    other = write_lora(tmp_path / "other.gguf", changes={"general.architecture": text("qwen2")})
    settings.adapters.add(Adapter(other))
    press(settings, "models.settings.apply")
    wait_until(settings.refusal.isVisible)
    assert f"The adapter other.gguf was not made for {STARTER}" in settings.refusal.text()
    assert "other.gguf" not in said(desk_window)
    assert [adapter.path for adapter in settings.adapters.adapters()] == [other]  # it stays
    assert desk.chat_models.settings_of(STARTER).adapters == ()

    press(settings, "models.adapters.remove")
    settings.adapters.add(Adapter(write_lora(tmp_path / "fitting.gguf"), 0.5))
    press(settings, "models.settings.apply")
    wait_until(lambda: len(desk.chat_models.settings_of(STARTER).adapters) == 1)
    assert not settings.refusal.isVisible()
    press(settings, "models.settings.restore")
    wait_until(lambda: desk.chat_models.settings_of(STARTER).adapters == ())
    press(settings, "models.settings.more")


def test_a_model_is_measured_here_and_the_list_says_how_fast_it_is(
    desk_window: Application, page: ModelsPage
) -> None:
    select(page.installed.list, STARTER)
    press(page, "models.measure.button")
    wait_until(lambda: page.jobs.busy)
    wait_until(lambda: not page.jobs.busy, 170)
    wait_until(lambda: "tokens/s measured here" in row_named(page.installed.list, STARTER).line)
    select(page.installed.list, STARTER)
    assert facts(page)["Speed"].startswith("writes ")
    assert f"{STARTER}: writes " in said(desk_window)


# -- packing


def test_models_are_packed_and_the_pack_says_who_signed_it(
    desk_window: Application, page: ModelsPage, tmp_path: Path
) -> None:
    select(page.installed.list, STARTER)
    pack = page.findChild(QPushButton, "models.pack.button")
    assert pack is not None
    assert pack.isEnabled()
    page.bringing.pack_into(tmp_path)
    wait_until(lambda: "Packed into " in said(desk_window), 120)
    (made,) = tmp_path.iterdir()
    desk_window.window.banners.end_all()
    page.add([made])
    wait_until(lambda: "Here already, to the bit" in said(desk_window), 120)
    assert "this profile's own key" in said(desk_window)


# -- by keyboard alone


def test_the_keyboard_alone_gets_everywhere(desk_window: Application, page: ModelsPage) -> None:
    window = desk_window.window
    for number, view in ((2, page.finding), (3, page.fetching), (1, page.installed)):
        QTest.keyClick(page, str(number), Qt.KeyboardModifier.AltModifier)
        assert view.isVisible()
    page.installed.list.setFocus()
    QTest.keyClick(page.installed.list, Qt.Key.Key_Home)
    assert [shown.name for shown in page.installed.chosen()] == [rows(page.installed.list)[0].title]
    reached: list[str] = []
    for _ in range(60):
        focused = window.focusWidget()
        if focused is not None:
            reached.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert {
        "models.list",
        "models.add",
        "models.pack.button",
        "models.verify.button",
        "models.measure.button",
        "models.settings.device",
        "models.settings.more",
        "models.settings.apply",
        "models.show_installed.button",
    } <= set(reached)
    assert any(name.startswith("nav.") for name in reached)
    segment = page.findChild(QPushButton, "models.show_installed.button")
    assert segment is not None
    segment.setFocus()
    QTest.keyClick(segment, Qt.Key.Key_Right)
    assert page.finding.isVisible()


@pytest.mark.parametrize("view", [INSTALLED, FIND, DOWNLOADS])
def test_every_control_has_a_name_of_its_own(page: ModelsPage, view: int) -> None:
    page.show_view(view)
    for button in page.findChildren(QPushButton):
        assert button.objectName(), button.text()
        assert button.accessibleName(), button.objectName()
    for action in page.findChildren(type(page.installed.actions()[0])):
        if action.objectName().startswith("models."):
            assert action.statusTip()
