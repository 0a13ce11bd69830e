"""What can be done with a model that is offered: each an action that asks the hub, on a task.

Shows what a repository has, judges a model by the head of its file, has it fetched. Which offer is
meant, the view tells.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import RepositoryUnknown
from desktop.domain.fitting import Placement
from desktop.domain.hub import Download, Repository, Variant
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelKind
from desktop.gui.actions import Actions
from desktop.gui.model_services import ModelServices
from desktop.gui.models.offer_words import Offer
from desktop.gui.widgets.find_view import FindView

Judged = tuple[Repository, Variant, Placement]


class OfferActions(QObject):
    """`queued` carries a download that was just asked for."""

    queued = Signal(object)

    def __init__(
        self, *, services: ModelServices, view: FindView, actions: Actions, within: QWidget
    ) -> None:
        super().__init__(within)
        self._services = services
        self._view = view
        self._register(actions, within)
        view.selected.connect(self._follow)
        view.opened.connect(self._activate)

    @property
    def in_order(self) -> tuple[QAction, ...]:
        """The actions as buttons show them, the most wanted first."""
        return (self._download, self._judge, self._open)

    def open(self) -> None:
        """Show the models of the selected repository, or hide them again."""
        offer = self._view.chosen()
        if offer is None or offer.is_model or offer.repository is None or offer.asking:
            return
        name = offer.repository.name
        if offer.opened:
            self._view.hide_models(offer)
            return
        self._view.ask_about(
            offer,
            lambda cancel: self._services.hub.look_at(name, cancel),
            lambda repository: self._view.show_models(offer, repository),
        )

    def judge(self) -> None:
        """Ask for the head of the selected model, and say whether it fits here."""
        offer = self._view.chosen()
        if offer is None or not _judgeable(offer) or offer.asking:
            return

        def work(cancel: Cancellation) -> Judged:
            repository, variant = self._resolved(offer, cancel)
            _, placement = self._services.judging.offered(repository, variant, cancel)
            return repository, variant, placement

        def show(judged: Judged) -> None:
            repository, variant, placement = judged
            self._view.put(offer, repository=repository, variant=variant, judged=placement)

        self._view.ask_about(offer, work, show)

    def download(self) -> None:
        """Queue the selected model to be fetched."""
        offer = self._view.chosen()
        if offer is None or not offer.is_model or offer.asking:
            return

        def work(cancel: Cancellation) -> Download:
            return self._services.downloads.fetch(*self._resolved(offer, cancel))

        def done(download: Download) -> None:
            self._view.put(offer)
            self.queued.emit(download)

        self._view.ask_about(offer, work, done)

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

    def _activate(self, offer: Offer) -> None:
        if _judgeable(offer):
            self.judge()
        elif not offer.is_model:
            self.open()

    def _follow(self) -> None:
        offer = self._view.chosen()
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

    def _register(self, actions: Actions, within: QWidget) -> None:
        self._download = actions.add(
            "models.download",
            self.tr("Download"),
            "Ctrl+D",
            self.download,
            within=within,
            in_full=self.tr("Fetch the selected model from the hub"),
        )
        self._judge = actions.add(
            "models.judge",
            self.tr("Check whether it fits"),
            "F8",
            self.judge,
            within=within,
            in_full=self.tr("Ask the hub for the head of the selected model, and judge it"),
        )
        self._open = actions.add(
            "models.open",
            self.tr("Show its models"),
            "Ctrl+Return",
            self.open,
            within=within,
            in_full=self.tr("Ask the hub which models the selected repository has"),
        )


def _judgeable(offer: Offer) -> bool:
    """Whether there is a head to judge it by, which models for answers have."""
    return offer.is_model and offer.kind is ModelKind.CHAT


def _is_meant(offer: Offer, variant: Variant, file: str) -> bool:
    """Whether what a repository has is what was offered: that file, or its one folder."""
    if offer.kind is not ModelKind.CHAT:
        return variant.kind is offer.kind
    return variant.files[0].path == file
