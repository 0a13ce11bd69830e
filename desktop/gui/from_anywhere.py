"""A text from any program into the small window and back: joins the shortcut, the selection and
the window. Decides what happens when; how a system does it is known elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from desktop.gui.foreground import Foreground
from desktop.gui.selection import Handed, Selection
from desktop.gui.shortcuts import GlobalShortcut
from desktop.gui.small_window import SmallWindow
from desktop.services.presence import Kept

ACTIVE_WITHIN_MS = 1000  # on Wayland the selection is ours to read once the keyboard is


class FromAnywhere(QObject):
    """`openWanted` carries a text, and what came of it or None, for the Rewrite page."""

    openWanted = Signal(str, object)

    def __init__(
        self,
        shortcut: GlobalShortcut,
        foreground: Foreground,
        window: SmallWindow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.shortcut = shortcut
        self.window = window
        self._foreground = foreground
        self.selection = Selection(foreground, self)
        self._target: int | None = None  # the window that the text came from
        self._why_empty = ""
        self._waiting = QTimer(self, singleShot=True, interval=ACTIVE_WITHIN_MS)
        self._waiting.timeout.connect(self.selection.take)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(
                self._keyboard_moved, Qt.ConnectionType.QueuedConnection
            )
        shortcut.pressed.connect(self.open_selection)
        self.selection.taken.connect(self._taken)
        self.selection.secret.connect(self._secret)
        self.selection.handed.connect(self._handed)
        window.replaceWanted.connect(self._replace)
        window.openWanted.connect(self.openWanted)

    def follow(self, kept: Kept) -> None:
        """Listen as the user decided."""
        if kept.listens:
            self.shortcut.take(
                QKeySequence(kept.shortcut, QKeySequence.SequenceFormat.PortableText)
            )
        else:
            self.shortcut.release()

    def open_selection(self) -> None:
        """The small window with what is selected in whichever program has the keyboard."""
        if self.window.isActiveWindow():
            return  # its own shortcut, pressed in it
        if not self.selection.can_take:
            self._open_clipboard(self._cannot_take())
            return
        self._target = self._foreground.window()
        self._why_empty = self.tr("Nothing is selected. Type or paste a text here.")
        if not self.selection.read_in_place:
            self.selection.take()  # the other program has to have the keyboard for it
            return
        self._show()
        if QGuiApplication.platformName() == "wayland":
            self._waiting.start()
        else:
            QTimer.singleShot(0, self, self.selection.take)

    def open_clipboard(self) -> None:
        """The small window with what is on the clipboard; the result is copied there again."""
        self._open_clipboard("")

    def end(self) -> None:
        """Give everything back to the system, the clipboard too."""
        self._waiting.stop()
        self.selection.settle()
        self.shortcut.end()
        self._foreground.end()
        self.window.close()

    # -- what happens

    def _open_clipboard(self, why: str) -> None:
        self._target = None
        self._why_empty = self.tr("There is no text on the clipboard. Type or paste one here.")
        self._show()
        self.window.say(why)
        QTimer.singleShot(0, self, self.selection.take_clipboard)

    @property
    def _may_replace(self) -> bool:
        return self.selection.may_replace and self._target is not None

    def _show(self) -> None:
        self.window.open_at_pointer(may_replace=self._may_replace)
        if self._foreground.may_type:
            # The keys were pressed in another program: the system might keep us behind it.
            self._foreground.bring_ours(int(self.window.winId()))
        self.window.say("" if self.selection.may_replace else self._cannot_type())

    def _cannot_take(self) -> str:
        if self._foreground.needs_permission:
            return self.tr(
                "macOS lets Escritoire copy and paste in other programs once you allow it: System "
                "Settings, Privacy and Security, Accessibility. This was on the clipboard."
            )
        return self.tr("This system gives no program what is selected: this was on the clipboard.")

    def _cannot_type(self) -> str:
        return self.tr("No program may type into another here: copy the result and paste it.")

    def _taken(self, text: str) -> None:
        if not self.window.isVisible():
            self._show()
        self.window.put(text, self._why_empty)
        if self._may_replace and self.selection.would_lose_secret:
            self.window.say(
                self.tr(
                    "A password manager's secret is on the clipboard. It is not read, so Replace "
                    "cannot put it back afterwards and clears it."
                )
            )

    def _secret(self) -> None:
        if not self.window.isVisible():
            self._show()
        said = self.tr("A password manager marked it as secret, so it was not read.")
        self.window.put("", said)

    def _replace(self, text: str) -> None:
        self.selection.replace(text, self._target)

    def _handed(self, handed: Handed) -> None:
        if handed is Handed.LEFT:
            self.window.come_back(
                self.tr("It could not be pasted there. The result is on the clipboard.")
            )
        else:
            self.window.close()

    def _keyboard_moved(self) -> None:
        """Read the selection as soon as the window has the keyboard, if that is waited for."""
        if self._waiting.isActive():
            self._waiting.stop()
            self.selection.take()
