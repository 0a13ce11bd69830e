"""Finding a model: the catalogue with the one for this computer first, or what the hub has.

Asks the hub only when the user says so: for a search, for what is in a repository, for the head of
a file to judge it by. Whatever the hub calls things is plain text.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.catalogue import limits, recommend
from desktop.domain.errors import RepositoryUnknown
from desktop.domain.fitting import Placement
from desktop.domain.hardware import Computer
from desktop.domain.hub import Download, Repository, Variant
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

Judged = tuple[Repository, Variant, Placement]
Result = TypeVar("Result")


class FindView(QWidget):
    """`queued` carries a download that was just asked for."""

    queued = Signal(object)

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
        self.list.opened.connect(self._activate)
        self._register(actions)
        self._lay_out()
        outgoing.whereChanged.connect(self.search.show_where)
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

    # -- what is done with the selected offer

    def open(self) -> None:
        """Show the models of the selected repository, or hide them again."""
        offer = self._chosen()
        if offer is None or offer.is_model or offer.repository is None or offer.asking:
            return
        name = offer.repository.name
        if offer.opened:
            self._close(offer, name)
            return

        def show(repository: Repository) -> None:
            opened = replace(offer, repository=repository, opened=True, asking=False)
            place = self.rows.row_of(offer.key)
            if place is not None:
                self.rows.put(opened)
                models = [Offer(repository=repository, variant=v) for v in repository.variants]
                self.rows.insert(place + 1, models)
            self._show_selection()

        self._ask_about(offer, lambda cancel: self._services.hub.look_at(name, cancel), show)

    def _close(self, offer: Offer, name: str) -> None:
        below = [
            other.variant is not None and other.key[0] == name for other in self.rows.records()
        ]
        self.rows.put(replace(offer, opened=False))
        if any(below):
            self.rows.remove(below.index(True), sum(below))
        self._show_selection()

    def judge(self) -> None:
        """Ask for the head of the selected model, and say whether it fits here."""
        offer = self._chosen()
        if offer is None or not _judgeable(offer) or offer.asking:
            return

        def work(cancel: Cancellation) -> Judged:
            repository, variant = self._resolved(offer, cancel)
            _, placement = self._services.judging.offered(repository, variant, cancel)
            return repository, variant, placement

        def show(judged: Judged) -> None:
            repository, variant, placement = judged
            self._put(offer, repository=repository, variant=variant, judged=placement)

        self._ask_about(offer, work, show)

    def download(self) -> None:
        """Queue the selected model to be fetched."""
        offer = self._chosen()
        if offer is None or not offer.is_model or offer.asking:
            return

        def work(cancel: Cancellation) -> Download:
            return self._services.downloads.fetch(*self._resolved(offer, cancel))

        def done(download: Download) -> None:
            self._put(offer)
            self.queued.emit(download)

        self._ask_about(offer, work, done)

    def stop(self) -> None:
        """Wait for no answer any more."""
        asking, self._asking = list(self._asking.values()), {}
        for offer in self.rows.records():
            if offer.asking:
                self._put(offer)
        self.search.say("")
        self._follow_asking()
        # Listeners of a cancellation may write to a pipe: not on this thread.
        threading.Thread(target=_cancel, args=(asking,), name="hub-stop").start()

    def _resolved(self, offer: Offer, cancel: Cancellation) -> tuple[Repository, Variant]:
        """The repository as it is now and the model in it, on a worker thread."""
        if offer.repository is not None and offer.variant is not None:
            return offer.repository, offer.variant
        name, file = offer.where
        repository = self._services.hub.look_at(name, cancel)
        for variant in repository.variants:
            if _is_meant(offer, variant, file):
                return repository, variant
        raise RepositoryUnknown(repository=f"{name}/{file}")

    # -- asking

    def _ask_about(
        self,
        offer: Offer,
        work: Callable[[Cancellation], Result],
        done: Callable[[Result], object],
    ) -> None:
        self.rows.put(replace(offer, asking=True))
        self._ask(offer.key, work, done, over=lambda: self._put(offer))
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

    def _put(self, offer: Offer, **known: object) -> None:
        self.rows.put(replace(offer, asking=False, **known))  # type: ignore[arg-type]
        self._show_selection()

    def _chosen(self) -> Offer | None:
        chosen = self.list.chosen()
        return chosen[0] if chosen else None

    def _activate(self, offer: Offer) -> None:
        if _judgeable(offer):
            self.judge()
        elif not offer.is_model:
            self.open()

    def _show_selection(self) -> None:
        offer = self._chosen()
        is_model = offer is not None and offer.is_model
        idle = offer is not None and not offer.asking
        for action, shown in (
            (self._download, is_model),
            (self._judge, offer is not None and _judgeable(offer)),
            (self._open, offer is not None and not is_model),
        ):
            action.setVisible(shown or (offer is None and action is not self._open))
            action.setEnabled(shown and idle)
        opened = offer is not None and offer.opened
        self._open.setText(self.tr("Hide its models") if opened else self.tr("Show its models"))
        self._split.show_below(offer is not None)
        if offer is not None:
            self.card.show_model(title(offer), facts(offer))

    # -- how it is made

    def _register(self, actions: Actions) -> None:
        self._download = actions.add(
            "models.download",
            self.tr("Download"),
            "Ctrl+D",
            self.download,
            within=self,
            in_full=self.tr("Fetch the selected model from the hub"),
        )
        self._judge = actions.add(
            "models.judge",
            self.tr("Check whether it fits"),
            "F8",
            self.judge,
            within=self,
            in_full=self.tr("Ask the hub for the head of the selected model, and judge it"),
        )
        self._open = actions.add(
            "models.open",
            self.tr("Show its models"),
            "Ctrl+Return",
            self.open,
            within=self,
            in_full=self.tr("Ask the hub which models the selected repository has"),
        )
        self._stop = actions.add(
            "models.stop_asking",
            self.tr("Stop asking"),
            "Esc",
            self.stop,
            within=self,
            in_full=self.tr("Wait for no answer of the hub any more"),
        )
        self._follow_asking()

    def _lay_out(self) -> None:
        self.search = HubSearch(self._stop, self)
        self.search.asked.connect(self._search)
        self.search.emptied.connect(self._show_catalogue)
        buttons = (self._download, self._judge, self._open)
        self.card = ModelCard("models.offer", buttons, self)
        self.list.offer(buttons)
        self._split = Split(self.list, self.card, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.search)
        layout.addWidget(self._split, 1)


def _judgeable(offer: Offer) -> bool:
    """Whether there is a head to judge it by, which models for answers have."""
    return offer.is_model and offer.kind is ModelKind.CHAT


def _comfortable(offer: Offer, most: int) -> bool | None:
    """The catalogue's rule, which is for models that write answers."""
    if offer.entry is None or offer.kind is not ModelKind.CHAT:
        return None
    return offer.entry.weights <= most


def _is_meant(offer: Offer, variant: Variant, file: str) -> bool:
    """Whether what a repository has is what was offered: that file, or its one folder."""
    if offer.kind is not ModelKind.CHAT:
        return variant.kind is offer.kind
    return variant.files[0].path == file


def _cancel(cancellations: list[Cancellation]) -> None:
    for cancellation in cancellations:
        cancellation.cancel()
