"""Between the shelf and the window: its news, from any thread, as a signal on the main one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.services.shelf import Shelf


class ShelfBridge(QObject):
    """`changed` comes once for a bundle of news, after models came, went or were set otherwise."""

    changed = Signal()
    _news = Signal()

    def __init__(self, shelf: Shelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        soon = QTimer(self, singleShot=True, interval=0)
        soon.timeout.connect(self.changed)
        self._news.connect(soon.start, Qt.ConnectionType.QueuedConnection)
        self._unlisten = shelf.changed.listen(lambda _name: self._news.emit())

    def shutdown(self) -> None:
        """Hear nothing any more. Any thread may call it."""
        self._unlisten()
