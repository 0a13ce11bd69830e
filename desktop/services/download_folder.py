"""Where downloads lie until they are whole: a folder each, on the disk that the shelf is on.

Knows names and room. What is in the files, and what becomes of them, others know.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

from desktop.domain.errors import DiskFull, ProfileUnwritable
from desktop.domain.hub import Download
from desktop.domain.variants import GGUF
from desktop.services.intake import reason_of

SPARE: Final = 64 * 1024 * 1024  # bytes of the disk that a download does not take
PART: Final = ".part"
_UNFIT: Final = re.compile(r"[^\w.+ -]")  # what a path or Windows would make something else of


class DownloadFolder:
    """The folders of all downloads, in `folder`, by the numbers that the store gave them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def targets(self, download: Download) -> list[Path]:
        """Where each file goes: its bare name, which tells nothing of its place in the repository.

        Of a model that is a folder, the files keep their places in it: two may have one name.
        """
        folder = self._of(download.id)
        paths = [PurePosixPath(file.path) for file in download.files]
        if any(path.suffix.lower() == GGUF for path in paths):
            return [folder / _UNFIT.sub("_", path.name) for path in paths]
        return [folder.joinpath(*(_UNFIT.sub("_", part) for part in path.parts)) for path in paths]

    def make_room(self, download: Download) -> None:
        """Make a download's folders.

        Raises ProfileUnwritable, and DiskFull before a byte is fetched that would not fit.
        """
        targets = self.targets(download)
        try:
            for inner in {self._of(download.id), *(target.parent for target in targets)}:
                inner.mkdir(mode=0o700, parents=True, exist_ok=True)
            free = shutil.disk_usage(self._folder).free
        except OSError as error:
            raise ProfileUnwritable(profile=str(self._folder), reason=reason_of(error)) from error
        there = sum(_size(target) + _size(_part(target)) for target in targets)
        if free < download.size - there + SPARE:
            raise DiskFull(path=str(targets[0]))

    def sweep(self, download_id: int) -> None:
        """Remove what is there of a download."""
        with suppress(OSError):  # then at the next start
            shutil.rmtree(self._of(download_id))

    def tidy(self, known: Collection[int]) -> None:
        """Remove what is left of downloads that are no more: a crash came between."""
        names = {str(number) for number in known}
        with suppress(OSError):
            for left in self._folder.iterdir():
                if left.name.isdecimal() and left.name not in names:
                    shutil.rmtree(left, ignore_errors=True)

    def _of(self, download_id: int) -> Path:
        return self._folder / str(download_id)


def _part(target: Path) -> Path:
    return target.with_name(target.name + PART)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
