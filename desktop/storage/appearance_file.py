"""The chosen appearance, in a plain file of the profile.

Plain, and no part of the store: the page that asks for the passphrase has a language and colours
too. The file says nothing about anybody, and a window opens without it.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from desktop.domain.appearance import TEXT_SIZES, Appearance
from desktop.storage.new_files import whole_file

LONGEST = 4096  # bytes; ours has about 80


def read_appearance(path: Path) -> Appearance:
    """What the file at `path` says; the usual appearance where it is missing or damaged."""
    try:
        with path.open("rb") as file:
            chosen = msgspec.json.decode(file.read(LONGEST), type=Appearance)
    except (OSError, msgspec.MsgspecError):
        return Appearance()
    return chosen if chosen.text_size in TEXT_SIZES else Appearance()


def keep_appearance(path: Path, appearance: Appearance) -> None:
    """Write the file whole, or leave the one that is there. Raises DiskFull, FileUnwritable."""
    with whole_file(path, replace=True) as file:
        file.write(msgspec.json.encode(appearance))
