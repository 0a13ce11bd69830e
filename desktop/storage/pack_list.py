"""The list of a pack, `pack.json`, and its signature, `pack.sig`: written, signed, read, doubted.

pack.json   format, models with kind, facts, provenance and files; every file with size and SHA-256
pack.sig    the signer's public key and the signature of pack.json's bytes: Ed25519 (RFC 8032)

What is read here may come from anybody: it is bounded, and a path in it leads nowhere but below
the pack's own folder. Reads no file.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta, Struct

from desktop.domain.models import ModelKind
from desktop.domain.shards import fit_name

LIST = "pack.json"
SIGNATURE = "pack.sig"
MODELS = "models"
LICENCES = "licences"
LARGEST_LIST = 1 << 20  # bytes
LARGEST_SIGNATURE = 1 << 12
FINGERPRINT_BYTES = 16

Text = Annotated[str, Meta(max_length=1000)]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Count = Annotated[int, Meta(ge=0, lt=2**53)]


class PackedFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the pack; `path` is below its folder, with "/" between folders."""

    path: Annotated[str, Meta(min_length=1, max_length=1000)]
    size: Count
    sha256: Hash


class PackedModel(Struct, frozen=True, forbid_unknown_fields=True):
    """A model of the pack. `licence_file` is the path of its licence's text, "" for none."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    kind: ModelKind
    files: Annotated[list[PackedFile], Meta(min_length=1, max_length=1000)]
    context_window: Count = 0
    parameters: Count = 0
    quantization: Text = ""
    origin: Text = ""
    repository: Text = ""
    commit: Text = ""
    licence: Text = ""
    licence_file: Text = ""


class PackList(Struct, frozen=True, forbid_unknown_fields=True):
    """What `pack.json` holds."""

    format: Annotated[int, Meta(ge=1, le=1)]
    made: Text
    models: Annotated[list[PackedModel], Meta(min_length=1, max_length=200)]
    licences: Annotated[list[PackedFile], Meta(max_length=200)] = []


class Signed(Struct, frozen=True, forbid_unknown_fields=True):
    """What `pack.sig` holds, in hexadecimal."""

    key: Hash
    signature: Annotated[str, Meta(pattern="^[0-9a-f]{128}$")]


class Doubt(Exception):
    """The list is not to be believed; `reason` is the end of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def new_key() -> bytes:
    """A private key to sign packs with."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def fingerprint_of(key: bytes) -> str:
    """The fingerprint of a private key's public half."""
    return _fingerprint(Ed25519PrivateKey.from_private_bytes(key).public_key())


def encoded(pack: PackList, key: bytes) -> tuple[bytes, bytes]:
    """`pack.json` and `pack.sig`."""
    private = Ed25519PrivateKey.from_private_bytes(key)
    content = msgspec.json.format(msgspec.json.encode(pack), indent=1)
    signed = Signed(private.public_key().public_bytes_raw().hex(), private.sign(content).hex())
    return content, msgspec.json.format(msgspec.json.encode(signed), indent=1)


def decoded(content: bytes, signature: bytes) -> tuple[PackList, str]:
    """The list, and the fingerprint of the key that signed it. Raises Doubt.

    The signature is checked before anything in the list is looked at.
    """
    try:
        signed = msgspec.json.decode(signature, type=Signed)
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signed.key))
        public.verify(bytes.fromhex(signed.signature), content)
    except (InvalidSignature, ValueError, RecursionError):
        raise Doubt("its signature does not fit its list") from None
    try:
        pack = msgspec.json.decode(content, type=PackList)
    except (ValueError, RecursionError):
        raise Doubt("its list cannot be read") from None
    _check(pack)
    return pack, _fingerprint(public)


def _check(pack: PackList) -> None:
    places = {LIST, SIGNATURE}
    names: set[str] = set()
    for model in pack.models:
        if fit_name(model.name) != model.name or model.name.casefold() in names:
            raise Doubt(f"{model.name!r} cannot be the name of a model in it")
        names.add(model.name.casefold())
        for file in model.files:
            _check_place(file.path, (MODELS, model.name), places)
    for file in pack.licences:
        _check_place(file.path, (LICENCES,), places)
    texts = {"", *(file.path for file in pack.licences)}
    for model in pack.models:
        if model.licence_file not in texts:
            raise Doubt(f"{model.licence_file!r} is not on its list")


def _check_place(path: str, below: tuple[str, ...], places: set[str]) -> None:
    """`path` must be a plain path below those folders, that no other file of the list has."""
    parts = path.split("/")
    plain = all(part == fit_name(part) for part in parts) and str(PurePosixPath(path)) == path
    if not plain or tuple(parts[: len(below)]) != below or len(parts) == len(below):
        raise Doubt(f"{path!r} would lie elsewhere")
    if path.casefold() in places:
        raise Doubt(f"{path!r} is on its list twice")
    places.add(path.casefold())


def _fingerprint(public: Ed25519PublicKey) -> str:
    digest = hashlib.sha256(public.public_bytes_raw()).digest()[:FINGERPRINT_BYTES]
    return digest.hex(" ", 2).upper()
