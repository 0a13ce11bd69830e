"""Files that are rewritten: opened as a text, saved beside their original, which is never touched.

A Word document gets what was taken of the changes as tracked changes, so that others see them; a
mail its new body; a text its own encoding and line ends. Every method belongs on a worker thread.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

from desktop.domain.edits import Edit
from desktop.domain.errors import FileThere, FileUnwritable, OriginalStays
from desktop.domain.jobs import Cancellation
from desktop.domain.originals import Original, OriginalKind, Saved, proposed
from desktop.domain.review import Review
from desktop.services.ports import Reviser, RewrittenFiles, Store

AUTHOR = "author of tracked changes"  # the name of the setting
DEFAULT_AUTHOR = "Escritoire"
LONGEST_AUTHOR = 100

DOCX, MAIL = ".docx", ".eml"
TEXTS = (".txt", ".md", ".markdown", ".text")


class Originals:
    """Opens what is to be rewritten and saves what came of it."""

    def __init__(self, store: Store, reviser: Reviser, files: RewrittenFiles) -> None:
        self._store = store
        self._reviser = reviser
        self._files = files

    def open(self, path: Path, cancel: Cancellation) -> Original:
        """The text of a file. Raises RewriteError, FileUnreadable, WorkerError, Cancelled."""
        if path.suffix.lower() in (DOCX, MAIL):
            return self._reviser.read(path, cancel=cancel)
        return self._files.read(path)

    def author(self) -> str:
        """In whose name changes are tracked."""
        return self._store.setting(AUTHOR) or DEFAULT_AUTHOR

    def set_author(self, name: str) -> None:
        """ "" sets it back to the program's own name."""
        self._store.set_setting(AUTHOR, " ".join(name.split())[:LONGEST_AUTHOR])

    def free_name(self, original: Original) -> Path:
        """Beside the original, a name that no file has."""
        names = (proposed(original, number) for number in count(1))
        return next(name for name in names if not self._files.is_there(name))

    def check(self, original: Original, path: Path, *, replace: bool = False) -> None:
        """Whether a rewrite of `original` can be saved to `path`, before it is made.

        Raises OriginalStays, FileThere unless it is to be replaced, FileUnwritable.
        """
        if self._files.is_same(path, original.path):
            name = str(self.free_name(original))
            raise OriginalStays(file=str(original.path), proposed=name)
        _kind_of(path, original)
        if not replace and self._files.is_there(path):
            raise FileThere(file=str(path))

    def save(
        self,
        original: Original,
        review: Review,
        path: Path,
        *,
        author: str | None = None,
        replace: bool = False,
        cancel: Cancellation,
    ) -> Saved:
        """Write what is taken in `review`, of this original's text, to `path`.

        In the original's format, or as a plain text if `path` says so. `author` None is the one
        that is set. Raises what `check` raises, OriginalChanged, DiskFull, WorkerError.
        """
        self.check(original, path, replace=replace)
        kind = _kind_of(path, original)
        if kind is OriginalKind.TEXT:
            text = _with_line_ends(review.current(), original.text)
            content, encoding = self._files.encoded(text, original.encoding)
            self._files.write(path, [content], replace=replace)
            return Saved(path, encoding=encoding)
        if kind is OriginalKind.MAIL:
            pieces = self._reviser.with_body(original, review.current(), cancel=cancel)
        else:
            edits = [
                Edit(change.start, change.end, change.new)
                for number, change in enumerate(review.changes)
                if number in review.taken
            ]
            by = author or self.author()
            pieces = self._reviser.revised(original, edits, author=by, cancel=cancel)
        taken = _Counted(pieces)
        try:
            self._files.write(path, taken, replace=replace)
        finally:
            pieces.close()
        return Saved(path, taken.refused)


class _Counted:
    """The pieces of a file, and what their generator returned once they are all taken."""

    def __init__(self, pieces: Generator[bytes, None, int]) -> None:
        self._pieces = pieces
        self.refused = 0

    def __iter__(self) -> Iterator[bytes]:
        self.refused = yield from self._pieces


def _kind_of(path: Path, original: Original) -> OriginalKind:
    """What is to be written. Raises FileUnwritable for what cannot be made of this original."""
    ending = path.suffix.lower()
    own = {OriginalKind.DOCX: DOCX, OriginalKind.MAIL: MAIL}.get(original.kind)
    if own is not None and ending == own:
        return original.kind
    if ending in TEXTS or (own is None and ending not in (DOCX, MAIL)):
        return OriginalKind.TEXT
    what = f"it can be saved as {own} or as a text" if own else "a text is saved as a text"
    raise FileUnwritable(file=str(path), reason=what)


def _with_line_ends(text: str, original: str) -> str:
    """The text with the line ends of the original, where typing in a window made others of them."""
    if "\r" in text or "\r" not in original:
        return text
    return text.replace("\n", "\r\n" if "\r\n" in original else "\r")
