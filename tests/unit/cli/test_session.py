"""A command's way to the services: secrets from files, and Ctrl+C."""

from __future__ import annotations

import codecs
import os
import signal
import threading
from pathlib import Path

import pytest

from desktop.cli.session import LONGEST_LINE, _interruptible, first_line
from desktop.domain.errors import FileUnreadable
from desktop.domain.jobs import Cancellation


@pytest.mark.parametrize(
    "content",
    [
        b"Gr\xc3\xbcner Ast 7",
        b"Gr\xc3\xbcner Ast 7\n",
        b"Gr\xc3\xbcner Ast 7\r\nwhat follows may be anything: \xff",
        codecs.BOM_UTF8 + b"Gr\xc3\xbcner Ast 7\r\n",
    ],
)
def test_a_passphrase_is_the_first_line_as_it_would_be_typed(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "key.txt"
    path.write_bytes(content)
    assert first_line(path) == "Grüner Ast 7"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\nsecond line", "empty"),
        (b"\x89PNG\r\n\x1a\n", "not text"),
        (b"key\0file", "not text"),
        ("secret\r\n".encode("utf-16"), "not text"),
        (b"x" * (LONGEST_LINE + 1), "over 4096 bytes"),
    ],
)
def test_a_file_without_a_passphrase_is_said_to_have_none(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "key.txt"
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match=reason):
        first_line(path)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("", "is a directory"), ("missing.txt", "no such file"), ("x" * 300, "name too long")],
)
@pytest.mark.skipif(os.name == "nt", reason="the words of POSIX systems")
def test_a_file_that_cannot_be_opened_is_told_why(tmp_path: Path, path: str, reason: str) -> None:
    with pytest.raises(FileUnreadable, match=reason):
        first_line(tmp_path / path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless device")
def test_an_endless_file_is_not_read_to_its_end() -> None:
    with pytest.raises(FileUnreadable, match="over 4096 bytes"):
        first_line(Path("/dev/zero"))


def test_one_ctrl_c_is_a_wish_and_a_second_an_order() -> None:
    cancel, heard = Cancellation(), threading.Event()
    cancel.listen(heard.set)
    before = signal.getsignal(signal.SIGINT)
    with _interruptible(cancel):
        signal.raise_signal(signal.SIGINT)
        assert heard.wait(10)
        assert cancel.wished
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_is_heard_while_the_lock_of_the_wish_is_held() -> None:
    cancel, heard = Cancellation(), threading.Event()
    cancel.listen(heard.set)
    with _interruptible(cancel):
        with cancel._lock:  # as it is whenever a job begins
            signal.raise_signal(signal.SIGINT)
            assert not heard.is_set()
        assert heard.wait(10)
