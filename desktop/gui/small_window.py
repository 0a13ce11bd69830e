"""The small window: a text from another program, tones and voices, and what came of it.

It is the Rewrite page, made small, with its rules about facts: nothing is replaced or copied while
one that differs waits to be looked at. Says what the user wants; another program is not its matter.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QCursor, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.notify import Notifier
from desktop.gui.pages.rewrite import RewritePage
from desktop.gui.rewrite_bridge import Outcome, RewriteBridge
from desktop.gui.widgets.banner import Banners

WIDTH = 72 * theme.GRID
HEIGHT = 52 * theme.GRID  # without a rewrite
WHOLE = 94 * theme.GRID  # with one
BESIDE_POINTER = 2 * theme.GRID


class SmallWindow(QWidget):
    """`replaceWanted` carries the text that is to stand in the other program, `openWanted` the
    original and what came of it (or None) for the Rewrite page."""

    replaceWanted = Signal(str)
    openWanted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.WindowStaysOnTopHint)
        self.setObjectName("small")
        self.setWindowTitle(self.tr("Rewrite"))
        self.setWindowIcon(theme.icon("escritoire", theme.tokens().accent, 32))
        self.notifier = Notifier(self)
        self.actions_ = Actions(self)
        self._page: RewritePage | None = None
        self._bridge: RewriteBridge | None = None
        self._outcome: Outcome | None = None
        self._may_replace = False
        self.setMinimumSize(WIDTH, HEIGHT)

    def hold(self, page: RewritePage, bridge: RewriteBridge) -> None:
        """Take in a page of its own, made with this window's notifier and actions; once."""
        self._page, self._bridge = page, bridge
        page.make_small()
        self._register()
        self._lay_out(page)
        bridge.begun.connect(self._begun)
        bridge.finished.connect(self._finished)
        self.actions_.get("rewrite.copy").changed.connect(self._follow)
        self._follow()

    def open_at_pointer(self, *, may_replace: bool) -> None:
        """Come into view beside the pointer, without a text yet."""
        if self._page is None or self._bridge is None:
            return
        self._bridge.stop()
        self._outcome = None
        self._may_replace = may_replace
        self._page.desk.field.clear()
        self._page.desk.say_done("")
        self._page.review.begin("")
        self._page.review.hide()
        self.say("")
        self._follow()
        self._place(QSize(WIDTH, HEIGHT))
        self.show()
        self.raise_()
        self.activateWindow()
        self._page.load()
        self._page.desk.field.setFocus()

    def put(self, text: str, why_empty: str) -> None:
        """Have this text; `why_empty` is said where it is none, and one can be typed or pasted."""
        if self._page is None:
            return
        self._page.desk.field.setPlainText(text)
        if text.strip():
            start = self.findChild(QPushButton, "rewrite.start.button")
            if start is not None:
                start.setFocus()
        else:
            self.say(why_empty)

    def say(self, sentence: str) -> None:
        """Something about where the text came from or went."""
        self._why.setText(sentence)
        self._why.setAccessibleName(sentence)
        self._why.setVisible(bool(sentence))

    def come_back(self, sentence: str) -> None:
        """Into view again, as it was, with something to say."""
        self.say(sentence)
        self.show()
        self.raise_()
        self.activateWindow()

    # -- what happens

    def _begun(self, _text: str) -> None:
        self._outcome = None
        if self._page is not None:
            self._page.review.show()
            self._place(QSize(WIDTH, WHOLE), keep=self.pos())

    def _finished(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._follow()
        if self._replace.isEnabled():
            self._replace_button.setFocus()

    def _follow(self) -> None:
        copy = self.actions_.get("rewrite.copy")
        self._replace.setVisible(self._may_replace)
        self._replace.setEnabled(self._may_replace and copy.isEnabled())
        waits = self._outcome is not None and not copy.isEnabled()
        if waits:
            self._replace_button.setToolTip(
                self.tr("Confirm each fact that differs first, or take it back")
            )

    def _replace_it(self) -> None:
        if self._page is not None and self._page.review.may_copy():
            text = self._page.review.text()
            self.hide()
            self.replaceWanted.emit(text)

    def _open_it(self) -> None:
        if self._page is not None:
            text = self._page.desk.field.whole_text()
            outcome = self._outcome
            if outcome is not None and outcome.rewritten.text != text:
                outcome = None
            self.close()
            self.openWanted.emit(text, outcome)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._bridge is not None:
            self._bridge.stop()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._page is not None:
            self._dress()

    # -- how it is made

    def _place(self, size: QSize, keep: QPoint | None = None) -> None:
        """Take that size, within the screen, where it is or beside the pointer."""
        pointer = QCursor.pos()
        screen = QGuiApplication.screenAt(keep or pointer) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        frame = self.frameSize() - self.size()  # nothing, until it was shown once
        size = size.boundedTo(room.size() - frame)
        self.resize(size)
        size += frame
        at = within(keep, size, room) if keep is not None else beside(pointer, size, room)
        self.move(at)

    def _register(self) -> None:
        add = self.actions_.add
        self._replace = add(
            "small.replace",
            self.tr("Replace"),
            "Ctrl+Shift+Return",
            self._replace_it,
            in_full=self.tr("Put the result in the place of what is selected"),
        )
        self._open = add(
            "small.open",
            self.tr("Open in Rewrite"),
            "Ctrl+O",
            self._open_it,
            in_full=self.tr("Go on with this text on the Rewrite page"),
        )
        self._close = add("small.close", self.tr("Close"), "Esc", self.close)

    def _lay_out(self, page: RewritePage) -> None:
        self._why = QLabel(self)
        self._why.setObjectName("small.why")
        self._why.setProperty("role", "muted")
        self._why.setTextFormat(Qt.TextFormat.PlainText)
        self._why.setWordWrap(True)
        policy = self._why.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or the buttons would grow into its place
        self._why.setSizePolicy(policy)
        self._why.hide()
        self._replace_button = QPushButton(self)
        self._replace_button.setProperty("kind", "primary")
        foot = QHBoxLayout()
        foot.setSpacing(theme.GRID)
        foot.addWidget(self._why, 1)
        for action, button in (
            (self._close, QPushButton(self)),
            (self._open, QPushButton(self)),
            (self._replace, self._replace_button),
        ):
            button.setObjectName(f"{action.objectName()}.button")
            bind(button, action)
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        margin = 2 * theme.GRID
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.GRID)
        banners = Banners(self.notifier, self)
        layout.addWidget(banners)
        layout.addWidget(page, 1)
        layout.addLayout(foot)
        self._dress()

    def _dress(self) -> None:
        self.setWindowIcon(theme.icon("escritoire", theme.tokens().accent, 32))


def beside(pointer: QPoint, size: QSize, room: QRect) -> QPoint:
    """Where a window of that size stands beside the pointer without leaving the screen's room: to
    its right and below it, or on the other side where there is none."""
    x, y = pointer.x() + BESIDE_POINTER, pointer.y() + BESIDE_POINTER
    if x + size.width() > room.right() + 1:
        x = pointer.x() - BESIDE_POINTER - size.width()
    if y + size.height() > room.bottom() + 1:
        y = pointer.y() - BESIDE_POINTER - size.height()
    return within(QPoint(x, y), size, room)


def within(at: QPoint, size: QSize, room: QRect) -> QPoint:
    """The nearest place to `at` where a window of that size is wholly in the room, if it fits."""
    return QPoint(
        max(room.left(), min(at.x(), room.right() + 1 - size.width())),
        max(room.top(), min(at.y(), room.bottom() + 1 - size.height())),
    )
