"""The measured side of `conversations.py`: one real window on a store full of conversations.

python -m tests.bench.conversations_probe PROFILE PASSPHRASE prints one JSON object.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QLineEdit, QListView

from desktop.app import Application, build
from desktop.gui.pages.chat import ChatPage
from desktop.gui.widgets.chat_search import PAUSE_MS, ChatSearch
from desktop.gui.widgets.conversation_list import ConversationList
from desktop.gui.widgets.transcript import Transcript
from desktop.services.conversations import Conversations
from tests.bench.many_conversations import vocabulary
from tests.bench.window_probe import StallWatch, wait

QUERIES = 200
TYPED = 10
OPENED = 5  # times


def main() -> None:
    application = build(Path(sys.argv[1]), sys.argv[2])
    wait(application.prepared)
    figures = measured(application)
    application.close()
    print(json.dumps(figures))


def measured(application: Application) -> dict[str, float]:
    conversations = application.desk.conversations
    listed = conversations.all()
    long = listed[0].id
    window = application.window
    page = window.findChild(ChatPage)
    assert page is not None
    list_ = page.findChild(ConversationList)
    shown = page.findChild(QListView, "chat.list")
    transcript = page.findChild(Transcript)
    assert list_ is not None
    assert shown is not None
    assert transcript is not None

    def open_list() -> None:
        shown.model().set_conversations([])
        list_.refresh()

    list_ms, list_cpu, list_stall = timed(open_list, shown.model().modelReset, until=lambda: bool(
        shown.model().rowCount()
    ), after=shown.viewport().repaint)  # fmt: skip
    found = [searched(conversations, query) for query in queries()]
    opened = [
        timed(lambda: page.start(long), transcript.ready, after=transcript.viewport().repaint)
        for _ in range(OPENED)
    ]
    made = len(transcript.views())
    middle = conversations.turns(long)[500].id
    at_place = [
        timed(lambda: page.start(long, at=middle, words="ba"), transcript.ready)
        for _ in range(OPENED)
    ]
    return {
        "conversations": len(listed),
        "list_ms": list_ms,
        "list_cpu_ms": list_cpu,
        "list_stall_ms": list_stall,
        "search_ms": statistics.median(found),
        "search_p95_ms": statistics.quantiles(found, n=20)[-1],
        "typed_ms": typed(page),
        "open_ms": statistics.median(ms for ms, _, _ in opened),
        "open_cpu_ms": statistics.median(cpu for _, cpu, _ in opened),
        "open_stall_ms": max(stall for _, _, stall in opened),
        "made": made,
        "found_ms": statistics.median(ms for ms, _, _ in at_place),
        "found_cpu_ms": statistics.median(cpu for _, cpu, _ in at_place),
    }


def timed(
    act: Callable[[], object],
    signal: SignalInstance,
    *,
    until: Callable[[], bool] = lambda: True,
    after: Callable[[], object] = lambda: None,
) -> tuple[float, float, float]:
    """Milliseconds from `act` until `signal` has come (and `until` holds) and `after` is done.

    Then how many of them this process computed, which does not depend on what else the computer
    does, and the longest stall of the main thread meanwhile.
    """
    watch = StallWatch()
    watch.start()
    began, computed = time.perf_counter(), time.process_time()
    act()
    wait(signal)
    while not until():
        wait(signal)
    after()
    took = (time.perf_counter() - began) * 1000
    cpu = (time.process_time() - computed) * 1000
    watch.stop()
    return took, cpu, watch.longest_ms


def queries() -> list[str]:
    """Frequent and rare words, one to three of them, whole and begun."""
    draw, words = random.Random(3), vocabulary()

    def word() -> str:
        most = draw.choice((20, 2_000, len(words)))
        chosen = words[draw.randrange(most)]
        return chosen if draw.random() < 0.5 else chosen[: draw.randrange(2, 7)]

    return [" ".join(word() for _ in range(draw.randrange(1, 4))) for _ in range(QUERIES)]


def searched(conversations: Conversations, query: str) -> float:
    began = time.perf_counter()
    conversations.search(query)
    return (time.perf_counter() - began) * 1000


def typed(page: ChatPage) -> float:
    """From the last key until what was found is listed, without the pause that we wait for."""
    field, search = page.findChild(QLineEdit, "chat.find"), page.findChild(ChatSearch)
    assert field is not None
    assert search is not None
    took = [
        timed(lambda: field.setText(query), search.shown)[0] - PAUSE_MS  # noqa: B023
        for query in queries()[:TYPED]
    ]
    field.clear()
    return statistics.median(took)


if __name__ == "__main__":
    main()
