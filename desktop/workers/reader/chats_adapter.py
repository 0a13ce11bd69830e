"""The application's side of reading other programs' chats: a reader's child of its own.

The child is started for a file and ended after it, so that a hostile one takes no document down
with it. Trusts nothing the child says beyond its type.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import msgspec

from desktop.domain.chat import Role
from desktop.domain.errors import (
    Cancelled,
    ConversationsDamaged,
    ConversationsTooLarge,
    DocumentError,
    EscritoireError,
    FileUnreadable,
    WorkerCrashed,
    WorkerStalled,
)
from desktop.domain.foreign_chats import (
    LONGEST_TITLE,
    MOST_CHATS,
    MOST_TURNS,
    ForeignChat,
    ForeignTurn,
    joined,
)
from desktop.domain.jobs import Cancellation
from desktop.workers import protocol
from desktop.workers.allowance import TimeAllowance
from desktop.workers.client import WorkerClient
from desktop.workers.reader.config import LIMITS, Config
from desktop.workers.source_files import path_to_send

FILE_S = 60.0  # seconds until the first chat, however large the file
CHAT_S = 0.1  # and for each chat that it really delivers
LARGEST_CHAT = 50_000_000  # characters
AHEAD = 64  # messages read before the first of them is taken


class ChatFilesAdapter:
    """`services.ports.ChatFiles`. One file at a time; others wait."""

    def __init__(self, *, file_s: float = FILE_S) -> None:
        self._file_s = file_s
        self._turn = threading.Lock()
        self._client: WorkerClient | None = None
        self._stopped = False

    def read(
        self, path: Path, *, cancel: Cancellation
    ) -> Generator[ForeignChat | None, None, None]:
        """Every chat of the file that says something; None for one that could not be read.

        Raises FileUnreadable, ConversationsDamaged, ConversationsTooLarge, WorkerError, Cancelled.
        """
        request = protocol.ReadChats(path_to_send(path, FileUnreadable))
        with self._turn:
            if self._stopped:
                raise Cancelled
            packed = msgspec.msgpack.encode(Config())
            self._client = WorkerClient("reader", packed, limits=LIMITS, max_queued=AHEAD)
            try:
                yield from self._chats(self._client, request, path.name, cancel)
            finally:
                self._client.stop()

    def stop(self) -> None:
        """End what is being read, and refuse more."""
        self._stopped = True
        if self._client is not None:
            self._client.stop()

    def _chats(
        self, client: WorkerClient, request: protocol.ReadChats, name: str, cancel: Cancellation
    ) -> Generator[ForeignChat | None, None, None]:
        bodies = self._bodies(client, request, name, cancel)
        chat: _Chat | None = None
        chats = 0
        with closing(bodies):
            for body in bodies:
                match body:
                    case protocol.ChatBegun():
                        if chat is not None:
                            yield chat.whole()
                        chat = _Chat(body)
                        chats += 1
                    case protocol.ChatTurn() if chat is not None:
                        chat.add(body)
                    case protocol.ChatsRead():
                        if chat is not None:
                            yield chat.whole()
                        for _ in range(min(body.left_out, MOST_CHATS)):
                            yield None
                    case _:
                        raise ConversationsDamaged(file=name, reason="reading it failed")
                if chats > MOST_CHATS or (chat is not None and chat.is_endless):
                    raise ConversationsTooLarge(file=name, reason="a chat in it has no end")

    def _bodies(
        self, client: WorkerClient, request: protocol.ReadChats, name: str, cancel: Cancellation
    ) -> Generator[protocol.Body, None, None]:
        """What the child says, its result last, with its failures as errors about the file."""
        ending = Cancellation()
        unsubscribe = cancel.listen(ending.cancel)
        allowance = TimeAllowance(self._file_s, ending.cancel)
        steps = client.run(request, cancel=ending)
        try:
            with closing(steps):
                while True:
                    try:
                        with allowance.waiting():
                            body = next(steps)
                    except StopIteration as end:
                        yield end.value
                        return
                    if isinstance(body, protocol.ChatBegun):
                        allowance.extend(CHAT_S)
                    yield body
        except (Cancelled, EscritoireError) as error:
            raise _meaning(error, name, allowance) from error
        finally:
            allowance.close()
            unsubscribe()


class _Chat:
    """One chat as it comes."""

    def __init__(self, begun: protocol.ChatBegun) -> None:
        self._begun = begun
        self._turns: list[ForeignTurn] = []
        self._came = self._size = 0

    def add(self, turn: protocol.ChatTurn) -> None:
        """Add what was said by one of the two; what a program said itself is left out."""
        self._came += 1
        self._size += len(turn.text)
        if turn.role in (Role.USER, Role.ASSISTANT):
            self._turns.append(ForeignTurn(Role(turn.role), turn.text, turn.created))

    @property
    def is_endless(self) -> bool:
        return self._came > MOST_TURNS or self._size > LARGEST_CHAT

    def whole(self) -> ForeignChat | None:
        """The chat; None if nothing was said in it."""
        begun, said = self._begun, joined(self._turns)
        if not said:
            return None
        updated = begun.updated or begun.created
        return ForeignChat(begun.title[:LONGEST_TITLE], begun.created, updated, said)


def _meaning(
    error: Cancelled | EscritoireError, name: str, allowance: TimeAllowance
) -> Cancelled | EscritoireError:
    """What an error of the child means for the file."""
    match error:
        case Cancelled() if allowance.exceeded:
            return ConversationsTooLarge(file=name, reason="it takes more time than is safe")
        case WorkerStalled():
            return ConversationsTooLarge(file=name, reason="it takes more time than is safe")
        case WorkerCrashed():
            return ConversationsTooLarge(file=name, reason="it takes more memory than is safe")
        case DocumentError():
            return FileUnreadable(file=name, reason="there is no file that may be read")
        case EscritoireError():
            error.facts["file"] = name
    return error
