"""The window's composition root: shows the window, opens the desk behind it, joins the two.

Everything that blocks runs on a thread; the window is on screen before the desk is even imported.
What the parts do is theirs to know: here they are only made, connected and ended.
"""

from __future__ import annotations

import argparse
import logging
import sys
import threading
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QFileSystemWatcher, QObject, Qt, QTimer, Signal
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
from desktop.gui.main_window import MainWindow
from desktop.gui.tasks import Tasks
from desktop.gui.theme import Theme
from desktop.gui.unlock import FailurePage, UnlockPage
from desktop.storage import summons
from desktop.storage.paths import Paths, default_profile
from desktop.storage.summons import Asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.desk import Desk
    from desktop.gui.actions import Actions
    from desktop.gui.answer_bridge import AnswerBridge
    from desktop.gui.downloads_bridge import DownloadsBridge
    from desktop.gui.library_bridge import LibraryBridge
    from desktop.gui.notify import Notifier
    from desktop.gui.outgoing import Outgoing
    from desktop.gui.outside import Outside
    from desktop.gui.pages.documents import DocumentsPage
    from desktop.gui.pages.models import ModelsPage
    from desktop.gui.pages.rewrite import RewritePage
    from desktop.gui.pages.settings import SettingsPage
    from desktop.gui.reembedding_bridge import ReembeddingBridge
    from desktop.gui.rewrite_bridge import RewriteBridge
    from desktop.gui.shelf_bridge import ShelfBridge

DONE = 0
KNOWN_ERROR = 3

PAGES = ("chat", "documents", "models", "rewrite", "settings")

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


def _import_pages() -> None:
    """Read the pages' code on this thread, so that the main one finds it read."""
    for name in PAGES:
        import_module(f"desktop.gui.pages.{name}")


class Application(QObject):
    """Window and desk, from the first paint to the last thread.

    `desk` is None until `opened`. `prepared` says that indexing goes on, `warm` that the first
    question need not wait for a model, `closed` that nothing is left running.
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
        self.exit_code = DONE
        self.desk: Desk | None = None
        self.window = MainWindow()
        self.tasks = Tasks(self)
        self._passphrase = passphrase
        self._documents: DocumentsPage | None = None
        self._rewrite: RewritePage | None = None
        self.library: LibraryBridge | None = None
        self.answers: AnswerBridge | None = None
        self.rewrites: RewriteBridge | None = None
        self.downloads: DownloadsBridge | None = None
        self.reembedding: ReembeddingBridge | None = None
        self._shelf: ShelfBridge | None = None
        self.outside: Outside | None = None
        self.small_rewrites: RewriteBridge | None = None
        self._watcher: QFileSystemWatcher | None = None
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

            _import_pages()
            # Kept at once: if the window closes meanwhile, closing finds it here and ends it.
            self.desk = open_desk(self.profile, self._passphrase)
        except EscritoireError:
            raise
        except Exception as error:
            log.exception("opening failed")
            return error
        return self.desk

    def _opened(self, outcome: Desk | Exception) -> None:
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
        paths = Paths(self.profile)

        def ask(_: Cancellation) -> None:
            with suppress(OSError):  # a disk that is full: this copy ends all the same
                summons.ask(paths, Asked.FRONT)

        self.window.hide()
        self.tasks.run(ask, owner=self, done=lambda _: self.window.quit())

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

    # -- joining window and desk

    def _show_desk(self, desk: Desk) -> None:
        from desktop.gui.answer_bridge import AnswerBridge
        from desktop.gui.library_bridge import LibraryBridge
        from desktop.gui.models.placement_words import stepped_down
        from desktop.gui.pages.chat import ChatPage
        from desktop.gui.pages.documents import DocumentsPage

        window, tasks = self.window, self.tasks
        self.exit_code = DONE
        self._passphrase = None
        self.library = LibraryBridge(desk.library, self)
        self.answers = AnswerBridge(desk.answering, self)
        self.answers.steppedDown.connect(lambda event: window.notifier.say(stepped_down(event)))
        documents = DocumentsPage(
            tasks=tasks,
            library=desk.library,
            bridge=self.library,
            notifier=window.notifier,
            actions=window.actions_,
        )
        chat = ChatPage(
            tasks=tasks,
            answers=self.answers,
            library=desk.library,
            conversations=desk.conversations,
            answering=desk.answering,
            notifier=window.notifier,
            actions=window.actions_,
        )
        outside = self._make_outside(desk)
        models, settings, outgoing = self._model_pages(desk, outside)
        models.shelfChanged.connect(chat.name_model)
        self._documents = documents
        documents.workChanged.connect(window.status.say)
        models.workChanged.connect(partial(window.status.say, who="models"))
        models.fetchChanged.connect(partial(window.status.say, who="downloads"))
        models.embedChanged.connect(partial(window.status.say, who="reembedding"))
        window.status.offer("reembedding", models.searching.stay_action)
        rewrite = self._rewrite = self._rewrite_pages(desk, outside, outgoing)
        models.shelfChanged.connect(rewrite.load)
        chat.openDocuments.connect(lambda: window.show_page("documents"))
        chat.wanted.connect(lambda: window.show_page("chat"))
        window.filesDropped.connect(documents.add)
        window.modelsDropped.connect(models.add)
        window.modelsDropped.connect(lambda _paths: window.show_page("models"))
        window.set_page("chat", chat)
        window.set_page("documents", documents)
        window.set_page("rewrite", rewrite)
        window.set_page("models", models)
        window.set_page("settings", settings)
        window.uncover()
        window.take_files()
        documents.load()
        models.load()
        rewrite.load()
        chat.start(None)
        self._watch_for_requests()
        self.opened.emit()
        tasks.run(desk.prepare, owner=self, done=self._ready, failed=self._ready_but)

    def _make_outside(self, desk: Desk) -> Outside:
        from desktop.cli.own_command import own_command
        from desktop.gui.outside import Outside

        command = own_command(self.profile, ["rewrite", "--selection"])
        self.outside = Outside(self.window, self.tasks, desk.presence, command, self)
        if self.outside.tray is not None:
            self.theme.changed.connect(self.outside.tray.dress)
        return self.outside

    def _rewrite_pages(self, desk: Desk, outside: Outside, outgoing: Outgoing) -> RewritePage:
        """The page of the window; the small window gets one of its own, with its own rewrites."""
        window = self.window
        self.rewrites = self._rewrite_bridge(desk, window.notifier)
        page = self._rewrite_page(desk, self.rewrites, window.notifier, window.actions_)
        small = outside.small
        self.small_rewrites = self._rewrite_bridge(desk, small.notifier)
        inside = self._rewrite_page(desk, self.small_rewrites, small.notifier, small.actions_)
        inside.openModels.connect(small.close)
        inside.openModels.connect(window.bring_to_front)

        def take(text: str, outcome: object) -> None:
            page.take_text(text, outcome)  # type: ignore[arg-type]
            window.bring_to_front()
            window.show_page("rewrite")

        outside.textForPage.connect(take)
        outside.begin(inside, self.small_rewrites, outgoing)
        return page

    def _rewrite_bridge(self, desk: Desk, notifier: Notifier) -> RewriteBridge:
        from desktop.gui.models.placement_words import stepped_down
        from desktop.gui.rewrite_bridge import RewriteBridge

        bridge = RewriteBridge(desk.rewriting, self)
        bridge.steppedDown.connect(lambda event: notifier.say(stepped_down(event)))
        return bridge

    def _rewrite_page(
        self, desk: Desk, bridge: RewriteBridge, notifier: Notifier, actions: Actions
    ) -> RewritePage:
        from desktop.gui.pages.rewrite import RewritePage
        from desktop.gui.voice_services import VoiceServices
        from desktop.storage.text_files import read_text

        page = RewritePage(
            tasks=self.tasks,
            bridge=bridge,
            rewriting=desk.rewriting,
            voices=VoiceServices(desk.voices, desk.voice_fitting, desk.examples, read_text),
            originals=desk.originals,
            notifier=notifier,
            actions=actions,
        )
        page.openModels.connect(lambda: self.window.show_page("models"))
        return page

    def _model_pages(
        self, desk: Desk, outside: Outside
    ) -> tuple[ModelsPage, SettingsPage, Outgoing]:
        """The two pages that have to do with models, what is behind them, and who asks the hub."""
        from desktop.gui.downloads_bridge import DownloadsBridge
        from desktop.gui.model_services import ModelServices
        from desktop.gui.outgoing import Outgoing
        from desktop.gui.pages.models import ModelsPage
        from desktop.gui.pages.settings import SettingsPage
        from desktop.gui.reembedding_bridge import ReembeddingBridge
        from desktop.gui.shelf_bridge import ShelfBridge

        window, tasks = self.window, self.tasks
        services = ModelServices(
            shelf=desk.shelf,
            packs=desk.packs,
            loader=desk.loader,
            judging=desk.judging,
            hub=desk.hub,
            downloads=desk.downloads,
            search_models=desk.search_models,
            reembedding=desk.reembedding,
            catalogue=desk.catalogue,
            requests=desk.requests,
            licence_text=desk.licence_text,
        )
        self.downloads = DownloadsBridge(desk.downloads, self)
        self.reembedding = ReembeddingBridge(desk.reembedding, self)
        self._shelf = ShelfBridge(desk.shelf, self)
        outgoing = Outgoing(tasks, desk.hub, self.downloads, self)
        outgoing.changed.connect(lambda: window.status.promise(outgoing.in_words()))
        models = ModelsPage(
            tasks=tasks,
            services=services,
            shelf=self._shelf,
            downloads=self.downloads,
            reembedding=self.reembedding,
            outgoing=outgoing,
            notifier=window.notifier,
            actions=window.actions_,
        )
        settings = SettingsPage(
            profile=desk.profile,
            tasks=tasks,
            services=services,
            originals=desk.originals,
            outgoing=outgoing,
            notifier=window.notifier,
            actions=window.actions_,
            cards=[outside.card],
        )
        models.chosen.connect(self._warm_up)
        self.warm.connect(models.installed.load)  # what is loaded has been verified
        outgoing.look()
        return models, settings, outgoing

    def _ready(self, _: object) -> None:
        """What the last run left behind is mended: index on, and warm up for the first question."""
        if self.library is None or self.desk is None:
            return
        self.library.start()
        if self.downloads is not None:
            self.downloads.start()
        if self.reembedding is not None:
            self.reembedding.start()
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

    def _watch_for_requests(self) -> None:
        """Come to the front when another copy, started on this profile, asks for it."""
        self._watcher = QFileSystemWatcher([str(self.profile)], self)
        self._watcher.directoryChanged.connect(self._look_for_request)
        self._look_for_request()

    def _look_for_request(self) -> None:
        paths = Paths(self.profile)
        self.tasks.run(lambda _: summons.take(paths), owner=self, done=self._do_as_asked)

    def _do_as_asked(self, asked: Asked | None) -> None:
        if self._closing:
            return
        if asked is Asked.SELECTION and self.outside is not None:
            self.outside.from_anywhere.open_selection()
        elif asked is Asked.CLIPBOARD and self.outside is not None:
            self.outside.from_anywhere.open_clipboard()
        elif asked is not None:
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
        if self.outside is not None:
            self.outside.end()
        if self._watcher is not None:
            self._watcher.directoryChanged.disconnect()
        removals = [] if self._documents is None else self._documents.unsettled_removals()
        typed = None if self._rewrite is None else self._rewrite.voices.unsaved()
        self._ending = threading.Thread(target=self._end, args=(removals, typed), name="closing")
        self._ending.start()

    def _end(self, removals: list[int], typed: Callable[[], object] | None) -> None:
        """Refuse new work, end what runs, close the store: on a thread, in this order."""
        try:
            if self.answers is not None:
                self.answers.shutdown()
            for rewrites in (self.rewrites, self.small_rewrites):
                if rewrites is not None:
                    rewrites.shutdown()
            self.tasks.shutdown()
            if self.library is not None:
                self.library.shutdown()
            if self.downloads is not None:
                self.downloads.shutdown()
            if self.reembedding is not None:
                self.reembedding.shutdown()
            if self._shelf is not None:
                self._shelf.shutdown()
            if self.desk is not None:
                for document_id in removals:
                    self.desk.library.remove(document_id)
                if typed is not None:
                    with suppress(EscritoireError):  # a name that is taken: nobody is left to ask
                        typed()
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
        if self.outside is not None:
            self.outside.small.deleteLater()
        self.window.deleteLater()
        self.deleteLater()
