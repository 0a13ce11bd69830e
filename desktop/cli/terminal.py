"""What is said to a terminal or a script: text that can do nothing there but be read.

Answers and reports go to stdout, everything else to stderr. A file's name or a document's text may
hold control characters, which a terminal would obey, or characters it has none for; neither stops
a command. Asks for secrets, too; knows no service.
"""

from __future__ import annotations

import errno
import getpass
import json
import os
import re
import shutil
import signal
import sys
import unicodedata
from types import TracebackType
from typing import Any, Self, TextIO

from desktop.domain.errors import DiskFull, EscritoireError
from desktop.storage.disk import NO_ROOM

# What moves the cursor, colours, beeps or begins an escape sequence: C0, DEL and C1 (ECMA-48), but
# not tab and line feed. Halves of surrogate pairs stand for bytes that are no text at all.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")
_BREAK = re.compile("[\n\t\u2028\u2029]")

OUTPUT = "what the output goes to"

_TO_START, _ERASE = "\r", "\033[K"


def say(text: str, end: str = "\n") -> None:
    """Write text to stdout at once.

    Raises DiskFull where stdout goes to a full disk, BrokenPipeError where nobody reads it.
    """
    _write(sys.stdout, readable(text) + end)


def say_json(value: object) -> None:
    """Write one line of JSON (RFC 8259) to stdout at once. Raises as `say` does."""
    _write(sys.stdout, as_json(value, getattr(sys.stdout, "encoding", None)) + "\n")


def note(text: str) -> None:
    """Write one line to stderr. Where that cannot be done, nobody can be told so."""
    try:
        _write(sys.stderr, one_line(text) + "\n")
    except (OSError, EscritoireError):
        return


def readable(text: str) -> str:
    """`text` without what a terminal would obey instead of showing it."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", _LINE_END.sub("\n", text))


def one_line(text: str) -> str:
    """`text` on a single line, readable."""
    return _BREAK.sub(" ", readable(text))


def as_json(value: object, encoding: str | None) -> str:
    """`value` as JSON that can be written in `encoding` (None: UTF-8) without loss."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False)
    return text


def somebody_types() -> bool:
    """Whether a person can be asked: stdin is a terminal."""
    return _is_terminal(sys.stdin)


def ask_secret(prompt: str) -> str | None:
    """What is typed, unseen; None at the end of input. Ctrl+C is a KeyboardInterrupt, as always."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return getpass.getpass(readable(prompt), sys.stderr)
    except EOFError:
        return None
    finally:
        signal.signal(signal.SIGINT, before)


def ask(prompt: str) -> str | None:
    """A line that is typed, seen; None at the end of input. Ctrl+C is a KeyboardInterrupt."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        _write_if_possible(readable(prompt))
        line = sys.stdin.readline()
        return line.rstrip("\r\n") if line else None
    finally:
        signal.signal(signal.SIGINT, before)


class StatusLine:
    """One line on stderr that changes in place and leaves nothing behind; a terminal's alone.

    A context manager. Thread-safe: whoever shows last is seen.
    """

    def __init__(self) -> None:
        self._shown = False

    def show(self, what: str, state: str = "") -> None:
        """Put `what` and its `state` on the line; `what` is cut where both do not fit."""
        if not _is_terminal(sys.stderr):
            return
        self._shown = True
        room = shutil.get_terminal_size().columns - 1 - _columns(state)  # the last one may wrap
        _write_if_possible(f"{_TO_START}{_ERASE}{fitted(one_line(what), room)}{state}")

    def clear(self) -> None:
        """Leave the line empty, for other output."""
        if self._shown:
            self._shown = False
            _write_if_possible(f"{_TO_START}{_ERASE}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.clear()


def fitted(text: str, columns: int) -> str:
    """`text` if it fits into so many columns of a terminal; else its start and end, which together
    tell the documents of one matter apart."""
    if _columns(text) <= columns:
        return text
    end = _first(text[::-1], columns // 2)[::-1]
    return f"{_first(text, columns - 1 - _columns(end))}…{end}"


def _first(text: str, columns: int) -> str:
    used = 0
    for at, character in enumerate(text):
        used += _columns(character)
        if used > columns:
            return text[:at]
    return text


def _columns(text: str) -> int:
    """Columns of a terminal, by Unicode Standard Annex 11."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def _is_terminal(stream: TextIO | Any) -> bool:
    try:
        return stream is not None and stream.isatty()  # None: closed before we started
    except ValueError:  # closed since
        return False


def _write_if_possible(text: str) -> None:
    try:
        _write(sys.stderr, text)
    except (OSError, EscritoireError):
        return


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # closed before we started
        return
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()
    except OSError as error:
        _silence(stream)
        if error.errno in NO_ROOM:
            raise DiskFull(path=OUTPUT) from error
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE)) from error


def _silence(stream: TextIO) -> None:
    """Let what is left in the buffer go nowhere, or Python would complain about it at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
