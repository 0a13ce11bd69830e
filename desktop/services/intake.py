"""Which files a user meant: paths and folders in, readable documents and named refusals out.

Looks at names and first bytes only; reading a document is the reader's job.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop.domain.errors import (
    DocumentError,
    DocumentMissing,
    DocumentUnreadable,
    FormatNotSupported,
    NothingToRead,
)
from desktop.domain.folders import left_out
from desktop.domain.formats import READABLE
from desktop.services.written_paths import absolute

MAGICS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def gather(paths: Iterable[Path]) -> Iterator[Path | DocumentError]:
    """The absolute path of every document among `paths` and below the folders among them, in order.

    What was named but cannot be taken comes out as the error that says why; files below a folder
    whose names promise no document are passed over in silence. Symbolic links to folders are not
    followed.
    """
    for path in paths:
        named = absolute(path)
        try:
            mode = named.stat().st_mode
        except FileNotFoundError:
            yield DocumentMissing(file=str(path))
        except ValueError:  # a name with a NUL in it
            yield DocumentMissing(file=str(path))
        except OSError as error:
            yield DocumentUnreadable(file=str(path), reason=reason_of(error))
        else:
            if stat.S_ISDIR(mode):
                yield from _below(named)
            else:
                yield _single(named, mode)


def _single(path: Path, mode: int) -> Path | DocumentError:
    if not stat.S_ISREG(mode):
        return FormatNotSupported(file=path.name)
    if path.suffix.lower() in READABLE:
        return path
    try:
        with path.open("rb") as file:
            named_otherwise = file.read(max(map(len, MAGICS))).startswith(MAGICS)
    except OSError as error:
        return DocumentUnreadable(file=path.name, reason=reason_of(error))
    return path if named_otherwise else FormatNotSupported(file=path.name)


def _below(folder: Path) -> Iterator[Path | DocumentError]:
    refused: list[DocumentError] = []

    def refuse(error: OSError) -> None:
        refused.append(
            DocumentUnreadable(file=str(error.filename or folder), reason=reason_of(error))
        )

    found = False
    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not left_out(name))
        for name in sorted(names):
            path = Path(parent, name)
            if path.suffix.lower() not in READABLE or left_out(name):
                continue
            try:
                regular = stat.S_ISREG(path.stat().st_mode)
            except FileNotFoundError:
                continue  # removed meanwhile, or a link to nowhere
            except OSError as error:  # a folder may be listed and yet not entered
                refuse(error)
                continue
            if regular:
                found = True
                yield path
    yield from refused
    if not found and not refused:
        yield NothingToRead(file=str(folder))


def reason_of(error: OSError) -> str:
    """The system's own words for why, without a path or a number."""
    return (error.strerror or type(error).__name__).lower()
