"""How the voices stand on their page: the list at the left, the one in hand at the right.

Puts parts together that others made; decides nothing.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.widgets.empty_state import EmptyState
from desktop.gui.widgets.model_list import ModelList
from desktop.gui.widgets.voice_editor import VoiceEditor

LIST_SHARE = 28  # per cent of the width, to begin with


class VoicesFrame(QSplitter):
    """`new` is the button that begins a voice."""

    def __init__(
        self,
        voices: ModelList,
        editor: VoiceEditor,
        work: QWidget,
        actions: Actions,
        parent: QWidget,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(3 * theme.GRID)
        self.setProperty("role", "split")
        self.new = self._button("voices.new", actions)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self._make_right(editor, work, actions))
        self.addWidget(self._make_left(voices, actions))
        self.addWidget(self._stack)
        self.setStretchFactor(0, LIST_SHARE)
        self.setStretchFactor(1, 100 - LIST_SHARE)
        self.setSizes([10 * LIST_SHARE, 10 * (100 - LIST_SHARE)])

    def show_editor(self, shown: bool) -> None:
        """Show the voice in hand, or what voices are where there is none."""
        self._stack.setCurrentIndex(1 if shown else 0)

    def _make_left(self, voices: ModelList, actions: Actions) -> QWidget:
        left = QWidget(self)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        buttons.addWidget(self.new, 1)
        buttons.addWidget(self._button("voices.import", actions), 1)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(buttons)
        column.addWidget(voices, 1)
        return left

    def _make_right(self, editor: VoiceEditor, work: QWidget, actions: Actions) -> QWidget:
        right = QWidget(self)
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(editor.name, 1)
        head.addWidget(self._button("voices.remove", actions, "danger"))
        head.addWidget(self._button("voices.export", actions))
        head.addWidget(self._button("voices.save", actions, "primary"))
        scroll = QScrollArea(right)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(editor)
        # Once it is laid out, for only then it has a place.
        editor.pairs.opened.connect(scroll.ensureWidgetVisible, Qt.ConnectionType.QueuedConnection)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(head)
        column.addWidget(work)
        column.addWidget(scroll, 1)
        return right

    def _make_empty(self) -> QWidget:
        empty = EmptyState(
            "chat",
            self.tr("No voices yet"),
            self.tr(
                "A voice is how your office writes: a few texts as they were and as you would "
                "have them, your house style, the words you use and avoid. New voice begins one."
            ),
            self,
        )
        empty.setObjectName("voices.empty")
        return empty

    def _button(self, action_id: str, actions: Actions, kind: str = "") -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"{action_id}.button")
        if kind:
            button.setProperty("kind", kind)
        bind(button, actions.get(action_id))
        return button
