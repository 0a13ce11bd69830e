"""The measured side of `window.py`: one real window, timed from the birth of its process.

python -m tests.bench.window_probe PROFILE PASSPHRASE [DOCUMENT] prints one JSON object. With a
document it drops it, asks while it is indexed until indexing has ended, and times the main thread.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import psutil
from PySide6.QtCore import QEventLoop, Qt, QTimer

from desktop.app import Application, build
from desktop.domain.chat import Turn
from desktop.domain.documents import Document, DocumentState
from desktop.services.answering import Scope

TICK_MS = 5
STALL_MS = 50
MB = 1_000_000
QUESTIONS = (
    "Which company reports a surplus for the year 1999?",
    "What did the board approve?",
    "Who deferred the sale of two delivery vans?",
)


class StallWatch:
    """A timer that should fire every `TICK_MS`: how late it is, so long the thread stalled.

    `work_ms` is the most that the thread itself did between two of them, in processor time: on a
    busy machine, or while another thread has Python, it stalls for longer than it works.
    """

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self.work_ms = 0.0
        self.stalls = 0
        self._last = time.perf_counter()
        self._worked = time.thread_time()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._worked = time.thread_time()
        self._timer.start(TICK_MS)

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        late = (now - self._last) * 1000 - TICK_MS
        self.longest_ms = max(self.longest_ms, late)
        self.stalls += late > STALL_MS
        self._last = now
        worked = time.thread_time()
        self.work_ms = max(self.work_ms, (worked - self._worked) * 1000)
        self._worked = worked


def main() -> None:
    born = psutil.Process().create_time()
    application = build(Path(sys.argv[1]), sys.argv[2])
    interactive: list[float] = []
    # Behind the first paint in the event queue: when this runs, a click would be heard.
    QTimer.singleShot(0, lambda: interactive.append(time.time() - born))
    wait(application.opened)
    figures = {"interactive_s": interactive[0]}
    if len(sys.argv) > 3:
        wait(application.prepared)
        figures |= {"idle_mb": memory_mb(), **work(application, Path(sys.argv[3]))}
    application.close()
    print(json.dumps(figures))


def work(application: Application, document: Path) -> dict[str, float]:
    """Drop `document` and ask, again and again, until it is indexed."""
    library, answers = application.joined.library, application.joined.answers
    watch, loop, tokens = StallWatch(), QEventLoop(), 0
    ready: list[Document] = []

    def changed(changed_document: Document) -> None:
        if changed_document.name == document.name and changed_document.state in (
            DocumentState.READY,
            DocumentState.FAILED,
        ):
            ready.append(changed_document)

    def answered(turn: Turn) -> None:
        nonlocal tokens
        if turn.record is not None:
            tokens += turn.record.timings.tokens
        if ready and tokens:
            loop.quit()
        else:
            ask()

    def ask() -> None:
        answers.ask(QUESTIONS[int(time.time()) % 3], conversation_id=None, scope=Scope())

    library.documentChanged.connect(changed)
    answers.finished.connect(answered)
    watch.start()
    application.window.filesDropped.emit([document])
    ask()
    loop.exec()
    watch.stop()
    return {
        "stall_ms": watch.longest_ms,
        "stalls": watch.stalls,
        "busy_mb": memory_mb(),
        "pages": ready[0].pages_indexed,
        "tokens": tokens,
    }


def memory_mb() -> float:
    return psutil.Process().memory_info().rss / MB


def wait(signal: object) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
