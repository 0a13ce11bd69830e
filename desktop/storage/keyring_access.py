"""The operating system's keyring: one secret a profile, or a clear "there is none".

Only keyrings of the system itself count; a backend that keeps secrets in a file would put the key
beside the lock. A keyring that hangs or waits for a prompt is given a few seconds and then counts
as absent. `keyring` is imported late: looking for backends takes a while and talks to D-Bus.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "Escritoire"
PATIENCE_S = 5.0

# Modules of `keyring` whose backends hand the secret to the system.
SYSTEM_BACKENDS = frozenset(
    {
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
        "keyring.backends.macOS",
        "keyring.backends.Windows",
    }
)


def read_secret(profile_id: str) -> bytes | None:
    """The secret kept for a profile, or None: no keyring, no such entry, locked, no answer."""

    def read() -> bytes | None:
        backend = _system_backend()
        kept = backend.get_password(SERVICE, profile_id) if backend else None
        return bytes.fromhex(kept) if kept else None

    return _within_patience(read)


def keep_secret(profile_id: str, secret: bytes) -> bool:
    """Give the keyring a profile's secret; whether it gives the same back."""

    def keep() -> bool:
        backend = _system_backend()
        if backend is None:
            return False
        backend.set_password(SERVICE, profile_id, secret.hex())
        return backend.get_password(SERVICE, profile_id) == secret.hex()

    return _within_patience(keep) or False


def remove_secret(profile_id: str) -> bool:
    """Let the keyring forget a secret; whether it holds none now."""

    def remove() -> bool:
        backend = _system_backend()
        if backend is None:
            return False
        if backend.get_password(SERVICE, profile_id) is not None:
            backend.delete_password(SERVICE, profile_id)
        return backend.get_password(SERVICE, profile_id) is None

    return _within_patience(remove) or False


def keyring_name() -> str | None:
    """What the system's keyring calls itself, or None if there is none."""

    def name() -> str | None:
        backend = _system_backend()
        return backend.name if backend else None

    return _within_patience(name)


def _system_backend() -> KeyringBackend | None:
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    return next((b for b in candidates if type(b).__module__ in SYSTEM_BACKENDS), None)


def _within_patience(ask: Callable[[], T | None]) -> T | None:
    """What `ask` answers within `PATIENCE_S` seconds; None if it fails or takes longer."""
    answers: list[T | None] = []

    def run() -> None:
        try:
            answers.append(ask())
        except Exception:  # noqa: BLE001 (every backend fails in its own way; all mean "absent")
            return

    # A daemon: a keyring that never answers must not keep the application from ending.
    asking = threading.Thread(target=run, name="keyring", daemon=True)
    asking.start()
    asking.join(PATIENCE_S)
    return answers[0] if answers else None
