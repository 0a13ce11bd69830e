"""The measured side of `scrolling.py`: one real window, searched and scrolled.

python -m tests.bench.scrolling_probe PROFILE PASSPHRASE prints one JSON object.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from desktop.app import Application, build
from desktop.gui.widgets.model_list import ModelList
from tests.bench.window_probe import StallWatch, wait
from tests.gui.conftest import wait_until
from tests.gui.models_at_hand import FIND, page_of, type_into, use
from tests.hub.content import HubRepository
from tests.hub.server import LocalHub, local_hub

ROWS = 1_000
FRAME_MS = 16  # between two steps, as a screen shows them
STEPS = 300
WALKED = 100  # rows, from one to the next


def main() -> None:
    with local_hub() as hub:
        for number in range(ROWS):
            tags = [f"base_model:owner/model-{number}"]
            hub.add(HubRepository(f"owner/model-{number}-GGUF", {}, downloads=number, tags=tags))
        application = build(Path(sys.argv[1]), sys.argv[2])
        wait(application.prepared)
        figures = measured(application, hub)
        application.close()
    print(json.dumps(figures))


def measured(application: Application, hub: LocalHub) -> dict[str, float]:
    """Search, then scroll from top to bottom, then walk from row to row."""
    page = page_of(application)
    page.show_view(FIND)
    use(application, hub)
    list_ = page.finding.list
    field = type_into(page, "models.find.field", "model")
    QTest.keyClick(field, Qt.Key.Key_Return)
    listing = StallWatch()
    listing.start()
    wait_until(lambda: list_.model().rowCount() == ROWS)
    wait_until(lambda: list_.verticalScrollBar().maximum() > ROWS)
    listing.stop()

    bar = list_.verticalScrollBar()
    step = max(1, bar.maximum() // STEPS)
    scrolling = watched(
        lambda: bar.setValue(bar.value() + step), until=lambda: bar.value() == bar.maximum()
    )
    bar.setValue(0)
    select_first(list_)
    walking = watched(
        lambda: QTest.keyClick(list_, Qt.Key.Key_Down),
        until=lambda: list_.currentIndex().row() >= WALKED,
    )
    return {
        "rows": list_.model().rowCount(),
        "steps": bar.maximum() // step,
        "listed_ms": listing.longest_ms,
        "scrolled_ms": scrolling.longest_ms,
        "walked_ms": walking.longest_ms,
        "stalls": scrolling.stalls + walking.stalls,
    }


def watched(act: Callable[[], object], *, until: Callable[[], bool]) -> StallWatch:
    """`act` once a frame, and how the main thread bears it."""
    watch, loop = StallWatch(), QEventLoop()
    frames = QTimer(interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)

    def frame() -> None:
        act()
        if until():
            loop.quit()

    frames.timeout.connect(frame)
    watch.start()
    frames.start()
    loop.exec()
    frames.stop()
    watch.stop()
    return watch


def select_first(list_: ModelList) -> None:
    list_.setFocus()
    list_.setCurrentIndex(list_.model().index(0, 0))


if __name__ == "__main__":
    main()
