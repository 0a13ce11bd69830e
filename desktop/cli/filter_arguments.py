"""The arguments that leave documents out of a search, by what they are."""

from __future__ import annotations

import argparse
import re
from calendar import monthrange
from contextlib import suppress
from datetime import date

from desktop.cli.argument_types import words
from desktop.domain.filters import TYPES, Filter, suffixes_of

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?)?")
_JANUARY, _DECEMBER = 1, 12


def add_filters(command: argparse.ArgumentParser) -> None:
    """Give a command --type, --since, --until and --author."""
    command.add_argument(
        "--type",
        metavar="TYPE",
        dest="types",
        action="append",
        type=_type,
        default=[],
        help=f"look in files of this type alone: an ending such as pdf, or {', '.join(TYPES)};"
        " may be repeated",
    )
    command.add_argument(
        "--since",
        metavar="DATE",
        type=_first_day,
        help="look in documents alone that say they were made on this day or later"
        " (2024, 2024-05 or 2024-05-31)",
    )
    command.add_argument(
        "--until", metavar="DATE", type=_last_day, help="and on this day or earlier"
    )
    command.add_argument(
        "--author", metavar="NAME", type=words, help="look in documents of this author"
    )


def only(options: argparse.Namespace) -> Filter:
    """The filter that was asked for."""
    types = tuple(suffix for suffixes in options.types for suffix in suffixes)
    return Filter(types, options.since, options.until, options.author or "")


def _type(text: str) -> tuple[str, ...]:
    try:
        return suffixes_of(text)
    except ValueError:
        raise argparse.ArgumentTypeError("no such type of file is read") from None


def _first_day(text: str) -> date:
    return _day(text, last=False)


def _last_day(text: str) -> date:
    return _day(text, last=True)


def _day(text: str, *, last: bool) -> date:
    """The day; of a year or a month alone, its first or its last."""
    said = _DATE.fullmatch(text.strip())
    if said is not None:
        with suppress(ValueError):
            year = int(said["year"])
            month = int(said["month"] or (_DECEMBER if last else _JANUARY))
            day = int(said["day"] or (monthrange(year, month)[1] if last else 1))
            return date(year, month, day)
    raise argparse.ArgumentTypeError("must be a date such as 2024-05-31")
