"""A command's way to the services: unlock the profile, open the desk, close it whatever happens."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from desktop.cli.terminal import StatusLine, ask_secret, note, somebody_types
from desktop.desk import Desk, default_profile, open_desk
from desktop.domain.documents import Document, DocumentState
from desktop.domain.errors import (
    DocumentError,
    EscritoireError,
    FileUnreadable,
    PassphraseNeeded,
    error_from,
)
from desktop.domain.jobs import Cancellation
from desktop.services.intake import reason_of
from desktop.services.records import UNFINISHED

NOT_TEXT = "it is not text in UTF-8"
LONGEST_LINE = 4096  # bytes of a passphrase or password with its line end


@contextmanager
def session(
    options: argparse.Namespace, *, documents: bool = True
) -> Iterator[tuple[Desk, Cancellation]]:
    """The desk of the profile in `options`; Ctrl+C wishes for the end of what is running.

    A command that has nothing to do with `documents` does not wait for any.
    """
    cancel = Cancellation()
    desk = _open(options)
    with _interruptible(cancel):
        try:
            if documents:
                desk.prepare(cancel)
                with progress(desk):
                    # A new profile's handbook, and what a run left undone.
                    desk.library.work_unless_paused(cancel)
            else:
                desk.shelf.recover()
            yield desk, cancel
        finally:
            # It takes a second at most; cut short, it would leave children behind.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            desk.close()
            if desk.damage:
                note(desk.damage)


@contextmanager
def _interruptible(cancel: Cancellation) -> Iterator[None]:
    """Ctrl+C wishes for the end of what is running; pressed again, it ends the command at once.

    A thread passes the wish on: the handler runs in the middle of whatever the main thread does,
    which may hold the very locks that cancelling takes. `SimpleQueue.put` is made for that.
    """
    presses: SimpleQueue[bool] = SimpleQueue()

    def pressed(*_: object) -> None:
        if cancel.wished:
            raise KeyboardInterrupt
        presses.put(True)

    def pass_on() -> None:
        while presses.get():
            cancel.cancel()

    passing_on = threading.Thread(target=pass_on, name="interrupt", daemon=True)
    passing_on.start()
    before = signal.signal(signal.SIGINT, pressed)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        presses.put(False)
        passing_on.join()


def profile_of(options: argparse.Namespace) -> Path:
    """The profile folder that was named, or the user's own."""
    named: Path | None = getattr(options, "profile", None)
    return named or default_profile()


def _open(options: argparse.Namespace) -> Desk:
    profile = profile_of(options)
    named = getattr(options, "passphrase_file", None)
    passphrase = first_line(named) if named is not None else None
    try:
        return open_desk(profile, passphrase)
    except PassphraseNeeded:
        if passphrase is not None or not somebody_types():
            raise
        typed = _ask_passphrase(profile)
        if not typed:
            raise
        return open_desk(profile, typed)


def _ask_passphrase(profile: Path) -> str | None:
    """The passphrase as typed, for a new profile twice; None if nobody wants to type one."""
    if any(profile.glob("*.db")):
        return ask_secret(f"Passphrase of {profile}: ")
    note(
        "This computer offers no keyring, so a passphrase protects the new profile. "
        "It cannot be recovered."
    )
    while (chosen := ask_secret("Choose a passphrase: ")) is not None:
        if chosen and chosen == ask_secret("Once more: "):
            return chosen
        note("The two are not the same, or empty. Try again.")
    return None


def first_line(path: Path) -> str:
    """The first line of a small text file, without its end and without a byte order mark.

    Raises FileUnreadable; an empty line counts as none, for it would protect nothing.
    """
    try:
        with path.open("rb") as file:
            raw = file.readline(LONGEST_LINE + 1)
        line = raw.decode("utf-8-sig").rstrip("\r\n")
    except OSError as error:
        raise FileUnreadable(file=str(path), reason=reason_of(error)) from error
    except UnicodeDecodeError as error:
        raise FileUnreadable(file=str(path), reason=NOT_TEXT) from error
    if len(raw) > LONGEST_LINE:
        raise FileUnreadable(file=str(path), reason=f"its first line is over {LONGEST_LINE} bytes")
    if not line:
        raise FileUnreadable(file=str(path), reason="its first line is empty")
    if "\0" in line:
        raise FileUnreadable(file=str(path), reason=NOT_TEXT)
    return line


def take_in(
    desk: Desk,
    paths: list[Path],
    *,
    collection: str,
    password_file: Path | None,
    cancel: Cancellation,
) -> tuple[list[Document], list[DocumentError]]:
    """Add and index files; returns their records, and refusals with reasons.

    Progress goes to stderr. A password comes from `password_file`, or is asked for at a terminal.
    """
    password = first_line(password_file) if password_file is not None else None
    added = desk.library.add(paths, collection)
    wanted = {document.id for document in added.documents}
    with progress(desk):
        desk.library.work(cancel)
    for document in _locked(desk, wanted):
        given = password
        if given is None and somebody_types():
            given = ask_secret(f"Password of {document.name}: ")
        if given:
            desk.library.unlock(document.id, given)
    with progress(desk):
        desk.library.work(cancel)
    return [d for d in desk.library.documents() if d.id in wanted], added.refused


def error_of(document: Document) -> EscritoireError | None:
    """What keeps a document from being searched, if anything does."""
    if document.state not in (DocumentState.FAILED, DocumentState.LOCKED):
        return None
    return error_from(document.error_code, dict(document.error_facts))


def _locked(desk: Desk, wanted: set[int]) -> list[Document]:
    return [
        document
        for document in desk.library.documents()
        if document.id in wanted and document.state is DocumentState.LOCKED
    ]


@contextmanager
def progress(desk: Desk) -> Iterator[None]:
    """A status line that follows the documents being worked on, one after the other."""
    followed: int | None = None

    def show(document: Document | None) -> None:
        nonlocal followed
        if document is None or followed not in (None, document.id):
            return  # two are worked on at once: one is read while one is indexed
        followed = document.id if document.state in UNFINISHED else None
        line.show(document.name, f": {_progress_of(document)}")

    with StatusLine() as line:
        unlisten = desk.library.changed.listen(show)
        try:
            yield
        finally:
            unlisten()


def _progress_of(document: Document) -> str:
    total = document.page_count
    match document.state:
        case DocumentState.READING if total:
            return f"reading, {document.pages_read} of {total} pages"
        case DocumentState.INDEXING:
            return f"indexing, {document.pages_indexed} of {total} pages"
        case state:
            return state.value
