"""The bridge between answering and the window: order, bundles, one end, stopping, closing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.chat import AnswerMode, Conversation, Role, Turn, TurnState
from desktop.domain.errors import Cancelled, DiskFull
from desktop.domain.jobs import Cancellation
from desktop.domain.summaries import Length
from desktop.gui.answer_bridge import AnswerBridge
from desktop.gui.event_thread import BUNDLE_MS
from desktop.services.answer_events import (
    AnswerEvent,
    Asked,
    Found,
    Loading,
    PartsRead,
    Prefilling,
    Wrote,
)
from desktop.services.answering import Scope
from tests.gui.scripted import WAIT, Gate

CONVERSATION = Conversation(1, "Fees", 0.0, 0.0)
QUESTION = Turn(1, 1, Role.USER, "How much?", TurnState.COMPLETE, 0.0)
ANSWER = Turn(2, 1, Role.ASSISTANT, "", TurnState.STREAMING, 0.0)


class Events:
    """Stands for the service: yields what it was given, on the bridge's thread."""

    def __init__(self, events: list[AnswerEvent] | None = None, gate: Gate | None = None) -> None:
        self._events = events or []
        self._gate = gate
        self.error: Exception | None = None
        self.threads: set[int] = set()
        self.preparing = threading.Event()
        self.preparation_ended = threading.Event()

    def ask(
        self,
        question: str,
        *,
        conversation_id: int | None,
        beside: int | None,
        scope: Scope,
        mode: AnswerMode,
        cancel: Cancellation,
    ) -> Generator[AnswerEvent, None, Turn]:
        self.threads.add(threading.get_ident())
        if self.error is not None:
            raise self.error
        yield Asked(CONVERSATION, QUESTION, ANSWER)
        yield from self._events
        if self._gate is not None:
            self._gate.pass_through(cancel)
        state = TurnState.STOPPED if cancel.wished else TurnState.COMPLETE
        return Turn(2, 1, Role.ASSISTANT, "done", state, 0.0)

    def summarise(
        self, document_id: int, *, length: Length, question: str, cancel: Cancellation
    ) -> Generator[AnswerEvent, None, Turn]:
        assert (document_id, length, question) == (7, Length.LONG, "Summarise lease.pdf")
        return self.ask(
            question,
            conversation_id=None,
            beside=None,
            scope=Scope(),
            mode=AnswerMode.ANSWER,
            cancel=cancel,
        )

    def compare(
        self,
        question: str,
        document_ids: tuple[int, ...],
        *,
        conversation_id: int | None,
        beside: int | None,
        cancel: Cancellation,
    ) -> Generator[AnswerEvent, None, Turn]:
        assert (document_ids, beside) == ((3, 4), 1)
        raise DiskFull(path="store.db")

    def prepare_next(self, conversation_id: int, cancel: Cancellation) -> None:
        ended = threading.Event()
        cancel.listen(ended.set)
        self.preparing.set()
        assert ended.wait(WAIT)
        self.preparation_ended.set()
        raise Cancelled


class Bridge(AnswerBridge):
    """Notes everything that reaches the main thread."""

    def __init__(self, service: Events) -> None:
        super().__init__(service, service, service, service)  # type: ignore[arg-type]
        self.heard: list[tuple[object, ...]] = []
        self.asked.connect(lambda event: self.heard.append(("asked", event)))
        self.progress.connect(lambda *what: self.heard.append(("progress", *what)))
        self.wrote.connect(lambda text: self.heard.append(("wrote", text)))
        self.finished.connect(lambda turn: self.heard.append(("finished", turn)))
        self.failed.connect(lambda error: self.heard.append(("failed", error)))

    def kinds(self) -> list[object]:
        return [what[0] for what in self.heard]


@pytest.fixture
def bridges(qapp: object) -> Iterator[list[Bridge]]:
    made: list[Bridge] = []
    yield made
    for bridge in made:
        bridge.shutdown()


def make(bridges: list[Bridge], service: Events) -> Bridge:
    bridges.append(Bridge(service))
    return bridges[-1]


def test_an_answer_arrives_in_order_and_ends_once(bridges: list[Bridge], qtbot: QtBot) -> None:
    events = [
        Found(()),
        Loading(0, 100),
        Loading(100, 100),
        Prefilling(5, 9),
        Wrote("One "),
        Wrote("two."),
    ]
    service = Events(events)
    bridge = make(bridges, service)
    with qtbot.waitSignal(bridge.finished) as finished:
        assert bridge.ask("How much?")
        assert bridge.busy
    told = [what for what in bridge.kinds() if what != "progress"]
    assert told[0] == "asked"
    assert told[-1] == "finished"
    assert "".join(str(what[1]) for what in bridge.heard if what[0] == "wrote") == "One two."
    assert ("progress", "reading", 5, 9) in bridge.heard
    assert finished.args[0].text == "done"
    assert not bridge.busy
    assert bridge.kinds().count("finished") == 1
    assert service.threads != {threading.get_ident()}


def test_a_flood_of_words_reaches_the_window_in_few_bundles(
    bridges: list[Bridge], qtbot: QtBot
) -> None:
    bridge = make(bridges, Events([Wrote("word ")] * 5000))
    with qtbot.waitSignal(bridge.finished, timeout=int(WAIT * 1000)):
        bridge.ask("How much?")
    bundles = [str(what[1]) for what in bridge.heard if what[0] == "wrote"]
    assert "".join(bundles) == "word " * 5000
    assert len(bundles) <= WAIT * 1000 / BUNDLE_MS


def test_stop_does_not_wait_and_the_answer_comes_back_stopped(
    bridges: list[Bridge], qtbot: QtBot
) -> None:
    gate = Gate()
    bridge = make(bridges, Events([Prefilling(1, 9)], gate))
    bridge.ask("How much?")
    assert gate.reached.wait(WAIT)
    with qtbot.waitSignal(bridge.finished) as finished:
        bridge.stop()
        assert bridge.current is not None
        assert bridge.current.stopping
    assert finished.args[0].state is TurnState.STOPPED


def test_another_question_is_refused_while_one_is_answered(
    bridges: list[Bridge], qtbot: QtBot
) -> None:
    gate = Gate()
    bridge = make(bridges, Events([], gate))
    assert bridge.ask("How much?")
    assert not bridge.ask("And when?")
    with qtbot.waitSignal(bridge.finished):
        gate.opened.set()


def test_a_known_error_is_told_and_the_next_question_works(
    bridges: list[Bridge], qtbot: QtBot
) -> None:
    service = Events()
    service.error = DiskFull(path="store")
    bridge = make(bridges, service)
    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.ask("How much?")
    assert isinstance(failed.args[0], DiskFull)
    service.error = None
    with qtbot.waitSignal(bridge.finished):
        assert bridge.ask("How much?")


def test_a_bug_is_logged_and_told(
    bridges: list[Bridge], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    service = Events()
    service.error = ZeroDivisionError("ours")
    bridge = make(bridges, service)
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(bridge.failed) as failed:
        bridge.ask("How much?")
    assert isinstance(failed.args[0], ZeroDivisionError)
    assert "ZeroDivisionError" in caplog.text
    assert not bridge.busy


def test_the_next_question_is_prepared_until_it_is_asked(
    bridges: list[Bridge], qtbot: QtBot
) -> None:
    service = Events()
    bridge = make(bridges, service)
    with qtbot.waitSignal(bridge.finished):
        bridge.ask("How much?")
    assert service.preparing.wait(WAIT)
    assert not service.preparation_ended.is_set()
    with qtbot.waitSignal(bridge.finished):
        bridge.ask("And when?")
    assert service.preparation_ended.is_set()


def test_shutdown_ends_the_answer_and_its_thread_and_tells_nothing_more(qapp: object) -> None:
    before = set(threading.enumerate())
    gate = Gate()
    bridge = Bridge(Events([Wrote("half ")], gate))
    bridge.ask("How much?")
    assert gate.reached.wait(WAIT)
    bridge.shutdown()
    assert set(threading.enumerate()) == before
    assert "finished" not in bridge.kinds()
    assert not bridge.ask("And when?")


def test_a_document_is_summarised_as_a_question_is_answered(
    bridges: list[Bridge], qtbot: QtBot
) -> None:
    parts = [PartsRead(0, 3, None), PartsRead(1, 3, 40.0), Wrote("It rains.")]
    bridge = make(bridges, Events(parts))
    with qtbot.waitSignal(bridge.finished):
        assert bridge.summarise(7, Length.LONG, "Summarise lease.pdf")
        assert not bridge.summarise(7, Length.LONG, "Summarise lease.pdf")
        assert bridge.current is not None
        assert bridge.current.question == "Summarise lease.pdf"
    assert ("progress", "parts", 1, 3) in bridge.heard
    assert bridge.kinds().count("finished") == 1


def test_a_comparison_that_cannot_begin_is_told(bridges: list[Bridge], qtbot: QtBot) -> None:
    bridge = make(bridges, Events())
    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.ask("Who?", beside=1, scope=Scope(document_ids=(3, 4)), mode=AnswerMode.COMPARE)
    assert isinstance(failed.args[0], DiskFull)
    assert not bridge.busy
