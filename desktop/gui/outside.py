"""Escritoire outside its window: the tray, the small window and the shortcut, made and joined.

Made once the desk is open and ended before it closes. What each part does is its own to know.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.jobs import Cancellation
from desktop.gui.foreground import Foreground, foreground_of_this_system
from desktop.gui.from_anywhere import FromAnywhere
from desktop.gui.main_window import MainWindow
from desktop.gui.outgoing import Outgoing
from desktop.gui.pages.rewrite import RewritePage
from desktop.gui.rewrite_bridge import RewriteBridge
from desktop.gui.shortcuts import GlobalShortcut, shortcut_of_this_system
from desktop.gui.small_window import SmallWindow
from desktop.gui.tasks import Tasks
from desktop.gui.tray import Tray
from desktop.gui.widgets.anywhere_card import AnywhereCard
from desktop.services.presence import Kept, Presence


class Outside(QObject):
    """`card` is for the Settings page. `textForPage` carries a text for the Rewrite page, and what
    came of it or None."""

    textForPage = Signal(str, object)

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        presence: Presence,
        command: str,
        parent: QObject | None = None,
        *,
        shortcut: GlobalShortcut | None = None,
        foreground: Foreground | None = None,
    ) -> None:
        """`command` opens the small window when it is run. Shortcut and foreground are those of
        this system if none are given."""
        super().__init__(parent)
        self._window = window
        self._tasks = tasks
        self._presence = presence
        self._kept = Kept()
        self._ended = False
        self.small = SmallWindow()
        self.from_anywhere = FromAnywhere(
            shortcut or shortcut_of_this_system(self),
            foreground or foreground_of_this_system(),
            self.small,
            self,
        )
        self.from_anywhere.openWanted.connect(self.textForPage)
        self.tray = Tray(self) if Tray.is_available() else None
        self.card = AnywhereCard(
            tasks=tasks,
            presence=presence,
            shortcut=self.from_anywhere.shortcut,
            command=command,
            has_tray=self.tray is not None,
            notifier=window.notifier,
            actions=window.actions_,
        )
        self.card.changed.connect(self._follow)
        window.hidden.connect(self._say_once)
        window.actions_.add(
            "rewrite.clipboard",
            window.tr("Rewrite the clipboard"),
            "Ctrl+Alt+V",
            self.from_anywhere.open_clipboard,
        )

    def begin(self, page: RewritePage, bridge: RewriteBridge, outgoing: Outgoing) -> None:
        """Be there from now on: `page` goes into the small window, with its `bridge`."""
        self.small.hold(page, bridge)
        if self.tray is not None:
            tray = self.tray
            tray.openWanted.connect(self._window.bring_to_front)
            tray.clipboardWanted.connect(self.from_anywhere.open_clipboard)
            tray.askWanted.connect(self._ask)
            tray.quitWanted.connect(self._window.quit)
            tray.offlineWanted.connect(
                lambda wanted: outgoing.set_offline(wanted, self._window.notifier.trouble)
            )
            outgoing.changed.connect(
                lambda: tray.say_connected(outgoing.in_words(), offline=outgoing.where.offline)
            )
            tray.show()
        self._tasks.run(self._look, owner=self, done=self._follow)

    def dress(self) -> None:
        """Take the icon anew, in the colours that are in use now."""
        if self.tray is not None:
            self.tray.dress()

    def end(self) -> None:
        """Give everything back to the system; nothing comes from outside any more."""
        self._ended = True
        self.from_anywhere.end()
        if self.tray is not None:
            self.tray.end()

    def _look(self, _: Cancellation) -> Kept:
        kept = self._presence.kept()
        if kept.listens:
            self.from_anywhere.shortcut.prepare()
        return kept

    def _follow(self, kept: Kept) -> None:
        if self._ended:
            return  # what was kept is told too late: nothing is taken from the system any more
        before, self._kept = self._kept, kept
        self._window.stay(kept.stays and self.tray is not None)
        if (kept.shortcut, kept.listens) != (before.shortcut, before.listens):
            self.from_anywhere.follow(kept)

    def _ask(self) -> None:
        self._window.bring_to_front()
        self._window.show_page("chat")

    def _say_once(self) -> None:
        """The first time that the window is hidden: where Escritoire is, and how to end it."""
        if self._kept.told or self.tray is None:
            return
        said = self.tr("Escritoire stays in the tray. Its icon opens it again and quits it.")
        self.tray.icon.showMessage("Escritoire", said)
        self._window.notifier.say(said, seconds=None)  # for where the system shows no messages
        self._kept = replace(self._kept, told=True)
        self._tasks.run(lambda _: self._presence.set_told(), owner=self, done=lambda _: None)
