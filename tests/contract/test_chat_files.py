"""The port `ChatFiles`: a real child reads what other programs exported, under its limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.chat import Role
from desktop.domain.errors import (
    Cancelled,
    ConversationsDamaged,
    ConversationsTooLarge,
    FileUnreadable,
)
from desktop.domain.foreign_chats import ForeignChat, ForeignTurn
from desktop.domain.jobs import Cancellation
from desktop.workers.reader import chats
from desktop.workers.reader.chats_adapter import ChatFilesAdapter
from tests.foreign_chats import AT, chatgpt, open_webui, plain


@pytest.fixture
def files() -> Iterator[ChatFilesAdapter]:
    adapter = ChatFilesAdapter()
    yield adapter
    adapter.stop()


def read(files: ChatFilesAdapter, path: Path, content: Any) -> list[ForeignChat | None]:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(raw)
    return list(files.read(path, cancel=Cancellation()))


def test_each_program_s_chats_come_as_they_were_shown(
    files: ChatFilesAdapter, tmp_path: Path
) -> None:
    path = tmp_path / "conversations.json"
    assert read(files, path, [chatgpt()]) == [
        ForeignChat(
            "Notice periods",
            AT,
            AT + 60,
            (
                ForeignTurn(Role.USER, "How long is the notice?", AT),
                ForeignTurn(Role.ASSISTANT, "Three months.\n\nBy letter.", AT),
            ),
        )
    ]
    rent = (ForeignTurn(Role.USER, "How much?", AT), ForeignTurn(Role.ASSISTANT, "900 euros.", AT))
    assert read(files, path, [open_webui()]) == [ForeignChat("Rent", AT, AT, rent)]
    signed = (ForeignTurn(Role.USER, "Who signed?"), ForeignTurn(Role.ASSISTANT, "Mira Quist."))
    assert read(files, path, plain()) == [ForeignChat("", 0.0, 0.0, signed)]


def test_a_chat_that_cannot_be_read_is_left_out_and_the_others_are_not(
    files: ChatFilesAdapter, tmp_path: Path
) -> None:
    circle = chatgpt("Round")
    circle["mapping"]["root"]["parent"] = "more"
    damaged = chatgpt("Damaged", mapping={"a": {"message": "no object"}})
    silent = chatgpt("Silent", current_node="root")
    found = read(files, tmp_path / "c.json", [chatgpt(), damaged, silent, circle])
    assert [chat and chat.title for chat in found] == ["Notice periods", None, "Round", None]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b"%PDF-1.7",
        b"[1, 2]",
        b'{"a": 1}',
        b"\xff\xfe[\x00]\x00",
        json.dumps([chatgpt()]).encode()[:-200],
    ],
)
def test_what_is_no_export_is_refused(
    files: ChatFilesAdapter, tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(ConversationsDamaged) as refused:
        read(files, tmp_path / "c.json", content)
    assert refused.value.facts["file"] == "c.json"


def test_what_is_no_file_is_refused(files: ChatFilesAdapter, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.json"):
        with pytest.raises(FileUnreadable):
            list(files.read(path, cancel=Cancellation()))


def test_too_large_a_file_is_refused_before_it_is_read(
    files: ChatFilesAdapter, tmp_path: Path
) -> None:
    path = tmp_path / "c.json"
    with path.open("wb") as file:
        file.write(b"[")
        file.truncate(chats.LARGEST + 1)
    with pytest.raises(ConversationsTooLarge):
        list(files.read(path, cancel=Cancellation()))


def test_time_that_is_up_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text(json.dumps([chatgpt()]))
    files = ChatFilesAdapter(file_s=0.0)
    with pytest.raises(ConversationsTooLarge):
        list(files.read(path, cancel=Cancellation()))
    files.stop()
    with pytest.raises(Cancelled):
        list(files.read(path, cancel=Cancellation()))
