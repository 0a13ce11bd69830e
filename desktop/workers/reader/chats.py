"""Exports of other programs' chats: JSON in, chats out. In the reader's child.

ChatGPT (conversations.json: a tree of messages, `current_node` the end of what was shown last),
Open WebUI (a list of chats with their `history`), a list of messages with role and content, as
GPT4All's Python package and most others have it, and our own export. GPT4All's window exports
nothing, and the form of its files is not documented. What is not needed is skipped, not built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

import msgspec
from msgspec import Raw, Struct

from desktop.domain.errors import ConversationsDamaged, ConversationsTooLarge
from desktop.domain.foreign_chats import MOST_CHATS, MOST_TURNS
from desktop.workers.reader.source import open_file

LARGEST = 256 * 1024 * 1024  # bytes; ten years of talking are a tenth of that
MILLISECONDS = 1e11  # a time beyond it, in the year 5138, is not in seconds

Told = tuple[str, float, float, list[tuple[str, str, float]]]
"""Title, created, updated, and (role, text, created) of each message."""


class _Author(Struct):
    role: str = ""


class _Content(Struct):
    content_type: str = "text"
    parts: list[Any] = []


class _Message(Struct):
    author: _Author
    content: _Content
    create_time: float | None = None
    recipient: str = "all"


class _Node(Struct):
    message: _Message | None = None
    parent: str | None = None


class _ChatGpt(Struct):
    mapping: dict[str, _Node]
    title: str | None = None
    create_time: float | None = None
    update_time: float | None = None
    current_node: str | None = None


class _Plain(Struct, rename={"parent": "parentId"}):
    role: str
    content: Any = ""
    timestamp: float | None = None
    parent: str | None = None


class _History(Struct, rename={"current": "currentId"}):
    messages: dict[str, _Plain] = {}
    current: str | None = None


class _Inner(Struct):
    title: str | None = None
    history: _History | None = None
    messages: list[_Plain] = []


class _OpenWebUi(Struct):
    chat: _Inner
    title: str | None = None
    created_at: float | None = None
    updated_at: float | None = None


class _OwnTurn(Struct):
    role: str
    text: str
    created: str = ""


class _Own(Struct):
    turns: list[_OwnTurn]
    title: str = ""
    created: str = ""
    updated: str = ""


NOTHING = Raw()


class _Probe(Struct):
    """What tells the programs apart."""

    mapping: Raw = NOTHING
    chat: Raw = NOTHING
    turns: Raw = NOTHING
    role: Raw = NOTHING

    def has(self, name: str) -> bool:
        """Whether the field is there, and not null."""
        return bytes(getattr(self, name)) not in (b"", b"null")


def chats_in(path: str) -> Iterator[Told | None]:
    """Every chat of a file; None for one that cannot be read.

    Raises DocumentError for what is no file, ConversationsTooLarge, ConversationsDamaged.
    """
    name = PurePath(path).name
    raw = _content(path, name)
    try:
        several = raw.startswith(b"[")
        entries = msgspec.json.decode(raw, type=list[Raw]) if several else [Raw(raw)]
        first = msgspec.json.decode(entries[0], type=_Probe) if entries else _Probe()
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ConversationsDamaged(file=name, reason="it is not the JSON of an export") from error
    if len(entries) > MOST_CHATS:
        raise ConversationsTooLarge(file=name, reason=f"it has more than {MOST_CHATS} chats")
    if first.has("role"):  # one chat, message by message
        entries = [Raw(b'{"chat":{"messages":' + raw + b"}}")]
    elif not any(map(first.has, ("mapping", "chat", "turns"))):
        raise ConversationsDamaged(file=name, reason="no program that is known wrote it")
    for entry in entries:
        try:
            told = _told(entry)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            told = None
        yield told if told is not None and len(told[3]) <= MOST_TURNS else None


def _content(path: str, name: str) -> bytes:
    with open_file(path) as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise ConversationsTooLarge(file=name, reason=f"it has more than {LARGEST} bytes")
    return raw.removeprefix(b"\xef\xbb\xbf").strip()


def _told(entry: Raw) -> Told | None:
    probe = msgspec.json.decode(entry, type=_Probe)
    if probe.has("mapping"):
        return _of_chatgpt(msgspec.json.decode(entry, type=_ChatGpt))
    if probe.has("chat"):
        return _of_open_webui(msgspec.json.decode(entry, type=_OpenWebUi, strict=False))
    if probe.has("turns"):
        return _of_own(msgspec.json.decode(entry, type=_Own))
    return None


def _of_chatgpt(chat: _ChatGpt) -> Told:
    nodes = _line(chat.mapping, chat.current_node or next(reversed(chat.mapping), None))
    messages = [node.message for node in nodes if node.message is not None]
    said = [
        (message.author.role, _text(message.content.parts), _seconds(message.create_time))
        for message in messages
        if message.recipient == "all" and message.content.content_type.endswith("text")
    ]
    return chat.title or "", _seconds(chat.create_time), _seconds(chat.update_time), said


def _of_open_webui(chat: _OpenWebUi) -> Told:
    inner = chat.chat
    messages: list[_Plain] = inner.messages
    if inner.history is not None and inner.history.current in inner.history.messages:
        messages = _line(inner.history.messages, inner.history.current)
    said = [
        (message.role, _text(message.content), _seconds(message.timestamp)) for message in messages
    ]
    title = chat.title or inner.title or ""
    return title, _seconds(chat.created_at), _seconds(chat.updated_at), said


def _of_own(chat: _Own) -> Told:
    said = [(turn.role, turn.text, _moment(turn.created)) for turn in chat.turns]
    return chat.title, _moment(chat.created), _moment(chat.updated), said


def _line(nodes: Mapping[str, Any], end: str | None) -> list[Any]:
    """The nodes from the first to `end`, each the child of the one before it."""
    line: list[Any] = []
    seen: set[str] = set()
    at = end
    while at is not None and at in nodes and at not in seen:
        seen.add(at)
        line.append(nodes[at])
        at = nodes[at].parent
    return line[::-1]


def _text(content: Any) -> str:
    """What is said in it: a text, or the texts among its parts; pictures and files are left out."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return _text(content.get("text"))
    if isinstance(content, list):
        return "\n\n".join(filter(None, map(_text, content)))
    return ""


def _seconds(value: float | None) -> float:
    if value is None or not 0 < value < 1e15:
        return 0.0
    return value / 1000 if value > MILLISECONDS else value


def _moment(text: str) -> float:
    from datetime import datetime

    try:
        return _seconds(datetime.fromisoformat(text).timestamp())
    except (ValueError, OverflowError):
        return 0.0
