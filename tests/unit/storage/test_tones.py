"""Tones as files: all of ours can be read, the user's go before them, and damage is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import ToneDamaged, ToneUnknown
from desktop.domain.facts import compare
from desktop.domain.tone import Strength
from desktop.storage.paths import installation_tones
from desktop.storage.tones import LARGEST, ToneFiles, read_tone

OURS = installation_tones()
NAMES = ["concise", "confident", "diplomatic", "formal", "friendly", "plain", "proofread"]


def test_the_tones_that_come_with_the_program() -> None:
    assert ToneFiles([OURS]).names() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_of_them_is_whole_and_its_examples_keep_the_facts(name: str) -> None:
    tone = ToneFiles([OURS]).tone(name)
    assert tone.name == name
    assert {"en", "de"} <= set(tone.titles) & set(tone.descriptions)
    assert set(tone.strengths) == set(Strength)
    assert tone.examples
    for example in tone.examples:
        assert compare(example.before, example.after) == []
        share = len(example.after) / len(example.before)
        assert tone.shortest <= share <= tone.longest


def test_a_copy_of_the_users_takes_the_place_of_ours(tmp_path: Path) -> None:
    text = (OURS / "formal.toml").read_text(encoding="utf-8")
    (tmp_path / "formal.toml").write_text(text.replace("Formal", "My own"), encoding="utf-8-sig")
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    tones = ToneFiles([tmp_path, OURS])
    assert tones.names() == sorted([*NAMES, "mine"])
    assert tones.tone("formal").title() == "My own"
    assert tones.tone("mine").title() == "Formal"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("instructions = [", "instructions = ["[:-1]),
        ("keep_length", "keep_lenght"),
        ('en = "Formal"', 'fr = "Formel"'),
        ("1 = ", "7 = "),
        ("1 = ", "one = "),
        ("shortest = 0.6", "shortest = 60"),
        ("shortest = 0.6", 'shortest = "0.6"'),
    ],
)
def test_a_damaged_file_is_named_and_leaves_the_others(tmp_path: Path, old: str, new: str) -> None:
    text = (OURS / "formal.toml").read_text(encoding="utf-8")
    assert old in text
    damaged = tmp_path / "broken.toml"
    damaged.write_text(text.replace(old, new, 1), encoding="utf-8")
    tones = ToneFiles([tmp_path, OURS])
    with pytest.raises(ToneDamaged) as raised:
        tones.tone("broken")
    assert raised.value.facts["file"] == str(damaged)
    assert tones.tone("formal").name == "formal"


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"\0" * 9, b"[" * 30_000, b"#" * LARGEST]
)
def test_what_is_no_tone_at_all_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content + b"\n")
    with pytest.raises(ToneDamaged):
        read_tone(path)


def test_a_folder_or_nothing_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ToneDamaged):
        read_tone(tmp_path / "absent.toml")
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(ToneDamaged):
        read_tone(tmp_path / "folder.toml")


def test_a_tone_that_is_not_there_tells_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(ToneUnknown, match="formal, friendly"):
        ToneFiles([tmp_path, OURS]).tone("../formal")
