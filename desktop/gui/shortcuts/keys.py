"""A shortcut as Qt has it, taken apart: one key and its modifiers, and the key's name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence


def taken_apart(keys: QKeySequence) -> tuple[str, Qt.KeyboardModifier] | None:
    """The key in Qt's portable name ("R", "F5", "PgUp") and what is held with it; None for what is
    no shortcut: several keys one after another, or one without Ctrl, Alt or Meta."""
    if keys.count() != 1:
        return None
    combined = keys[0]  # type: ignore[index]
    held = combined.keyboardModifiers()
    # A bare key, or one with Shift, would be lost to every program.
    if not held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
        return None
    name = QKeySequence(combined.key()).toString(QKeySequence.SequenceFormat.PortableText)
    return (name, held) if name else None


def masked(held: Qt.KeyboardModifier, bits: dict[Qt.KeyboardModifier, int]) -> int:
    """The modifiers as a system has them."""
    mask = 0
    for modifier, bit in bits.items():
        if held & modifier:
            mask |= bit
    return mask
