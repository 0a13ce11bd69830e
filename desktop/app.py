"""The application: shows the window, opens the desk behind it, has the two joined, ends them.

Everything that blocks runs on a thread; the window is on screen before the desk is even imported,
and before `joined` is, which makes what is in it.
"""

from __future__ import annotations

import argparse
import logging
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.domain.errors import (
    EscritoireError,
    KeyLost,
    PassphraseNeeded,
    PassphraseWrong,
    ProfileInUse,
)
from desktop.domain.jobs import Cancellation
from desktop.gui.interrupt import Interrupt
from desktop.gui.languages import speak
from desktop.gui.main_window import MainWindow
from desktop.gui.tasks import Tasks
from desktop.gui.theme import Theme
from desktop.gui.unlock import FailurePage, UnlockPage
from desktop.storage.appearance_file import read_appearance
from desktop.storage.paths import Paths, default_profile
from desktop.storage.summons import Asked
from desktop.summoned import Summoned, call_to_front

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.joined import Joined

DONE = 0
KNOWN_ERROR = 3

log = logging.getLogger(__name__)


def build(profile: Path | None = None, passphrase: str | None = None) -> Application:
    """The running application with its window on screen; the desk opens meanwhile.

    Reuses the QApplication if there is one. `profile` None means the user's own.
    """
    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        qt = QApplication(sys.argv[:1])
    application = Application(qt, profile or default_profile(), passphrase)
    application.window.show()
    # One turn of the event loop, and so the first paint, comes before the desk.
    QTimer.singleShot(0, application, application.open)
    return application


def main(options: argparse.Namespace) -> int:
    """Run the window until it is closed; the exit code is 0, or 3 after a known error."""
    try:
        passphrase = _passphrase(options)
    except EscritoireError as error:
        print(str(error), file=sys.stderr)  # noqa: T201 (the edge)
        return KNOWN_ERROR
    application = build(getattr(options, "profile", None), passphrase)
    application.closed.connect(QApplication.quit)
    interrupt = Interrupt()
    interrupt.came.connect(application.window.quit)
    sys.excepthook = application.report_bug
    QApplication.exec()
    sys.excepthook = sys.__excepthook__
    interrupt.end()
    return application.exit_code


def _passphrase(options: argparse.Namespace) -> str | None:
    named = getattr(options, "passphrase_file", None)
    if named is None:
        return None
    from desktop.cli.session import first_line

    return first_line(named)


class Application(QObject):
    """Window and desk, from the first paint to the last thread.

    `desk` and `joined` are None until `opened`. `prepared` says that indexing goes on, `warm` that
    the first question need not wait for a model, `closed` that nothing is left running.
    """

    opened = Signal()
    openFailed = Signal(object)
    prepared = Signal()
    warm = Signal()
    closed = Signal()
    _ended = Signal()

    def __init__(self, qt: QApplication, profile: Path, passphrase: str | None) -> None:
        super().__init__(qt)
        qt.setApplicationName("Escritoire")
        qt.setApplicationDisplayName("Escritoire")
        qt.setQuitOnLastWindowClosed(False)  # the last thread ends after the last window
        self.theme = qt.findChild(Theme) or Theme(qt)
        self.profile = profile
        self._appearance = read_appearance(Paths(profile).appearance)
        self.theme.wear(self._appearance)
        speak(self._appearance.language)
        self.exit_code = DONE
        self.desk: Desk | None = None
        self.window = MainWindow()
        self.tasks = Tasks(self)
        self._passphrase = passphrase
        self.joined: Joined | None = None
        self._summoned: Summoned | None = None
        self._new = False
        self._closing = False
        self._ending: threading.Thread | None = None
        self.is_closed = False
        self.tasks.unhandled.connect(self.window.notifier.trouble)
        self.window.closing.connect(self._begin_to_close)
        self._ended.connect(self._finish_closing, Qt.ConnectionType.QueuedConnection)

    # -- opening

    def open(self) -> None:
        """Open the profile on a thread; `opened` or `openFailed` follows."""
        if not self._closing:
            self.tasks.run(self._open_desk, owner=self, done=self._opened, failed=self._fail)

    def _open_desk(self, _: Cancellation) -> Desk | Exception:
        self._new = not Paths(self.profile).key_file.exists()
        try:
            from desktop.desk import open_desk

            # The pages' code is read on this thread, so that the main one finds it read.
            import_module("desktop.joined")
            # Another profile may have been chosen than the one the window began with.
            self._appearance = read_appearance(Paths(self.profile).appearance)
            # Kept at once: if the window closes meanwhile, closing finds it here and ends it.
            self.desk = open_desk(self.profile, self._passphrase)
        except EscritoireError:
            raise
        except Exception as error:
            log.exception("opening failed")
            return error
        return self.desk

    def _opened(self, outcome: Desk | Exception) -> None:
        if self._closing:
            return  # which closes the desk
        if isinstance(outcome, Exception):
            self._show_failure(outcome)
            self.openFailed.emit(outcome)
        else:
            self._show_desk(outcome)

    def _fail(self, error: EscritoireError) -> None:
        if isinstance(error, ProfileInUse):
            self._give_way(error)
        elif isinstance(error, PassphraseNeeded | PassphraseWrong | KeyLost):
            self._ask_for_passphrase(error)
        else:
            self._show_failure(error)
        self.openFailed.emit(error)

    def _give_way(self, error: ProfileInUse) -> None:
        """Ask the copy that has the profile to come to the front, and end."""
        self.exit_code = KNOWN_ERROR
        print(str(error), file=sys.stderr)  # noqa: T201 (the edge)
        self.window.hide()
        self.tasks.run(
            lambda _: call_to_front(self.profile), owner=self, done=lambda _: self.window.quit()
        )

    def _ask_for_passphrase(self, error: EscritoireError) -> None:
        page = UnlockPage(error, new=self._new)
        page.given.connect(self._try_passphrase)
        self.window.cover(page)

    def _try_passphrase(self, passphrase: str) -> None:
        self._passphrase = passphrase
        self.open()

    def _show_failure(self, error: Exception) -> None:
        self.exit_code = KNOWN_ERROR
        page = FailurePage(error)
        page.quitWanted.connect(self.window.quit)
        page.againWanted.connect(self.open)
        page.folderChosen.connect(self._open_elsewhere)
        self.window.cover(page)

    def _open_elsewhere(self, profile: Path) -> None:
        self.profile = profile
        self.open()

    # -- with the desk open

    def _show_desk(self, desk: Desk) -> None:
        from desktop.joined import Joined

        self.exit_code = DONE
        self._passphrase = None
        self.theme.wear(self._appearance)
        self.joined = Joined(
            desk, self.profile, self._appearance, self.window, self.tasks, parent=self
        )
        self.joined.models.chosen.connect(self._warm_up)
        self.warm.connect(self.joined.models.installed.load)  # what is loaded has been verified
        self.theme.changed.connect(self.joined.outside.dress)
        self.joined.appearance.changed.connect(self.theme.wear)
        self.window.uncover()
        self.window.take_files()
        self.joined.load()
        self._summoned = Summoned(self.profile, self.tasks, self)
        self._summoned.came.connect(self._do_as_asked)
        self.opened.emit()
        self.tasks.run(desk.prepare, owner=self, done=self._ready, failed=self._ready_but)

    def _ready(self, _: object) -> None:
        """What the last run left behind is mended: index on, and warm up for the first question."""
        if self.joined is None:
            return
        self.joined.start()
        self.prepared.emit()
        self._warm_up()

    def _warm_up(self) -> None:
        """Load what answers, so that the next question need not wait for it."""
        if self.desk is None:
            return
        # What fails here fails again, and is told, when a question is asked.
        self.tasks.run(
            self.desk.warm_up,
            owner=self,
            done=lambda _: self._warmed_up(),
            failed=lambda error: log.info("warming up ended early: %s", error),
        )

    def _ready_but(self, error: EscritoireError) -> None:
        """Something could not be mended: say so, and go on with what there is."""
        self.window.notifier.trouble(error)
        self._ready(None)

    def _warmed_up(self) -> None:
        if self.desk is not None and self.desk.damage:
            self.window.notifier.say(self.desk.damage, seconds=None)
        self.warm.emit()

    def _do_as_asked(self, asked: Asked) -> None:
        if self.joined is None or self._closing:
            return
        if asked is Asked.SELECTION:
            self.joined.outside.from_anywhere.open_selection()
        elif asked is Asked.CLIPBOARD:
            self.joined.outside.from_anywhere.open_clipboard()
        else:
            self.window.bring_to_front()

    # -- ending

    def close(self) -> None:
        """End everything and wait for it; events are still served meanwhile."""
        if self.is_closed:
            return
        loop = QEventLoop()
        self.closed.connect(loop.quit)
        self.window.quit()
        loop.exec()

    def report_bug(self, _kind: type[BaseException], error: BaseException, _trace: object) -> None:
        """What escaped on the main thread: logged, told, survived."""
        log.error("a bug on the main thread", exc_info=error)
        if isinstance(error, Exception) and not self.is_closed:
            self.window.notifier.trouble(error)

    def _begin_to_close(self) -> None:
        self._closing = True
        if self._summoned is not None:
            self._summoned.end()
        if self.joined is not None:
            self.joined.end()
        self._ending = threading.Thread(target=self._end, name="closing")
        self._ending.start()

    def _end(self) -> None:
        """Refuse new work, end what runs, close the store: on a thread, in this order."""
        try:
            if self.joined is None:
                self.tasks.shutdown()
            else:
                self.joined.shutdown()
            if self.desk is not None:
                self.desk.close()
        except Exception as error:
            log.exception("closing failed", exc_info=error)
        finally:
            self._ended.emit()

    def _finish_closing(self) -> None:
        if self._ending is not None:
            self._ending.join()  # it has nothing left to do but return
        self.is_closed = True
        self.window.let_close()
        self.closed.emit()
        # Here, on the main thread: Python's collector may run on any.
        if self.joined is not None:
            self.joined.outside.small.deleteLater()
        self.window.deleteLater()
        self.deleteLater()
