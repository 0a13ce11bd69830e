"""The Rewrite page. This version does not rewrite yet, and says so."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.gui.widgets.empty_state import EmptyState


class RewritePage(EmptyState):
    """What will be here, and that it is not here now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rewrite", "", "", parent)
        self.setObjectName("rewrite")
        self.heading.setText(self.tr("Rewriting comes in a later version"))
        self.sentence.setText(
            self.tr(
                "It will put your text into the tone your office wants, with every change marked "
                "and every figure, name and date checked."
            )
        )
