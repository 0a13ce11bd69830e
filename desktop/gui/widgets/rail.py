"""The left rail: which page of the window is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.gui import theme

WIDTH = 168  # pixels, with text of the usual size
WIDEST = 240
NARROW = 64
ICON = 20


class Rail(QFrame):
    """One checkable button a page, in the order they are added; the last one is set apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Pages"))
        self._icons: dict[QToolButton, str] = {}
        self._group = QButtonGroup(self)
        self._name = QLabel("Escritoire", self)
        self._name.setProperty("role", "heading")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.GRID, 2 * theme.GRID, theme.GRID, theme.GRID)
        self._layout.setSpacing(theme.GRID // 2)
        self._layout.addWidget(self._name)
        self._name.setContentsMargins(theme.GRID, 0, 0, theme.GRID)
        self._layout.addStretch(1)

    def add_page(self, name: str, action: QAction, *, at_the_foot: bool = False) -> None:
        """A button for the page `name`, standing for the action that opens it."""
        button = QToolButton(self)
        button.setObjectName(f"nav.{name}")
        button.setText(f"  {action.text()}")
        button.setAccessibleName(action.text())
        button.setToolTip(action.toolTip())
        button.setCheckable(True)
        button.setIconSize(QSize(ICON, ICON))
        button.setSizePolicy(
            button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Preferred
        )
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action.trigger)
        self._group.addButton(button)
        self._icons[button] = name
        place = self._layout.count() if at_the_foot else self._layout.count() - 1
        self._layout.insertWidget(place, button)
        self._fit()
        self.dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Be as wide as the names of pages; where text is large, the icons alone have to do."""
        narrow = theme.scaled(WIDTH) > WIDEST
        style = Qt.ToolButtonStyle
        look = style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon
        for button in self._icons:
            button.setToolButtonStyle(look)
        self._name.setVisible(not narrow)
        self.setFixedWidth(NARROW if narrow else theme.scaled(WIDTH))

    def show_page(self, name: str) -> None:
        """Mark the page that is open."""
        for button, its_name in self._icons.items():
            button.setChecked(its_name == name)
        self.dress()

    def dress(self) -> None:
        """Draw the icons in the colours in use now."""
        colours = theme.tokens()
        for button, name in self._icons.items():
            colour = colours.accent if button.isChecked() else colours.muted
            button.setIcon(theme.icon(name, colour, ICON))
