"""The icon in the system's tray: the window, a rewrite of the clipboard, and the way out.

Exists where the system has a tray. Says what the user wants and carries nothing out.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.gui import theme


class Tray(QObject):
    """`offlineWanted` carries whether nobody may be asked any more."""

    openWanted = Signal()
    clipboardWanted = Signal()
    askWanted = Signal()
    offlineWanted = Signal(bool)
    quitWanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.menu = QMenu()
        self.menu.setObjectName("tray.menu")
        self._add("tray.open", self.tr("Open"), self.openWanted)
        self._add("tray.clipboard", self.tr("Rewrite clipboard"), self.clipboardWanted)
        self._add("tray.ask", self.tr("Ask…"), self.askWanted)
        self.menu.addSeparator()
        self.offline = self.menu.addAction(self.tr("Offline"))
        self.offline.setObjectName("tray.offline")
        self.offline.setCheckable(True)
        self.offline.triggered.connect(self.offlineWanted)
        self.menu.addSeparator()
        self._add("tray.quit", self.tr("Quit"), self.quitWanted)
        self.icon = QSystemTrayIcon(self)
        self.icon.setObjectName("tray")
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.dress()

    def show(self) -> None:
        self.icon.show()

    @staticmethod
    def is_available() -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    def say_connected(self, sentence: str, *, offline: bool) -> None:
        """Whether anything leaves this computer, in words for the tooltip."""
        self.icon.setToolTip(f"Escritoire\n{sentence}")
        self.offline.setChecked(offline)

    def dress(self) -> None:
        """Take the icon anew, in the colours that are in use now."""
        self.icon.setIcon(theme.icon("escritoire", theme.tokens().accent, 32))

    def end(self) -> None:
        self.icon.hide()
        self.menu.deleteLater()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.openWanted.emit()

    def _add(self, name: str, text: str, wanted: SignalInstance) -> None:
        action = self.menu.addAction(text)
        action.setObjectName(name)
        action.triggered.connect(lambda _checked=False: wanted.emit())
