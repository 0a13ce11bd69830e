"""A Chat page whose answers follow a script, over a real store and a real reader.

The script stands where model and retriever would, so that a test can hold an answer at any stage;
everything else is what the application runs. The walk through all of it is test_whole_action.py.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop.domain import grounding
from desktop.domain.chat import (
    AnswerKind,
    AnswerMode,
    AnswerRecord,
    Message,
    Role,
    Sampling,
    Searched,
    Timings,
    Turn,
    TurnState,
)
from desktop.domain.documents import Document, DocumentFacts, DocumentState, Page, Passage
from desktop.domain.exports import Form
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.gui import exported_pdf
from desktop.gui.actions import Actions
from desktop.gui.answer_bridge import AnswerBridge
from desktop.gui.exporting_chats import ExportingChats
from desktop.gui.importing_chats import ImportingChats
from desktop.gui.notify import Notice, Notifier
from desktop.gui.pages.chat import ChatPage
from desktop.gui.tasks import Tasks
from desktop.services.answer_events import AnswerEvent, Asked, Found, Wrote
from desktop.services.answering import Scope
from desktop.services.at_work import AtWork
from desktop.services.condensing import Condensing
from desktop.services.conversations import Conversations
from desktop.services.exporting import Exporting
from desktop.services.importing import Importing
from desktop.services.library import Library
from desktop.services.ports import Store
from desktop.services.repeating import Compared
from desktop.storage.exports import ExportFiles
from desktop.workers.reader.chats_adapter import ChatFilesAdapter

FEE = "The board approved an increase of the annual fee by 2.5 percent from 1 July."
MEMBERS = "Members who paid before 30 June keep the old fee until the end of the year."
VANS = "The auditor recorded the sale of two delivery vans."
PAGES = (f"{FEE}\n\n{MEMBERS}", VANS)
WAIT = 10.0  # seconds; what has not come by then never will

Kind = TypeVar("Kind", bound=QWidget)
Script = Callable[[Cancellation], Generator[AnswerEvent, None, dict[str, object]]]


@dataclass
class Gate:
    """Holds a script until the test lets it go on, or the answer is stopped."""

    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def pass_through(self, cancel: Cancellation) -> None:
        unlisten = cancel.listen(self.opened.set)
        self.reached.set()
        assert self.opened.wait(WAIT)
        unlisten()


class ScriptedReader:
    """Stands for a model that reads `window` tokens at once and summarises as `summary` says."""

    def __init__(self) -> None:
        self.window_of_all = 4096
        self.summary = "They spoke of the fee."
        self.loaded = None
        self.gate: Gate | None = None
        self.prompts: list[list[Message]] = []

    def chat_model(self, _reference: str | None) -> ModelFile:
        return ModelFile("Small Model", Path("/none.gguf"), "0" * 64, 1, context_window=4096)

    def window(self, _model: ModelFile) -> int:
        return self.window_of_all

    def load(self, _model: ModelFile, *, cancel: Cancellation) -> Generator[None, None, None]:
        yield from ()

    def generate(
        self,
        messages: Sequence[Message],
        *,
        sampling: Sampling,
        stop: Sequence[str],
        cancel: Cancellation,
    ) -> Generator[str, None, None]:
        self.prompts.append(list(messages))
        if self.gate is not None:
            self.gate.pass_through(cancel)
            cancel.raise_if_wished()
        yield self.summary


class ScriptedAnswering:
    """Answers from `script` and stores what comes of it, in the order of the real one.

    A script yields events and returns what `Store.finish_turn` takes beside the turn's id.
    """

    def __init__(self, store: Store, conversations: Conversations) -> None:
        self._store = store
        self._conversations = conversations
        self.script: Script = written("It rises.")
        self.scopes: list[Scope] = []
        self.modes: list[AnswerMode] = []
        self.prepared: list[int] = []
        self.raises: Exception | None = None
        self.compared = Compared(True, "")
        self.reader = ScriptedReader()
        self.condensing = Condensing(
            store,
            self.reader,  # type: ignore[arg-type]
            self.reader,  # type: ignore[arg-type]
            self.reader,  # type: ignore[arg-type]
            conversations,
            AtWork(),
        )

    def available_model(self) -> ModelFile | None:
        return None

    def prepare_next(self, conversation_id: int, cancel: Cancellation) -> None:
        self.prepared.append(conversation_id)

    def ask(
        self,
        question: str,
        *,
        conversation_id: int | None = None,
        beside: int | None = None,
        scope: Scope | None = None,
        mode: AnswerMode = AnswerMode.ANSWER,
        cancel: Cancellation,
    ) -> Generator[AnswerEvent, None, Turn]:
        if self.raises is not None:
            raise self.raises
        self.scopes.append(scope or Scope())
        self.modes.append(mode)
        known = {each.id: each for each in self._conversations.all()}
        if conversation_id is None:
            conversation = self._conversations.begin(question)
        else:
            conversation = known[conversation_id]
        parent = None if beside is None else self._store.turns_up_to(beside)[-1].parent
        asked = self._store.add_turn(
            conversation.id, Role.USER, question, TurnState.COMPLETE, parent=parent
        )
        answer = self._store.add_turn(
            conversation.id, Role.ASSISTANT, "", TurnState.STREAMING, parent=asked.id
        )
        yield Asked(conversation, asked, answer)
        outcome = yield from self.script(cancel)
        return self._store.finish_turn(answer.id, **outcome)  # type: ignore[arg-type]

    def again(
        self,
        answer_id: int,
        *,
        scope: Scope,
        mode: AnswerMode = AnswerMode.ANSWER,
        cancel: Cancellation,
    ) -> Generator[AnswerEvent, None, Turn]:
        """Another answer, as the script has it."""
        self.scopes.append(scope)
        self.modes.append(mode)
        *_, asked, _ = self._store.turns_up_to(answer_id)
        answer = self._store.add_turn(
            asked.conversation_id, Role.ASSISTANT, "", TurnState.STREAMING, parent=asked.id
        )
        yield Asked(self._conversations.one(asked.conversation_id), asked, answer)
        outcome = yield from self.script(cancel)
        return self._store.finish_turn(answer.id, **outcome)  # type: ignore[arg-type]

    def go_on(self, answer_id: int, *, cancel: Cancellation) -> Generator[AnswerEvent, None, Turn]:
        """The script's text follows what was written."""
        *_, asked, before = self._store.turns_up_to(answer_id)
        answer = self._store.resume_turn(answer_id)
        yield Asked(self._conversations.one(asked.conversation_id), asked, answer)
        outcome = yield from self.script(cancel)
        outcome["text"] = before.text + str(outcome["text"])
        return self._store.finish_turn(answer_id, **outcome)  # type: ignore[arg-type]

    def compare(self, answer_id: int, *, cancel: Cancellation) -> Compared:
        """What the test decided."""
        return self.compared


def written(
    text: str,
    passages: Sequence[Passage] = (),
    *,
    before: Sequence[AnswerEvent] = (),
    gate: Gate | None = None,
    pieces: Sequence[str] | None = None,
    record: AnswerRecord | None = None,
) -> Script:
    """A model's answer: `before`, then the gate, then the text. Stopped at the gate, it is stored
    as stopped with what was written."""

    def script(cancel: Cancellation) -> Generator[AnswerEvent, None, dict[str, object]]:
        yield Found(tuple(passages))
        yield from before
        if gate is not None:
            gate.pass_through(cancel)
        if cancel.wished:
            done = "".join(event.text for event in before if isinstance(event, Wrote))
            return {"text": done, "state": TurnState.STOPPED}
        for piece in pieces or [text]:
            yield Wrote(piece)
        shown, found = grounding.stand_by(text, passages)
        if shown != text:
            yield Wrote(shown[len(text) :])
        return {
            "text": shown,
            "state": TurnState.COMPLETE,
            "citations": found.citations,
            "sentences": found.sentences,
            "record": record
            or AnswerRecord(
                AnswerKind.GROUNDED, "Small Model", "ab" * 32, timings=Timings(900, 300, 1.5, 40, 9)
            ),
        }

    return script


def quoted(passages: Sequence[Passage]) -> Script:
    """The passages themselves."""

    def script(_: Cancellation) -> Generator[AnswerEvent, None, dict[str, object]]:
        yield Found(tuple(passages))
        text, found = grounding.quote(passages)
        yield Wrote(text)
        return {
            "text": text,
            "state": TurnState.COMPLETE,
            "citations": found.citations,
            "sentences": found.sentences,
            "record": AnswerRecord(AnswerKind.QUOTED),
        }

    return script


def not_found(_: Cancellation) -> Generator[AnswerEvent, None, dict[str, object]]:
    """No passage was relevant."""
    yield Found(())
    yield Wrote(grounding.NOT_FOUND)
    return {
        "text": grounding.NOT_FOUND,
        "state": TurnState.COMPLETE,
        "record": AnswerRecord(AnswerKind.NOT_FOUND),
    }


def nothing_but_near(passages: Sequence[Passage], searched: Searched) -> Script:
    """No passage answers, but some came close."""

    def script(_: Cancellation) -> Generator[AnswerEvent, None, dict[str, object]]:
        yield Found(())
        text, found = grounding.not_found(searched, passages)
        yield Wrote(text)
        return {
            "text": text,
            "state": TurnState.COMPLETE,
            "citations": found.citations,
            "record": AnswerRecord(
                AnswerKind.NOT_FOUND,
                scope_incomplete=searched.unfinished > 0,
                searched=searched,
            ),
        }

    return script


def passage(document: Document, page: int, text: str) -> Passage:
    """The passage that is `text` on a page of PAGES as the reader stored them."""
    return Passage(page, document.id, document.name, page, str(page), 0, len(text), 1.0, text)


class ScriptedChat:
    """The page in a window, with everything it needs; `close` ends its threads."""

    def __init__(self, store: Store, library: Library) -> None:
        self.store = store
        self.library = library
        self.window = QMainWindow()
        self.window.resize(1200, 760)
        self.tasks = Tasks()
        self.conversations = Conversations(store)
        self.answering = ScriptedAnswering(store, self.conversations)
        self.answers = AnswerBridge(self.answering, self.answering, None, None)  # type: ignore[arg-type]
        self.notifier = Notifier()
        self.notices: list[Notice] = []
        self.notifier.posted.connect(self.notices.append)
        self.actions = Actions(self.window)
        self.page = ChatPage(
            tasks=self.tasks,
            answers=self.answers,
            library=library,
            conversations=self.conversations,
            answering=self.answering,  # type: ignore[arg-type]
            notifier=self.notifier,
            actions=self.actions,
        )
        files = ExportFiles()
        files.offer(Form.PDF, exported_pdf.write)
        exporting = Exporting(self.conversations, library, files)
        self.exports = ExportingChats(self.tasks, exporting, self.notifier, self.actions, self.page)
        self._chat_files = ChatFilesAdapter()
        importing = Importing(store, self._chat_files, self.conversations)
        self.imports = ImportingChats(self.tasks, importing, self.notifier, self.actions, self.page)
        self.window.setCentralWidget(self.page)
        self.window.show()

    def ask(self, question: str) -> None:
        """Type a question and press Enter."""
        field = self.find(QWidget, "chat.input")
        QTest.keyClicks(field, question)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def find(self, kind: type[Kind], name: str) -> Kind:
        found = self.page.findChild(kind, name)
        assert found is not None, f"no {name}"
        return found

    def close(self) -> None:
        self.answers.shutdown()
        self._chat_files.stop()
        self.tasks.shutdown()
        self.window.close()
        self.window.deleteLater()


def record_document(store: Store, path: Path, pages: Sequence[Page]) -> Document:
    """A document as if it had been read and indexed."""
    document = store.add_document(path, store.add_collection("Documents").id)
    content = path.read_bytes()
    store.set_file(document.id, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    store.set_facts(document.id, DocumentFacts(page_count=len(pages)))
    for page in pages:
        store.add_page(document.id, page, [])
    return store.set_state(document.id, DocumentState.READY)
