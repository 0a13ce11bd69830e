"""Newer versions of models that came from the hub: asked for by the user, and taken by nobody else.

A newer version comes beside the one that is here, which stays until the user removes it.
"""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import RepositoryUnknown
from desktop.domain.hub import Download
from desktop.domain.jobs import Cancellation
from desktop.domain.models import InstalledModel
from desktop.gui.actions import Actions
from desktop.gui.model_services import ModelServices
from desktop.gui.notify import Notifier
from desktop.gui.outgoing import Outgoing
from desktop.gui.widgets.installed_view import InstalledView


class NewerVersions(QObject):
    """`queued` carries a download that was just asked for."""

    queued = Signal(object)

    def __init__(
        self,
        *,
        services: ModelServices,
        outgoing: Outgoing,
        view: InstalledView,
        notifier: Notifier,
        actions: Actions,
        within: QWidget,
    ) -> None:
        super().__init__(within)
        self._services = services
        self._outgoing = outgoing
        self._view = view
        self._notifier = notifier
        self.action = actions.add(
            "models.newer",
            self.tr("Look for newer versions"),
            "F9",
            self.look,
            within=within,
            in_full=self.tr("Ask the hub whether it has the selected models in a newer version"),
        )
        view.selected.connect(self._follow)
        self._follow()

    def look(self) -> None:
        """Ask about each selected model that came from the hub; nothing is fetched."""
        for model in self._from_hub():
            self._outgoing.ask(
                partial(self._services.hub.newer, model.provenance),
                owner=self,
                done=partial(self._say, model),
                failed=self._notifier.trouble,
            )

    def fetch(self, model: InstalledModel) -> None:
        """Queue the newest version of a model."""

        def work(cancel: Cancellation) -> Download:
            name = model.provenance.repository
            file = model.parts[0].path.name
            repository = self._services.hub.look_at(name, cancel)
            for variant in repository.variants:
                if PurePosixPath(variant.files[0].path).name == file:
                    return self._services.downloads.fetch(repository, variant)
            raise RepositoryUnknown(repository=f"{name}/{file}")

        self._outgoing.ask(work, owner=self, done=self.queued.emit, failed=self._notifier.trouble)

    def _say(self, model: InstalledModel, commit: str) -> None:
        if not commit:
            said = self.tr("{name} is as {repository} has it now.")
            self._notifier.say(said.format(name=model.name, repository=model.provenance.repository))
            return
        said = self.tr("{repository} has a newer version of {name}. The one that is here stays.")
        self._notifier.say(
            said.format(name=model.name, repository=model.provenance.repository),
            action=self.tr("Fetch it, too"),
            act=partial(self.fetch, model),
            seconds=None,
        )

    def _from_hub(self) -> list[InstalledModel]:
        chosen = [shown.model for shown in self._view.chosen() if not shown.removed]
        return [model for model in chosen if model.provenance.repository]

    def _follow(self) -> None:
        asked = bool(self._from_hub())
        self.action.setEnabled(asked)
        self.action.setVisible(asked)
