"""escritoire conversations: what was asked and answered, listed, shown, exported and taken in."""

from __future__ import annotations

import argparse
import io
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, BinaryIO

from desktop.cli.main import DONE
from desktop.cli.session import session
from desktop.cli.terminal import StatusLine, note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.chat import Conversation, Role
from desktop.domain.errors import AnswerUnknown, FileUnwritable
from desktop.domain.exports import Export, Exported, Form, Wish
from desktop.domain.jobs import Cancellation
from desktop.services.exporting import form_of
from desktop.storage.exports import markdown, plain


def run(options: argparse.Namespace) -> int:
    """Do one thing with the profile's conversations."""
    if options.action == "export" and form_of(options.to) is Form.PDF:
        _check_drawing(options)
    with session(options, documents=False) as (desk, cancel):
        match options.action:
            case "list":
                _list(desk, options)
            case "show":
                _show(desk, options, cancel)
            case "export":
                _export(desk, options, cancel)
            case "import":
                _import(desk, options, cancel)
    return DONE


def _list(desk: Desk, options: argparse.Namespace) -> None:
    conversations = desk.conversations.all()
    if options.json:
        say_json([_as_json(one) for one in conversations])
        return
    for one in conversations:
        say(one_line(f"{one.id}  {_time(one.updated)[:10]}  {one.title}"))
    if not conversations:
        note('Nothing was asked yet. Ask with: escritoire ask "QUESTION"')


def _show(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> None:
    export = desk.exporting.laid_out(options.number, Wish(_answer(desk, options)))
    if options.json:
        say_json(plain.as_plain(export))
        return
    written = io.BytesIO()
    markdown.write(export, written, cancel)
    say(written.getvalue().decode(), end="")


def _export(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> None:
    desk.export_files.offer(Form.PDF, _draw)
    with StatusLine() as waiting:
        done = desk.exporting.export(
            options.number,
            options.to,
            Wish(_answer(desk, options), pages=options.pages),
            progress=lambda at, of: waiting.show(f"Page {at + 1} of {of}"),
            cancel=cancel,
        )
    if options.json:
        say_json({"exported": str(options.to), **_counts(done)})
        return
    say(one_line(f"{options.to}: {done.turns} turns, {done.notes} sources, {done.pages} pages"))
    if done.pages_missing:
        note(f"{done.pages_missing} pages have no image: moved, changed, or a file without pages.")


def _import(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> None:
    done = desk.importing.take_in(options.file, cancel)
    if options.json:
        say_json(asdict(done))
        return
    say(one_line(f"{options.file}: {done.chats} conversations, {done.turns} turns taken in"))
    if done.known:
        note(f"{done.known} were here already.")
    if done.left_out:
        note(f"{done.left_out} cannot be read, or say nothing.")


def _draw(export: Export, file: BinaryIO, cancel: Cancellation) -> None:
    # Imported here: nothing else that is typed waits for Qt, or needs it to be there.
    from desktop.gui import exported_pdf

    drawing = exported_pdf.without_window()
    try:
        exported_pdf.write(export, file, cancel)
    finally:
        drawing.shutdown()


def _check_drawing(options: argparse.Namespace) -> None:
    """A PDF is drawn by Qt. Raises FileUnwritable where that cannot be loaded."""
    try:
        import PySide6.QtGui  # noqa: F401
    except ImportError as error:
        reason = f"a PDF cannot be drawn on this computer ({error.msg})"
        raise FileUnwritable(file=str(options.to), reason=reason) from error


def _answer(desk: Desk, options: argparse.Namespace) -> int | None:
    """The id of the answer that is wished for, None for all. Raises AnswerUnknown."""
    wanted: int | None = options.answer
    if wanted is None:
        return None
    turns = desk.conversations.turns(desk.exporting.conversation(options.number).id)
    answers = [turn.id for turn in turns if turn.role is Role.ASSISTANT]
    if wanted > len(answers):
        raise AnswerUnknown(number=wanted, count=len(answers))
    return answers[wanted - 1]


def _as_json(one: Conversation) -> dict[str, Any]:
    return {
        "number": one.id,
        "title": one.title,
        "created": _time(one.created),
        "updated": _time(one.updated),
    }


def _counts(done: Exported) -> dict[str, int]:
    return {
        "turns": done.turns,
        "sources": done.notes,
        "pages": done.pages,
        "pages_missing": done.pages_missing,
    }


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
