"""The long work on a voice: measuring how well it fits, and having pairs proposed. One at a time.

Says in a line how far it is, with a button that ends it. Runs on tasks.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.domain.errors import EscritoireError
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.voice_fit import Feature, Fit, Verdict
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.model_jobs import ModelJobs, Told
from desktop.gui.models.placement_words import stepped_down
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.voice_services import VoiceServices
from desktop.gui.widgets.elided_label import ElidedLabel
from desktop.services.answer_events import Loading, SteppedDown
from desktop.services.example_proposing import Proposal, Proposing
from desktop.services.voice_fitting import Measuring


class VoiceWork(QWidget):
    """`proposed` carries a pair, `measured` a sentence. Hidden while nothing is under way."""

    proposed = Signal(object)
    measured = Signal(str)
    busyChanged = Signal(bool)
    _came = Signal(object, int)
    _lower = Signal(object)

    def __init__(
        self,
        tasks: Tasks,
        services: VoiceServices,
        notifier: Notifier,
        actions: Actions,
        within: QWidget,
    ) -> None:
        super().__init__(within)
        self._services = services
        self._notifier = notifier
        self._turn = 0  # counts what was begun, so that what was ended says nothing more
        self.jobs = ModelJobs(tasks, self)
        self._line = ElidedLabel("voices.progress", "muted", self)
        stop = actions.add("voices.stop", self.tr("Stop"), "Esc", self.stop, within=within,
                           in_full=self.tr("Stop the work on the voice"))  # fmt: skip
        button = QPushButton(self)
        button.setObjectName("voices.stop.button")
        bind(button, stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self._line, 1)
        layout.addWidget(button)
        self._stop = stop
        self.jobs.progress.connect(lambda line, _share: self._line.show_text(line))
        self.jobs.busyChanged.connect(self._follow)
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._lower.connect(
            lambda event: notifier.say(stepped_down(event)), Qt.ConnectionType.QueuedConnection
        )
        self._follow(False)

    @property
    def busy(self) -> bool:
        return self.jobs.busy

    def measure(self, name: str) -> None:
        """Measure how well the voice of that name fits."""

        def work(told: Told, cancel: Cancellation) -> Fit:
            fit: Fit = self._run(self._services.fitting.measure(name, cancel=cancel), told)
            return fit

        self._begin(
            self.tr("Measuring the fit"),
            work,
            done=lambda fit: self.measured.emit(fit_in_words(fit)),
        )

    def propose(self, name: str, paths: Sequence[Path] = ()) -> None:
        """Have pairs proposed for the voice of that name, from texts if there are any."""
        if self.busy:
            return
        self._turn += 1
        turn = self._turn
        came: list[object] = []

        def pass_on(pair: object) -> None:
            came.append(pair)
            self._came.emit(pair, turn)

        def work(told: Told, cancel: Cancellation) -> int:
            texts = [self._services.read(path) for path in paths]
            steps = self._services.examples.propose(name, texts, cancel=cancel)
            missed: int = self._run(steps, told, pass_on)
            return missed

        def done(missed: int) -> None:
            if not came:
                self._notifier.say(
                    self.tr(
                        "No example came of it: the model changed facts, or nothing. A larger one "
                        "does better, and so do texts of your own."
                    )
                )
            elif missed and paths:
                self._notifier.say(
                    self.tr(
                        "Of {count} texts no example came: the model changed a fact in them, or "
                        "nothing."
                    ).format(count=missed)
                )

        self._begin(self.tr("Making examples"), work, done=done)

    def stop(self) -> None:
        self._turn += 1
        self.jobs.cancel()

    def _begin(
        self,
        doing: str,
        work: Callable[[Told, Cancellation], Any],
        *,
        done: Callable[[Any], object],
    ) -> None:
        self.jobs.start(doing, work, done=done, failed=self._failed, in_bytes=False)

    def _failed(self, error: EscritoireError) -> None:
        self._notifier.trouble(error)

    def _run(
        self,
        steps: Generator[Any, None, Any],
        told: Told,
        proposed: Callable[[object], object] = lambda _: None,
    ) -> Any:
        """On a thread: all steps; how far they are is told, and what comes is passed on."""
        while True:
            try:
                event = next(steps)
            except StopIteration as end:
                return end.value
            match event:
                case SteppedDown():
                    self._lower.emit(event)
                case Loading():
                    told(Progress(0, 1))
                case Measuring() | Proposing():
                    told(Progress(event.number - 1, event.total))
                case Proposal():
                    proposed(event.pair)

    def _take(self, pair: object, turn: int) -> None:
        if turn == self._turn:
            self.proposed.emit(pair)

    def _follow(self, busy: bool) -> None:
        self._stop.setEnabled(busy)
        self.setVisible(busy)
        self.busyChanged.emit(busy)


def fit_in_words(fit: Fit) -> str:
    """A fit as a sentence for the voice's owner, in the language of the window."""
    translate = QCoreApplication.translate
    verdict = {
        Verdict.CLOSER: translate("Voices", "The voice brings rewrites closer to how you write"),
        Verdict.FURTHER: translate(
            "Voices", "The voice takes rewrites further away from how you write"
        ),
        Verdict.SAME: translate("Voices", "The voice makes little difference"),
    }[fit.verdict]
    features = {
        Feature.LENGTH: translate("Voices", "length of sentences"),
        Feature.FORMALITY: translate("Voices", "formality"),
        Feature.WORDING: translate("Voices", "choice of words"),
        Feature.PREFERRED: translate("Voices", "use of preferred words"),
    }
    template = translate(
        "Voices",
        "{verdict}: {ours} of 100 with it, {bare} without, over {pairs} of your pairs that it was "
        "not shown. Closest is its {most}, furthest off its {least}.",
    )
    most, least = fit.with_voice.extremes
    return template.format(
        verdict=verdict,
        ours=fit.with_voice.of_100,
        bare=fit.without.of_100,
        pairs=fit.pairs,
        most=features[most],
        least=features[least],
    )
