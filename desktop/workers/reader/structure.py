"""What a PDF says about itself beside its text: title, author, date, outline, page labels.

Taken with pypdf, which reads damaged and hostile structure slowly or not at all: each piece is an
optional extra with its own guard and within one time for all. Whether the file opens, and how many
pages it has, is PDFium's word, not pypdf's. Never used for text.
"""

from __future__ import annotations

import ctypes
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, TypeVar

from pypdf import PdfReader

MAX_NAME = 2_000  # characters, as protocol.Name allows
MAX_OUTLINE = 10_000  # entries, as protocol.DocumentOpened allows
MAX_DEPTH = 32  # of an outline; deeper entries are left out

OutlineEntries = list[tuple[int, str, int]]
T = TypeVar("T")

# It warns of every flaw of every file; what a flaw costs the reader is told by our own errors.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Structure:
    """`outline` holds (level from 0, title, page from 1); `labels` is empty or one a page."""

    title: str = ""
    author: str = ""
    created: str = ""
    outline: OutlineEntries = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


def read_structure(
    file: BinaryIO, *, password: str | None, page_count: int, seconds: float
) -> Structure:
    """What pypdf can tell of `file` within `seconds`; empty where it fails. Never raises."""
    ends = time.monotonic() + seconds

    def attempt(work: Callable[[], T], otherwise: T) -> T:
        return within(ends - time.monotonic(), work, otherwise)

    reader = attempt(lambda: _open(file, password), None)
    if reader is None:
        return Structure()

    def about(key: str) -> str:
        # Not `get`: only the subscript follows a reference to a string kept elsewhere.
        return attempt(lambda: one_line(reader.metadata[key] if reader.metadata else None), "")

    return Structure(
        title=about("/Title"),
        author=about("/Author"),
        created=iso_date(about("/CreationDate")),
        labels=attempt(lambda: _labels(reader, page_count), []),
        outline=attempt(lambda: _outline(reader, page_count), []),
    )


def count_leaves(file: BinaryIO, *, password: str | None, seconds: float) -> int:
    """How many pages the page tree names, whether they can be loaded or not; -1 if unknown."""

    def count() -> int:
        reader = _open(file, password)
        waiting: list[Any] = [reader.root_object["/Pages"]]
        seen: set[int] = set()
        leaves = 0
        while waiting:
            node = waiting.pop()
            kids = node["/Kids"] if isinstance(node, dict) and "/Kids" in node else None
            if kids is None:
                leaves += 1
            elif id(node) not in seen:
                seen.add(id(node))
                waiting += [kid.get_object() for kid in kids]
        return leaves

    return within(seconds, count, -1)


def _open(file: BinaryIO, password: str | None) -> PdfReader:
    file.seek(0)
    reader = PdfReader(file, strict=False)
    if reader.is_encrypted:
        reader.decrypt(password or "")
    return reader


def _labels(reader: PdfReader, page_count: int) -> list[str]:
    if "/PageLabels" not in reader.root_object or len(reader.pages) != page_count:
        return []
    return [one_line(label) for label in reader.page_labels]


def _outline(reader: PdfReader, page_count: int) -> OutlineEntries:
    """Its entries with a title. One that leads nowhere begins where the first below it does."""
    found: OutlineEntries = []
    nowhere: list[tuple[int, str]] = []  # each below the one before it
    for level, entry in _flattened(reader.outline):
        while nowhere and nowhere[-1][0] >= level:
            nowhere.pop()
        index = reader.get_destination_page_number(entry)
        title = one_line(entry.title)
        if index is None or not 0 <= index < page_count:
            nowhere.append((level, title))
            continue
        for above in (*nowhere, (level, title)):
            found.append((*above, index + 1))
        nowhere.clear()
        if len(found) >= MAX_OUTLINE:
            break
    return [(level, title, page) for level, title, page in found if title][:MAX_OUTLINE]


def _flattened(nested: Any, level: int = 0) -> Iterator[tuple[int, Any]]:
    """pypdf's outline, in which a list holds what is below the entry before it."""
    for item in nested:
        if not isinstance(item, list):
            yield level, item
        elif level + 1 < MAX_DEPTH:
            yield from _flattened(item, level + 1)


def one_line(value: object) -> str:
    """A string of the file as one bounded line of what can be shown and sent."""
    if value is None:
        return ""
    text = "".join(c if c.isprintable() else " " for c in str(value)[: 4 * MAX_NAME])
    return " ".join(text.split())[:MAX_NAME]


_DATE = re.compile(
    r"(?:D:)?(?P<year>[12]\d{3})(?:(?P<month>0[1-9]|1[0-2])(?:(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?"
    r"(?:(?P<utc>Z)|(?P<sign>[+-])(?P<zone_h>\d\d)'?(?P<zone_m>\d\d)?)?)?)?)?"
)


def iso_date(value: str) -> str:
    """A PDF date (ISO 32000-2, 7.9.4: D:YYYYMMDDHHmmSSOHH'mm) as ISO 8601, as far as it goes."""
    match = _DATE.match(value)
    if match is None:
        return ""
    part = match.groupdict()
    date = "-".join(part[name] for name in ("year", "month", "day") if part[name])
    if not part["hour"]:
        return date
    clock = f"T{part['hour']}:{part['minute']}:{part['second'] or '00'}"
    if part["utc"] or (part["sign"] and not int(part["zone_h"] + (part["zone_m"] or "00"))):
        return f"{date}{clock}+00:00"
    zone = f"{part['sign']}{part['zone_h']}:{part['zone_m'] or '00'}" if part["sign"] else ""
    return f"{date}{clock}{zone}"


class _TimeIsUp(BaseException):
    """Thrown into the thread that takes too long; no `except Exception` on the way holds it."""


def within(seconds: float, work: Callable[[], T], otherwise: T) -> T:
    """What `work()` returns, or `otherwise` if it raises or takes longer than `seconds`.

    Interrupts Python code on any system, on any thread, through PyThreadState_SetAsyncExc (the
    CPython C API). A single long call into C is not interrupted; the parent's clock is for that.
    """
    if seconds <= 0:
        return otherwise
    worker = ctypes.c_ulong(threading.get_ident())
    throw = ctypes.pythonapi.PyThreadState_SetAsyncExc
    finished, thrown = threading.Event(), threading.Event()
    turn = threading.Lock()

    def watch() -> None:
        patience = seconds
        while not finished.wait(patience):
            with turn:
                if not finished.is_set():
                    thrown.set()
                    throw(worker, ctypes.py_object(_TimeIsUp))
            patience = 0.1  # code that swallows it gets it again

    result = otherwise
    try:
        threading.Thread(target=watch, name="structure clock", daemon=True).start()
        result = work()
    except Exception:  # noqa: BLE001 - an extra that fails is an extra left out
        result = otherwise
    except _TimeIsUp:
        finished.set()  # without the lock: the next throw is 0.1 s away
        return result
    try:
        with turn:
            finished.set()
        if thrown.is_set():
            # One may be on its way still. It is not taken back, which leaves CPython 3.11 looking
            # for it for ever (and turning in a circle where a function is traced): another takes
            # its place, and is waited for.
            throw(worker, ctypes.py_object(_TimeIsUp))
            while True:
                pass
    except _TimeIsUp:
        finished.set()
    return result
