"""Figures as the window writes them: bytes, tokens, dates, in the user's own way of writing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

_UNITS = QLocale.DataSizeFormat.DataSizeSIFormat
BILLION = 10**9


def size(count: int) -> str:
    """Bytes as people say them."""
    return QLocale().formattedDataSize(count, 0 if count < 10**9 else 1, _UNITS)


def number(count: int) -> str:
    return QLocale().toString(count)


def tokens(count: int) -> str:
    return QCoreApplication.translate("Figures", "{count} tokens").format(count=number(count))


def rate(per_second: float) -> str:
    """Tokens a second."""
    digits = 0 if per_second >= 100 else 1
    template = QCoreApplication.translate("Figures", "{speed} tokens/s")
    return template.format(speed=QLocale().toString(per_second, "f", digits))


def parameters(count: int) -> str:
    """As models are called by them: "0.5B", "14B"; "" where it is not known."""
    if not count:
        return ""
    billions = count / BILLION
    digits = 0 if billions >= 10 or abs(billions - round(billions)) < 0.05 else 1
    if billions < 1:
        return f"{QLocale().toString(count / 10**6, 'f', 0)}M"
    return f"{QLocale().toString(billions, 'f', digits)}B"


def date(seconds: float) -> str:
    """A day, from seconds since the epoch."""
    day = QDateTime.fromSecsSinceEpoch(int(seconds)).date()
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)


def moment(seconds: float) -> str:
    """A day and a time of it, to the second, as records need it."""
    return QDateTime.fromSecsSinceEpoch(int(seconds)).toString("yyyy-MM-dd HH:mm:ss")
