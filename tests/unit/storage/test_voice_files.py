"""A voice as a file: it comes back as it went out, and what is no voice is refused."""

from __future__ import annotations

import errno
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import (
    DiskFull,
    FileThere,
    FileUnreadable,
    FileUnwritable,
    VoiceDamaged,
)
from desktop.domain.models import Adapter
from desktop.domain.tone import Pair
from desktop.domain.voices import Voice
from desktop.storage import voice_files
from desktop.storage.voice_files import LARGEST, VoiceFiles, encoded

VOICE = Voice(
    name="Kanzlei Ünal",
    pairs=(Pair("hey, pay up", "Kindly settle the invoice."), Pair("a\nb", "„c“")),
    guideline="Be brief.",
    rules=("Be brief.",),
    use=("client",),
    avoid=("customer",),
    greeting="Dear {name},",
    closing="Yours,",
)


FILES = VoiceFiles(Path("no folder"))


def test_a_voice_comes_back_as_it_went_out(tmp_path: Path) -> None:
    path = tmp_path / "voice.json"
    FILES.write(VOICE, path)
    assert FILES.read(path) == VOICE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())  # as some editors save it
    assert FILES.read(path) == VOICE


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "voice.json"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileThere):
        FILES.write(VOICE, path)
    assert path.read_text(encoding="utf-8") == "mine"


def test_what_may_be_replaced_goes_only_for_a_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "voice.json"
    path.write_text("mine", encoding="utf-8")

    def full(_voice: Voice) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as without_room:
        without_room.setattr(voice_files, "encoded", full)
        with pytest.raises(DiskFull):
            FILES.write(VOICE, path, replace=True)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [
        ("voice.json", "mine")
    ]
    FILES.write(VOICE, path, replace=True)
    assert FILES.read(path) == VOICE
    with pytest.raises(FileUnwritable):
        FILES.write(VOICE, tmp_path / "no folder" / "voice.json")


@pytest.mark.parametrize(
    "change",
    [
        {"format": "something else"},
        {"name": ""},
        {"name": "   "},
        {"name": 7},
        {"pairs": [{"before": "x"}]},
        {"pairs": [{"before": "x", "after": "y", "run": "rm"}]},
        {"pairs": [{"before": "x", "after": "y" * 20_001}]},
        {"rules": ["r"] * 61},
        {"rules": "be brief"},
        {"unknown": 1},
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "voice.json"
    path.write_text(json.dumps({**json.loads(encoded(VOICE)), **change}), encoding="utf-8")
    with pytest.raises(VoiceDamaged) as raised:
        FILES.read(path)
    assert raised.value.facts["file"] == str(path)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[" * 100_000, b"\0", b" " * (LARGEST + 1), b"\xff"]
)
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "voice.json"
    path.write_bytes(content)
    with pytest.raises(VoiceDamaged):
        FILES.read(path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        FILES.read(tmp_path / "absent.json")


def test_halves_of_surrogates_come_in_as_replacement_characters(tmp_path: Path) -> None:
    path = tmp_path / "voice.json"
    text = json.dumps({**json.loads(encoded(VOICE)), "guideline": "a\ufffdb"})
    path.write_text(text, encoding="utf-8")
    assert FILES.read(path).guideline == "a\ufffdb"


def test_an_adapter_stays_unless_it_is_to_go_along(tmp_path: Path) -> None:
    weights = tmp_path / "ours.gguf"
    weights.write_bytes(b"GGUF" * 1000)
    voice = replace(VOICE, adapter=Adapter(weights, 0.5))
    files = VoiceFiles(tmp_path / "adapters")
    assert files.adapter_size(voice) == 4000
    assert files.adapter_size(VOICE) == 0
    files.write(voice, tmp_path / "bare.json")
    assert files.read(tmp_path / "bare.json") == VOICE

    files.write(voice, tmp_path / "whole.voice", adapter=True)
    weights.unlink()
    assert files.adapter_size(voice) == 0
    came = files.read(tmp_path / "whole.voice")
    assert came.adapter is not None
    assert came == replace(VOICE, adapter=Adapter(came.adapter.path, 0.5))
    assert came.adapter.path.read_bytes() == b"GGUF" * 1000
    files.settle([came])
    assert came.adapter.path.exists()
    files.settle([VOICE])
    assert not came.adapter.path.exists()


@pytest.mark.parametrize("members", [{}, {"voice.json": b"{}"}, {"../voice.json": b"{}"}])
def test_an_archive_that_holds_no_voice_is_refused(
    tmp_path: Path, members: dict[str, bytes]
) -> None:
    path = tmp_path / "voice.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other", b"1")
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(VoiceDamaged):
        VoiceFiles(tmp_path / "adapters").read(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(VoiceDamaged):
        VoiceFiles(tmp_path / "adapters").read(path)


def test_an_archive_that_unpacks_to_more_than_it_is_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "voice.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("voice.json", encoded(VOICE))
        archive.writestr("adapter.gguf", bytes(50_000_000))
    with pytest.raises(VoiceDamaged):
        VoiceFiles(tmp_path / "adapters").read(path)
