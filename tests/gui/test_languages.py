"""The window in another language: every text translated, none of them written past the translator,
and the choice kept, like the rest of the appearance."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QLabel

from desktop.domain.appearance import Appearance, Scheme
from desktop.domain.errors import FileUnreadable
from desktop.gui.languages import NAMES, speak
from desktop.gui.notify import words
from desktop.gui.theme import tokens
from desktop.gui.widgets.appearance_card import AppearanceCard
from desktop.storage.appearance_file import keep_appearance, read_appearance
from desktop.storage.paths import Paths
from installers import translations
from tests.gui.conftest import Starter, wait_until

GUI = translations.ROOT / "desktop" / "gui"

# Where a widget takes text that a user sees or hears.
SAYING = frozenset(
    {
        "addAction", "addItem", "addRow", "addTab", "setAccessibleDescription", "setAccessibleName",
        "setPlaceholderText", "setStatusTip", "setText", "setTitle", "setToolTip", "setWindowTitle",
        "QAction", "QCheckBox", "QLabel", "QPushButton", "QRadioButton", "say", "trouble",
    }
)  # fmt: skip
MARKUP = re.compile(r"<[^>]*>")
NO_WORDS = {"Escritoire", "MIT", "SHA-256"}  # names, the same in every language


@pytest.fixture
def english_again(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    yield
    speak("")
    QLocale.setDefault(before)


def messages(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    """The translation of each text, by its context and the text."""
    found = {}
    for context in ElementTree.parse(path).iterfind("context"):
        for message in context.iterfind("message"):
            translation = message.find("translation")
            assert translation is not None
            key = context.findtext("name", ""), message.findtext("source", "")
            found[key] = translation
    return found


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_text_of_the_window_is_translated(language: str, tmp_path: Path) -> None:
    kept = translations.file_of(language)
    shutil.copy(kept, tmp_path)
    translations.update(tmp_path)
    wanted = messages(translations.file_of(language, tmp_path))
    missing = [key for key, found in wanted.items() if not found.text or found.get("type")]
    assert missing == []  # see `installers.translations`
    assert set(messages(kept)) == set(wanted)  # and none that nobody says any more


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_translation_names_the_same_facts_and_keys(language: str) -> None:
    for (context, text), found in messages(translations.file_of(language)).items():
        translated = found.text or ""
        names = sorted(re.findall(r"\{\w*\}", text))
        assert sorted(re.findall(r"\{\w*\}", translated)) == names, (context, text)
        assert text.count("&") == translated.count("&") or "&" not in text, (context, text)
        assert text.startswith(" ") == translated.startswith(" "), (context, text)


def test_no_widget_says_anything_past_the_translator() -> None:
    found = [
        f"{path.relative_to(GUI)}:{node.lineno}: {said}"
        for path in sorted(GUI.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _name(node.func) in SAYING
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]
        for said in _literals(argument)
        if re.search(r"[^\W\d_]{2}", MARKUP.sub("", said)) and said.strip() not in NO_WORDS
    ]
    assert found == []


def test_what_is_translated_is_written_where_lupdate_finds_it() -> None:
    known = {"notify.py", "models/offer_words.py"}  # theirs `installers.translations` finds
    found = [
        f"{path.relative_to(GUI)}:{node.lineno}"
        for path in sorted(GUI.rglob("*.py"))
        if str(path.relative_to(GUI)) not in known
        for node in _outside_of_tr(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _name(node.func) in ("tr", "translate")
        if isinstance(node.args[-1], ast.Name) and not node.args[-1].id.isupper()
        if not node.args[-1].id.startswith("_")  # a table of characters
    ]
    assert found == []


def _outside_of_tr(node: ast.AST) -> Iterator[ast.AST]:
    """Every node but those in a function that is `tr` for a module."""
    if isinstance(node, ast.FunctionDef) and node.name == "tr":
        return
    yield node
    for inside in ast.iter_child_nodes(node):
        yield from _outside_of_tr(inside)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literals(argument: ast.expr) -> list[str]:
    """The texts written out in an argument, which no call around them translates."""
    match argument:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=values):
            return [str(part.value) for part in values if isinstance(part, ast.Constant)]
        case ast.IfExp(body=body, orelse=otherwise):
            return [*_literals(body), *_literals(otherwise)]
        case ast.BinOp(left=left, right=right):
            return [*_literals(left), *_literals(right)]
    return []


@pytest.mark.usefixtures("english_again")
def test_a_profile_that_chose_german_opens_in_german(start: Starter, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    keep_appearance(Paths(profile).appearance, Appearance(language="de"))
    application = start.opened(profile)
    texts = {label.text() for label in application.window.findChildren(QLabel)}
    assert {"Darstellung", "Was es schützt", "Verbindungen"} <= texts
    assert QLocale().toString(1234.5, "f", 1) == "1.234,5"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"  # Qt's own
    assert QCoreApplication.translate("nobody", "Nobody says this") == "Nobody says this"
    error = FileUnreadable(file="memory", reason="it is empty")
    assert words(error) == (
        "memory lässt sich nicht lesen: es ist leer. "
        "Prüfen Sie den Pfad und das Recht, ihn zu lesen."
    )


@pytest.mark.usefixtures("english_again")
def test_what_is_chosen_acts_at_once_and_is_kept(start: Starter, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    application = start.opened(profile)
    card = application.window.findChild(AppearanceCard, "settings.appearance")
    assert card is not None
    wait_until(lambda: application.joined is not None)
    assert "font-size: 10.5pt" in application.theme._application.styleSheet()

    def choose(field: str, value: object) -> None:
        box = getattr(card, field)
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())

    choose("text_size", 200)
    choose("scheme", Scheme.DARK.value)
    choose("language", "de")
    card.compact.click()
    sheet = application.theme._application.styleSheet()
    assert "font-size: 21pt" in sheet
    assert "padding: 4px 10px" in sheet  # of a button, 6 and 16 otherwise
    assert tokens().dark
    chosen = Appearance("de", Scheme.DARK, 200, compact=True)
    wait_until(lambda: read_appearance(Paths(profile).appearance) == chosen)
    assert QCoreApplication.translate("MainWindow", "Settings") == "Settings"  # from the next start
    application.window.actions_.get("settings.usual_text").trigger()
    assert "font-size: 10.5pt" in application.theme._application.styleSheet()
    application.theme.wear(Appearance())
    assert not tokens().dark


@pytest.mark.usefixtures("english_again")
@pytest.mark.parametrize("kept", ["", "{", "[]", '{"language": 7}', '{"text_size": 4000}'])
def test_a_damaged_choice_is_the_usual_one(kept: str, tmp_path: Path) -> None:
    path = tmp_path / "appearance.json"
    assert read_appearance(path) == Appearance()
    path.write_text(kept, encoding="utf-8")
    assert read_appearance(path) == Appearance()
    keep_appearance(path, Appearance(language=next(iter(NAMES))))
    assert read_appearance(path).language in NAMES
