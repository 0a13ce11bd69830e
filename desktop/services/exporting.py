"""Exporting: a conversation or one of its answers as a file of the user's, whole or not at all.

The turns are those that the conversation shows. A source whose page cannot be drawn any more keeps
its words, and how many there were is said. Knows no file format.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.domain.chat import Conversation
from desktop.domain.documents import PageImage
from desktop.domain.errors import (
    ChatNumberUnknown,
    ConversationUnknown,
    DocumentError,
    ExportFormUnknown,
    WorkerError,
)
from desktop.domain.exports import (
    Export,
    Exported,
    Form,
    Wish,
    answer_of,
    laid_out,
    spans_of,
    with_images,
)
from desktop.domain.jobs import Cancellation
from desktop.services.conversations import Conversations
from desktop.services.library import Library
from desktop.services.ports import ExportFiles

PAGE_WIDTH = 1100  # pixels; a page of A4 at 130 dpi
MOST_PAGES = 200  # images in one export; the sources beyond keep their words

Progress = Callable[[int, int], object]


class Exporting:
    """Every method belongs on a worker thread."""

    def __init__(self, conversations: Conversations, library: Library, files: ExportFiles) -> None:
        self._conversations = conversations
        self._library = library
        self._files = files

    def conversation(self, conversation_id: int) -> Conversation:
        """Raises ChatNumberUnknown."""
        try:
            return self._conversations.one(conversation_id)
        except ConversationUnknown:
            raise ChatNumberUnknown(number=conversation_id) from None

    def laid_out(self, conversation_id: int, wish: Wish) -> Export:
        """What would be written: all that the conversation shows, or one answer of it.

        Raises ChatNumberUnknown.
        """
        conversation = self.conversation(conversation_id)
        turns = self._conversations.turns(conversation_id)
        if wish.answer is not None:
            turns = answer_of(turns, wish.answer)
        return laid_out(conversation, turns, wish.words)

    def export(
        self,
        conversation_id: int,
        path: Path,
        wish: Wish,
        *,
        replace: bool = False,
        progress: Progress | None = None,
        cancel: Cancellation,
    ) -> Exported:
        """Write a conversation to `path`, or one answer of it with its question.

        `progress` counts pages that are drawn. Raises ChatNumberUnknown, ExportFormUnknown,
        FileThere (unless it may be replaced), FileUnwritable, DiskFull, Cancelled.
        """
        form = wish.form or form_of(path)
        export = self.laid_out(conversation_id, wish)
        missing = 0
        if wish.pages:
            export, missing = self._with_pages(export, progress, cancel)
        cancel.raise_if_wished()
        self._files.write(export, path, form, replace=replace, cancel=cancel)
        return Exported(len(export.said), len(export.notes()), len(export.images), missing)

    def _with_pages(
        self, export: Export, progress: Progress | None, cancel: Cancellation
    ) -> tuple[Export, int]:
        wanted = spans_of(export.notes())
        images: dict[tuple[int, int], PageImage] = {}
        for done, ((document_id, page), spans) in enumerate(wanted.items()):
            if len(images) == MOST_PAGES:
                break
            if progress is not None:
                progress(done, len(wanted))
            try:
                images[document_id, page] = self._library.page_image(
                    document_id, page, spans, PAGE_WIDTH, cancel
                )
            except (DocumentError, WorkerError):
                continue
        return with_images(export, images), len(wanted) - len(images)


def form_of(path: Path) -> Form:
    """What a file of that name is written as. Raises ExportFormUnknown."""
    try:
        return Form(path.suffix.lower().lstrip("."))
    except ValueError:
        raise ExportFormUnknown(file=path.name) from None
