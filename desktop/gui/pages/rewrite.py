"""The Rewrite page: a text at the left, how it is wanted below it, what came of it at the right.

Puts its parts together and carries their wishes to the services, on tasks and through the rewrite
bridge; no service is called on the main thread. The text at the left is never changed by a rewrite.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
)
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout, QWidget

from desktop.domain.errors import ModelError, RewriteError, ToneDamaged
from desktop.domain.jobs import Cancellation
from desktop.domain.tone import Tone
from desktop.domain.voices import Voice
from desktop.gui import theme
from desktop.gui.actions import Actions
from desktop.gui.notify import Notifier, words
from desktop.gui.rewrite_bridge import Outcome, RewriteBridge
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.review_pane import ReviewPane
from desktop.gui.widgets.text_field import TEXTS, text_files
from desktop.gui.widgets.writing_desk import WritingDesk
from desktop.services.rewrite_events import Paragraph, Retrying, Settled
from desktop.services.rewriting import Rewriting
from desktop.services.voices import Voices

LEFT_SHARE = 42  # per cent of the width, to begin with

Read = Callable[[Path], str]
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
        voices: Voices,
        read: Read,
        notifier: Notifier,
        actions: Actions,
    ) -> None:
        """`read` gives the text of a file; it is called on a thread and raises known errors."""
        super().__init__()
        self.setObjectName("rewrite")
        self.setAcceptDrops(True)
        self._tasks = tasks
        self._bridge = bridge
        self._rewriting = rewriting
        self._voices = voices
        self._read = read
        self._notifier = notifier
        self.desk = WritingDesk(actions, self, self)
        self.review = ReviewPane(tasks, actions, self, self)
        self._lay_out()
        self._listen()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        # No proxy: around what holds it, that makes a ring of the tab order that nothing leaves.
        self.desk.field.setFocus()

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
            return tones, self._voices.all(), damaged, missing

        def done(manners: Manners) -> None:
            tones, voices, damaged, missing = manners
            self.desk.wishes.offer(tones, voices)
            self.desk.say_model(missing=missing)
            for error in damaged:
                self._notifier.trouble(error)

        self._tasks.run(work, owner=self, done=done, failed=self._notifier.trouble)

    def make_small(self) -> None:
        """Be the inside of a small window: one part above the other, and no more than it needs."""
        self._splitter.setOrientation(Qt.Orientation.Vertical)
        self._splitter.setHandleWidth(theme.GRID)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        self.desk.make_small()

    # -- the text

    def take_text(self, text: str, outcome: Outcome | None = None) -> None:
        """Have this text in place of what is typed, and what came of it, unless one is written."""
        self.desk.field.replace_text(text)
        if outcome is not None and not self._bridge.busy:
            self.review.begin(outcome.rewritten.text)
            self._finished(outcome)

    def open_file(self) -> None:
        """Ask for a text file, beside the window, which stays usable."""
        dialogue = QFileDialog(self.window(), self.tr("Open a text"))
        dialogue.setObjectName("rewrite.choose")
        dialogue.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        patterns = " ".join(f"*{ending}" for ending in TEXTS)
        dialogue.setNameFilters(
            [f"{self.tr('Plain text')} ({patterns})", f"{self.tr('All files')} (*)"]
        )
        dialogue.filesSelected.connect(lambda names: self.take_files([Path(n) for n in names]))
        dialogue.open()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Put the text of a file in place of what is typed; undo brings that back."""
        if not paths:
            return
        path = paths[0]
        if len(paths) > 1:
            self._notifier.say(
                self.tr("One text is rewritten at a time: {file} was opened.").format(
                    file=path.name
                )
            )
        self._tasks.run(
            lambda _: self._read(path),
            owner=self,
            done=self.desk.field.replace_text,
            failed=self._notifier.trouble,
        )

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
        self.desk.clear_trouble()
        self._bridge.rewrite(self.desk.field.whole_text(), self.desk.wishes.wish())

    def _paragraph(self, paragraph: Paragraph) -> None:
        self.desk.say_paragraph(paragraph.number, paragraph.total)
        self.review.draft.paragraph(paragraph)

    def _retrying(self, _event: Retrying) -> None:
        self.review.draft.begin_again()

    def _settled(self, event: Settled) -> None:
        self.review.draft.settle(event.text)

    def _finished(self, outcome: Outcome) -> None:
        self.review.show_outcome(outcome)
        self.desk.say_done(_in_words(self, outcome))
        self.desk.say_model(missing=False)
        self._announce(outcome)
        if outcome.error is not None:
            self._notifier.trouble(outcome.error)

    def _failed(self, error: Exception) -> None:
        self.desk.say_done("")
        if isinstance(error, RewriteError):
            self.desk.say_trouble(words(error))
        elif isinstance(error, ModelError):
            self.desk.say_trouble(words(error), models=True)
        else:
            self._notifier.trouble(error)

    def _announce(self, outcome: Outcome) -> None:
        """Let a screen reader say what came of it, when the user has time for it."""
        if not QAccessible.isActive():
            return
        text = self.tr("{done} {changes} changes, {facts} facts differ.").format(
            done=_in_words(self, outcome),
            changes=len(outcome.rewritten.changes),
            facts=len(outcome.rewritten.facts),
        )
        event = QAccessibleAnnouncementEvent(self.review, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)

    # -- how it is made

    def _lay_out(self) -> None:
        splitter = self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(3 * theme.GRID)
        splitter.setProperty("role", "split")
        splitter.addWidget(self.desk)
        splitter.addWidget(self.review)
        splitter.setStretchFactor(0, LEFT_SHARE)
        splitter.setStretchFactor(1, 100 - LEFT_SHARE)
        splitter.setSizes([10 * LEFT_SHARE, 10 * (100 - LEFT_SHARE)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID)
        layout.addWidget(splitter)

    def _listen(self) -> None:
        bridge, desk = self._bridge, self.desk
        desk.wanted.connect(self._rewrite)
        desk.stopped.connect(bridge.stop)
        desk.fileWanted.connect(self.open_file)
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


def _in_words(page: RewritePage, outcome: Outcome) -> str:
    """How a rewrite ended."""
    record = outcome.rewritten.record
    if outcome.stopped and not outcome.done:
        return page.tr("Stopped before a paragraph was done.")
    if outcome.stopped:
        return page.tr("Stopped after paragraph {done} of {total}; the rest is as it was.").format(
            done=outcome.done, total=outcome.total
        )
    if not record.paragraphs and not outcome.rewritten.changes:
        return page.tr("There is no prose in this text, so it was left as it is.")
    if not outcome.rewritten.changes and not outcome.rewritten.kept:
        return page.tr("The model changed nothing. A larger one may do more.")
    return page.tr("Rewritten by {model}.").format(model=record.model)
