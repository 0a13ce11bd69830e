"""The bar over a rewrite: which view of it is open, the change in hand, and what to do with it.

Registers the actions and shows how far the user has come; carries nothing out itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.gui.widgets.segments import Segments

MARKED, BESIDE, RESULT = range(3)

Do = Callable[[], object]


class ChangeBar(QWidget):
    """Two rows: views and Copy, then the change in hand."""

    def __init__(
        self,
        actions: Actions,
        within: QWidget,
        parent: QWidget,
        *,
        views: Callable[[int], object],
        does: dict[str, Do],
    ) -> None:
        """`does` says what each of "next", "previous", "accept", "reject", "accept_all",
        "reject_all", "undo", "redo", "copy" and "save" is to do."""
        super().__init__(parent)
        self._actions = actions
        self._within = within
        self._does = does
        self._views = self._make_views(views)
        self._register()
        self._lay_out()

    def press(self, view: int) -> None:
        self._segments.press(view)

    def action(self, name: str) -> QAction:
        return self._actions.get(f"rewrite.{name}")

    def say(self, sentence: str) -> None:
        """How far the user has come."""
        self._place.show_text(sentence)

    def offer(
        self, *, changes: bool, in_hand: bool, copy: bool, from_file: bool, why_not: str
    ) -> None:
        """What can be done now; `why_not` says why nothing can be copied or saved, which only what
        is `from_file` can."""
        for name in ("next", "previous", "accept_all", "reject_all"):
            self.action(name).setEnabled(changes)
        for name in ("accept", "reject"):
            self.action(name).setEnabled(in_hand)
        self.action("copy").setEnabled(copy)
        self.action("save").setEnabled(copy and from_file)
        self._save.setVisible(from_file)
        for name, button in (("copy", self._copy), ("save", self._save)):
            button.setToolTip(self.action(name).toolTip() if copy else why_not)

    def offer_views(self, offered: bool) -> None:
        """Without a finished rewrite there is one view."""
        self._segments.setEnabled(offered)
        for view in self._views:
            view.setEnabled(offered)

    def _make_views(self, show: Callable[[int], object]) -> list[QAction]:
        views = (
            ("marked", self.tr("Marked"), self.tr("Show the changes in the text"), MARKED),
            ("beside", self.tr("Side by side"), self.tr("Show both texts side by side"), BESIDE),
            ("result", self.tr("Result"), self.tr("Show the text as Copy gives it"), RESULT),
        )
        return [
            self._actions.add(
                f"rewrite.show_{name}",
                text,
                f"Alt+Shift+{number + 1}",
                partial(show, number),
                within=self._within,
                in_full=in_full,
            )
            for name, text, in_full, number in views
        ]

    def _register(self) -> None:
        named = (
            ("next", self.tr("Next change"), "F8", ""),
            ("previous", self.tr("Previous change"), "Shift+F8", ""),
            ("accept", self.tr("Accept"), "F9", self.tr("Accept the change in hand")),
            ("reject", self.tr("Reject"), "Shift+F9", self.tr("Reject the change in hand")),
            ("accept_all", self.tr("Accept all changes"), "Ctrl+F9", ""),
            ("reject_all", self.tr("Reject all changes"), "Ctrl+Shift+F9", ""),
            ("undo", self.tr("Undo the decision"), "Ctrl+Z", ""),
            ("redo", self.tr("Decide again"), "Ctrl+Shift+Z", ""),
            ("copy", self.tr("Copy"), "Ctrl+Shift+C", self.tr("Copy the rewritten text")),
            ("save", self.tr("Save as…"), "Ctrl+Shift+S", self.tr("Save the rewritten file")),
        )
        pane = self.parentWidget()
        for name, text, keys, in_full in named:
            # Where a text is typed, Ctrl+Z is for what was typed.
            within = pane if name in {"undo", "redo"} else self._within
            self._actions.add(
                f"rewrite.{name}", text, keys, self._does[name], within=within, in_full=in_full
            )

    def _lay_out(self) -> None:
        self._segments = Segments(self.tr("Views of the rewrite"), self._views, self)
        self._segments.setObjectName("rewrite.views")
        self._copy = QPushButton(self)
        self._copy.setObjectName("rewrite.copy.button")
        bind(self._copy, self.action("copy"))
        self._save = QPushButton(self)
        self._save.setObjectName("rewrite.save.button")
        bind(self._save, self.action("save"))
        above = QHBoxLayout()
        above.setSpacing(theme.GRID)
        above.addWidget(self._segments)
        above.addStretch(1)
        above.addWidget(self._copy)
        above.addWidget(self._save)
        self._place = ElidedLabel("rewrite.place", "muted", self)
        below = QHBoxLayout()
        below.setSpacing(theme.GRID // 2)
        self._arrows = [self._arrow("previous", "up"), self._arrow("next", "down")]
        for arrow in self._arrows:
            below.addWidget(arrow)
        below.addWidget(self._place, 1)
        for name in ("accept", "reject"):
            button = QPushButton(self)
            button.setObjectName(f"rewrite.{name}.button")
            bind(button, self.action(name))
            below.addWidget(button)
        below.addWidget(self._more())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(above)
        layout.addLayout(below)
        self._dress()

    def _arrow(self, name: str, icon: str) -> QToolButton:
        arrow = QToolButton(self)
        arrow.setObjectName(f"rewrite.{name}.button")
        bind(arrow, self.action(name))
        arrow.setProperty("icon_name", icon)
        return arrow

    def _more(self) -> QToolButton:
        more = QToolButton(self)
        more.setObjectName("rewrite.more")
        more.setText(self.tr("More"))
        more.setAccessibleName(self.tr("More to do with the changes"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        for name in ("accept_all", "reject_all", "undo", "redo"):
            menu.addAction(self.action(name))
        more.setMenu(menu)
        return more

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        for arrow in self._arrows:
            arrow.setIcon(theme.icon(str(arrow.property("icon_name"))))
            arrow.setIconSize(QSize(20, 20))
