"""What becomes of models when the import is killed, the disk is full, or a file is no model.

The figure: no file that was not hashed, and not one half of a model, can ever be loaded.
"""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.errors import ModelMissing
from desktop.domain.jobs import Cancellation
from desktop.domain.models import Keeping
from tests.faults import small_disk
from tests.ggufs import gguf, write_gguf
from tests.shelves import Bench, pinned, shelf_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")

SIZE = 24 << 20  # bytes: enough pieces to be killed between any two of them


@contextmanager
def child(act: str, profile: Path, source: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.faults.model_child", act, str(profile), str(source)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    pinned(tmp_path / "models", "starter", "chat", {"starter.gguf": gguf()})
    return tmp_path / "profile"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    weights = random.Random(1).randbytes(SIZE)
    return write_gguf(tmp_path / "disk" / "heron.gguf", weights)


def kill_in_the_middle(act: str, profile: Path, source: Path, after: int) -> None:
    with child(act, profile, source) as process:
        assert process.stdout is not None
        for _ in range(after):
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


def assert_whole_or_not_at_all(bench: Bench, sha256: str) -> None:
    """Right after the crash, and again after the next start has tidied up."""
    for _ in range(2):
        owned = [m for m in bench.shelf.installed() if m.keeping is Keeping.OWNED]
        for model in owned:
            assert bench.chats.chat_model(model.name).sha256 == sha256
            path = model.parts[0].path
            assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        if not owned:
            with pytest.raises(ModelMissing):
                bench.chats.chat_model("heron")
        bench.shelf.recover()
    assert bench.on_disk == [f"{model.name}/heron.gguf" for model in owned]
    for model in owned:
        bench.shelf.remove(model.name)
    bench.shelf.settle()
    assert bench.on_disk == []


@pytest.mark.parametrize("act", ["import", "unpack"])
def test_a_kill_in_the_middle_leaves_nothing_that_loads(
    act: str, profile: Path, source: Path, tmp_path: Path
) -> None:
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    if act == "unpack":
        with shelf_in(tmp_path / "sender", tmp_path / "none") as sender:
            sender.shelf.add([source], cancel=Cancellation())
            sender.packs.make(tmp_path / "pack", ["heron"], cancel=Cancellation())
    chance = random.Random(4)
    for _ in range(6):
        # Two rounds or so: at a piece, while it is synced or recorded, or while it is removed.
        after = chance.randrange(1, 60)
        kill_in_the_middle(act, profile, source if act == "import" else tmp_path / "pack", after)
        with shelf_in(profile, tmp_path / "models") as bench:
            assert_whole_or_not_at_all(bench, sha256)


def test_a_full_disk_is_told_and_leaves_nothing(profile: Path, source: Path) -> None:
    with child("starve", profile, source) as process:
        said, _ = process.communicate(timeout=60)
    lines = said.splitlines()
    assert [line for line in lines if line.startswith("full")] == ["full [] 0"] * 4
    # The first look found no room, and nothing was written; not even one piece.
    assert not [line for line in lines if line.startswith("at")]
    assert lines[-1] == f"done {hashlib.sha256(source.read_bytes()).hexdigest()}"


def test_a_folder_of_models_that_is_read_only_is_told_and_nothing_comes(
    profile: Path, source: Path
) -> None:
    if reason := small_disk.why_not():
        pytest.skip(reason)
    models = profile / "models"
    models.mkdir(parents=True)
    act = [sys.executable, "-m", "tests.faults.model_child", "refuse", str(profile), str(source)]
    command = small_disk.command(models, small_disk.MIB, *act)
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout

    refused = f"The folder {profile} cannot be used: read-only file system."
    remedy = "Choose a folder that you may write to with --profile."
    assert said.splitlines() == [
        *[f"{refused} {remedy}", "left [] [] []"] * 2,
        f"in place {source.stem}",
    ]


def test_nothing_that_is_no_whole_model_can_be_imported(profile: Path, tmp_path: Path) -> None:
    whole = gguf(bytes(40_000))
    folder = tmp_path / "bad"
    folder.mkdir()
    for share in (0.0, 0.001, 0.1, 0.5, 0.999):
        (folder / f"cut{share}.gguf").write_bytes(whole[: int(len(whole) * share)])
    (folder / "page.gguf").write_bytes(b"<!doctype html><title>404</title>")
    (folder / "noise.gguf").write_bytes(random.Random(5).randbytes(10_000))
    with shelf_in(profile, tmp_path / "models") as bench:
        brought = bench.shelf.add([folder], cancel=Cancellation())
        assert brought.models == []
        assert len(brought.refused) == 7
        assert bench.on_disk == []
