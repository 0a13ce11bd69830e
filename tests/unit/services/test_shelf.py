"""The shelf over the real store, real files, real hard links."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import (
    Cancelled,
    DiskFull,
    DownloadCorrupt,
    FileUnreadable,
    ModelChanged,
    ModelInUse,
    ModelKnown,
    ModelMissing,
    ModelStays,
    NotAModel,
)
from desktop.domain.hub import Download, DownloadState, HubFile
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import Keeping, LoadSettings, ModelKind, Speed, Way
from desktop.services.bringing import RISK
from desktop.storage import model_files, verified
from desktop.storage.verified import PIECE
from tests.ggufs import gguf, write_gguf, write_shards
from tests.shelves import Bench, pinned, shelf_in

NOW = Cancellation()


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    folder = tmp_path / "resources" / "models"
    pinned(folder, "starter", "chat", {"starter.gguf": gguf(b"starter!")})
    pinned(folder, "embedder", "embedder", {"model.safetensors": b"weights"})
    return folder


@pytest.fixture
def bench(tmp_path: Path, installation: Path) -> Iterator[Bench]:
    with shelf_in(tmp_path / "profile", installation) as bench:
        yield bench


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# -- bringing


def test_a_model_is_copied_with_what_its_header_says(bench: Bench, disk: Path) -> None:
    source = write_gguf(disk / "Heron.Q4_K_M.gguf", bytes(3 << 20), window=8192)
    told: list[Progress] = []
    heard: list[str] = []
    bench.shelf.changed.listen(heard.append)
    (model,) = bench.shelf.add([source], progress=told.append, cancel=NOW).models
    assert (model.name, model.kind, model.keeping) == (
        "Heron.Q4_K_M",
        ModelKind.CHAT,
        Keeping.OWNED,
    )
    assert (model.context_window, model.parameters) == (8192, (3 << 20) // 4)
    assert (model.provenance.licence, model.provenance.origin) == ("apache-2.0", str(source))
    (part,) = model.parts
    assert part.path == bench.paths.models / "Heron.Q4_K_M" / "Heron.Q4_K_M.gguf"
    assert part.sha256 == sha256(source) == sha256(part.path)
    assert part.path.stat().st_mode & 0o077 == 0
    assert [p.done for p in told] == sorted(p.done for p in told)
    assert told[-1] == Progress(source.stat().st_size, source.stat().st_size)
    assert heard == ["Heron.Q4_K_M"]
    source.unlink()
    file = bench.chats.chat_model("Heron.Q4_K_M")
    assert (file.path, file.sha256, file.parts) == (part.path, part.sha256, ())
    assert bench.store.open_risks() == []


def test_a_copied_model_is_not_read_once_more(
    bench: Bench, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.shelf.add([write_gguf(disk / "a.gguf")], cancel=NOW)
    monkeypatch.setattr(verified, "_hashed", None)
    assert bench.chats.chat_model("a").name == "a"
    assert bench.shelf.find("a").verified > 0


def test_shards_are_one_model_and_none_may_be_missing(bench: Bench, disk: Path) -> None:
    shards = write_shards(disk, "Wide", 3)
    (model,) = bench.shelf.add([shards[1]], cancel=NOW).models
    assert (model.name, [part.path.name for part in model.parts]) == (
        "Wide",
        [p.name for p in shards],
    )
    file = bench.chats.chat_model("Wide")
    assert (file.path, file.parts) == (model.parts[0].path, model.parts)
    assert file.size == sum(path.stat().st_size for path in shards)
    model.parts[2].path.unlink()
    with pytest.raises(ModelMissing):
        bench.chats.chat_model("Wide")
    assert isinstance(bench.shelf.trouble_of(model), ModelMissing)
    shards[1].unlink()
    shutil.copytree(disk, disk.parent / "again")
    (refused,) = bench.shelf.add([disk.parent / "again"], cancel=NOW).refused
    assert "part 2 of 3 is missing" in str(refused)


def test_a_link_takes_no_space(bench: Bench, disk: Path) -> None:
    source = write_gguf(disk / "a.gguf")
    brought = bench.shelf.add([source], Way.LINK, cancel=NOW)
    (part,) = brought.models[0].parts
    assert brought.copied == []
    assert part.path.samefile(source)
    assert part.sha256 == sha256(source)
    bench.shelf.remove("a")
    assert bench.shelf.settle() == 0  # its other name keeps the space
    assert source.exists()


def test_what_cannot_be_linked_is_copied_and_said(
    bench: Bench, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_gguf(disk / "a.gguf")

    def refuse(*_: object) -> None:
        raise OSError(model_files.errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    brought = bench.shelf.add([source], Way.LINK, cancel=NOW)
    assert brought.copied == ["a"]
    assert not brought.models[0].parts[0].path.samefile(source)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="needs a second file system")
def test_a_link_across_file_systems_is_a_copy(bench: Bench, tmp_path: Path) -> None:
    folder = Path("/dev/shm") / f"escritoire-test-{os.getpid()}"
    try:
        source = write_gguf(folder / "a.gguf")
        if source.stat().st_dev == tmp_path.stat().st_dev:
            pytest.skip("both are one file system")
        assert bench.shelf.add([source], Way.LINK, cancel=NOW).copied == ["a"]
    finally:
        shutil.rmtree(folder)


def test_a_model_in_place_is_only_read(bench: Bench, disk: Path) -> None:
    source = write_gguf(disk / "a.gguf")
    (model,) = bench.shelf.add([source], Way.IN_PLACE, cancel=NOW).models
    assert (model.keeping, model.parts[0].path) == (Keeping.IN_PLACE, source)
    assert bench.on_disk == []
    bench.shelf.remove("a")
    assert bench.shelf.settle() == 0
    assert source.exists()
    with pytest.raises(ModelMissing):
        bench.shelf.find("a")


def test_a_folder_is_the_models_in_it_and_the_bad_ones_have_reasons(
    bench: Bench, disk: Path
) -> None:
    write_gguf(disk / "good.gguf")
    (disk / "page.gguf").write_text("<!DOCTYPE html><html>")
    (disk / "cut.gguf").write_bytes(gguf(bytes(4096))[:-9])
    (disk / "empty.gguf").touch()
    (disk / "notes.txt").write_text("no model")
    write_gguf(disk / "deep" / "starter.gguf")
    brought = bench.shelf.add([disk, disk / "gone.gguf", disk / "notes.txt"], cancel=NOW)
    assert [model.name for model in brought.models] == ["good"]
    reasons = {str(error.facts["model"]): error for error in brought.refused}
    assert "web page" in str(reasons["page.gguf"])
    assert "cut short" in str(reasons["cut.gguf"])
    assert "empty" in str(reasons["empty.gguf"])
    assert isinstance(reasons["notes.txt"], NotAModel)
    assert isinstance(reasons["starter"], ModelKnown)
    assert isinstance(reasons[str(disk / "gone.gguf")], ModelMissing)
    assert bench.on_disk == ["good/good.gguf"]


@pytest.mark.parametrize("way", Way)
def test_a_name_is_given_once_whatever_its_capitals(bench: Bench, disk: Path, way: Way) -> None:
    bench.shelf.add([write_gguf(disk / "a.gguf")], cancel=NOW)
    before = bench.shelf.find("a")
    other = write_gguf(disk / "A.gguf", b"another!")
    (refused,) = bench.shelf.add([other], way, cancel=NOW).refused
    assert isinstance(refused, ModelKnown)
    assert bench.shelf.find("A") == before
    assert nothing_came(bench, ["a/a.gguf"])


def nothing_came(bench: Bench, before: Sequence[str] = ()) -> bool:
    """Whether there is no file, no record and no open risk but those of before."""
    recorded = [f"{model.name}/{model.name}.gguf" for model in bench.store.models()]
    return bench.on_disk == recorded == [*before] and not bench.store.open_risks()


def test_a_stick_that_is_pulled_out_half_way_is_named(bench: Bench, disk: Path) -> None:
    shards = write_shards(disk / "stick", "tall", 2)

    def pull(_: Progress) -> None:
        shutil.rmtree(disk / "stick", ignore_errors=True)

    (refused,) = bench.shelf.add([shards[0]], progress=pull, cancel=NOW).refused
    assert isinstance(refused, FileUnreadable)
    assert refused.facts["file"] in {str(shard) for shard in shards}
    assert "no such file" in str(refused)
    assert nothing_came(bench)


@pytest.mark.parametrize("way", Way)
def test_a_stick_that_fails_half_way_is_named(
    bench: Bench, disk: Path, monkeypatch: pytest.MonkeyPatch, way: Way
) -> None:
    source = write_gguf(disk / "heron.gguf", bytes(4 * PIECE))
    if way is Way.LINK:  # a stick is never the disk of the profile
        monkeypatch.setattr(model_files, "_link", lambda *_: False)
    fail_at(monkeypatch, source, 2 * PIECE)
    (refused,) = bench.shelf.add([source], way, cancel=NOW).refused
    assert isinstance(refused, FileUnreadable)
    assert refused.facts == {"file": str(source), "reason": "input/output error"}
    assert nothing_came(bench)
    monkeypatch.undo()
    assert bench.shelf.add([source], way, cancel=NOW).models


def fail_at(monkeypatch: pytest.MonkeyPatch, source: Path, at: int) -> None:
    """Let reading `source` fail behind `at` bytes, as on a disk that is broken there."""

    class Failing(FileIO):
        def readinto(self, buffer: Any) -> int:
            if self.tell() >= at:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return super().readinto(buffer)

    plain = Path.open

    def opened(path: Path, *how: Any, **more: Any) -> Any:
        if path == source and more.get("buffering") == 0:
            return Failing(path)
        return plain(path, *how, **more)

    monkeypatch.setattr(Path, "open", opened)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are text")
@pytest.mark.parametrize("way", Way)
def test_a_path_that_is_no_text_is_a_path(bench: Bench, disk: Path, way: Way) -> None:
    folder = disk / os.fsdecode(b"st\xe9ck")
    source = write_gguf(folder / os.fsdecode(b"h\xe9ron.gguf"))
    (model,) = bench.shelf.add([source], way, cancel=NOW).models
    assert model.name == "h\N{REPLACEMENT CHARACTER}ron"
    assert bench.chats.chat_model(model.name).sha256 == sha256(source)
    assert bench.shelf.find(str(model.parts[0].path)).name == model.name
    bench.shelf.remove(model.name)
    bench.shelf.settle()
    assert nothing_came(bench)
    assert source.exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are text")
def test_a_path_that_is_no_text_is_refused_in_text(bench: Bench, disk: Path) -> None:
    source = disk / os.fsdecode(b"h\xe9ron.gguf")
    source.write_bytes(b"no model")
    gone = disk / os.fsdecode(b"g\xe9ne.gguf")
    for error in bench.shelf.add([source, gone], cancel=NOW).refused:
        bench.store.set_setting("said", str(error))  # as text, or not at all
        assert "ron.gguf" in str(error) or "ne.gguf" in str(error)
    assert nothing_came(bench)


def test_no_room_is_found_out_before_anything_is_written(
    bench: Bench, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [write_gguf(disk / name, bytes(4096)) for name in ("a.gguf", "b.gguf")]
    monkeypatch.setattr(model_files, "free_space", lambda _: 6000)  # for one of them
    with pytest.raises(DiskFull):
        bench.shelf.add(sources, cancel=NOW)
    assert bench.on_disk == []


@pytest.mark.parametrize("way", list(Way))
def test_cancelling_leaves_nothing_behind(bench: Bench, disk: Path, way: Way) -> None:
    source = write_gguf(disk / "a.gguf", bytes(8 << 20))
    cancel = Cancellation()
    with pytest.raises(Cancelled):
        bench.shelf.add([source], way, progress=lambda _: cancel.cancel(), cancel=cancel)
    assert list(bench.paths.models.glob("**/*")) == []
    assert bench.store.models() == []
    assert bench.store.open_risks() == []
    assert source.stat().st_size > 8 << 20


def test_a_file_that_is_written_to_while_it_is_copied_is_refused(bench: Bench, disk: Path) -> None:
    source = write_gguf(disk / "a.gguf", bytes(4 << 20))

    def write(_: Progress) -> None:
        with source.open("r+b") as file:
            file.write(b"GGUF")

    (refused,) = bench.shelf.add([source], progress=write, cancel=NOW).refused
    assert "written to" in str(refused)
    assert bench.on_disk == []


def test_what_a_crash_left_is_taken_away_at_the_next_start(bench: Bench, disk: Path) -> None:
    bench.store.begin_risk(RISK, "half")
    write_gguf(bench.paths.models / ".half.part" / "half.gguf")
    write_gguf(bench.paths.models / "half" / "half.gguf")
    bench.shelf.add([write_gguf(disk / "whole.gguf")], cancel=NOW)
    bench.store.begin_risk(RISK, "whole")  # recorded, but the journal was not told any more
    bench.shelf.recover()
    assert bench.on_disk == ["whole/whole.gguf"]
    assert bench.store.open_risks() == []


def download(name: str, *files: Path) -> Download:
    return Download(
        id=1,
        name=name,
        repository="owner/heron-GGUF",
        commit="c0ffee",
        licence="mit",
        files=tuple(HubFile(path.name, path.stat().st_size, sha256(path)) for path in files),
        state=DownloadState.VERIFYING,
        licence_text="Permission is granted",
    )


@pytest.mark.parametrize("folder", ["heron", "downloads"])
def test_a_download_moves_to_the_shelf(bench: Bench, folder: str) -> None:
    came = write_gguf(bench.paths.models / folder / "heron.gguf")
    model = bench.shelf.take_in(download("heron", came), [came])
    assert bench.shelf.find("heron").provenance.licence_text == "Permission is granted"
    assert bench.on_disk == ["heron/heron.gguf"]
    source = model.provenance
    assert (source.repository, source.commit, source.licence) == (
        "owner/heron-GGUF",
        "c0ffee",
        "mit",
    )
    assert bench.chats.chat_model("heron").sha256 == sha256(model.parts[0].path)


def test_a_damaged_model_is_mended_by_fetching_it_again(bench: Bench) -> None:
    came = write_gguf(bench.paths.models / "downloads" / "heron.gguf")
    promised, whole = download("heron", came), came.read_bytes()
    (part,) = bench.shelf.take_in(promised, [came]).parts
    part.path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])  # as long as before
    with pytest.raises(ModelChanged):
        bench.chats.chat_model("heron")
    assert not bench.shelf.holds(promised)

    came.write_bytes(whole)
    bench.shelf.take_in(promised, [came])
    assert bench.chats.chat_model("heron").sha256 == sha256(part.path)


def test_a_model_fetched_anew_outlives_the_removal_of_the_one_before(bench: Bench) -> None:
    came = write_gguf(bench.paths.models / "downloads" / "heron.gguf")
    promised, whole = download("heron", came), came.read_bytes()
    (part,) = bench.shelf.take_in(promised, [came]).parts
    part.path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    bench.shelf.remove("heron")
    came.write_bytes(whole)
    bench.shelf.take_in(promised, [came])
    assert bench.shelf.settle() == 0
    assert bench.chats.chat_model("heron").sha256 == sha256(part.path)


def test_a_download_that_was_taken_in_is_left_where_it_is(bench: Bench) -> None:
    came = write_gguf(bench.paths.models / "downloads" / "heron.gguf")
    promised = download("heron", came)
    assert not bench.shelf.holds(promised)
    model = bench.shelf.take_in(promised, [came])
    assert bench.shelf.holds(promised)
    assert bench.shelf.take_in(promised, [came]) == model

    other = replace(promised, commit="decaf")
    assert not bench.shelf.holds(other)
    came = write_gguf(bench.paths.models / "downloads" / "heron.gguf")
    assert bench.shelf.take_in(other, [came]).name == "heron decaf"  # a newer one comes beside it

    bench.shelf.remove("heron")
    assert bench.shelf.holds(promised)  # which puts it back: it is wanted again
    assert bench.shelf.removed() == []
    model.parts[0].path.unlink()
    assert not bench.shelf.holds(promised)


def test_a_download_that_is_not_what_was_promised_is_not_taken_in(bench: Bench) -> None:
    came = write_gguf(bench.paths.models / "downloads" / "heron.gguf")
    promised = download("heron", came)
    came.write_bytes(gguf(b"weights?"))
    with pytest.raises(DownloadCorrupt):
        bench.shelf.take_in(promised, [came])
    with pytest.raises(ModelMissing):
        bench.chats.chat_model("heron")


# -- what it is


def test_a_model_that_changed_is_refused_until_it_is_what_it_was(bench: Bench, disk: Path) -> None:
    (model,) = bench.shelf.add([write_gguf(disk / "a.gguf")], cancel=NOW).models
    file = model.parts[0].path
    whole = file.read_bytes()
    status = file.stat()
    file.write_bytes(whole[:-1] + b"?")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    for _ in range(2):
        with pytest.raises(ModelChanged):
            bench.chats.chat_model("a")
    (checked,) = bench.shelf.verify("a", cancel=NOW)
    assert isinstance(checked.error, ModelChanged)
    assert bench.shelf.find("a").verified == 0
    file.write_bytes(whole)
    assert bench.shelf.verify("a", cancel=NOW)[0].error is None
    assert bench.chats.chat_model("a").sha256 == model.parts[0].sha256


def test_verifying_everything_reads_everything(
    bench: Bench, disk: Path, installation: Path
) -> None:
    bench.shelf.add([write_gguf(disk / "a.gguf")], cancel=NOW)
    gone = installation / "embedder" / "model.safetensors"
    gone.write_bytes(b"weighty")
    told: list[Progress] = []
    checked = bench.shelf.verify(progress=told.append, cancel=NOW)
    assert {each.model.name: type(each.error) for each in checked} == {
        "starter": type(None),
        "embedder": ModelChanged,
        "a": type(None),
    }
    assert told[-1].done == told[-1].total == sum(each.model.size for each in checked)
    assert {model.name for model in bench.shelf.installed() if model.verified} == {"starter", "a"}
    with pytest.raises(ModelMissing):
        bench.shelf.verify("no such", cancel=NOW)


def test_what_was_measured_stays_with_the_bytes(bench: Bench, disk: Path) -> None:
    speed = Speed(100.0, 20.0, 1.5, 1 << 30, 4, 5.0)
    bench.shelf.add([write_gguf(disk / "a.gguf")], cancel=NOW)
    bench.shelf.set_speed("a", speed)
    bench.shelf.set_speed("starter", speed)
    assert bench.shelf.speed("starter") == speed
    bench.shelf.remove("a")
    bench.shelf.settle()
    (disk / "a.gguf").rename(disk / "b.gguf")
    bench.shelf.add([disk / "b.gguf"], cancel=NOW)
    assert bench.shelf.speed("b") == speed


# -- which one answers


def test_the_starter_answers_until_another_is_chosen(bench: Bench, disk: Path) -> None:
    bench.shelf.add([write_gguf(disk / "a.gguf")], cancel=NOW)
    assert bench.chats.chosen().name == bench.chats.chat_model(None).name == "starter"
    bench.chats.choose("a")
    assert bench.chats.chosen().name == bench.chats.chat_model(None).name == "a"
    with pytest.raises(NotAModel):
        bench.chats.choose("embedder")
    with pytest.raises(ModelMissing):
        bench.chats.choose("no such")
    bench.shelf.remove("a")
    assert bench.chats.chosen().name == "starter"
    bench.shelf.restore("a")
    assert bench.chats.chosen().name == "a"
    bench.shelf.find("a").parts[0].path.unlink()
    with pytest.raises(ModelMissing) as missing:  # and not another one in silence
        bench.chats.chat_model(None)
    assert missing.value.facts == {"model": "a"}


def test_settings_are_a_models_own(bench: Bench) -> None:
    assert bench.chats.settings_of("starter") == LoadSettings()
    bench.chats.set_settings("starter", LoadSettings(device="cpu", threads=3))
    assert bench.chats.settings_of("starter") == LoadSettings(device="cpu", threads=3)
    assert bench.chats.settings_of("another") == LoadSettings()
    with pytest.raises(ModelMissing):
        bench.chats.set_settings("another", LoadSettings())


# -- removing


def test_a_removal_can_be_undone_until_it_is_settled(bench: Bench, disk: Path) -> None:
    (model,) = bench.shelf.add([write_gguf(disk / "a.gguf")], cancel=NOW).models
    bench.shelf.remove("a")
    assert "a" not in [each.name for each in bench.shelf.installed()]
    assert bench.on_disk == ["a/a.gguf"]
    with pytest.raises(ModelMissing):
        bench.chats.chat_model("a")
    bench.shelf.restore("a")
    assert bench.chats.chat_model("a").name == "a"
    bench.shelf.remove("a")
    assert bench.shelf.settle() == model.size
    assert bench.on_disk == []
    assert bench.store.models() == []
    with pytest.raises(ModelMissing):
        bench.shelf.restore("a")


def test_what_may_not_be_removed_says_why(bench: Bench, disk: Path) -> None:
    bench.shelf.add([write_gguf(disk / "a.gguf")], cancel=NOW)
    bench.answering.add("a")
    with pytest.raises(ModelInUse):
        bench.shelf.remove("a")
    with pytest.raises(ModelStays, match="came with the installation"):
        bench.shelf.remove("starter")
    write_gguf(disk / "theirs" / "b.gguf")
    bench.shelf.watch(disk / "theirs")
    with pytest.raises(ModelStays, match="watched folder"):
        bench.shelf.remove("b")


# -- folders of other applications


def test_a_watched_folder_is_shown_and_hashed_when_it_is_used(bench: Bench, disk: Path) -> None:
    path = write_gguf(disk / "owner" / "a.gguf", window=4096)
    write_gguf(disk / "owner" / "starter.gguf")
    write_gguf(disk / "sha256-0123")  # as Ollama names them
    (disk / "sha256-4567").write_bytes(b"{}")
    (disk / "half.gguf").write_bytes(gguf()[:50])
    write_shards(disk, "wide", 2)[1].unlink()
    with pytest.raises(NotAModel):
        bench.shelf.watch(path)
    bench.shelf.watch(disk)
    found = [m for m in bench.shelf.installed() if m.keeping is Keeping.IN_PLACE]
    assert [model.name for model in found] == ["a", "starter (owner)", "sha256-0123"]
    assert (found[0].parts[0].sha256, found[0].verified) == ("", 0.0)
    assert found[0].context_window == 4096
    assert bench.chats.chosen().name == "starter"
    assert bench.chats.chat_model("a").sha256 == sha256(path)
    path.write_bytes(gguf(b"weights?", window=4096))
    with pytest.raises(ModelChanged):
        bench.chats.chat_model("a")
    assert [m.name for m in bench.shelf.installed()].count("a") == 1
    bench.shelf.unwatch(disk)
    assert {m.keeping for m in bench.shelf.installed()} == {Keeping.INSTALLATION}
    with pytest.raises(ModelMissing):
        bench.shelf.unwatch(disk)
    bench.shelf.watch(disk)  # which is how a changed one is taken as it is now
    assert bench.chats.chat_model("a").sha256 == sha256(path)
    assert path.exists()


def test_folders_of_other_applications_are_offered(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert bench.shelf.known_folders() == []
    theirs = tmp_path / ".lmstudio" / "models"
    theirs.mkdir(parents=True)
    assert bench.shelf.known_folders() == [theirs]
    bench.shelf.watch(theirs)
    assert bench.shelf.known_folders() == []
