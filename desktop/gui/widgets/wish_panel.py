"""How a text is to be rewritten: tone or voice, strength, length, and words of one's own.

Offers what it is given; whether there is a model to do it is not its matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.rewrites import DEFAULT_TONE, Wish
from desktop.domain.tone import Strength, Tone
from desktop.domain.voices import Voice
from desktop.gui import theme
from desktop.gui.actions import Actions
from desktop.gui.widgets.chips import Flow
from desktop.gui.widgets.segments import Segments

LONGEST_INSTRUCTION = 500  # characters; more of them and a small model forgets the text


class WishPanel(QWidget):
    """`wish()` is what is chosen now."""

    def __init__(self, actions: Actions, within: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._strength = Strength.MEDIUM
        self._chips = QButtonGroup(self)
        self._row = QWidget(self)
        self._row.setObjectName("rewrite.tones")
        self._row.setAccessibleName(self.tr("Tones and voices"))
        self._flow = Flow(self._row, theme.GRID // 2)
        self._lay_out(actions, within)

    def offer(self, tones: Sequence[Tone], voices: Sequence[Voice]) -> None:
        """Show these; what was chosen stays chosen, if it is there still."""
        chosen = self.wish()
        for chip in self._chips.buttons():
            self._chips.removeButton(chip)
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        language = QLocale().name().partition("_")[0]
        for tone in tones:
            chip = self._chip(tone.title(language), tone.description(language))
            chip.setProperty("tone", tone.name)
            chip.setChecked(not chosen.voice and tone.name == chosen.tone)
        for voice in voices:
            spoken = self.tr("Voice: {name}").format(name=voice.name)
            chip = self._chip(voice.name, spoken, icon="chat")
            chip.setProperty("voice", voice.name)
            chip.setAccessibleName(spoken)
            chip.setChecked(voice.name == chosen.voice)
        self._follow()

    def wish(self) -> Wish:
        chip = self._chips.checkedButton()
        return Wish(
            tone=(chip.property("tone") or "") if chip else DEFAULT_TONE,
            voice=(chip.property("voice") or "") if chip else "",
            instruction=self.instruction.text().strip(),
            strength=self._strength,
            keep_length=self.keep_length.isChecked(),
        )

    def offered_voices(self) -> list[str]:
        """The names of the voices that can be chosen."""
        return [voice for chip in self._chips.buttons() if (voice := chip.property("voice"))]

    def choose_voice(self, name: str) -> None:
        """Choose the voice of that name, if it is offered."""
        for chip in self._chips.buttons():
            if chip.property("voice") == name:
                chip.setChecked(True)

    def _chip(self, text: str, tip: str, icon: str = "") -> QToolButton:
        chip = QToolButton(self._row)
        chip.setObjectName("rewrite.tone")
        chip.setProperty("role", "choice")
        chip.setText(text.replace("&", "&&"))
        chip.setAccessibleName(text)
        chip.setToolTip(tip.replace("&", "&amp;").replace("<", "&lt;"))
        chip.setCheckable(True)
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon:
            chip.setIcon(theme.icon(icon, size=16))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.toggled.connect(self._follow)
        self._chips.addButton(chip)
        self._flow.addWidget(chip)
        return chip

    def _follow(self) -> None:
        # A voice is as strong as its rules are.
        self._segments.setEnabled(not self.wish().voice)

    def _choose(self, strength: Strength) -> None:
        self._strength = strength
        self._segments.press(strength - 1)

    def _lay_out(self, actions: Actions, within: QWidget) -> None:
        strengths = (
            (Strength.LIGHT, "light", self.tr("Light")),
            (Strength.MEDIUM, "medium", self.tr("Medium")),
            (Strength.STRONG, "strong", self.tr("Strong")),
        )
        shown = [
            actions.add(
                f"rewrite.{name}",
                text,
                f"Alt+{strength}",
                partial(self._choose, strength),
                within=within,
                in_full=self.tr("Rewrite: {strength}").format(strength=text),
            )
            for strength, name, text in strengths
        ]
        self._segments = Segments(self.tr("How far the rewrite goes"), shown, self)
        self._segments.setObjectName("rewrite.strength")
        self._segments.press(self._strength - 1)
        self.keep_length = QCheckBox(self.tr("Keep the length"), self)
        self.keep_length.setObjectName("rewrite.keep_length")
        self.keep_length.setAccessibleName(self.keep_length.text())
        self.instruction = QLineEdit(self)
        self.instruction.setObjectName("rewrite.instruction")
        self.instruction.setAccessibleName(self.tr("Instruction in your own words"))
        self.instruction.setPlaceholderText(self.tr("In your own words: address the reader as you"))
        self.instruction.setMaxLength(LONGEST_INSTRUCTION)
        tone = QLabel(self.tr("Tone"), self)
        tone.setProperty("role", "muted")
        across = QHBoxLayout()
        across.setSpacing(2 * theme.GRID)
        across.addWidget(tone, 1)
        across.addWidget(self.keep_length)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(across)
        layout.addWidget(self._row)
        layout.addWidget(self._segments)
        layout.addWidget(self.instruction)
