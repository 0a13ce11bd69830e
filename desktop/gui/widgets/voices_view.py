"""The voices there are, and the one in hand in fields. Kept, given away, removed with an undo.

Every call of a service is on a task; the long ones (measuring a fit, proposing pairs) are one at a
time, with how far they are and a way to end them. What is typed is kept before another voice is
shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import EscritoireError
from desktop.domain.jobs import Cancellation
from desktop.domain.voices import Voice
from desktop.gui.actions import Actions
from desktop.gui.choosing import choose
from desktop.gui.models.rows import RowsModel
from desktop.gui.models.voice_words import voice_row
from desktop.gui.notify import Notice, Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.voice_services import VoiceServices
from desktop.gui.widgets.model_list import ModelList
from desktop.gui.widgets.voice_editor import VoiceEditor
from desktop.gui.widgets.voice_file_actions import VoiceFileActions
from desktop.gui.widgets.voice_work import VoiceWork
from desktop.gui.widgets.voices_frame import VoicesFrame


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
        self._writing = False  # a voice that is not kept yet
        self._taken_out: Notice | None = None  # a pair, which can be put back into the fields
        self._changes = 0  # counts them, to tell what was looked up before one
        self._filled = 0  # how often the fields were filled, to tell whose they are
        self._choosing = False
        self.rows = RowsModel(lambda voice: voice.name, voice_row, self)
        self.list = ModelList("voices.list", self.tr("Voices"), self.rows, self)
        self.editor = VoiceEditor(actions, self, self)
        self.work = VoiceWork(tasks, services, notifier, actions, self)
        self.files = VoiceFileActions(tasks, services, notifier, actions, self)
        add = partial(actions.add, within=self)
        self._new = add("voices.new", self.tr("New voice"), "Alt+N", self.begin)
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
        self.frame = VoicesFrame(self.list, self.editor, self.work, actions, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self._listen()
        self._follow()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        # No proxy: around what holds it, that makes a ring of the tab order that nothing leaves.
        (self.list if self.rows.rowCount() else self.frame.new).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_edits()
        super().hideEvent(event)

    def load(self, select: str = "") -> None:
        """Show the voices there are; `select` is the name of the one to be in hand."""

        changes = self._changes

        def done(voices: list[Voice]) -> None:
            if self._changes != changes:
                return  # they are being looked up again
            self._choosing = True
            self.rows.show_records(voices)
            wanted = select or (self._shown.name if self._shown else "")
            found = self.list.select(wanted) if wanted else False
            if not found and self._shown is not None:
                self._shown = None
            self._choosing = False
            if found:
                self._show_chosen()
            elif voices and not self._writing:
                self.list.select(voices[0].name)
            self._follow()

        self._tasks.run(lambda _: self._services.voices.all(), owner=self, done=done)

    # -- the voice in hand

    def begin(self) -> None:
        """A new voice, to be named first."""
        self.keep_edits()
        self._resume(None, Voice(self._free_name()))
        self._edited = False  # it is kept once there is something to keep
        self._follow()
        self.editor.name.selectAll()

    def save(self, then: Callable[[str], object] | None = None) -> None:
        """Keep what the fields say; `then` is called with the voice's name once it is kept."""
        voice, before, filled = self._in_fields(), self._shown, self._filled

        def done(kept: Voice) -> None:
            self._changes += 1
            if self._filled == filled:
                self._show_kept(kept)
            self.load()
            self.changed.emit()
            if then is not None:
                then(kept.name)

        def failed(error: EscritoireError) -> None:
            self.load()
            if self._filled == filled:
                self._shown = before
                self._mark_edited()
                self._notifier.trouble(error)
            else:
                self._notifier.trouble(
                    error,
                    action=self.tr("Go back to it"),
                    act=lambda: self._resume(before, voice),
                )

        self._edited = False
        self._changes += 1
        self._shown = voice
        self._follow()
        self._tasks.run(lambda _: self._kept(before, voice), owner=self, done=done, failed=failed)

    def keep_edits(self) -> None:
        """Save what was typed, before something else is shown in its place."""
        if self._edited:
            self.save()

    def unsaved(self) -> Callable[[], object] | None:
        """What keeps what was typed; asked when the window closes, and run on a thread."""
        if not self._edited:
            return None
        self._edited = False
        return partial(self._kept, self._shown, self._in_fields())

    def remove(self) -> None:
        """Delete the voice in hand; for a while that can be undone."""
        voice = self._shown
        if voice is None:
            return
        edited, filled = self._edited, self._filled

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

        def failed(error: EscritoireError) -> None:
            if self._filled == filled:
                self._shown = voice
                self._edited = self._edited or edited
                self._follow()
            self._notifier.trouble(error)

        # Nothing is kept of it from here on; it is in hand again if it cannot be removed.
        self._edited = False
        self._changes += 1
        self._shown = None
        self._tasks.run(
            lambda _: self._services.voices.remove(voice.name),
            owner=self,
            done=done,
            failed=failed,
        )

    def derive(self) -> None:
        """Put what pairs and house style speak for into the rules, beside the user's own."""
        voice = self.editor.voice()
        self._tasks.run(
            lambda _: self._services.voices.propose_rules(voice),
            owner=self,
            done=self._for_these_fields(self.editor.show_rules),
            failed=self._notifier.trouble,
        )

    # -- what follows

    def _for_these_fields(self, put: Callable[..., object]) -> Callable[..., None]:
        """`put`, which does nothing once the fields are filled with another voice."""
        filled = self._filled

        def only_here(*given: object) -> None:
            if self._filled == filled:
                put(*given)

        return only_here

    def _in_fields(self) -> Voice:
        """What the fields say; a voice without a name gets one, so that it is not lost."""
        voice, before = self.editor.voice(), self._shown
        if voice.name:
            return voice
        return replace(voice, name=before.name if before else self._free_name())

    def _kept(self, before: Voice | None, voice: Voice) -> Voice:
        """On a thread: the voice, kept in place of what it was before."""
        if before is None:
            return self._services.voices.save(voice)
        return self._services.voices.change(before.name, voice)

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
        self._writing = False
        self._show(voice)

    def _show(self, voice: Voice) -> None:
        self._filled += 1
        self.work.stop()  # what would come of it is another voice's
        if self._taken_out is not None:
            self._notifier.withdraw(self._taken_out)
            self._taken_out = None
        self.editor.show_voice(voice)
        self.editor.say_fit("")
        self._edited = False
        self._follow()

    def _resume(self, kept: Voice | None, voice: Voice) -> None:
        """Put into the fields what could not be kept, or what is new; `kept` is what there is."""
        self._shown = kept
        self._choosing = True
        if kept is None or not self.list.select(kept.name):
            self.list.clearSelection()
        self._choosing = False
        self._show(voice)
        self._writing = kept is None
        self._mark_edited()
        self.editor.name.setFocus()

    def _free_name(self) -> str:
        """A name that no voice has yet."""
        taken = {voice.name for voice in self.rows.records()}
        name = self.tr("New voice")
        number = 2
        while name in taken:
            name = self.tr("New voice {number}").format(number=number)
            number += 1
        return name

    def _show_kept(self, kept: Voice) -> None:
        """The rules may have been compiled; nothing else is otherwise than in the fields."""
        self._shown = kept
        self._writing = False
        if not self._edited:
            self.editor.name.setText(kept.name)
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
        self.editor.pairs.offer_examples(may=not busy)
        self.files.offer(self._shown)
        some = self.rows.rowCount() > 0 or self._writing or kept
        self.frame.show_editor(some)

    def _wish_to_measure(self) -> None:
        def measure(name: str) -> None:
            self.editor.say_fit("")
            self.work.measure(name)

        self._with_kept(measure)

    def _wish_for_examples(self, paths: Sequence[Path] = ()) -> None:
        self._with_kept(lambda name: self.work.propose(name, paths))

    def _with_kept(self, work: Callable[[str], object]) -> None:
        """Begin work on the voice in hand, which is kept first."""
        if self._edited:
            self.save(work)
        elif self._shown is not None:
            work(self._shown.name)

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
            done=self._for_these_fields(put),  # type: ignore[arg-type]
            failed=self._notifier.trouble,
        )

    def _show_brought(self, name: str) -> None:
        if self._shown is not None and self._shown.name == name:
            # The user had it replaced, with what is typed in the fields.
            self._edited = False
            self._shown = None
        self.keep_edits()
        self.load(select=name)
        self.changed.emit()

    def _say_removed(self, pair: object, row: int) -> None:
        self._taken_out = self._notifier.say(
            self.tr("The pair was taken out."),
            action=self.tr("Undo"),
            act=self._for_these_fields(partial(self.editor.pairs.insert, row, pair)),  # type: ignore[arg-type]
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
