"""A voice as a file: it comes back as it went out, and what is no voice is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.domain.errors import FileUnreadable, VoiceDamaged
from desktop.domain.tone import Pair
from desktop.domain.voices import Voice
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


def test_a_voice_comes_back_as_it_went_out(tmp_path: Path) -> None:
    path = tmp_path / "voice.json"
    VoiceFiles().write(VOICE, path)
    assert VoiceFiles().read(path) == VOICE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())  # as some editors save it
    assert VoiceFiles().read(path) == VOICE


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "voice.json"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileUnreadable):
        VoiceFiles().write(VOICE, path)
    assert path.read_text(encoding="utf-8") == "mine"


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
        VoiceFiles().read(path)
    assert raised.value.facts["file"] == str(path)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[" * 100_000, b"\0", b" " * (LARGEST + 1), b"\xff"]
)
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "voice.json"
    path.write_bytes(content)
    with pytest.raises(VoiceDamaged):
        VoiceFiles().read(path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        VoiceFiles().read(tmp_path / "absent.json")


def test_halves_of_surrogates_come_in_as_replacement_characters(tmp_path: Path) -> None:
    path = tmp_path / "voice.json"
    text = json.dumps({**json.loads(encoded(VOICE)), "guideline": "a\ufffdb"})
    path.write_text(text, encoding="utf-8")
    assert VoiceFiles().read(path).guideline == "a\ufffdb"
