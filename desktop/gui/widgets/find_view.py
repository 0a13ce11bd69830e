"""Finding a model: the catalogue with the one for this computer first, or what the hub has.

Asks the hub only when the user says so: here for a search, elsewhere about what is selected.
Whatever the hub calls things is plain text.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.catalogue import limits, recommend
from desktop.domain.hardware import Computer
from desktop.domain.hub import Repository
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelKind
from desktop.gui import theme
from desktop.gui.actions import Actions
from desktop.gui.model_services import ModelServices
from desktop.gui.models.offer_words import Offer, facts, row, title
from desktop.gui.models.rows import RowsModel
from desktop.gui.models.search_words import GROUPS
from desktop.gui.notify import Notifier
from desktop.gui.outgoing import Outgoing
from desktop.gui.widgets.hub_search import HubSearch
from desktop.gui.widgets.model_card import ModelCard
from desktop.gui.widgets.model_list import ModelList
from desktop.gui.widgets.split import Split

Result = TypeVar("Result")


class FindView(QWidget):
    """`selected` comes when another offer is selected or something else is known of it, `opened`
    carries one that was double-clicked or had Enter pressed on it."""

    selected = Signal()
    opened = Signal(object)

    def __init__(
        self,
        *,
        services: ModelServices,
        outgoing: Outgoing,
        notifier: Notifier,
        actions: Actions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._outgoing = outgoing
        self._notifier = notifier
        self._catalogue = sorted(
            (Offer(entry=entry) for entry in services.catalogue),
            key=lambda offer: GROUPS.index(offer.kind),
        )
        self._asking: dict[tuple[str, str], Cancellation] = {}
        self._found = False  # the list holds what a search found
        self.rows = RowsModel(lambda offer: offer.key, row, self)
        self.list = ModelList(
            "models.find.list", self.tr("Models to fetch"), self.rows, self, grouped=True
        )
        self.list.selected.connect(self._show_selection)
        self.list.opened.connect(self.opened)
        self._stop = actions.add(
            "models.stop_asking",
            self.tr("Stop asking"),
            "Esc",
            self.stop,
            within=self,
            in_full=self.tr("Wait for no answer of the hub any more"),
        )
        self._follow_asking()

    def lay_out(self, actions: Sequence[QAction]) -> None:
        """Put the parts together; `actions` are what can be done with an offer."""
        self.search = HubSearch(self._stop, self)
        self.search.asked.connect(self._search)
        self.search.emptied.connect(self._show_catalogue)
        self._outgoing.whereChanged.connect(self.search.show_where)
        self.card = ModelCard("models.offer", actions, self)
        self.list.offer(actions)
        self._split = Split(self.list, self.card, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.search)
        layout.addWidget(self._split, 1)
        self.rows.show_records(self._catalogue)

    def show_computer(self, computer: Computer) -> None:
        """Say of the catalogue what answers comfortably here, the recommended model first."""
        most = limits(computer).weights
        entries = [offer.entry for offer in self._catalogue if offer.entry is not None]
        best = recommend(entries, computer)
        self._catalogue = sorted(
            (
                replace(
                    offer,
                    comfortable=_comfortable(offer, most),
                    recommended=best is not None and offer.entry == best,
                )
                for offer in self._catalogue
            ),
            key=lambda offer: (GROUPS.index(offer.kind), not offer.recommended),
        )
        if not self._found:
            self._show_catalogue()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        # No proxy: around what holds it, that makes a ring of the tab order that nothing leaves.
        self.search.field.setFocus()

    # -- searching

    def _search(self, text: str) -> None:
        self.search.say(self.tr("Asking {host}").format(host=self._outgoing.where.host))

        def show(found: list[Repository]) -> None:
            self._found = True
            self.rows.show_records([Offer(repository=repository) for repository in found])
            self.search.say(self._outcome(text, len(found)))

        self._ask(
            ("search", ""),
            lambda cancel: self._services.hub.search(text, cancel),
            show,
            over=lambda: self.search.say(""),
        )

    def _outcome(self, text: str, count: int) -> str:
        if not count:
            return self.tr(
                "The hub has no GGUF repository named like “{text}”. Try fewer or other words."
            ).format(text=text)
        if count == 1:
            return self.tr("1 repository. Press Enter on it to see its models.")
        return self.tr(
            "{count} repositories, the most fetched first. Press Enter on one to see its models."
        ).format(count=count)

    def _show_catalogue(self) -> None:
        self._found = False
        kept = [offer.key for offer in self.list.chosen()]
        self.list.show_records(self._catalogue, kept)
        self.search.say("")

    # -- asking

    def stop(self) -> None:
        """Wait for no answer any more."""
        asking, self._asking = list(self._asking.values()), {}
        for offer in self.rows.records():
            if offer.asking:
                self.put(offer)
        self.search.say("")
        self._follow_asking()
        # Listeners of a cancellation may write to a pipe: not on this thread.
        threading.Thread(target=_cancel, args=(asking,), name="hub-stop").start()

    def ask_about(
        self,
        offer: Offer,
        work: Callable[[Cancellation], Result],
        done: Callable[[Result], object],
    ) -> None:
        """Ask the hub something about an offer, which is shown meanwhile; trouble is told."""
        self.rows.put(replace(offer, asking=True))
        self._ask(offer.key, work, done, over=lambda: self.put(offer))
        self._show_selection()

    def _ask(
        self,
        key: tuple[str, str],
        work: Callable[[Cancellation], Result],
        done: Callable[[Result], object],
        over: Callable[[], object],
    ) -> None:
        def end() -> None:
            self._asking.pop(key, None)
            self._follow_asking()
            over()

        self._asking[key] = self._outgoing.ask(
            work, owner=self, done=done, failed=self._notifier.trouble, over=end
        )
        self._follow_asking()

    def _follow_asking(self) -> None:
        self._stop.setEnabled(bool(self._asking))
        self._stop.setVisible(bool(self._asking))

    # -- what is shown

    def show_models(self, offer: Offer, repository: Repository) -> None:
        """List the models of a repository below it."""
        place = self.rows.row_of(offer.key)
        if place is not None:
            self.rows.put(replace(offer, repository=repository, opened=True, asking=False))
            models = [Offer(repository=repository, variant=v) for v in repository.variants]
            self.rows.insert(place + 1, models)
        self._show_selection()

    def hide_models(self, offer: Offer) -> None:
        """The repository alone again."""
        below = [
            other.variant is not None and other.key[0] == offer.key[0]
            for other in self.rows.records()
        ]
        self.rows.put(replace(offer, opened=False))
        if any(below):
            self.rows.remove(below.index(True), sum(below))
        self._show_selection()

    def chosen(self) -> Offer | None:
        """The selected offer."""
        chosen = self.list.chosen()
        return chosen[0] if chosen else None

    def put(self, offer: Offer, **known: object) -> None:
        """Show what is known of an offer by now."""
        self.rows.put(replace(offer, asking=False, **known))  # type: ignore[arg-type]
        self._show_selection()

    def _show_selection(self) -> None:
        offer = self.chosen()
        self._split.show_below(offer is not None)
        if offer is not None:
            self.card.show_model(title(offer), facts(offer))
        self.selected.emit()


def _comfortable(offer: Offer, most: int) -> bool | None:
    """The catalogue's rule, which is for models that write answers."""
    if offer.entry is None or offer.kind is not ModelKind.CHAT:
        return None
    return offer.entry.weights <= most


def _cancel(cancellations: list[Cancellation]) -> None:
    for cancellation in cancellations:
        cancellation.cancel()
