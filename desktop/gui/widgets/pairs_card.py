"""The pairs of a voice: listed, written, edited, taken out; and those that a model proposes.

Holds what is shown; whoever owns the voice keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.domain.tone import Pair
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.models.rows import RowsModel
from desktop.gui.models.voice_words import pair_row
from desktop.gui.widgets.model_list import ModelList
from desktop.gui.widgets.pair_field import PairField
from desktop.gui.widgets.sheet import Card

LIST_TALL = 28 * theme.GRID


class PairsCard(Card):
    """`changed` says that the pairs are others, `removed` carries what was taken out and where.

    `examplesWanted` and `textsWanted` wish for proposals, the latter from texts in files. `opened`
    carries a field that should be in view.
    """

    changed = Signal()
    removed = Signal(object, int)
    examplesWanted = Signal()
    textsWanted = Signal()
    fileWanted = Signal(object, object)
    opened = Signal(object)

    def __init__(self, actions: Actions, within: QWidget, parent: QWidget) -> None:
        super().__init__("", parent)
        self.title(self.tr("Pairs"))
        self.setObjectName("voices.pairs.card")
        self._pairs: list[Pair] = []
        self._editing = -1  # the row whose pair is in the field; -1: a new one
        self._proposed: list[Pair] = []
        self._may_propose = True
        self.say(
            self.tr(
                "A text as it was, and as your office would have it. Rules are derived from the "
                "pairs, and those nearest to a text are shown to the model as examples."
            )
        )
        self.rows = RowsModel(id, pair_row, self)
        self.list = ModelList("voices.pairs", self.tr("Pairs"), self.rows, self)
        self.list.setFixedHeight(LIST_TALL)
        self.list.opened.connect(lambda _pair: self.edit())
        self.list.selected.connect(self._follow)
        self.field = PairField("voices.pair", self.tr("Keep the pair"), self.tr("Put away"), self)
        self.field.kept.connect(self._keep)
        self.field.left.connect(self._put_away)
        self.field.fileWanted.connect(self.fileWanted)
        self.proposal = PairField(
            "voices.proposal", self.tr("Accept"), self.tr("Not this one"), self
        )
        self.proposal.kept.connect(self._accept)
        self.proposal.left.connect(self._next_proposal)
        self.proposal.fileWanted.connect(self.fileWanted)
        self._about = QLabel(self)
        self._about.setObjectName("voices.proposal.about")
        self._about.setProperty("role", "muted")
        self._about.setWordWrap(True)
        add = actions.add
        self._add = add("voices.pair.add", self.tr("Add a pair"), "Ctrl+Shift+A", self.write,
                        within=within)  # fmt: skip
        self._edit = add("voices.pair.edit", self.tr("Edit"), None, self.edit, within=within,
                         in_full=self.tr("Edit the pair"))  # fmt: skip
        self._remove = add("voices.pair.remove", self.tr("Take out"), None, self.remove,
                           within=within, in_full=self.tr("Take the pair out"))  # fmt: skip
        self._more = add("voices.examples", self.tr("Make more examples"), "Ctrl+Shift+X",
                         self.examplesWanted.emit, within=within)  # fmt: skip
        self._texts = add("voices.examples.texts", self.tr("From texts"), None,
                          self.textsWanted.emit, within=within,
                          in_full=self.tr("Make examples from texts in files"))  # fmt: skip
        self.list.offer((self._edit, self._remove))
        self._lay_out()
        self.show_pairs(())

    def pairs(self) -> tuple[Pair, ...]:
        return tuple(self._pairs)

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show these, and put away what was being written or proposed."""
        self._show(pairs)
        self._put_away()
        self._proposed = []
        self._show_proposal()

    def insert(self, row: int, pair: Pair) -> None:
        """Put a pair back where it was."""
        if self._editing >= row:
            self._editing += 1
        self._show((*self._pairs[:row], pair, *self._pairs[row:]))
        self.changed.emit()

    def write(self) -> None:
        """Write a new pair."""
        self._editing = -1
        self.field.clear()
        self.field.show()
        self.field.before.setFocus()
        self.opened.emit(self.field)

    def edit(self) -> None:
        """Write the selected pair otherwise."""
        row = self._row()
        if row >= 0:
            self._editing = row
            self.field.show_pair(self._pairs[row])
            self.field.show()
            self.field.after.setFocus()
            self.opened.emit(self.field)

    def remove(self) -> None:
        """Take the selected pair out."""
        row = self._row()
        if row >= 0:
            pair = self._pairs[row]
            self._show((*self._pairs[:row], *self._pairs[row + 1 :]))
            self._put_away()
            self.changed.emit()
            self.removed.emit(pair, row)

    # -- proposals

    def offer_examples(self, *, may: bool) -> None:
        """Whether examples may be wished for: not while others are being made."""
        self._may_propose = may
        self._follow()

    def propose(self, pair: Pair) -> None:
        """One more pair to be looked at."""
        self._proposed.append(pair)
        self._show_proposal()

    def _accept(self, pair: Pair) -> None:
        self._show((*self._pairs, pair))
        self.changed.emit()
        self._next_proposal()

    def _next_proposal(self) -> None:
        del self._proposed[:1]
        self._show_proposal(anew=True)

    def _show_proposal(self, *, anew: bool = False) -> None:
        count = len(self._proposed)
        shown = not self.proposal.isHidden()
        self.proposal.setVisible(count > 0)
        self._about.setVisible(count > 0)
        if not count:
            return
        self._about.setText(
            self.tr("A model proposes this pair. It counts once you have accepted it.")
            if count == 1
            else self.tr(
                "A model proposes this pair; {count} more wait. Each counts once you have "
                "accepted it."
            ).format(count=count - 1)
        )
        if anew or not shown:
            self.proposal.show_pair(self._proposed[0])
            self.opened.emit(self.proposal)

    # -- what follows

    def _keep(self, pair: Pair) -> None:
        row = self._editing
        if row < 0:
            self._show((*self._pairs, pair))
        else:
            self._show((*self._pairs[:row], pair, *self._pairs[row + 1 :]))
        self._put_away()
        self.changed.emit()
        self._add_button.setFocus()

    def _put_away(self) -> None:
        self._editing = -1
        self.field.hide()

    def _show(self, pairs: Sequence[Pair]) -> None:
        self._pairs = list(pairs)
        self.rows.show_records(self._pairs)
        self.list.setVisible(bool(self._pairs))
        self._follow()

    def _row(self) -> int:
        rows = self.list.selectionModel().selectedIndexes()
        return rows[0].row() if rows else -1

    def _follow(self) -> None:
        some = self._row() >= 0
        self._edit.setEnabled(some)
        self._remove.setEnabled(some)
        self._more.setEnabled(self._may_propose and bool(self._pairs))
        self._texts.setEnabled(self._may_propose)

    def _lay_out(self) -> None:
        buttons = {}
        rows = []
        for actions in ((self._add, self._edit, self._remove), (self._more, self._texts)):
            row = QWidget(self)
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(theme.GRID)
            for action in actions:
                button = QPushButton(row)
                button.setObjectName(f"{action.objectName()}.button")
                bind(button, action)
                across.addWidget(button)
                buttons[action] = button
            across.addStretch(1)
            rows.append(row)
        self._add_button = buttons[self._add]
        writing, proposing = rows
        for widget in (self.list, writing, self.field, proposing, self._about, self.proposal):
            self.put(widget)
