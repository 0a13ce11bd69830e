"""Packs, made on one profile and unpacked on another, and all that may have happened between."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.domain.errors import (
    Cancelled,
    DiskFull,
    FolderUnfit,
    ModelChanged,
    ModelKnown,
    ModelMissing,
    PackUntrusted,
)
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import Keeping, ModelKind
from desktop.domain.packs import Seen
from desktop.storage import pack_list, packs
from desktop.storage.pack_list import PackList
from tests.ggufs import gguf, write_gguf, write_shards
from tests.shelves import Bench, embedder_files, pinned, shelf_in

NOW = Cancellation()
EMBEDDER = embedder_files()


@pytest.fixture
def sender(tmp_path: Path) -> Iterator[Bench]:
    """A profile with an added model in shards, and an installation with an embedder."""
    installation = tmp_path / "sender's" / "models"
    pinned(installation, "starter", "chat", {"starter.gguf": gguf()})
    pinned(installation, "embedder", "embedder", EMBEDDER)
    with shelf_in(tmp_path / "sender", installation) as bench:
        bench.shelf.add([write_shards(tmp_path / "disk", "wide", 2)[0]], cancel=NOW)
        yield bench


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Bench]:
    """A profile of another computer, which has no model."""
    with shelf_in(tmp_path / "receiver", tmp_path / "none") as bench:
        yield bench


@pytest.fixture
def pack(sender: Bench, tmp_path: Path) -> Path:
    sender.packs.make(tmp_path / "stick" / "pack", ["wide", "embedder"], cancel=NOW)
    return tmp_path / "stick" / "pack"


def untrusted(receiver: Bench, folder: Path, reason: str) -> None:
    with pytest.raises(PackUntrusted, match=reason):
        receiver.packs.unpack(folder, cancel=NOW)
    assert receiver.shelf.installed() == []
    assert receiver.on_disk == []
    assert receiver.store.setting("pack keys seen") is None


def resign(folder: Path, change: Callable[[dict[str, object]], None]) -> None:
    """Change the list, and sign it: what somebody else who makes packs can do."""
    listed = json.loads((folder / "pack.json").read_bytes())
    change(listed)
    content = json.dumps(listed).encode()
    key = pack_list.Ed25519PrivateKey.generate()
    signed = pack_list.Signed(key.public_key().public_bytes_raw().hex(), key.sign(content).hex())
    (folder / "pack.json").write_bytes(content)
    (folder / "pack.sig").write_bytes(msgspec.json.encode(signed))


def test_models_travel_with_all_that_is_known_of_them(
    sender: Bench, receiver: Bench, pack: Path
) -> None:
    assert receiver.packs.is_pack(pack)
    told: list[Progress] = []
    unpacked = receiver.packs.unpack(pack, progress=told.append, cancel=NOW)
    wide, embedder = receiver.shelf.find("wide"), receiver.shelf.find("embedder")
    original = sender.shelf.find("wide")
    assert [model.name for model in unpacked.models] == ["wide", "embedder"]
    assert (wide.keeping, embedder.kind) == (Keeping.OWNED, ModelKind.EMBEDDER)
    assert [part.sha256 for part in wide.parts] == [part.sha256 for part in original.parts]
    assert wide.provenance.origin == original.provenance.origin
    assert "Apache License" in wide.provenance.licence_text
    assert receiver.on_disk == [
        *(f"embedder/{name}" for name in sorted(EMBEDDER)),
        "wide/wide-00001-of-00002.gguf",
        "wide/wide-00002-of-00002.gguf",
    ]
    assert receiver.chats.chat_model("wide").parts == wide.parts
    assert [p.done for p in told] == sorted(p.done for p in told)
    again = receiver.packs.unpack(pack, cancel=NOW)
    assert ([model.name for model in again.known], again.models) == (["wide", "embedder"], [])


def test_a_signer_is_known_again(sender: Bench, receiver: Bench, pack: Path) -> None:
    fingerprint = sender.packs.look_at(pack)[1].fingerprint
    assert len(fingerprint.split()) == 8
    assert sender.packs.look_at(pack)[1].seen is Seen.OURS
    assert receiver.packs.look_at(pack)[1].seen is Seen.FIRST
    signer = receiver.packs.unpack(pack, cancel=NOW).signer
    assert (signer.fingerprint, signer.seen) == (fingerprint, Seen.FIRST)
    sender.packs.make(pack.with_name("second"), ["starter"], cancel=NOW)
    assert receiver.packs.look_at(pack.with_name("second"))[1].seen is Seen.SAME
    resign(pack, lambda _: None)
    signer = receiver.packs.unpack(pack, cancel=NOW).signer
    assert (signer.fingerprint != fingerprint, signer.seen) == (True, Seen.OTHER)
    assert receiver.packs.look_at(pack.with_name("second"))[1].seen is Seen.BEFORE


def test_the_signing_key_is_made_once_and_lies_nowhere_in_the_clear(
    sender: Bench, pack: Path
) -> None:
    key = sender.store.setting("pack signing key")
    assert key is not None
    sender.packs.make(pack.with_name("second"), ["starter"], cancel=NOW)
    assert sender.store.setting("pack signing key") == key
    for folder in (sender.paths.profile, pack):
        for path in folder.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                assert key.encode() not in content
                assert bytes.fromhex(key) not in content


def test_another_model_of_the_same_name_is_refused_and_the_rest_comes(
    receiver: Bench, pack: Path, tmp_path: Path
) -> None:
    receiver.shelf.add([write_gguf(tmp_path / "own" / "wide.gguf")], cancel=NOW)
    own = receiver.shelf.find("wide")
    unpacked = receiver.packs.unpack(pack, cancel=NOW)
    assert [type(error) for error in unpacked.refused] == [ModelKnown]
    assert [model.name for model in unpacked.models] == ["embedder"]
    assert receiver.shelf.find("wide").parts == own.parts


WEIGHTS = "models/embedder/model.safetensors"


def flip(pack: Path) -> None:
    (pack / WEIGHTS).write_bytes(b"weighty")


def cut(pack: Path) -> None:
    (pack / WEIGHTS).write_bytes(b"weight")


def lose(pack: Path) -> None:
    (pack / WEIGHTS).unlink()


def slip_in(pack: Path) -> None:
    (pack / "models" / "embedder" / "extra.py").write_text("print()")


def link(pack: Path) -> None:
    (pack / WEIGHTS).rename(pack.with_name("weights"))
    (pack / WEIGHTS).symlink_to(pack.with_name("weights"))


def link_a_folder(pack: Path) -> None:
    shutil.move(pack / "models" / "embedder", pack.with_name("moved"))
    (pack / "models" / "embedder").symlink_to(pack.with_name("moved"))


def fifo(pack: Path) -> None:
    (pack / WEIGHTS).unlink()
    os.mkfifo(pack / WEIGHTS)


def fifo_for_a_list(pack: Path) -> None:
    (pack / "pack.sig").unlink()
    os.mkfifo(pack / "pack.sig")


def relist(pack: Path) -> None:
    content = (pack / "pack.json").read_bytes()
    (pack / "pack.json").write_bytes(content.replace(b"somewhere", b"elsewhere"))


def unsign(pack: Path) -> None:
    (pack / "pack.sig").unlink()


def sign_badly(pack: Path) -> None:
    (pack / "pack.sig").write_text('{"key": "00", "signature": "00"}')


def swell(pack: Path) -> None:
    with (pack / "pack.json").open("ab") as file:
        file.write(b" " * (2 << 20))


def nest(pack: Path) -> None:
    (pack / "pack.json").write_text("[" * 200_000)


def change_a_licence(pack: Path) -> None:
    (licence,) = (pack / "licences").iterdir()
    licence.write_bytes(licence.read_bytes().replace(b"Apache", b"Apachy"))


posix = pytest.mark.skipif(sys.platform == "win32", reason="FIFOs and links are POSIX's")


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (flip, f"{WEIGHTS} is not the file that was packed"),
        (cut, f"{WEIGHTS} is not the file that was packed"),
        (lose, f"{WEIGHTS} is missing"),
        (slip_in, "models/embedder/extra.py is not on its list"),
        pytest.param(link, f"{WEIGHTS} is a link", marks=posix),
        pytest.param(link_a_folder, "models/embedder is a link", marks=posix),
        pytest.param(fifo, f"{WEIGHTS} is a link, or no file", marks=posix),
        pytest.param(fifo_for_a_list, "signature does not fit", marks=posix),
        (relist, "signature does not fit"),
        (unsign, "cannot be read"),
        (sign_badly, "signature does not fit"),
        (swell, "larger than any"),
        (nest, "signature does not fit"),
        (change_a_licence, "is not the file that was packed"),
    ],
)
def test_a_pack_that_was_harmed_adds_nothing(
    receiver: Bench, pack: Path, harm: Callable[[Path], None], reason: str
) -> None:
    harm(pack)
    untrusted(receiver, pack, reason)


@pytest.mark.parametrize(
    "path",
    [
        "../up.gguf",
        "/etc/passwd",
        "models/embedder/../../up",
        "models/embedder/",
        "models/embedder",
        "models/wide/x",
        "models//embedder/x",
        "models/embedder/./x",
        "models\\embedder\\x",
        "models/embedder/C:x",
        "models/embedder/x\0",
        "pack.json",
    ],
)
def test_a_signed_list_leads_nowhere_else(receiver: Bench, pack: Path, path: str) -> None:
    def lead_away(listed: dict[str, object]) -> None:
        listed["models"][1]["files"][0]["path"] = path  # type: ignore[index]

    resign(pack, lead_away)
    untrusted(receiver, pack, "would lie elsewhere|does not fit|twice")


@pytest.mark.parametrize("name", ["..", ".", "a/b", "", "wide", "WIDE", "x" * 150, "a\x1bb"])
def test_a_signed_list_names_models_fitly(receiver: Bench, pack: Path, name: str) -> None:
    def rename(listed: dict[str, object]) -> None:
        listed["models"][1]["name"] = name  # type: ignore[index]

    resign(pack, rename)
    untrusted(receiver, pack, "cannot be the name|cannot be read")


@pytest.mark.parametrize(
    "listed",
    [
        "[]",
        "{}",
        '{"format": 2, "made": "", "models": []}',
        '{"format": 1, "made": "", "models": []}',
    ],
)
def test_a_list_of_another_shape_is_refused(receiver: Bench, pack: Path, listed: str) -> None:
    def replace(old: dict[str, object]) -> None:
        old.clear()
        old.update(json.loads(listed) or {"nothing": 1})

    resign(pack, replace)
    untrusted(receiver, pack, "cannot be read")


def test_a_file_changed_after_it_was_verified_takes_the_whole_pack_back(
    receiver: Bench, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = packs.Packs.check

    def check_then_flip(self: packs.Packs, *given: object) -> None:
        check(self, *given)  # type: ignore[arg-type]
        with (pack / WEIGHTS).open("r+b") as weights:
            weights.seek(-1, 2)
            weights.write(b"\1")  # its head is what it was

    monkeypatch.setattr(packs.Packs, "check", check_then_flip)
    untrusted(receiver, pack, "model.safetensors is not the file that was packed")


def test_a_pack_that_does_not_fit_or_is_stopped_adds_nothing(
    receiver: Bench, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = Cancellation()

    def stop(progress: Progress) -> None:
        if progress.done > progress.total - 9:  # while the second model is copied
            cancel.cancel()

    with pytest.raises(Cancelled):
        receiver.packs.unpack(pack, progress=stop, cancel=cancel)
    assert receiver.shelf.installed() == []
    assert receiver.on_disk == []
    monkeypatch.setattr("desktop.storage.model_files.free_space", lambda _: 100)
    with pytest.raises(DiskFull):
        receiver.packs.unpack(pack, cancel=NOW)
    assert receiver.shelf.installed() == []


# -- packing


def test_a_pack_is_written_whole_or_not_at_all(
    sender: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "stick" / "pack"
    with pytest.raises(ModelMissing):
        sender.packs.make(target, ["no such"], cancel=NOW)
    cancel = Cancellation()
    with pytest.raises(Cancelled):
        sender.packs.make(target, ["wide"], progress=lambda _: cancel.cancel(), cancel=cancel)
    file = sender.shelf.find("wide").parts[1].path
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"?")
    with pytest.raises(ModelChanged):
        sender.packs.make(target, ["wide"], cancel=NOW)
    file.write_bytes(whole)
    with monkeypatch.context() as full:
        full.setattr(packs, "free_space", lambda _: 100)
        with pytest.raises(DiskFull):
            sender.packs.make(target, ["wide"], cancel=NOW)
    assert list(tmp_path.glob("stick/*")) == []
    target.mkdir(parents=True)
    (target / "holiday.jpg").touch()
    with pytest.raises(FolderUnfit, match="not empty"):
        sender.packs.make(target, ["wide"], cancel=NOW)
    (target / "holiday.jpg").unlink()
    sender.packs.make(target, ["wide", "wide"], cancel=NOW)
    listed = msgspec.json.decode((target / "pack.json").read_bytes(), type=PackList)
    assert [model.name for model in listed.models] == ["wide"]
    assert [path.name for path in target.parent.iterdir()] == ["pack"]
