"""The left side of the Rewrite page: the text and which file it is from, how it is wanted, and the
button that starts it.

What is wrong with the text or the model is said here, in place; what is typed stays.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.originals import Original
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.rewrite_bridge import COMPARING, LOADING, READING, STARTING
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.gui.widgets.file_strip import FileStrip
from desktop.gui.widgets.text_field import TextField
from desktop.gui.widgets.wish_panel import WishPanel

SMALL = 38 * theme.GRID  # pixels: a text of three lines, two rows of chips, a sentence


class WritingDesk(QWidget):
    """`wanted` wishes for a rewrite, `stopped` for its end, `fileWanted` for a text from a file,
    `openModels` for the Models page. `fileLetGo` says that the text is not from a file any more;
    `original` is the file that it is from, None if it was typed."""

    wanted = Signal()
    stopped = Signal()
    fileWanted = Signal()
    fileLetGo = Signal()
    openModels = Signal()

    def __init__(self, actions: Actions, within: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._paragraph = ""
        self._stopping = False
        self._no_model = False
        self.original: Original | None = None
        self.field = TextField(self)
        self.file = FileStrip(actions, within, self)
        self.file.closeWanted.connect(self._let_go_of_file)
        self.wishes = WishPanel(actions, within, self)
        self._start = actions.add(
            "rewrite.start",
            self.tr("Rewrite"),
            "Ctrl+Return",
            self.wanted.emit,
            within=within,
            in_full=self.tr("Rewrite the text"),
        )
        self._stop = actions.add(
            "rewrite.stop",
            self.tr("Stop"),
            "Esc",
            self._wish_to_stop,
            within=within,
            in_full=self.tr("Stop rewriting"),
        )
        self._open = actions.add(
            "rewrite.open",
            self.tr("Open a file"),
            "Alt+O",
            self.fileWanted.emit,
            within=within,
            in_full=self.tr("Open a text, Word document or mail to rewrite"),
        )
        self._lay_out()
        self._dress()
        self.set_busy(False)
        self.clear_trouble()

    def make_small(self) -> None:
        """Leave out what a small window has no room for, and leave Esc to it."""
        self._head.hide()
        self._open.setEnabled(False)
        self._stop.setShortcut(QKeySequence())
        self.setMinimumHeight(SMALL)  # Qt's own takes the chips to be as narrow as they can be

    # -- the text in hand

    def take_text(self, text: str) -> None:
        """Have a text that is from no file in place of what is there; undo brings that back."""
        self._let_go_of_file()
        self.field.replace_text(text)

    def show_file(self, original: Original) -> None:
        """Have the text of a file in place of what is there."""
        self.original = original
        self.field.setReadOnly(False)
        self.field.replace_text(original.text)
        # What is typed could not be put back into a document with paragraphs of its own.
        self.field.setReadOnly(original.has_paragraphs)
        self.file.show_file(original)

    def asked(self) -> tuple[str, Original | None]:
        """The text that is to be rewritten, and the file that it is from."""
        original = self.original
        if original is not None and original.has_paragraphs:
            return original.text, original
        return self.field.whole_text(), original

    def _let_go_of_file(self) -> None:
        """The text stays, as one that was typed."""
        self.original = None
        self.file.let_go()
        self.field.setReadOnly(False)
        self.fileLetGo.emit()

    # -- what is said

    def set_busy(self, busy: bool) -> None:
        """Offer Stop while a rewrite is under way, Rewrite otherwise."""
        self._stopping = False
        self._start.setVisible(not busy)
        self._start.setEnabled(not busy)
        self._stop.setVisible(busy)
        self._stop.setEnabled(busy)
        if busy:
            self._paragraph = ""

    def say_progress(self, stage: str, done: int, total: int) -> None:
        """How far the rewrite in hand has come."""
        if stage == COMPARING:
            said = self.tr("Comparing both texts")
        elif self._stopping:
            said = self.tr("Stopping")
        elif stage == STARTING:
            said = self.tr("Starting")
        elif stage == LOADING:
            said = self.tr("Loading the model, {done} %").format(done=done)
        elif stage == READING and total:
            said = self.tr("{paragraph}, reading {share} %").format(
                paragraph=self._paragraph, share=100 * done // total
            )
        else:
            said = self._paragraph
        self._progress.show_text(said)

    def say_paragraph(self, number: int, total: int) -> None:
        """Which paragraph is in hand."""
        self._paragraph = self.tr("Paragraph {number} of {total}").format(
            number=number, total=total
        )
        if not self._stopping:
            self._progress.show_text(self._paragraph)

    def say_done(self, sentence: str) -> None:
        """How it ended."""
        self._progress.show_text(sentence)

    def say_trouble(self, sentence: str, *, models: bool = False) -> None:
        """Why the text was not rewritten, and what to do; with the way to Models if that helps."""
        self._trouble.setText(sentence)
        self._trouble.setAccessibleName(sentence)
        self._trouble_row.show()
        self._models.setVisible(models)

    def say_model(self, *, missing: bool) -> None:
        """Say that there is no model to write, or that there is one again."""
        self._no_model = missing
        self.clear_trouble()

    def clear_trouble(self) -> None:
        """Take back what was wrong with the last rewrite."""
        if self._no_model:
            self.say_trouble(
                self.tr(
                    "No model that can write is on this computer. Install one on the Models page."
                ),
                models=True,
            )
        else:
            self._trouble_row.hide()

    def _wish_to_stop(self) -> None:
        self._stopping = True
        self._progress.show_text(self.tr("Stopping"))
        self.stopped.emit()

    def _lay_out(self) -> None:
        open_file = self._button("rewrite.open.button")
        bind(open_file, self._open)
        self._head = QWidget(self)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addStretch(1)
        head.addWidget(open_file)
        self._start_button = self._button("rewrite.start.button")
        self._start_button.setProperty("kind", "primary")
        bind(self._start_button, self._start)
        self._stop_button = self._button("rewrite.stop.button")
        bind(self._stop_button, self._stop)
        self._progress = ElidedLabel("rewrite.progress", "muted", self)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GRID)
        foot.addWidget(self._progress, 1)
        foot.addWidget(self._start_button)
        foot.addWidget(self._stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID + theme.GRID // 2)
        layout.addWidget(self._head)
        layout.addWidget(self.file)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.wishes)
        layout.addWidget(self._make_trouble())
        layout.addLayout(foot)

    def _make_trouble(self) -> QWidget:
        self._trouble_row = QWidget(self)
        self._trouble = QLabel(self._trouble_row)
        self._trouble.setObjectName("rewrite.trouble")
        self._trouble.setProperty("role", "error")
        self._trouble.setTextFormat(Qt.TextFormat.PlainText)
        self._trouble.setWordWrap(True)
        self._models = self._button("rewrite.models")
        self._models.setText(self.tr("Models"))
        self._models.setAccessibleName(self.tr("Open the Models page"))
        self._models.setToolTip(self.tr("Open the Models page"))
        self._models.clicked.connect(self.openModels)
        across = QHBoxLayout(self._trouble_row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.GRID)
        across.addWidget(self._trouble, 1)
        across.addWidget(self._models)
        return self._trouble_row

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        return button

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        self._start_button.setIcon(theme.icon("rewrite", theme.tokens().on_accent))
        self._stop_button.setIcon(theme.icon("stop"))
