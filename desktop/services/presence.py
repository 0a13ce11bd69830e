"""How Escritoire is at hand outside its window: the shortcut, and whether it stays in the tray.

Keeps what the user decided; whether the system allows it is known where it is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services.ports import Store

SHORTCUT = "Ctrl+Alt+R"  # as Qt writes it: Ctrl is the Command key on macOS

_SHORTCUT, _SWITCH = "shortcut for a selection", "shortcut for a selection is on"
_STAYS, _TOLD = "stays in the tray", "told that it stays in the tray"


@dataclass(frozen=True, slots=True)
class Kept:
    """`shortcut` in Qt's portable form; it works only while `listens`."""

    shortcut: str = SHORTCUT
    listens: bool = False
    stays: bool = False
    told: bool = False


class Presence:
    """Every method belongs on a worker thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def kept(self) -> Kept:
        """What was decided; until then the shortcut is off and closing the window is the end."""
        return Kept(
            shortcut=self._store.setting(_SHORTCUT) or SHORTCUT,
            listens=self._store.setting(_SWITCH) == "yes",
            stays=self._store.setting(_STAYS) == "yes",
            told=self._store.setting(_TOLD) == "yes",
        )

    def set_shortcut(self, shortcut: str, *, listens: bool) -> None:
        self._store.set_setting(_SHORTCUT, shortcut)
        self._store.set_setting(_SWITCH, "yes" if listens else "no")

    def set_stays(self, stays: bool) -> None:
        self._store.set_setting(_STAYS, "yes" if stays else "no")

    def set_told(self) -> None:
        """The user knows what closing the window does; it is said once."""
        self._store.set_setting(_TOLD, "yes")
