"""The measured side of `streaming.py`: one transcript in a window, and an answer that streams in.

python -m tests.bench.streaming_probe (mixed | list | code | table) prints one JSON object.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
import time
from collections.abc import Iterator

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop.domain.chat import AnswerKind, AnswerRecord, Role, SentenceSupport, Turn, TurnState
from desktop.domain.sentences import sentences
from desktop.gui.event_thread import BUNDLE_MS
from desktop.gui.tasks import Tasks
from desktop.gui.theme import Theme
from desktop.gui.widgets.transcript import Transcript
from desktop.gui.widgets.turn import AnswerView
from desktop.gui.widgets.typesetting import Typesetting
from tests.bench.window_probe import StallWatch

TOKENS = 4_000
COMPARED = 500
IN_A_BUNDLE = 10  # tokens: a fast model


class WorkWatch(StallWatch):
    """Watches also how long the thread worked itself from one tick to the next: what it could not
    do because others had the processors is no stall of its own making."""

    def __init__(self) -> None:
        super().__init__()
        self.work_ms = 0.0
        self._worked = time.thread_time()

    def _tick(self) -> None:
        super()._tick()
        now = time.thread_time()
        self.work_ms = max(self.work_ms, (now - self._worked) * 1000)
        self._worked = now


PROSE = "The council **raised** the annual fee for storage. It rises by 2.5 % from 1 July.\n\n"
ITEM = "{n}. The council raised the annual fee number {n} by $x_{n}^2$ from *1 July* on.\n"
LINE = "def fee_{n}(year):  # of that year\n    return 'fee ' + str({n} * year)\n"
ROW = "| {n} | the fee of a **year** | {n}.50 | 2.5 percent |\n"


def text_of(kind: str) -> Iterator[str]:
    if kind == "mixed":
        for n in itertools.count(1):
            yield PROSE * 3
            yield "".join(ITEM.format(n=m) for m in range(n, n + 4)) + "\n"
            yield "```python\n" + "".join(LINE.format(n=m) for m in range(5)) + "```\n\n"
            yield "| a | b | c | d |\n|---|---|---|---|\n"
            yield "".join(ROW.format(n=m) for m in range(4)) + "\n"
    elif kind == "list":
        yield from (ITEM.format(n=n) for n in itertools.count(1))
    elif kind == "code":
        yield "```python\n"
        yield from (LINE.format(n=n) for n in itertools.count(1))
    else:
        yield "| a | b | c | d |\n|---|---|---|---|\n"
        yield from (ROW.format(n=n) for n in itertools.count(1))


def tokens_of(kind: str) -> list[str]:
    """Pieces of about four characters, as tokens are."""
    pieces = (piece for text in text_of(kind) for piece in re.findall(r"\s?\S{1,4}|\s", text))
    return list(itertools.islice(pieces, TOKENS))


def main() -> None:
    qt = QApplication([])
    Theme(qt)
    tasks = Tasks()
    window = QMainWindow()
    window.resize(1120, 760)
    transcript = Transcript(window, Typesetting.on(tasks, window))
    window.setCentralWidget(transcript)
    window.show()
    # Below an earlier answer of the kind, so that there is as much to paint from the beginning.
    transcript.add(finished("".join(tokens_of(sys.argv[1])[:COMPARED])))
    turn = Turn(2, 1, Role.ASSISTANT, "", TurnState.STREAMING, 0.0)
    view = transcript.add(turn)
    assert isinstance(view, AnswerView)
    print(json.dumps(measured(view, tokens_of(sys.argv[1]))))
    tasks.shutdown()


def measured(view: AnswerView, tokens: list[str]) -> dict[str, float]:
    pause(500)  # what is imported when it is first needed is
    costs: list[float] = []
    watch, loop = WorkWatch(), QEventLoop()
    left = list(tokens)
    bundles = QTimer(interval=BUNDLE_MS)

    def bundle() -> None:
        if len(left) % COMPARED == 0:
            costs.append(time.thread_time())
        view.append_piece("".join(left[:IN_A_BUNDLE]))
        del left[:IN_A_BUNDLE]
        if not left:
            bundles.stop()
            QTimer.singleShot(1000, loop.quit)

    bundles.timeout.connect(bundle)
    watch.start()
    bundles.start()
    loop.exec()
    costs.append(time.thread_time())
    watch.stop()
    ended = WorkWatch()
    ended.start()
    text = "".join(tokens)
    view.finish(finished(text))
    pause(1500)
    ended.stop()
    parts = [after - before for before, after in itertools.pairwise(costs)]
    return {
        "tokens": len(tokens),
        "stall_ms": watch.longest_ms,
        "stalls": watch.stalls,
        "work_ms": watch.work_ms,
        "end_ms": ended.longest_ms,
        "end_work_ms": ended.work_ms,
        "token_ms": 1000 * sum(parts) / len(tokens),
        "ratio": parts[-1] / parts[0],
    }


def finished(text: str) -> Turn:
    marks = tuple(SentenceSupport(start, end, None, 0.0) for start, end in sentences(text))
    return Turn(
        1,
        1,
        Role.ASSISTANT,
        text,
        TurnState.COMPLETE,
        0.0,
        sentences=marks,
        record=AnswerRecord(AnswerKind.GROUNDED),
    )


def pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
