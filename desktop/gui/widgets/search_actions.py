"""What can be done with the models that documents are searched with: each an action, on a task.

Says what a switch to another embedder takes, begins it when the user says so, and how far it is.
The embedding itself is done elsewhere, and goes on whatever is shown.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelKind
from desktop.gui.actions import Actions
from desktop.gui.model_services import ModelServices
from desktop.gui.models.installed_words import Shown
from desktop.gui.models.search_words import Part, far, planned
from desktop.gui.notify import Notice, Notifier
from desktop.gui.reembedding_bridge import ReembeddingBridge
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.installed_view import InstalledView
from desktop.services.reembedding import Switch


class SearchActions(QObject):
    """`workChanged` says in one line how far a switch is (0 to 1; -1: there is none)."""

    workChanged = Signal(str, float)

    def __init__(
        self,
        *,
        tasks: Tasks,
        services: ModelServices,
        bridge: ReembeddingBridge,
        view: InstalledView,
        notifier: Notifier,
        actions: Actions,
        within: QWidget,
    ) -> None:
        super().__init__(within)
        self._tasks = tasks
        self._services = services
        self._view = view
        self._notifier = notifier
        self._asked: Notice | None = None
        self._coming = ""  # the embedder on its way, as far as was told
        self._register(actions, within)
        view.selected.connect(self._follow)
        bridge.moved.connect(self._moved)
        bridge.ended.connect(self.load)
        bridge.failed.connect(notifier.trouble)

    @property
    def in_order(self) -> tuple[QAction, ...]:
        """The actions that a card has for what is selected; there is at most one at a time."""
        return (self._use, self._order)

    def load(self) -> None:
        """See whether a switch is under way, and which embedder serves."""

        def work(_: Cancellation) -> tuple[Switch | None, str]:
            return self._services.reembedding.switch(), self._services.search_models.serving()

        # What is wrong with the one that is coming, the thread that works on it says.
        self._tasks.run(work, owner=self, done=self._show, failed=lambda _: self._end(""))

    # -- the embedder

    def use(self) -> None:
        """Say what it takes to search with the selected embedder; done at once if it is nothing."""
        shown = self._selected(ModelKind.EMBEDDER)
        if shown is None:
            return
        name = shown.name

        def work(_: Cancellation) -> tuple[Switch, str]:
            switch = self._services.reembedding.plan(name)
            if not switch.left:
                switch = self._services.reembedding.begin(name)
            return switch, self._services.search_models.serving()

        self._tasks.run(
            work, owner=self, done=lambda told: self._ask(*told), failed=self._notifier.trouble
        )

    def _ask(self, switch: Switch, serving: str) -> None:
        self._withdraw()
        if not switch.left:
            self._searches(switch.name)
            return
        self._asked = self._notifier.say(
            planned(switch, serving),
            action=self.tr("Embed again"),
            act=lambda: self._begin(switch.name),
            seconds=None,
        )

    def _begin(self, name: str) -> None:
        self._asked = None

        def begun(switch: Switch) -> None:
            if switch.underway:
                self._moved(switch)
            self._view.load()

        self._tasks.run(
            lambda _: self._services.reembedding.begin(name),
            owner=self,
            done=begun,
            failed=self._notifier.trouble,
        )

    def stay(self) -> None:
        """Search with the embedder that serves, and embed nothing again."""

        def work(_: Cancellation) -> str:
            self._services.reembedding.cancel()
            return self._services.search_models.serving()

        def done(serving: str) -> None:
            if serving:
                sentence = self.tr("{name} goes on searching your documents.")
                self._notifier.say(sentence.format(name=serving))

        self._withdraw()
        self.stay_action.setEnabled(False)
        self._coming = ""
        self._tasks.run(work, owner=self, done=done, failed=self._notifier.trouble)

    # -- the reranker

    def order(self) -> None:
        """Let the selected reranker order what was found, or no longer."""
        shown = self._selected(ModelKind.RERANKER)
        if shown is None:
            return
        off = shown.part is Part.ORDERS
        name = shown.name

        def done(_: None) -> None:
            if off:
                sentence = self.tr("What is found keeps the order of the search.")
            else:
                sentence = self.tr("{name} orders what is found from now on.")
            self._notifier.say(sentence.format(name=name))

        self._tasks.run(
            lambda _: self._services.search_models.choose_reranker("" if off else name),
            owner=self,
            done=done,
            failed=self._notifier.trouble,
        )

    # -- what is told

    def _moved(self, switch: Switch) -> None:
        coming, self._coming = self._coming, switch.name
        if coming != switch.name:
            self._view.load()
        self.workChanged.emit(*far(switch))
        self._follow()

    def _show(self, seen: tuple[Switch | None, str]) -> None:
        switch, serving = seen
        if switch is not None:
            self._moved(switch)
        else:
            self._end(serving)

    def _end(self, serving: str) -> None:
        if self._coming and serving == self._coming:
            self._searches(serving)
        self._coming = ""
        self.workChanged.emit("", -1.0)
        self._view.load()
        self._follow()

    def _searches(self, name: str) -> None:
        sentence = self.tr("{name} searches your documents from now on.")
        self._notifier.say(sentence.format(name=name))

    def _withdraw(self) -> None:
        if self._asked is not None:
            self._notifier.withdraw(self._asked)
            self._asked = None

    # -- which can be done now

    def _selected(self, kind: ModelKind) -> Shown | None:
        chosen: list[Shown] = self._view.chosen()
        if len(chosen) != 1 or chosen[0].removed or chosen[0].model.kind is not kind:
            return None
        return chosen[0]

    def _follow(self) -> None:
        embedder = self._selected(ModelKind.EMBEDDER)
        reranker = self._selected(ModelKind.RERANKER)
        idle = embedder is not None and embedder.part is Part.NONE and embedder.trouble is None
        self._use.setVisible(embedder is not None and embedder.part is not Part.COMING)
        self._use.setEnabled(idle)
        used = reranker is not None and reranker.part is Part.ORDERS
        self._order.setText(self.tr("Don't use") if used else self.tr("Use for ordering"))
        self._order.setVisible(reranker is not None)
        self._order.setEnabled(reranker is not None and (used or reranker.trouble is None))
        self.stay_action.setEnabled(bool(self._coming))
        self.stay_action.setVisible(bool(self._coming))

    def _register(self, actions: Actions, within: QWidget) -> None:
        self._use = actions.add(
            "models.search_with",
            self.tr("Use for searching"),
            "Ctrl+Return",
            self.use,
            within=within,
            in_full=self.tr("Search your documents with the selected embedding model"),
        )
        self._order = actions.add(
            "models.order_with",
            self.tr("Use for ordering"),
            "Ctrl+Return",
            self.order,
            within=within,
            in_full=self.tr("Let the selected reranker order what is found, or no longer"),
        )
        self.stay_action = actions.add(
            "models.stay",
            self.tr("Cancel embedding"),
            None,
            self.stay,
            in_full=self.tr("Embed nothing again, and search as before"),
        )
        self._follow()
