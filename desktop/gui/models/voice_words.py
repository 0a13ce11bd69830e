"""Voices and earlier rewrites in the words of the window."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.domain.rewrites import StoredRewrite
from desktop.domain.tone import Pair
from desktop.domain.voices import Voice
from desktop.gui.models import figures
from desktop.gui.models.rewrite_words import LONGEST
from desktop.gui.models.rows import Row


def one_line(text: str) -> str:
    """A text on one line, cut if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def voice_row(voice: Voice) -> Row:
    translate = QCoreApplication.translate
    parts = [
        translate("Voices", "1 pair")
        if len(voice.pairs) == 1
        else translate("Voices", "{count} pairs").format(count=len(voice.pairs)),
        translate("Voices", "1 rule")
        if len(voice.rules) == 1
        else translate("Voices", "{count} rules").format(count=len(voice.rules)),
    ]
    if voice.adapter is not None:
        parts.append(translate("Voices", "an adapter"))
    return Row(title=voice.name, line=", ".join(parts), icon="chat")


def pair_row(pair: Pair) -> Row:
    return Row(title=one_line(pair.after), line=one_line(pair.before), icon="rewrite")


def rewrite_row(past: StoredRewrite, tones: Mapping[str, str]) -> Row:
    """An earlier rewrite; `tones` are the titles of tones by their names."""
    translate = QCoreApplication.translate
    record = past.record
    how = record.wish.voice or tones.get(record.wish.tone, record.wish.tone)
    parts = [figures.moment(past.created)[:-3], how]
    if record.model:
        parts.append(record.model)
    stopped = translate("Rewrite", "stopped early") if record.unwritten else ""
    return Row(
        title=one_line(past.output),
        line=" · ".join(part for part in parts if part),
        verdict=stopped,
        icon="rewrite",
    )
