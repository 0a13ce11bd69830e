"""The list of conversations in groups: what is pinned, then by the day it was last talked in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.domain.chat import Conversation

Row = str | Conversation  # a heading, or one of what stands under it

WEEK = 7  # days

translate = QCoreApplication.translate


def in_groups(conversations: Iterable[Conversation], today: date) -> list[Row]:
    """Conversations, the one last talked in first, under headings in words of the window."""
    ordered = list(conversations)
    rows: list[Row] = []
    pinned = [one for one in ordered if one.pinned]
    if pinned:
        rows += [translate("ConversationGroups", "Pinned"), *pinned]
    heading = ""
    for one in ordered:
        if one.pinned:
            continue
        above = heading_of(date.fromtimestamp(one.updated), today)  # noqa: DTZ012 (the user's day)
        if above != heading:
            heading = above
            rows.append(heading)
        rows.append(one)
    return rows


def heading_of(day: date, today: date) -> str:
    """What a day is called that lies in the past; the future counts as today."""
    if day >= today:
        return translate("ConversationGroups", "Today")
    if day == today - timedelta(days=1):
        return translate("ConversationGroups", "Yesterday")
    if day > today - timedelta(days=WEEK):
        return translate("ConversationGroups", "Last 7 days")
    return QLocale().toString(QDate(day.year, day.month, 1), "MMMM yyyy")
