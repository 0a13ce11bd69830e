"""How a watched folder stands, in words. Pure functions of its record."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from desktop.domain.folders import FolderState, WatchedFolder

translate = QCoreApplication.translate


def folder_in_words(folder: WatchedFolder) -> str:
    """How a folder stands, as one line."""
    match folder.state:
        case FolderState.WAITING:
            return translate("Folders", "Waiting to be looked through")
        case FolderState.CHECKING if folder.looked_at:
            return translate("Folders", "Looking through it, {files} files so far").format(
                files=folder.looked_at
            )
        case FolderState.CHECKING:
            return translate("Folders", "Looking through it")
        case FolderState.PAUSED:
            return translate("Folders", "Paused, {documents}").format(documents=_documents(folder))
        case FolderState.AWAY:
            return translate(
                "Folders", "Not there now; what was read of {documents} can be searched"
            ).format(documents=_documents(folder))
        case FolderState.WATCHED:
            return _watched(folder)


def _watched(folder: WatchedFolder) -> str:
    parts = [_documents(folder)]
    if folder.gone:
        parts.append(
            translate("Folders", "the file of 1 is gone, its text stays")
            if folder.gone == 1
            else translate("Folders", "the files of {gone} are gone, their text stays").format(
                gone=folder.gone
            )
        )
    if folder.left_out:
        parts.append(
            translate("Folders", "{count} that you removed left out").format(count=folder.left_out)
        )
    if folder.unreadable:
        (name, why), more = folder.unreadable[0], len(folder.unreadable) - 1
        line = translate("Folders", "{name} may not be read ({why})").format(name=name, why=why)
        if more:
            line = translate("Folders", "{line}, nor {more} more").format(line=line, more=more)
        parts.append(line)
    parts.append(_kept_up(folder))
    return ", ".join(parts)


def all_unreadable(folder: WatchedFolder) -> str:
    """Everything in a folder that may not be read, a line each; "" if there is nothing."""
    return "\n".join(f"{name}: {why}" for name, why in folder.unreadable)


def _kept_up(folder: WatchedFolder) -> str:
    when = QDateTime.fromSecsSinceEpoch(int(folder.checked))
    at = QLocale().toString(when, QLocale.FormatType.ShortFormat)
    if folder.noticing:
        return translate("Folders", "changes are noticed")
    return translate("Folders", "looked through every few minutes, last at {time}").format(time=at)


def _documents(folder: WatchedFolder) -> str:
    if folder.documents == 1:
        return translate("Folders", "1 document")
    return translate("Folders", "{count} documents").format(count=folder.documents)
