"""The thread that embeds documents again for another embedder, and its news. See `work_bridge`."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.gui.work_bridge import WorkBridge
from desktop.services.reembedding import Reembedding


class ReembeddingBridge(WorkBridge):
    """Goes on with whatever switch is under way. `ended`: it is over, or was taken back."""

    moved = Signal(object)  # Switch
    ended = Signal()

    def __init__(self, reembedding: Reembedding, parent: QObject | None = None) -> None:
        super().__init__(
            "reembedding",
            reembedding.work,
            reembedding.changed,
            lambda switch: switch.underway,
            parent,
        )
        self.told.connect(self.moved)
        self.gone.connect(self.ended)
