"""Types of arguments: what is typed, checked, or refused in a sentence."""

from __future__ import annotations

import argparse
import math
import os
from pathlib import Path


def words(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("must not be empty")
    return text


def path(text: str) -> Path:
    # An empty path would mean the folder one is in: an unset variable of a script, no wish.
    if not text:
        raise argparse.ArgumentTypeError("must not be empty")
    if "\0" in text:
        raise argparse.ArgumentTypeError("no path holds a NUL character")
    return Path(os.path.expanduser(text))  # noqa: PTH111 (which takes "~$lease.pdf" for a file)


def positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError("must be a whole number, 1 or more")
    return number


def strength(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not -4 <= number <= 4:
        raise argparse.ArgumentTypeError("must be a number from -4 to 4")
    return number
