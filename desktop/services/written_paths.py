"""Paths as a user wrote them, made absolute. Opens nothing."""

from __future__ import annotations

import os
from pathlib import Path


def absolute(path: Path | str) -> Path:
    """The path made out, not resolved: a file keeps the name that the user knows it by.

    Unlike pathlib, these two keep a symlink's name, and take "~$lease.pdf" for a file.
    """
    return Path(os.path.abspath(os.path.expanduser(path)))  # noqa: PTH100, PTH111
