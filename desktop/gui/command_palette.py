"""Everything the user can do, found by typing (Ctrl+K). Carries out nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.actions import Actions

WIDTH = 60 * theme.GRID
HEIGHT = 44 * theme.GRID

_KEYS_FOR_THE_LIST = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class CommandPalette(QFrame):
    """A field and the actions whose words contain what was typed; Enter takes the marked one."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("palette")
        self._actions = actions
        self._before: QWidget | None = None
        self.field = QLineEdit(self)
        self.field.setObjectName("palette.field")
        self.field.setAccessibleName(self.tr("What would you like to do?"))
        self.field.setPlaceholderText(self.tr("What would you like to do?"))
        self.list = QListWidget(self)
        self.list.setObjectName("palette.list")
        self.list.setAccessibleName(self.tr("Actions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._take)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.hide()

    def open(self) -> None:
        """Show the palette in the upper middle of the window, ready for typing."""
        window = self._window
        width = min(WIDTH, window.width() - 4 * theme.GRID)
        height = min(HEIGHT, window.height() - 12 * theme.GRID)
        self.setGeometry((window.width() - width) // 2, 8 * theme.GRID, width, height)
        self._before = window.window().focusWidget()
        self.field.clear()
        self._fill("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Hide, and give the focus back to where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() is QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if watched is self.field and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.close_palette()
            return True
        if event.key() in _KEYS_FOR_THE_LIST:
            self.list.keyPressEvent(event)
            return True
        return False

    def _fill(self, typed: str) -> None:
        self.list.clear()
        wanted = typed.casefold().split()
        for action in self._actions.all():
            words = action.statusTip().casefold()
            if not action.isEnabled() or not all(word in words for word in wanted):
                continue
            item = QListWidgetItem(action.toolTip(), self.list)
            item.setData(Qt.ItemDataRole.UserRole, action.objectName())
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        if self.list.currentRow() < 0:
            return
        chosen = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        action = self._actions.get(chosen)
        self.close_palette()
        action.trigger()
