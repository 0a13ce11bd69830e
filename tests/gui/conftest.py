"""The real window over a real desk: real profile, real children, the starter models.

A test that leaves a thread or a child process behind fails when its window is closed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QEvent, QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from desktop.app import Application, build

PASSPHRASE = "a desk that locks"
OPEN_WITHIN = 30.0  # seconds, on a busy machine; a child imports torch meanwhile
SETTLE_WITHIN = 60.0
LOOK_EVERY = 20  # milliseconds


def wait_for(signal: SignalInstance, seconds: float = OPEN_WITHIN) -> list[object]:
    """Serve events until `signal` comes; returns what it carried."""
    carried: list[object] = []
    came: list[bool] = []
    loop = QEventLoop()

    def take(*arguments: object) -> None:
        carried.extend(arguments)
        came.append(True)
        loop.quit()

    signal.connect(take)
    QTimer.singleShot(int(seconds * 1000), loop, loop.quit)
    loop.exec()
    signal.disconnect(take)
    assert came, f"the signal did not come within {seconds} seconds"
    return carried


def wait_until(holds: Callable[[], bool], seconds: float = SETTLE_WITHIN) -> None:
    """Serve events until `holds` is true."""
    loop = QEventLoop()
    look = QTimer(interval=LOOK_EVERY)
    look.timeout.connect(lambda: loop.quit() if holds() else None)
    limit = QTimer(interval=int(seconds * 1000), singleShot=True)
    limit.timeout.connect(loop.quit)
    look.start()
    limit.start()
    if not holds():
        loop.exec()
    look.stop()
    limit.stop()
    assert holds(), f"it did not become true within {seconds} seconds"


def children() -> set[int]:
    """The ids of our child processes, less the one Python keeps for its own bookkeeping."""
    return {
        child.pid
        for child in psutil.Process().children(recursive=True)
        if "resource_tracker" not in " ".join(_command_line(child))
    }


def _command_line(child: psutil.Process) -> list[str]:
    try:
        return child.cmdline()
    except psutil.Error:
        return []


class Leaks:
    """What runs now; `check` fails if more runs later."""

    def __init__(self) -> None:
        self._threads = set(threading.enumerate())
        self._children = children()

    def check(self) -> None:
        assert set(threading.enumerate()) - self._threads == set()
        assert children() - self._children == set()


class Starter:
    """Starts applications, and closes what a test leaves open."""

    def __init__(self) -> None:
        self._started: list[Application] = []

    def __call__(self, profile: Path, passphrase: str | None = PASSPHRASE) -> Application:
        application = build(profile, passphrase)
        self._started.append(application)
        return application

    def opened(self, profile: Path, passphrase: str | None = PASSPHRASE) -> Application:
        """A running application whose desk is open."""
        application = self(profile, passphrase)
        wait_for(application.opened)
        return application

    def close(self) -> None:
        for application in self._started:
            application.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def start(qapp: QApplication) -> Iterator[Starter]:
    """Fails the test if a thread or a child outlives its applications."""
    leaks = Leaks()
    starter = Starter()
    yield starter
    starter.close()
    leaks.check()


@pytest.fixture(scope="module")
def desk_window(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Application]:
    """The application on a new profile, open and prepared; shared by the tests of a module."""
    leaks = Leaks()
    application = build(tmp_path_factory.mktemp("desk") / "profile", PASSPHRASE)
    wait_for(application.opened)
    wait_for(application.prepared)
    yield application
    application.close()
    leaks.check()
