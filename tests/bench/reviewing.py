"""The Rewrite page with a long text: longest stall of the main thread while it is reviewed, and the
most that it did itself meanwhile, which says the same on a busy machine as on an idle one.

The page is the real one; a script stands where the model would, and changes every few words, so
that a million characters come with thousands of changes. The comparisons are the real ones.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.domain.changes import changes
from desktop.domain.facts import compare
from desktop.domain.rewrites import RewriteRecord, Rewritten, Wish
from desktop.gui.collecting import held_back
from desktop.gui.models.marking import markings
from desktop.gui.rewrite_bridge import Outcome
from desktop.gui.widgets.change_bar import RESULT
from desktop.gui.widgets.review_pane import ReviewPane
from tests.bench.figures import Figure
from tests.bench.window_probe import StallWatch
from tests.gui.rewriting import ScriptedRewritePage

CHARACTERS = 1_000_000
SENTENCE = "The {name} of item {number} was shown to the office and costs {number} euros in all. "
NAMES = ("garden", "kitchen", "cellar", "stairs", "windows")
WORDS = {"shown": "presented", "office": "bureau", "in all": "altogether"}


def measure() -> list[Figure]:
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.reviewing"],
        capture_output=True, text=True, check=True, env=environment, timeout=600,
    )  # fmt: skip
    told = json.loads(ran.stdout.splitlines()[-1])
    changes = told["changes"]
    return [
        Figure("reviewing", f"{what} {while_} ({changes} changes)", ms, "ms", at_most=50)
        for what in ("longest stall", "most work at once")
        for while_, ms in told[what].items()
    ]


def _text() -> str:
    lines, length = [], 0
    while length < CHARACTERS:
        number = len(lines)
        line = SENTENCE.format(name=NAMES[number % len(NAMES)], number=number)
        lines.append(line + ("\n\n" if number % 6 == 5 else ""))
        length += len(lines[-1])
    return "".join(lines)


def _outcome(text: str) -> Outcome:
    """What the bridge makes on its thread, once a model has written."""
    output = text
    for old, new in WORDS.items():
        output = output.replace(old, new)
    with held_back():
        changed = tuple(changes(text, output))
        record = RewriteRecord(Wish("plain"))
        rewritten = Rewritten(text, output, changed, tuple(compare(text, output)), (), record)
        return Outcome(rewritten, markings(text, output, changed))


def _walk() -> dict[str, object]:
    """The stalls and the work of each stage, in milliseconds, and the number of changes."""
    application = QApplication.instance() or QApplication([])
    page = ScriptedRewritePage()
    pane = page.find(ReviewPane, "rewrite.review")
    stalls: dict[str, float] = {}
    work: dict[str, float] = {}
    clock, watches = QTimer(), []
    text = _text()

    def stage(name: str, do: Callable[[], object], for_ms: int = 0) -> None:
        watch, loop = StallWatch(), QEventLoop()
        watches.append(watch)  # a timer must not end on the thread that happens to collect it
        watch.start()
        do()
        until = time.perf_counter() + for_ms / 1000
        ended = clock.timeout.connect(lambda: loop.quit() if settled(for_ms, until) else None)
        clock.start(20)
        loop.exec()
        clock.timeout.disconnect(ended)
        watch.stop()
        stalls[name], work[name] = watch.longest_ms, watch.work_ms

    def settled(for_ms: int, until: float) -> bool:
        if for_ms:
            return time.perf_counter() > until
        return pane._outcome is not None and not pane._check.busy

    def begin() -> None:
        pane.begin(text)
        page.tasks.run(lambda _: _outcome(text), owner=pane, done=pane.show_outcome)

    stage("while nothing is done", lambda: None, for_ms=2000)
    stage("while it is compared and shown", begin)
    count = pane.decisions.count()
    stage("going to a change", lambda: page.do("next"))
    stage("deciding about one", lambda: page.do("reject"))
    stage("rejecting all", lambda: page.do("reject_all"))
    stage("undoing that", lambda: page.do("undo"))
    stage("showing the result", lambda: pane.show_view(RESULT))
    clock.stop()
    page.close()
    application.processEvents()
    return {"longest stall": stalls, "most work at once": work, "changes": count}


if __name__ == "__main__":
    print(json.dumps(_walk()))
