"""escritoire folders: watched folders of documents, which keep the library up with them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from desktop.cli.main import DONE, KNOWN_ERROR, complain
from desktop.cli.session import error_of, progress, session
from desktop.cli.terminal import StatusLine, note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.documents import Document
from desktop.domain.errors import EscritoireError, FolderAway
from desktop.domain.folders import FolderState, WatchedFolder
from desktop.domain.jobs import Cancellation

READS = ("add", "refresh")


def run(options: argparse.Namespace) -> int:
    """Do one thing with the watched folders."""
    with session(options, documents=options.action in READS) as (desk, cancel):
        match options.action:
            case "list":
                return _list(desk, options)
            case "add":
                folder = desk.folders.add(options.folder, options.collection)
                return _keep_up(desk, [folder], options, cancel)
            case "refresh":
                folders = [desk.folders.find(path) for path in options.folders]
                return _keep_up(desk, folders or desk.folders.folders(), options, cancel)
            case "remove":
                _remove(desk, options)
            case "pause" | "resume":
                _pause(desk, options, pause=options.action == "pause")
    return DONE


def _list(desk: Desk, options: argparse.Namespace) -> int:
    folders = [_as_found(desk, folder) for folder in desk.folders.folders()]
    if options.json:
        say_json({"folders": [_as_json(f) for f in folders], "paused": desk.library.paused})
        return DONE
    for folder in folders:
        say(one_line(_line(folder)))
    if not folders:
        note("No folder is watched yet. Watch one with: escritoire folders add FOLDER")
    if desk.library.paused:
        note("Reading is paused. Go on with: escritoire folders resume")
    return DONE


def _keep_up(
    desk: Desk, folders: list[WatchedFolder], options: argparse.Namespace, cancel: Cancellation
) -> int:
    """Look through folders, and read what is new in them; 3 if one is away or a file failed."""
    ids = [folder.id for folder in folders]
    touched: set[int] = set()

    def remember(document: Document | None) -> None:
        if document is not None:
            touched.add(document.id)

    unlisten = desk.library.changed.listen(remember)
    try:
        _look_through(desk, ids, cancel)
        if getattr(options, "remove_gone", False):
            for folder_id in ids:
                desk.folders.remove_gone(folder_id)
        with progress(desk):
            desk.library.work(cancel)
    finally:
        unlisten()
    now = [folder for folder in desk.folders.folders() if folder.id in ids]
    errors: list[EscritoireError] = [
        FolderAway(file=str(folder.path), reason=folder.away)
        for folder in now
        if folder.state is FolderState.AWAY
    ]
    read = (document for document in desk.library.documents() if document.id in touched)
    errors += [error for document in read if (error := error_of(document)) is not None]
    if options.json:
        say_json({"folders": [_as_json(folder) for folder in now]})
    else:
        for folder in now:
            say(one_line(_line(folder)))
    for error in errors:
        complain(error)
    return KNOWN_ERROR if errors else DONE


def _look_through(desk: Desk, ids: list[int], cancel: Cancellation) -> None:
    with StatusLine() as line:

        def show(folder: WatchedFolder | None) -> None:
            if folder is not None and folder.state is FolderState.CHECKING:
                line.show(str(folder.path), f": {folder.looked_at} files so far")

        unlisten = desk.folders.changed.listen(show)
        try:
            desk.folders.work_on(ids, cancel)
        finally:
            unlisten()


def _remove(desk: Desk, options: argparse.Namespace) -> None:
    folder = desk.folders.find(options.folder)
    documents = desk.folders.documents(folder.id) if options.documents else []
    desk.folders.remove(folder.id)
    if documents:
        desk.library.remove(*documents)
    if options.json:
        say_json({"removed": str(folder.path), "documents": len(documents)})
        return
    stay = folder.documents - len(documents)
    say(one_line(f"{folder.path}: watched no longer"))
    if stay:
        note(f"Of it {_count(stay)} in the library; --documents would have removed them as well.")


def _pause(desk: Desk, options: argparse.Namespace, *, pause: bool) -> None:
    what = "everything"
    if options.folder is not None:
        folder = desk.folders.find(options.folder)
        what = str(folder.path)
        act = desk.folders.pause if pause else desk.folders.resume
        act(folder.id)
    elif pause:
        desk.library.pause()
    else:
        desk.library.go_on()
        for folder in desk.folders.folders():
            if folder.state is FolderState.PAUSED:
                desk.folders.resume(folder.id)
    done = "paused" if pause else "resumed"
    if options.json:
        say_json({done: what})
    else:
        say(one_line(f"{what}: {done}"))


def _as_found(desk: Desk, folder: WatchedFolder) -> WatchedFolder:
    """A folder as it stands where nobody has looked through it yet."""
    if folder.state is FolderState.PAUSED or desk.folders.is_there(folder):
        return folder
    return replace(folder, state=FolderState.AWAY)


def _line(folder: WatchedFolder) -> str:
    line = f"{folder.path}: {folder.state.value}, {_count(folder.documents)}"
    if folder.gone:
        line += f", the files of {folder.gone} are gone"
    if folder.left_out:
        line += f", {folder.left_out} left out"
    for name, reason in folder.unreadable:
        line += f"; {name} may not be read: {reason}"
    return line


def _as_json(folder: WatchedFolder) -> dict[str, Any]:
    checked = datetime.fromtimestamp(folder.checked, UTC).isoformat() if folder.checked else None
    return {
        "folder": str(folder.path),
        "collection": folder.collection or None,
        "state": folder.state.value,
        "checked": checked,
        "documents": folder.documents,
        "gone": folder.gone,
        "left_out": folder.left_out,
        "unreadable": [{"name": name, "reason": reason} for name, reason in folder.unreadable],
    }


def _count(documents: int) -> str:
    return "1 document" if documents == 1 else f"{documents} documents"
