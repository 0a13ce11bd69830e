"""The measured side of `folders.py`: one real window over ten thousand small files.

python -m tests.bench.folders_probe FOLDER PASSPHRASE prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer

from desktop.app import Application, build
from desktop.domain.documents import DocumentState
from desktop.domain.folders import FolderState, WatchedFolder
from desktop.gui.pages.documents import DocumentsPage
from desktop.gui.widgets.folder_row import FolderRow
from tests.bench.scrolling_probe import watched
from tests.bench.window_probe import StallWatch, wait
from tests.gui.conftest import wait_until

FILES = 10_000
A_FOLDER = 500  # files in each folder below
READING_S = 10.0
STEPS = 300
PATIENCE_S = 300.0


def main() -> None:
    folder = Path(sys.argv[1])
    application = build(folder / "profile", sys.argv[2])
    wait(application.prepared)
    figures = measured(application, folder / "matters")
    application.close()
    print(json.dumps(figures))


def write(folder: Path, first: int, last: int) -> None:
    for number in range(first, last):
        below = folder / f"{number // A_FOLDER:03}"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"letter {number:05}.txt").write_text(
            f"Letter {number}. The miller of house {number % 97} asks for a lower rent.\n" * 3,
            encoding="utf-8",
        )


class Watch(StallWatch):
    """Tells also what the main thread computed in one go, whoever else keeps the processor busy."""

    def __init__(self) -> None:
        super().__init__()
        self.computed_ms = 0.0
        self._computed = time.thread_time()

    def _tick(self) -> None:
        now = time.thread_time()
        self.computed_ms = max(self.computed_ms, (now - self._computed) * 1000)
        self._computed = now
        super()._tick()


def measured(application: Application, folder: Path) -> dict[str, float]:
    """Watch two folders of half the files each, look again, list, read for a while, scroll."""
    window, desk = application.window, application.desk
    assert desk is not None
    page = window.page_widget("documents")
    assert isinstance(page, DocumentsPage)
    window.show_page("documents")
    wait_until(lambda: page.model.rowCount() == 1)  # the handbook
    desk.library.pause()
    half = FILES // 2
    write(folder / "a", 0, half)
    write(folder / "b", half, FILES)
    adding, halves = begun(), []
    for name, rows in (("a", half), ("b", FILES)):
        began = time.monotonic()
        page.folders.watch([folder / name])
        wait_until(partial(shown, page, rows), PATIENCE_S)
        halves.append(time.monotonic() - began)
    adding.stop()

    looking, began = begun(), time.monotonic()
    looked = [f.checked for f in desk.folders.folders()]
    window.actions_.get("documents.look_through").trigger()
    wait_until(lambda: all(f.checked not in looked for f in standing(page)), PATIENCE_S)
    unchanged_s = time.monotonic() - began
    looking.stop()

    listing = begun()
    page.load()
    wait_for_reset(page)
    listing.stop()

    reading, began = begun(), time.monotonic()
    before = read(page)
    desk.library.go_on()
    wait_until(lambda: time.monotonic() - began > READING_S)
    desk.library.pause()
    done, reading_s = read(page) - before, time.monotonic() - began
    reading.stop()

    bar = page.list.verticalScrollBar()
    step = max(1, bar.maximum() // STEPS)
    scrolling = watched(
        lambda: bar.setValue(bar.value() + step), until=lambda: bar.value() == bar.maximum()
    )
    choosing = begun()
    page.list.selectAll()
    wait_a_moment()
    page.list.clearSelection()
    wait_a_moment()
    choosing.stop()
    watches = {
        "adding": adding,
        "looking": looking,
        "listed": listing,
        "reading": reading,
        "chosen": choosing,
    }
    return {
        "files": page.model.rowCount() - 1,
        "half_s": halves[0],
        "growth": halves[1] / halves[0],
        "unchanged_s": unchanged_s,
        "read": done,
        "read_per_s": done / reading_s,
        "scrolled_ms": scrolling.longest_ms,
        "stalls": scrolling.stalls + sum(watch.stalls for watch in watches.values()),
        "computed_ms": max(watch.computed_ms for watch in watches.values()),
        **{f"{name}_ms": watch.longest_ms for name, watch in watches.items()},
        **{f"{name}_computed_ms": watch.computed_ms for name, watch in watches.items()},
    }


def begun() -> Watch:
    watch = Watch()
    watch.start()
    return watch


def standing(page: DocumentsPage) -> list[WatchedFolder]:
    return [row.folder for row in page.folders.findChildren(FolderRow)]


def shown(page: DocumentsPage, rows: int) -> bool:
    settled = all(folder.state is FolderState.WATCHED for folder in standing(page))
    return settled and page.model.rowCount() == rows + 1


def read(page: DocumentsPage) -> int:
    return sum(d.state is not DocumentState.QUEUED for d in page.model.documents())


def wait_for_reset(page: DocumentsPage) -> None:
    loop = QEventLoop()
    page.model.modelReset.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
    loop.exec()
    wait_a_moment()


def wait_a_moment() -> None:
    """Let what follows from a change take its course."""
    loop = QEventLoop()
    QTimer.singleShot(500, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
