"""Keeps how the user wishes the window to look."""

from __future__ import annotations

from desktop.domain.looks import TEXT_SIZES, Looks, Scheme
from desktop.services.ports import Store

_SIZE, _COMPACT, _SCHEME = "size of text", "things stand close", "colour scheme"


class Appearance:
    """Every method belongs on a worker thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def looks(self) -> Looks:
        """What was chosen; what nobody knows any more is as usual."""
        size = self._store.setting(_SIZE) or ""
        scheme = self._store.setting(_SCHEME) or ""
        return Looks(
            text=int(size) if size.isdigit() and int(size) in TEXT_SIZES else 100,
            compact=self._store.setting(_COMPACT) == "yes",
            scheme=Scheme(scheme) if scheme in set(Scheme) else Scheme.SYSTEM,
        )

    def keep(self, looks: Looks) -> None:
        self._store.set_setting(_SIZE, str(looks.text))
        self._store.set_setting(_COMPACT, "yes" if looks.compact else "no")
        self._store.set_setting(_SCHEME, looks.scheme)
