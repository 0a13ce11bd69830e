"""A voice in fields: name, pairs, house style, words, rules, adapter, and how well it fits.

Shows a voice and gives it back as it stands in the fields; keeps nothing and calls no service.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.voices import LONGEST_LINE, LONGEST_NAME, Voice
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.choosing import choose
from desktop.gui.widgets.adapter_field import AdapterField
from desktop.gui.widgets.pairs_card import PairsCard
from desktop.gui.widgets.sheet import Card
from desktop.services.originals import TEXTS

GUIDELINE_TALL, RULES_TALL = 16 * theme.GRID, 20 * theme.GRID


class VoiceEditor(QWidget):
    """`edited` says that the fields are no longer what was shown last."""

    edited = Signal()
    fileWanted = Signal(object, object)

    def __init__(self, actions: Actions, within: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._filling = False
        self.name = self._line("voices.name", self.tr("Name of the voice"), LONGEST_NAME)
        self.pairs = PairsCard(actions, within, self)
        self.guideline = self._text(
            "voices.guideline",
            self.tr("House style"),
            self.tr("Paste your style guide, or take it from a file."),
            GUIDELINE_TALL,
        )
        self.use = self._line("voices.use", self.tr("Words to use, with commas between"))
        self.avoid = self._line("voices.avoid", self.tr("Words to avoid, with commas between"))
        self.greeting = self._line("voices.greeting", self.tr("Greeting"), LONGEST_LINE)
        self.greeting.setPlaceholderText(self.tr("Dear {name},"))
        self.closing = self._line("voices.closing", self.tr("Closing"), LONGEST_LINE)
        self.rules = self._text(
            "voices.rules",
            self.tr("Rules, one a line"),
            self.tr("Derived from pairs and house style when the voice is saved."),
            RULES_TALL,
        )
        self.adapter = AdapterField(self)
        self.fit = QLabel(self)
        self.fit.setObjectName("voices.fit.result")
        self.fit.setProperty("role", "text")
        self.fit.setTextFormat(Qt.TextFormat.PlainText)
        self.fit.setWordWrap(True)
        self.fit.hide()
        self.pairs.fileWanted.connect(self.fileWanted)
        self.pairs.changed.connect(self._edited)
        self.adapter.changed.connect(self._edited)

    def lay_out(self, derive: QAction, measure: QAction) -> None:
        """Put the parts together, with what derives the rules anew and what measures the fit."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.GRID, 0)
        layout.setSpacing(theme.GRID + theme.GRID // 2)
        layout.addWidget(self.pairs)
        style = Card(self.tr("House style"), self)
        style.put(self.guideline)
        style.put(self._row(self._guideline_button()))
        layout.addWidget(style)
        words = Card(self.tr("Words"), self)
        form = QWidget(words)
        rows = QFormLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(theme.GRID)
        for label, field in (
            (self.tr("Use"), self.use),
            (self.tr("Avoid"), self.avoid),
            (self.tr("Greeting"), self.greeting),
            (self.tr("Closing"), self.closing),
        ):
            rows.addRow(label, field)
        words.put(form)
        layout.addWidget(words)
        rules = Card(self.tr("Rules"), self)
        rules.say(
            self.tr(
                "This is what a model is told, a rule on each line. Edit it as you like: what you "
                "write stays when pairs are added, and what you take out stays out."
            )
        )
        rules.put(self.rules)
        rules.put(self._row(self._bound(derive)))
        layout.addWidget(rules)
        adapter = Card(self.tr("Adapter"), self)
        adapter.say(
            self.tr("A LoRA trained for this voice. It is used for rewriting in this voice alone.")
        )
        adapter.put(self.adapter)
        layout.addWidget(adapter)
        fit = Card(self.tr("Fit"), self)
        fit.say(
            self.tr(
                "Pairs are held back and rewritten, with the voice and without, to see how close "
                "that comes to what you wrote."
            )
        )
        fit.put(self.fit)
        fit.put(self._row(self._bound(measure)))
        layout.addWidget(fit)
        layout.addStretch(1)

    def show_voice(self, voice: Voice) -> None:
        """Fill the fields."""
        self._filling = True
        self.name.setText(voice.name)
        self.pairs.show_pairs(voice.pairs)
        self.guideline.setPlainText(voice.guideline)
        self.use.setText(", ".join(voice.use))
        self.avoid.setText(", ".join(voice.avoid))
        self.greeting.setText(voice.greeting)
        self.closing.setText(voice.closing)
        self.adapter.show_adapter(voice.adapter)
        self.show_rules(voice.rules)
        self._filling = False

    def show_rules(self, rules: Sequence[str]) -> None:
        self.rules.setPlainText("\n".join(rules))

    def say_fit(self, sentence: str) -> None:
        """What the last measuring found; "" for nothing."""
        self.fit.setText(sentence)
        self.fit.setVisible(bool(sentence))

    def voice(self) -> Voice:
        """What the fields say."""
        rules = [line.strip() for line in self.rules.toPlainText().splitlines()]
        return Voice(
            name=self.name.text().strip(),
            pairs=self.pairs.pairs(),
            guideline=self.guideline.toPlainText().strip(),
            rules=tuple(rule for rule in rules if rule),
            use=_listed(self.use.text()),
            avoid=_listed(self.avoid.text()),
            greeting=self.greeting.text().strip(),
            closing=self.closing.text().strip(),
            adapter=self.adapter.adapter(),
        )

    def _edited(self) -> None:
        if not self._filling:
            self.edited.emit()

    # -- how it is made

    def _line(self, name: str, spoken: str, longest: int = 4_000) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(spoken)
        field.setMaxLength(longest)
        field.textChanged.connect(self._edited)
        return field

    def _text(self, name: str, spoken: str, hint: str, tall: int) -> QPlainTextEdit:
        field = QPlainTextEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(spoken)
        field.setPlaceholderText(hint)
        field.setTabChangesFocus(True)
        field.setFixedHeight(tall)
        field.textChanged.connect(self._edited)
        return field

    def _guideline_button(self) -> QPushButton:
        button = QPushButton(self.tr("From a file"), self)
        button.setObjectName("voices.guideline.file")
        button.setAccessibleName(self.tr("House style, from a file"))
        endings = " ".join(f"*{ending}" for ending in TEXTS)

        def chosen(paths: list[Path]) -> None:
            self.fileWanted.emit(paths[0], self.guideline.setPlainText)

        button.clicked.connect(
            lambda: choose(
                self,
                "voices.guideline.choose",
                self.tr("Choose a style guide"),
                [f"{self.tr('Plain text')} ({endings})", f"{self.tr('All files')} (*)"],
                chosen,
            )
        )
        return button

    def _bound(self, action: QAction) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"{action.objectName()}.button")
        bind(button, action)
        return button

    def _row(self, button: QPushButton) -> QWidget:
        row = QWidget(self)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(button)
        across.addStretch(1)
        return row


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
