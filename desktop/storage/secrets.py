"""The store's key: 256 random bits, kept only wrapped.

As in LUKS, a key file has slots, each holding the same data key encrypted (AES-256-GCM) under
another key: one that the system's keyring keeps, or one derived from a passphrase with Argon2id.
Either opens the profile. There is no slot without a lock: where there is neither keyring nor
passphrase, there is no profile. Keys are never logged and never part of an error.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Annotated

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Meta, Struct

from desktop.domain.errors import KeyLost, PassphraseNeeded, PassphraseWrong
from desktop.storage.keyring_access import keep_secret, read_secret

KEY_BYTES = 32
NONCE_BYTES = 12  # of AES-GCM, NIST SP 800-38D
SALT_BYTES = 16

# RFC 9106, section 4, second recommended option.
ARGON2_PASSES = 3
ARGON2_MEMORY_KIB = 64 * 1024
ARGON2_LANES = 4


class KeyringSlot(Struct, tag="keyring", frozen=True):
    """The data key under a key in the system's keyring."""

    nonce: bytes
    wrapped: bytes


class PassphraseSlot(Struct, tag="passphrase", frozen=True):
    """The data key under a passphrase, with the Argon2id parameters it was derived with.

    The bounds keep a tampered key file from filling the memory.
    """

    salt: Annotated[bytes, Meta(min_length=8, max_length=64)]
    nonce: bytes
    wrapped: bytes
    passes: Annotated[int, Meta(ge=1, le=100)] = ARGON2_PASSES
    memory_kib: Annotated[int, Meta(ge=8, le=4 * 1024 * 1024)] = ARGON2_MEMORY_KIB
    lanes: Annotated[int, Meta(ge=1, le=64)] = ARGON2_LANES


class KeyFile(Struct, frozen=True):
    """What `keys.json` holds. `profile_id` names the entry in the keyring."""

    profile_id: str
    slots: list[KeyringSlot | PassphraseSlot]
    format: Annotated[int, Meta(ge=1, le=1)] = 1

    def encoded(self) -> bytes:
        return msgspec.json.format(msgspec.json.encode(self), indent=2)


def decoded(content: bytes) -> KeyFile:
    """The key file in `content`. Raises msgspec.DecodeError if it is none."""
    return msgspec.json.decode(content, type=KeyFile)


def new_key(profile: Path, passphrase: str | None) -> tuple[bytes, KeyFile]:
    """A fresh data key and the file to keep it in: under `passphrase`, or else in the keyring.

    Raises PassphraseNeeded if there is neither.
    """
    key = os.urandom(KEY_BYTES)
    profile_id = os.urandom(16).hex()
    if passphrase:
        return key, KeyFile(profile_id, [_passphrase_slot(profile_id, key, passphrase)])
    outer = os.urandom(KEY_BYTES)
    if not keep_secret(profile_id, outer):
        raise PassphraseNeeded(profile=str(profile))
    nonce, wrapped = _wrap(outer, key, profile_id)
    return key, KeyFile(profile_id, [KeyringSlot(nonce, wrapped)])


def unlock(key_file: KeyFile, profile: Path, passphrase: str | None) -> bytes:
    """The data key. A passphrase that is given must fit, if the profile has one at all.

    Raises PassphraseWrong; PassphraseNeeded if only a passphrase opens the profile and none was
    given; KeyLost if the keyring should hold the key and does not.
    """
    by_passphrase = [s for s in key_file.slots if isinstance(s, PassphraseSlot)]
    by_keyring = [s for s in key_file.slots if isinstance(s, KeyringSlot)]
    if passphrase and by_passphrase:
        for slot in by_passphrase:
            key = _unwrap(_stretch(slot, passphrase), slot, key_file.profile_id)
            if key is not None:
                return key
        raise PassphraseWrong(profile=str(profile))
    if not by_keyring:
        raise PassphraseNeeded(profile=str(profile))
    outer = read_secret(key_file.profile_id)
    if outer is not None:
        for keyring_slot in by_keyring:
            key = _unwrap(outer, keyring_slot, key_file.profile_id)
            if key is not None:
                return key
    raise KeyLost(profile=str(profile))


def with_passphrase(key_file: KeyFile, key: bytes, passphrase: str) -> KeyFile:
    """The key file with `passphrase` in place of the passphrase it had, if any."""
    others = [slot for slot in key_file.slots if not isinstance(slot, PassphraseSlot)]
    slot = _passphrase_slot(key_file.profile_id, key, passphrase)
    return KeyFile(key_file.profile_id, [*others, slot])


def _passphrase_slot(profile_id: str, key: bytes, passphrase: str) -> PassphraseSlot:
    blank = PassphraseSlot(os.urandom(SALT_BYTES), b"", b"")
    nonce, wrapped = _wrap(_stretch(blank, passphrase), key, profile_id)
    return PassphraseSlot(blank.salt, nonce, wrapped)


def _stretch(slot: PassphraseSlot, passphrase: str) -> bytes:
    # NFC: the same letters typed on another system or keyboard are the same passphrase.
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return hash_secret_raw(
        secret, slot.salt, slot.passes, slot.memory_kib, slot.lanes, KEY_BYTES, Type.ID
    )


def _wrap(outer: bytes, key: bytes, profile_id: str) -> tuple[bytes, bytes]:
    nonce = os.urandom(NONCE_BYTES)
    return nonce, AESGCM(outer).encrypt(nonce, key, _bound_to(profile_id))


def _unwrap(outer: bytes, slot: KeyringSlot | PassphraseSlot, profile_id: str) -> bytes | None:
    try:
        return AESGCM(outer).decrypt(slot.nonce, slot.wrapped, _bound_to(profile_id))
    except (InvalidTag, ValueError):
        return None


def _bound_to(profile_id: str) -> bytes:
    """Authenticated with the key, so that a slot of another profile does not fit."""
    return f"Escritoire store key 1 {profile_id}".encode()
