"""Exporting from a real store, with a real reader drawing the pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.chat import AnswerKind, AnswerRecord, Citation, Role, Turn, TurnState
from desktop.domain.errors import Cancelled, ChatNumberUnknown, ExportFormUnknown
from desktop.domain.exports import Exported, Wish
from desktop.domain.jobs import Cancellation
from desktop.services.conversations import Conversations
from desktop.services.exporting import Exporting
from desktop.services.library import Library
from desktop.services.ports import Store
from desktop.storage.exports import ExportFiles
from desktop.storage.profile import open_profile
from desktop.workers.reader.adapter import ReaderAdapter, reader_client
from tests.samples import write_pdf

FEE = "The fee is 900 euros from 1 July."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    profile = open_profile(tmp_path_factory.mktemp("exporting") / "profile", "a desk that locks")
    yield profile.store
    profile.close()


@pytest.fixture(scope="module")
def exporting(store: Store) -> Iterator[Exporting]:
    client = reader_client()
    library = Library(store, ReaderAdapter(client), None)  # type: ignore[arg-type]
    yield Exporting(Conversations(store), library, ExportFiles())
    client.stop()


@pytest.fixture
def answer(store: Store, exporting: Exporting, tmp_path: Path) -> Turn:
    """An answer that cites the first page of a document, and of one that is gone."""
    cited = []
    for number, name in enumerate(("fees.pdf", "gone.pdf"), 1):
        path = write_pdf(tmp_path / name, [FEE])
        document = exporting._library.add([path]).documents[0]
        exporting._library._stage_one.read_all(Cancellation(), lambda: None)
        page = store.page(document.id, 1)
        assert page is not None
        start = page.text.index(FEE)
        place = (start, start + len(FEE), FEE)
        cited.append(Citation(number, document.id, name, 1, "1", *place))
    path.unlink()
    conversation = store.add_conversation("How much is it?")
    store.add_turn(conversation.id, Role.USER, "How much is it?", TurnState.COMPLETE)
    turn = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    return store.finish_turn(
        turn.id,
        text=FEE,
        state=TurnState.COMPLETE,
        citations=cited,
        record=AnswerRecord(AnswerKind.GROUNDED),
    )


def test_pages_go_along_lit_and_what_cannot_be_drawn_is_counted(
    exporting: Exporting, answer: Turn, tmp_path: Path
) -> None:
    path = tmp_path / "chat.json"
    seen: list[tuple[int, int]] = []
    done = exporting.export(
        answer.conversation_id,
        path,
        Wish(pages=True),
        progress=lambda at, of: seen.append((at, of)),
        cancel=Cancellation(),
    )
    assert done == Exported(turns=2, notes=2, pages=1, pages_missing=1)
    assert seen == [(0, 2), (1, 2)]
    turns = json.loads(path.read_text())["turns"]
    assert [page["document"] for page in turns[1]["pages"]] == ["fees.pdf"]
    assert [source["document"] for source in turns[1]["sources"]] == ["fees.pdf", "gone.pdf"]


def test_one_answer_is_exported_with_its_question(
    exporting: Exporting, store: Store, answer: Turn, tmp_path: Path
) -> None:
    number = answer.conversation_id
    store.add_turn(number, Role.USER, "And the garden?", TurnState.COMPLETE)
    exporting.export(number, tmp_path / "a.md", Wish(answer.id), cancel=Cancellation())
    text = (tmp_path / "a.md").read_text()
    assert FEE in text
    assert "How much" in text
    assert "garden" not in text


def test_what_cannot_be_meant_is_refused_before_anything_is_written(
    exporting: Exporting, answer: Turn, tmp_path: Path
) -> None:
    number = answer.conversation_id
    with pytest.raises(ExportFormUnknown):
        exporting.export(number, tmp_path / "chat.odt", Wish(), cancel=Cancellation())
    with pytest.raises(ChatNumberUnknown):
        exporting.export(9_999, tmp_path / "chat.md", Wish(), cancel=Cancellation())
    stopped = Cancellation()
    stopped.cancel()
    with pytest.raises(Cancelled):
        exporting.export(number, tmp_path / "chat.md", Wish(pages=True), cancel=stopped)
    assert not list(tmp_path.glob("chat.*"))
