"""A list of models, offers or downloads: a view and its delegate over a `RowsModel`.

However long it is, there is no widget a row. Keeps what is selected by its key when rows change.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from desktop.gui.models.rows import Role, RowsModel
from desktop.gui.widgets.model_row import ModelRow

Selection = QItemSelectionModel.SelectionFlag


class ModelList(QListView):
    """`selected` says that other records are selected; `opened` carries one that was activated."""

    selected = Signal()
    opened = Signal(object)

    def __init__(
        self,
        name: str,
        spoken: str,
        rows: RowsModel,
        parent: QWidget,
        *,
        several: bool = False,
        grouped: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "rows")
        self.setAccessibleName(spoken)
        self.rows = rows
        self._menu_actions: Sequence[QAction] = ()
        mode = QAbstractItemView.SelectionMode
        self.setModel(rows)
        self.setItemDelegate(ModelRow(self))
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(not grouped)  # the first of a group is higher
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())
        self.activated.connect(lambda index: self.opened.emit(index.data(Role.RECORD)))

    def offer(self, actions: Sequence[QAction]) -> None:
        """What the list's menu offers, as far as it can be done."""
        self._menu_actions = actions

    def chosen(self) -> list[Any]:
        """The selected records, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.rows.record(row) for row in rows]

    def show_records(self, records: Sequence[Any], keys: Sequence[Hashable]) -> None:
        """Show these, keeping selected what has one of `keys`."""
        self.rows.show_records(records)
        if not self.chosen():
            for key in keys:
                self.select(key, also=True)

    def select(self, key: Hashable, *, also: bool = False) -> bool:
        """Select one record and bring it into view; False if it is not there."""
        row = self.rows.row_of(key)
        if row is None:
            return False
        here = self.rows.index(row)
        how = Selection.Select if also else Selection.ClearAndSelect
        self.selectionModel().setCurrentIndex(here, how)
        self.scrollTo(here)
        return True

    def _menu(self, at: QPoint) -> None:
        offered = [action for action in self._menu_actions if action.isEnabled()]
        if not self.chosen() or not offered:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(offered)
        menu.popup(self.viewport().mapToGlobal(at))
