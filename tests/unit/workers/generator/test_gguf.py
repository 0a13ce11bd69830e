from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from desktop.domain.errors import ModelMissing, ModelWillNotLoad
from desktop.workers.generator.gguf import check
from tests.unit.workers.generator.gguf_files import PREFIX, STARTER


def test_a_model_passes() -> None:
    check(STARTER)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"GG", "cut short"),
        (b"GGUF\x03\0\0\0", "cut short"),
        (b"<!DOCTYPE html><title>Sign in</title>", "web page"),
        (b"\n <HTML>", "web page"),
        (b"PK\x03\x04 a zip archive, renamed", "not a GGUF file"),
        (PREFIX.pack(b"GGUF", 9, 1, 1), "version 9"),
        (PREFIX.pack(b"GGUF", 3, 2**60, 1) + bytes(1000), "header is damaged"),
        (PREFIX.pack(b"GGUF", 3, 1, 2**60) + bytes(1000), "header is damaged"),
        (struct.pack(">4sIQQ", b"GGUF", 3, 1, 1), "version"),
    ],
)
def test_what_cannot_be_a_model_is_refused_in_plain_words(
    content: bytes, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelWillNotLoad, match=reason) as refusal:
        check(path)
    assert refusal.value.facts["model"] == "model.gguf"


def test_what_is_no_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        check(tmp_path / "gone.gguf")
    with pytest.raises(ModelMissing):
        check(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs on this system")
def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "model.gguf")
    with pytest.raises(ModelMissing):
        check(tmp_path / "model.gguf")
