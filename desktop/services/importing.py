"""Importing: chats that another program exported, taken in as conversations.

A chat is there whole or not at all, and a file taken in twice adds nothing the second time. What
it says is a record of what was said elsewhere: no source, no model, no check of ours.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from desktop.domain.errors import ConversationsDamaged
from desktop.domain.foreign_chats import ForeignChat, Imported
from desktop.domain.jobs import Cancellation
from desktop.services.conversations import Conversations, title_for
from desktop.services.ports import ChatFiles, Store
from desktop.services.written_paths import absolute


class Importing:
    """Every method belongs on a worker thread."""

    def __init__(self, store: Store, files: ChatFiles, conversations: Conversations) -> None:
        self._store = store
        self._files = files
        self._conversations = conversations

    def take_in(self, path: Path, cancel: Cancellation) -> Imported:
        """Take in every chat of a file that is not here yet.

        What was taken in before it was cancelled stays. Raises FileUnreadable,
        ConversationsDamaged, ConversationsTooLarge, DiskFull, WorkerError, Cancelled.
        """
        known = {(one.title, round(one.created)) for one in self._conversations.all()}
        done = Imported(0, 0)
        chats = self._files.read(absolute(path), cancel=cancel)
        try:
            with closing(chats):
                for chat in chats:
                    done = self._take(chat, known, done)
                    cancel.raise_if_wished()
        finally:
            if done.chats:
                self._conversations.changed.tell(None)
        if not (done.chats or done.known):
            raise ConversationsDamaged(file=path.name, reason="none of its chats can be read")
        return done

    def _take(
        self, chat: ForeignChat | None, known: set[tuple[str, int]], done: Imported
    ) -> Imported:
        if chat is None:
            return replace(done, left_out=done.left_out + 1)
        title = title_for(chat.title or chat.turns[0].text)
        if chat.created and (title, round(chat.created)) in known:
            return replace(done, known=done.known + 1)
        known.add((title, round(chat.created)))
        self._store.take_in_chat(replace(chat, title=title))
        return replace(done, chats=done.chats + 1, turns=done.turns + len(chat.turns))
