"""The voices there are, and the one in hand in fields. Kept, given away, removed with an undo.

Every call of a service is on a task; the long ones (measuring a fit, proposing pairs) are one at a
time, with how far they are and a way to end them. What is typed is kept before another voice is
shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
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

from desktop.domain.jobs import Cancellation
from desktop.domain.voices import Voice
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.choosing import choose
from desktop.gui.models.rows import RowsModel
from desktop.gui.models.voice_words import voice_row
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.voice_services import VoiceServices
from desktop.gui.widgets.empty_state import EmptyState
from desktop.gui.widgets.model_list import ModelList
from desktop.gui.widgets.voice_editor import VoiceEditor
from desktop.gui.widgets.voice_file_actions import VoiceFileActions
from desktop.gui.widgets.voice_work import VoiceWork

LIST_SHARE = 28  # per cent of the width, to begin with


class VoicesView(QWidget):
    """`changed` says that voices came, went or are others."""

    changed = Signal()

    def __init__(
        self,
        *,
        tasks: Tasks,
        services: VoiceServices,
        notifier: Notifier,
        actions: Actions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("voices")
        self._tasks = tasks
        self._services = services
        self._notifier = notifier
        self._shown: Voice | None = None  # as it is kept; None for one that is not yet
        self._edited = False
        self._choosing = False
        self.rows = RowsModel(lambda voice: voice.name, voice_row, self)
        self.list = ModelList("voices.list", self.tr("Voices"), self.rows, self)
        self.editor = VoiceEditor(actions, self, self)
        self.work = VoiceWork(tasks, services, notifier, actions, self)
        self.files = VoiceFileActions(tasks, services, notifier, actions, self)
        add = partial(actions.add, within=self)
        self._new = add("voices.new", self.tr("New voice"), "Ctrl+N", self.begin)
        self._save = add("voices.save", self.tr("Save"), "Ctrl+S", self.save,
                         in_full=self.tr("Save the voice"))  # fmt: skip
        self._remove = add("voices.remove", self.tr("Delete"), "Ctrl+Shift+D", self.remove,
                           in_full=self.tr("Delete the voice"))  # fmt: skip
        self._derive = add(
            "voices.derive",
            self.tr("Derive again"),
            None,
            self.derive,
            in_full=self.tr("Derive the rules again from pairs and house style"),
        )
        self._measure = add("voices.fit", self.tr("Measure the fit"), "F6", self._wish_to_measure)
        self.editor.lay_out(self._derive, self._measure)
        self._lay_out(actions)
        self._listen()
        self._follow()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        # No proxy: around what holds it, that makes a ring of the tab order that nothing leaves.
        (self.list if self.rows.rowCount() else self._new_button).setFocus()

    def load(self, select: str = "") -> None:
        """Show the voices there are; `select` is the name of the one to be in hand."""

        def done(voices: list[Voice]) -> None:
            self._choosing = True
            self.rows.show_records(voices)
            wanted = select or (self._shown.name if self._shown else "")
            found = self.list.select(wanted) if wanted else False
            if not found and self._shown is not None:
                self._shown = None
            self._choosing = False
            if found:
                self._show_chosen()
            elif voices and not self._edited:
                self.list.select(voices[0].name)
            self._follow()

        self._tasks.run(lambda _: self._services.voices.all(), owner=self, done=done)

    # -- the voice in hand

    def begin(self) -> None:
        """A new voice, to be named first."""
        self.keep_edits()
        self._shown = None
        self._choosing = True
        self.list.clearSelection()
        self._choosing = False
        self._show(Voice(""))
        self._edited = True
        self._follow()
        self.editor.name.setFocus()

    def save(self, then_show: bool = True) -> None:
        """Keep what the fields say."""
        voice, before = self.editor.voice(), self._shown
        if not voice.name:
            if then_show:
                self._notifier.trouble(self.tr("The voice has no name yet. Give it one first."))
                self.editor.name.setFocus()
            return

        def work(_: Cancellation) -> Voice:
            if before is None:
                return self._services.voices.save(voice)
            return self._services.voices.change(before.name, voice)

        def done(kept: Voice) -> None:
            if then_show:
                self._show_kept(kept)
            self.load(select=kept.name if then_show else "")
            self.changed.emit()

        def failed(error: Exception) -> None:
            if then_show:
                self._edited = True
                self._follow()
            self._notifier.trouble(error)

        self._edited = False
        self._follow()
        self._tasks.run(work, owner=self, done=done, failed=failed)

    def keep_edits(self) -> None:
        """Save what was typed, before something else is shown in its place."""
        if self._edited:
            self.save(then_show=False)
            self._edited = False

    def remove(self) -> None:
        """Delete the voice in hand; for a while that can be undone."""
        voice = self._shown
        if voice is None:
            return
        self._edited = False
        self._shown = None

        def put_back(_: Cancellation) -> Voice:
            return self._services.voices.save(voice)

        def back(kept: Voice) -> None:
            self.load(select=kept.name)
            self.changed.emit()

        def done(_: None) -> None:
            self.load()
            self.changed.emit()
            self._notifier.say(
                self.tr("The voice “{name}” was deleted.").format(name=voice.name),
                action=self.tr("Undo"),
                act=lambda: self._tasks.run(
                    put_back, owner=self, done=back, failed=self._notifier.trouble
                ),
            )

        self._tasks.run(
            lambda _: self._services.voices.remove(voice.name),
            owner=self,
            done=done,
            failed=self._notifier.trouble,
        )

    def derive(self) -> None:
        """Put what pairs and house style speak for into the rules, beside the user's own."""
        voice = self.editor.voice()
        self._tasks.run(
            lambda _: self._services.voices.propose_rules(voice),
            owner=self,
            done=self.editor.show_rules,
            failed=self._notifier.trouble,
        )

    # -- what follows

    def _show_chosen(self) -> None:
        chosen = self.list.chosen()
        if self._choosing or not chosen or chosen[0] == self._shown:
            return
        voice: Voice = chosen[0]
        if self._shown is None or voice.name != self._shown.name:
            self.keep_edits()
        elif self._edited:
            return  # the fields are newer
        self._shown = voice
        self._show(voice)

    def _show(self, voice: Voice) -> None:
        self.editor.show_voice(voice)
        self.editor.say_fit("")
        self._edited = False
        self._follow()

    def _show_kept(self, kept: Voice) -> None:
        """The rules may have been compiled; nothing else is otherwise than in the fields."""
        self._shown = kept
        if not self._edited:
            self.editor.show_rules(kept.rules)
            self._edited = False
        self._follow()

    def _mark_edited(self) -> None:
        self._edited = True
        self._follow()

    def _follow(self) -> None:
        busy, kept = self.work.busy, self._shown is not None
        self._save.setEnabled(self._edited)
        self._remove.setEnabled(kept)
        self._measure.setEnabled(kept and not busy)
        self.files.offer(self._shown)
        some = self.rows.rowCount() > 0 or self._edited or kept
        self._stack.setCurrentIndex(1 if some else 0)

    def _wish_to_measure(self) -> None:
        if self._edited:
            self.save()
        if self._shown is not None:
            self.editor.say_fit("")
            self.work.measure(self._shown.name)

    def _wish_for_examples(self, paths: Sequence[Path] = ()) -> None:
        if self._edited:
            self.save()
        if self._shown is not None:
            self.work.propose(self._shown.name, paths)

    def _choose_texts(self) -> None:
        choose(
            self,
            "voices.examples.choose",
            self.tr("Choose texts to make examples of"),
            [f"{self.tr('Plain text')} (*.txt *.md)", f"{self.tr('All files')} (*)"],
            self._wish_for_examples,
            several=True,
        )

    def _read_into(self, path: Path, put: object) -> None:
        self._tasks.run(
            lambda _: self._services.read(path),
            owner=self,
            done=put,  # type: ignore[arg-type]
            failed=self._notifier.trouble,
        )

    def _show_brought(self, name: str) -> None:
        self.keep_edits()
        self.load(select=name)
        self.changed.emit()

    def _say_removed(self, pair: object, row: int) -> None:
        self._notifier.say(
            self.tr("The pair was taken out."),
            action=self.tr("Undo"),
            act=lambda: self.editor.pairs.insert(row, pair),  # type: ignore[arg-type]
        )

    # -- how it is made

    def _listen(self) -> None:
        self.list.selected.connect(self._show_chosen)
        self.editor.edited.connect(self._mark_edited)
        self.editor.fileWanted.connect(self._read_into)
        self.editor.pairs.examplesWanted.connect(self._wish_for_examples)
        self.editor.pairs.textsWanted.connect(self._choose_texts)
        self.editor.pairs.removed.connect(self._say_removed)
        self.work.proposed.connect(self.editor.pairs.propose)
        self.work.measured.connect(self.editor.say_fit)
        self.work.busyChanged.connect(lambda _busy: self._follow())
        self.files.came.connect(self._show_brought)

    def _button(self, action_id: str, actions: Actions, kind: str = "") -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"{action_id}.button")
        if kind:
            button.setProperty("kind", kind)
        bind(button, actions.get(action_id))
        return button

    def _lay_out(self, actions: Actions) -> None:
        self._new_button = self._button("voices.new", actions)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        buttons.addWidget(self._new_button, 1)
        buttons.addWidget(self._button("voices.import", actions), 1)
        column.addLayout(buttons)
        column.addWidget(self.list, 1)
        right = QWidget(self)
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self.editor.name, 1)
        head.addWidget(self._button("voices.remove", actions, "danger"))
        head.addWidget(self._button("voices.export", actions))
        head.addWidget(self._button("voices.save", actions, "primary"))
        scroll = QScrollArea(right)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.editor)
        # Once it is laid out, for only then it has a place.
        self.editor.pairs.opened.connect(
            scroll.ensureWidgetVisible, Qt.ConnectionType.QueuedConnection
        )
        fields = QVBoxLayout(right)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(theme.GRID)
        fields.addLayout(head)
        fields.addWidget(self.work)
        fields.addWidget(scroll, 1)
        empty = EmptyState(
            "chat",
            self.tr("No voices yet"),
            self.tr(
                "A voice is how your office writes: a few texts as they were and as you would "
                "have them, your house style, the words you use and avoid."
            ),
            self,
        )
        empty.setObjectName("voices.empty")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(right)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(3 * theme.GRID)
        splitter.setProperty("role", "split")
        splitter.addWidget(left)
        splitter.addWidget(self._stack)
        splitter.setStretchFactor(0, LIST_SHARE)
        splitter.setStretchFactor(1, 100 - LIST_SHARE)
        splitter.setSizes([10 * LIST_SHARE, 10 * (100 - LIST_SHARE)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
