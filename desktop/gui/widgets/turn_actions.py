"""What can be done with one turn: look at its variants, ask again, write on, change, take away.

Says what is wished for (`Wish`); carries nothing out.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from desktop.domain.chat import AnswerKind, Role, Turn, TurnState
from desktop.gui.theme import GRID


class Wish(StrEnum):
    """What the user wants of a turn."""

    BEFORE = "before"  # the variant before it
    AFTER = "after"
    AGAIN = "again"  # another answer
    GO_ON = "go_on"
    EDIT = "edit"
    REMOVE = "remove"
    COPY = "copy"  # as Markdown
    COPY_RICH = "copy_rich"
    QUOTE = "quote"
    COMPARE = "compare"


class TurnActions(QWidget):
    """A row of quiet buttons. `wished` carries a `Wish`."""

    wished = Signal(object)

    def __init__(self, turn: Turn, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chat.turn.actions")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID // 2)
        if len(turn.variants) > 1:
            self._offer_variants(turn)
        if turn.role is Role.USER:
            self._button(
                Wish.EDIT, self.tr("Edit"), self.tr("Ask this question in another version")
            )
            self._button(
                Wish.REMOVE,
                self.tr("Remove"),
                self.tr("Remove this question and what follows it"),
            )
        else:
            self._offer_answer(turn)

    def take_focus(self) -> None:
        """Give the keyboard to the first button that can be pressed."""
        for button in self.findChildren(QToolButton):
            if button.isEnabled():
                button.setFocus()
                return

    def _offer_variants(self, turn: Turn) -> None:
        at, count = turn.variant, len(turn.variants)
        before = self._button(Wish.BEFORE, "‹", self.tr("Show the version before this one"))
        before.setEnabled(at > 1)
        locale = QLocale()
        which = QLabel(
            self.tr("{number} of {count}").format(
                number=locale.toString(at), count=locale.toString(count)
            ),
            self,
        )
        which.setObjectName("chat.variant")
        which.setProperty("role", "muted")
        which.setAccessibleName(
            self.tr("Version {number} of {count}").format(number=at, count=count)
        )
        self._row.addWidget(which)
        after = self._button(Wish.AFTER, "›", self.tr("Show the version after this one"))
        after.setEnabled(at < count)

    def _offer_answer(self, turn: Turn) -> None:
        if can_ask_again(turn):
            self._button(
                Wish.AGAIN,
                self.tr("Again"),
                self.tr("Have another answer written beside this one"),
            )
        if can_go_on(turn):
            self._button(Wish.GO_ON, self.tr("Go on"), self.tr("Write this answer on"))
        more = self._tool("chat.turn.more", self.tr("More"), self.tr("More to do with this answer"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        offers = []
        if turn.text:
            offers += [
                (Wish.COPY_RICH, self.tr("Copy with formatting")),
                (Wish.QUOTE, self.tr("Quote the selection")),
            ]
        if can_compare(turn):
            offers.append((Wish.COMPARE, self.tr("Check that its record gives it again")))
        offers.append((Wish.REMOVE, self.tr("Remove this answer and what follows it")))
        for wish, text in offers:
            action = menu.addAction(text)
            action.setObjectName(f"chat.turn.{wish}")
            action.triggered.connect(partial(self._wish, wish))
        more.setMenu(menu)
        self._row.addWidget(more)

    def _button(self, wish: Wish, text: str, spoken: str) -> QToolButton:
        tool = self._tool(f"chat.turn.{wish}", text, spoken)
        tool.clicked.connect(partial(self._wish, wish))
        self._row.addWidget(tool)
        return tool

    def _tool(self, name: str, text: str, spoken: str) -> QToolButton:
        tool = QToolButton(self)
        tool.setObjectName(name)
        tool.setProperty("role", "footer")
        tool.setText(text)
        tool.setToolTip(spoken)
        tool.setAccessibleName(spoken)
        return tool

    def _wish(self, wish: Wish, _checked: bool = False) -> None:
        self.wished.emit(wish)


def can_ask_again(turn: Turn) -> bool:
    """Whether another answer can stand beside this one: a summary of a document and a comparison
    of two are no answers to what stands above them alone."""
    if turn.role is not Role.ASSISTANT:
        return False
    record = turn.record
    return record is None or (not record.of_document and record.kind is not AnswerKind.COMPARED)


def can_go_on(turn: Turn) -> bool:
    """Whether an answer ended before its model did, and can be written on."""
    cut = turn.state is TurnState.STOPPED or (turn.record is not None and turn.record.truncated)
    thought = turn.record is not None and bool(turn.record.reasoning)  # which a model would go on
    return bool(turn.text) and cut and not thought and can_compare(turn)


def can_compare(turn: Turn) -> bool:
    """Whether there is what it takes to have the same answer again."""
    return turn.record is not None and bool(turn.record.prompt_sha256)
