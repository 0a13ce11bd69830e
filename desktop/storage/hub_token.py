"""The access token to a hub: in the system's keyring, and nowhere else.

The store says only that there is one, so that a keyring is not woken up, nor its user asked, for
the sake of those who never entered a token.
"""

from __future__ import annotations

import threading

from desktop.domain.errors import KeyringNeeded
from desktop.storage.journal import Journal
from desktop.storage.keyring_access import keep_secret, read_secret, remove_secret

SETTING = "hub token"
KEPT = "in the keyring"


class HubToken:
    """`services.ports.Tokens` of one profile. Thread-safe."""

    def __init__(self, store: Journal, profile_id: str) -> None:
        self._store = store
        self._entry = f"{profile_id} hub token"
        self._turn = threading.Lock()
        self._known: str | None = None  # None: the keyring was not asked yet

    def read(self) -> str:
        """The token, "" if there is none or the keyring does not answer."""
        with self._turn:
            if self._store.setting(SETTING) != KEPT:
                return ""
            if self._known is None:
                kept = read_secret(self._entry)
                if kept is None:
                    return ""
                self._known = kept.decode()
            return self._known

    def keep(self, token: str) -> None:
        """Raises KeyringNeeded, and what was kept stays."""
        with self._turn:
            if not keep_secret(self._entry, token.encode()):
                raise KeyringNeeded
            self._known = token
            self._store.set_setting(SETTING, KEPT)

    def remove(self) -> None:
        """Forget the token. Raises KeyringNeeded where the keyring does not let go of it."""
        with self._turn:
            if self._store.setting(SETTING) != KEPT:
                return
            if not remove_secret(self._entry):
                raise KeyringNeeded
            self._known = None
            self._store.set_setting(SETTING, "")
