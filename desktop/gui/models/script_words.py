"""The scripts that scans are read in, in words of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.domain.scripts import CARRIED, Script

translate = QCoreApplication.translate


def script_in_words(name: str) -> str:
    """A script by its name in `domain.scripts`."""
    return {
        CARRIED: translate("Scripts", "Latin, Greek, Chinese and Japanese (carried along)"),
        "cyrillic": translate("Scripts", "Cyrillic"),
        "east-slavic": translate("Scripts", "Russian, Ukrainian and Belarusian"),
        "latin": translate("Scripts", "Latin alone"),
        "greek": translate("Scripts", "Greek"),
        "korean": translate("Scripts", "Korean"),
        "devanagari": translate("Scripts", "Devanagari (Hindi, Marathi, Nepali)"),
        "thai": translate("Scripts", "Thai"),
        "tamil": translate("Scripts", "Tamil"),
        "telugu": translate("Scripts", "Telugu"),
    }.get(name, name)


def files_in_words(missing: Sequence[Script]) -> str:
    """The files that can be added, a line each."""
    return "\n".join(f"{script_in_words(script.name)}: {script.file}" for script in missing)
