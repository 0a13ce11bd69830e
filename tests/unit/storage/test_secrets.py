from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import msgspec
import pytest

from desktop.domain.errors import KeyLost, PassphraseNeeded, PassphraseWrong
from desktop.storage import keyring_access, secrets

PROFILE = Path("/profiles/a")
TOO_DEMANDING = (  # for the memory
    '{"profile_id": "a", "slots": [{"type": "passphrase", "salt": "AAAAAAAAAAAAAAAAAAAAAA==",'
    ' "nonce": "", "wrapped": "", "memory_kib": 999999999}]}'
)


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring that works, in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class SilentKeyring(MemoryKeyring):
    """A keyring that waits for a prompt that nobody answers."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answered.wait(30)
        return None


class ForgetfulKeyring(MemoryKeyring):
    """A keyring that takes a secret and does not keep it."""

    def set_password(self, service: str, username: str, password: str) -> None:
        return


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the keyrings above count as the system's; give back the one that was set."""
    backends = keyring_access.SYSTEM_BACKENDS | {__name__}
    monkeypatch.setattr(keyring_access, "SYSTEM_BACKENDS", backends)
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_the_keyring_opens_what_it_was_given() -> None:
    system = MemoryKeyring()
    keyring.set_keyring(system)
    key, key_file = secrets.new_key(PROFILE, None)
    assert len(key) == 32
    reread = secrets.decoded(key_file.encoded())
    assert secrets.unlock(reread, PROFILE, None) == key
    assert [len(secret) for secret in system.kept.values()] == [64]
    assert key.hex() not in system.kept.values()  # the keyring alone does not open the store either


def test_a_passphrase_is_used_instead_of_the_keyring() -> None:
    system = MemoryKeyring()
    keyring.set_keyring(system)
    key, key_file = secrets.new_key(PROFILE, "blue heron")
    assert system.kept == {}
    assert secrets.unlock(key_file, PROFILE, "blue heron") == key
    with pytest.raises(PassphraseWrong):
        secrets.unlock(key_file, PROFILE, "blue herons")
    with pytest.raises(PassphraseNeeded):
        secrets.unlock(key_file, PROFILE, None)


def test_a_passphrase_typed_on_another_system_is_the_same() -> None:
    key, key_file = secrets.new_key(PROFILE, "Gr\u00fc\u00dfe")
    assert secrets.unlock(key_file, PROFILE, "Gru\u0308\u00dfe") == key


def test_either_slot_opens_the_profile() -> None:
    system = MemoryKeyring()
    keyring.set_keyring(system)
    key, key_file = secrets.new_key(PROFILE, None)
    both = secrets.with_passphrase(key_file, key, "first")
    both = secrets.with_passphrase(both, key, "second")
    assert secrets.unlock(both, PROFILE, None) == key
    system.kept.clear()
    assert secrets.unlock(both, PROFILE, "second") == key
    with pytest.raises(PassphraseWrong):
        secrets.unlock(both, PROFILE, "first")


def test_a_key_that_the_keyring_lost_is_named() -> None:
    system = MemoryKeyring()
    keyring.set_keyring(system)
    _, key_file = secrets.new_key(PROFILE, None)
    entry = next(iter(system.kept))
    system.kept[entry] = "00" * 32
    with pytest.raises(KeyLost):
        secrets.unlock(key_file, PROFILE, None)
    system.kept.clear()
    with pytest.raises(KeyLost) as lost:
        secrets.unlock(key_file, PROFILE, "not asked for by this profile")
    assert lost.value.facts == {"profile": str(PROFILE)}


@pytest.mark.parametrize(
    "system",
    [keyring.backends.fail.Keyring(), keyring.backends.null.Keyring(), ForgetfulKeyring()],
    ids=["none", "null", "forgetful"],
)
def test_without_a_real_keyring_a_passphrase_is_needed(
    system: keyring.backend.KeyringBackend,
) -> None:
    keyring.set_keyring(system)
    with pytest.raises(PassphraseNeeded):
        secrets.new_key(PROFILE, None)
    with pytest.raises(PassphraseNeeded):
        secrets.new_key(PROFILE, "")


def test_a_keyring_that_is_not_the_systems_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_keyring(MemoryKeyring())
    assert keyring_access.keyring_name() is not None
    monkeypatch.setattr(keyring_access, "SYSTEM_BACKENDS", frozenset({"keyring.backends.macOS"}))
    assert keyring_access.keyring_name() is None
    with pytest.raises(PassphraseNeeded):
        secrets.new_key(PROFILE, None)


def test_a_keyring_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring_access, "PATIENCE_S", 0.1)
    silent = SilentKeyring()
    keyring.set_keyring(silent)
    try:
        with pytest.raises(PassphraseNeeded):
            secrets.new_key(PROFILE, None)
    finally:
        silent.answered.set()


def test_a_slot_does_not_fit_another_profile() -> None:
    _, key_file = secrets.new_key(PROFILE, "blue heron")
    moved = msgspec.structs.replace(key_file, profile_id="0" * 32)
    with pytest.raises(PassphraseWrong):
        secrets.unlock(moved, PROFILE, "blue heron")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b'{"profile_id": "a", "slots": [], "format": 2}',
        b'{"profile_id": "a", "slots": [{"type": "keyring", "nonce": 7, "wrapped": ""}]}',
        TOO_DEMANDING.encode(),
    ],
)
def test_what_is_no_key_file_is_refused(content: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        secrets.decoded(content)
