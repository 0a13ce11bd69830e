"""The Rewrite page: a text at the left, how it is wanted below it, what came of it at the right.

Behind it the voices there are, and what was rewritten earlier. Puts its parts together and carries
their wishes to the services, on tasks and through the rewrite bridge; no service is called on the
main thread. The text at the left is never changed by a rewrite.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import AdapterMismatch, ModelError, RewriteError, ToneDamaged
from desktop.domain.jobs import Cancellation
from desktop.domain.originals import Original
from desktop.domain.rewrites import Wish
from desktop.domain.tone import Tone
from desktop.domain.voices import Voice
from desktop.gui import theme
from desktop.gui.actions import Actions
from desktop.gui.models.rewrite_words import ended_in_words
from desktop.gui.notify import Notifier, words
from desktop.gui.original_files import OriginalFiles
from desktop.gui.rewrite_bridge import Outcome, RewriteBridge
from desktop.gui.tasks import Tasks
from desktop.gui.voice_services import VoiceServices
from desktop.gui.widgets.history_view import HistoryView
from desktop.gui.widgets.review_pane import ReviewPane
from desktop.gui.widgets.segments import Segments
from desktop.gui.widgets.text_field import text_files
from desktop.gui.widgets.voices_view import VoicesView
from desktop.gui.widgets.writing_desk import WritingDesk
from desktop.services.originals import Originals
from desktop.services.rewrite_events import Paragraph, Retrying, Settled
from desktop.services.rewriting import Rewriting

TEXT, VOICES, HISTORY = range(3)
LEFT_SHARE = 42  # per cent of the width, to begin with

Manners = tuple[list[Tone], list[Voice], list[ToneDamaged], bool]


class RewritePage(QWidget):
    """`openModels` wishes for the Models page."""

    openModels = Signal()

    def __init__(
        self,
        *,
        tasks: Tasks,
        bridge: RewriteBridge,
        rewriting: Rewriting,
        voices: VoiceServices,
        originals: Originals,
        notifier: Notifier,
        actions: Actions,
    ) -> None:
        super().__init__()
        self.setObjectName("rewrite")
        self.setAcceptDrops(True)
        self._tasks = tasks
        self._bridge = bridge
        self._rewriting = rewriting
        self._voices = voices
        self._notifier = notifier
        self._without_adapter: Callable[[], object] | None = None  # asks so what was asked
        self._text = QSplitter(Qt.Orientation.Horizontal, self)  # where its shortcuts hold
        self.desk = WritingDesk(actions, self._text, self)
        self.review = ReviewPane(tasks, actions, self._text, self)
        self.files = OriginalFiles(tasks, originals, notifier, self)
        self.voices = VoicesView(
            tasks=tasks, services=voices, notifier=notifier, actions=actions, parent=self
        )
        self.history = HistoryView(
            tasks=tasks, rewriting=rewriting, notifier=notifier, actions=actions, parent=self
        )
        self._lay_out(actions)
        self._listen()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        # No proxy: around what holds it, that makes a ring of the tab order that nothing leaves.
        self._views[self._stack.currentIndex()].setFocus()

    def show_view(self, number: int) -> None:
        """Open the text, the voices or the history."""
        self._segments.press(number)
        self._stack.setCurrentIndex(number)
        if number == VOICES:
            self.voices.load()
        elif number == HISTORY:
            self.history.load()
        self._views[number].setFocus()

    def load(self) -> None:
        """Offer the tones and voices there are, and say if no model can write."""

        def work(_: Cancellation) -> Manners:
            tones: list[Tone] = []
            damaged: list[ToneDamaged] = []
            for name in self._rewriting.tones():
                try:
                    tones.append(self._rewriting.tone(name))
                except ToneDamaged as error:
                    damaged.append(error)
            missing = self._rewriting.available_model() is None
            return tones, self._voices.voices.all(), damaged, missing

        def done(manners: Manners) -> None:
            tones, voices, damaged, missing = manners
            self.desk.wishes.offer(tones, voices)
            self.history.name_tones(tones)
            self.desk.say_model(missing=missing)
            for error in damaged:
                self._notifier.trouble(error)

        self._tasks.run(work, owner=self, done=done, failed=self._notifier.trouble)

    def make_small(self) -> None:
        """Be the inside of a small window: one part above the other, and no more than it needs."""
        self._head.hide()
        for action in self._shows:
            action.setEnabled(False)
        self._text.setOrientation(Qt.Orientation.Vertical)
        self._text.setHandleWidth(theme.GRID)
        self._text.setStretchFactor(0, 0)
        self._text.setStretchFactor(1, 1)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        self.desk.make_small()

    # -- the text

    def take_text(self, text: str, outcome: Outcome | None = None) -> None:
        """Have this text in place of what is there, and what came of it, unless one is written."""
        self.show_view(TEXT)
        self.desk.take_text(text)
        if outcome is not None and not self._bridge.busy:
            self._show_outcome(outcome)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Put the text of a file in place of what is typed; undo brings that back."""
        if not paths:
            return
        if len(paths) > 1:
            self._notifier.say(
                self.tr("One text is rewritten at a time: {file} was opened.").format(
                    file=paths[0].name
                )
            )
        self.files.open(paths[0])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if text_files(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()  # the window has a use for other files

    def dropEvent(self, event: QDropEvent) -> None:
        paths = text_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.take_files(paths)
        else:
            event.ignore()

    # -- rewriting

    def _rewrite(self) -> None:
        if self._stack.currentIndex() != TEXT:  # started from the palette
            self.show_view(TEXT)
        text, original = self.desk.asked()
        self._ask(text, self.desk.wishes.wish(), original)

    def _ask(self, text: str, wish: Wish, original: Original | None) -> None:
        self.desk.clear_trouble()
        if self._bridge.rewrite(text, wish, original):
            self._without_adapter = partial(
                self._ask, text, replace(wish, without_adapter=True), original
            )

    def _paragraph(self, paragraph: Paragraph) -> None:
        self.desk.say_paragraph(paragraph.number, paragraph.total)
        self.review.draft.paragraph(paragraph)

    def _retrying(self, _event: Retrying) -> None:
        self.review.draft.begin_again()

    def _settled(self, event: Settled) -> None:
        self.review.draft.settle(event.text)

    def _finished(self, outcome: Outcome) -> None:
        self._show_outcome(outcome)
        self.desk.say_model(missing=False)
        self.review.announce()
        if outcome.rewritten.error is not None:
            self._notifier.trouble(outcome.rewritten.error)

    def _show_outcome(self, outcome: Outcome) -> None:
        self.review.show_outcome(outcome)
        self.desk.say_done(ended_in_words(outcome.rewritten, stopped=outcome.stopped))

    def _failed(self, error: Exception) -> None:
        self.desk.say_done("")
        if isinstance(error, RewriteError):
            self.desk.say_trouble(words(error))
        elif isinstance(error, AdapterMismatch):
            # With what was asked, whatever is in the fields by then.
            self._notifier.trouble(
                error, action=self.tr("Rewrite without it"), act=self._without_adapter
            )
        elif isinstance(error, ModelError):
            self.desk.say_trouble(words(error), models=True)
        else:
            self._notifier.trouble(error)

    def _open_again(self, outcome: Outcome) -> None:
        """An earlier rewrite and its text, as they were."""
        if self._bridge.busy:
            self._notifier.say(self.tr("Another text is being rewritten. Stop it first."))
        else:
            self.take_text(outcome.rewritten.text, outcome)

    # -- how it is made

    def _lay_out(self, actions: Actions) -> None:
        splitter = self._text
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(3 * theme.GRID)
        splitter.setProperty("role", "split")
        splitter.addWidget(self.desk)
        splitter.addWidget(self.review)
        splitter.setStretchFactor(0, LEFT_SHARE)
        splitter.setStretchFactor(1, 100 - LEFT_SHARE)
        splitter.setSizes([10 * LEFT_SHARE, 10 * (100 - LEFT_SHARE)])
        views = (
            ("text", self.tr("Text"), "Ctrl+Shift+T", TEXT),
            ("voices", self.tr("Voices"), "Ctrl+Shift+E", VOICES),
            ("history", self.tr("Earlier"), "Ctrl+Shift+H", HISTORY),
        )
        self._shows = [
            actions.add(
                f"rewrite.show_{name}",
                text,
                keys,
                partial(self.show_view, number),
                within=self,
                in_full=self.tr("Rewrite: {view}").format(view=text),
            )
            for name, text, keys, number in views
        ]
        self._segments = Segments(self.tr("Views of rewriting"), self._shows, self)
        self._segments.press(TEXT)
        title = QLabel(self.tr("Rewrite"), self)
        title.setProperty("role", "title")
        self._head = QWidget(self)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(title, 1)
        head.addWidget(self._segments)
        self._views = (self.desk.field, self.voices, self.history)
        self._stack = QStackedWidget(self)
        for view in (splitter, self.voices, self.history):
            self._stack.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID)
        layout.setSpacing(theme.GRID + theme.GRID // 2)
        layout.addWidget(self._head)
        layout.addWidget(self._stack, 1)

    def _listen(self) -> None:
        bridge, desk = self._bridge, self.desk
        desk.wanted.connect(self._rewrite)
        self.voices.changed.connect(self.load)
        self.history.opened.connect(self._open_again)
        desk.stopped.connect(bridge.stop)
        desk.fileWanted.connect(self.files.choose)
        desk.fileLetGo.connect(self.files.let_go)
        self.files.chosen.connect(self.take_files)
        self.files.opened.connect(desk.show_file)
        self.files.saved.connect(desk.say_done)
        self.review.saveWanted.connect(self.files.save)
        desk.openModels.connect(self.openModels)
        desk.field.filesGiven.connect(self.take_files)
        self.review.copied.connect(lambda: desk.say_done(self.tr("Copied to the clipboard.")))
        bridge.begun.connect(self.review.begin)
        bridge.progress.connect(desk.say_progress)
        bridge.paragraph.connect(self._paragraph)
        bridge.wrote.connect(self.review.draft.append_piece)
        bridge.retrying.connect(self._retrying)
        bridge.settled.connect(self._settled)
        bridge.finished.connect(self._finished)
        bridge.failed.connect(self._failed)
        bridge.busyChanged.connect(desk.set_busy)
        desk.set_busy(bridge.busy)
