"""The code in an answer: the ground it stands on, its colours, and a button that copies it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QTextBlock
from PySide6.QtWidgets import QToolButton

from desktop.gui.theme import Tokens, tokens
from desktop.gui.widgets.code_colours import Colouring, Lexers
from desktop.gui.widgets.shown_code import PADDING, continues_code, is_code, language_of

if TYPE_CHECKING:
    from desktop.gui.widgets.answer_text import AnswerText

COPIED_MS = 2000  # how long a button says that it has copied
ROUND = 6  # pixels


@dataclass(slots=True)
class Panel:
    """The lines of one piece of code."""

    first: QTextBlock
    last: QTextBlock
    button: QToolButton

    def code(self) -> str:
        lines, block = [], self.first
        while block.isValid():
            lines.append(block.text().replace("\u2028", "\n"))
            if block == self.last:
                break
            block = block.next()
        return "\n".join(lines)


class CodePanels(QObject):
    """Knows the code of one `AnswerText`."""

    def __init__(self, view: AnswerText, lexers: Lexers | None) -> None:
        super().__init__(view)
        self._view = view
        self._settled: list[Panel] = []
        self._growing: list[Panel] = []
        self._unused: list[QToolButton] = []
        self._colouring = Colouring(self, lexers)

    @property
    def panels(self) -> list[Panel]:
        return [*self._settled, *self._growing]

    @property
    def busy(self) -> bool:
        """Whether code is still being coloured."""
        return self._colouring.busy

    def leave(self) -> None:
        """The document goes: nothing may look at its blocks any more."""
        self._colouring.forget()
        self._unused += [panel.button for panel in self.panels]
        self._settled, self._growing = [], []

    def begin(self) -> None:
        """The document is another one, and whole."""
        self._settled = self._found(self._view.document().begin(), self._unused)
        for panel in self._settled:
            self._colour(panel)
        _drop(self._unused)
        self._unused = []
        self.place()

    def look(self, position: int) -> None:
        """What stands from `position` on has grown."""
        last = self._view.document().lastBlock()
        if len(self._growing) == 1 and continues_code(last):
            panel = self._growing[0]
            if panel.first == self.first_from(position):  # the same code, and it alone
                panel.last = last
                self.place()
                return
        unused = [panel.button for panel in self._growing]
        self._growing = self._found(self.first_from(position), unused)
        _drop(unused)
        self.place()

    def settle(self, position: int) -> None:
        """What stands from `position` on stays as it is."""
        unused = [panel.button for panel in self._growing]
        found = self._found(self.first_from(position), unused)
        self._growing = []
        _drop(unused)
        for panel in found:
            self._colour(panel)
        self._settled += found

    def place(self) -> None:
        """Put the buttons where their code is."""
        width = self._view.viewport().width()
        for panel in self.panels:
            if not panel.first.isValid():
                continue
            button = panel.button
            top = round(self._ground(panel).top()) + 2
            place = QRect(width - button.sizeHint().width() - 2, top, 0, 0)
            place.setSize(button.sizeHint())
            if button.geometry() != place:
                button.setGeometry(place)
            button.show()

    def paint(self, painter: QPainter, exposed: QRect, colours: Tokens) -> None:
        """Paint the ground of the code that is exposed."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.sunken))
        for panel in self.panels:
            if panel.first.isValid() and panel.last.isValid():
                ground = self._ground(panel)
                if ground.intersects(QRectF(exposed)):
                    painter.drawRoundedRect(ground, ROUND, ROUND)

    def first_from(self, position: int) -> QTextBlock:
        """The first block of what was written when the document ended at `position`."""
        block = self._view.document().findBlock(position)
        # An empty block, as Qt leaves it behind a table, was written into, or kept before code.
        if position != block.position() or continues_code(block):
            return block.next()
        return block.next() if not is_code(block) and is_code(block.next()) else block

    # -- inside

    def _found(self, block: QTextBlock, buttons: list[QToolButton]) -> list[Panel]:
        found: list[Panel] = []
        while block.isValid():
            if is_code(block):
                if found and found[-1].last == block.previous() and continues_code(block):
                    found[-1].last = block
                else:
                    button = buttons.pop(0) if buttons else self._button()
                    found.append(Panel(block, block, button))
            block = block.next()
        return found

    def _ground(self, panel: Panel) -> QRectF:
        layout = self._view.document().documentLayout()
        first, last = layout.blockBoundingRect(panel.first), layout.blockBoundingRect(panel.last)
        top, bottom = first.top() - PADDING, last.bottom() + PADDING
        return QRectF(0, top, self._view.viewport().width(), bottom - top)

    def _colour(self, panel: Panel) -> None:
        self._colouring.add(panel.first, panel.code(), language_of(panel.first), tokens())

    def _button(self) -> QToolButton:
        button = QToolButton(self._view.viewport())
        button.setObjectName("chat.code.copy")
        button.setProperty("role", "footer")
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setText(self.tr("Copy"))
        button.setToolTip(self.tr("Copy this code"))
        button.setAccessibleName(self.tr("Copy this code"))
        button.clicked.connect(lambda: self._copy(button))
        return button

    def _copy(self, button: QToolButton) -> None:
        for panel in self.panels:
            if panel.button is button:
                QGuiApplication.clipboard().setText(panel.code())
                button.setText(self.tr("Copied"))
                self.place()
                QTimer.singleShot(COPIED_MS, button, lambda: button.setText(self.tr("Copy")))


def _drop(buttons: list[QToolButton]) -> None:
    for button in buttons:
        button.hide()
        button.deleteLater()
