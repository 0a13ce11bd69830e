"""Connections in Settings: whether anybody may be asked, and who."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from desktop.domain.jobs import Cancellation
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.model_services import ModelServices
from desktop.gui.notify import Notifier
from desktop.gui.outgoing import Outgoing
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.sheet import Card
from desktop.services.hub import ENDPOINT


@dataclass(frozen=True, slots=True)
class _Kept:
    offline: bool
    endpoint: str
    hosts: tuple[str, ...]


class ConnectionsCard(Card):
    """The offline switch acts at once; address and hosts when they are applied."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        services: ModelServices,
        outgoing: Outgoing,
        notifier: Notifier,
        actions: Actions,
        within: QWidget,
    ) -> None:
        super().__init__("")
        self._tasks = tasks
        self._hub = services.hub
        self._outgoing = outgoing
        self._notifier = notifier
        self._thrown = 0  # how often the switch was
        self.setObjectName("settings.connections")
        self.title(self.tr("Connections"))
        self.say(
            self.tr(
                "The one thing that Escritoire connects for is a model that you search for or "
                "fetch. Documents, questions and answers never leave this computer; there is no "
                "telemetry, no crash report and no check for updates."
            )
        )
        self.offline = QCheckBox(self.tr("Offline: ask nobody for anything"), self)
        self.offline.setObjectName("settings.offline")
        self.offline.setAccessibleName(self.offline.text())
        self.offline.clicked.connect(self._switch)
        actions.add(
            "settings.switch_offline",
            self.tr("Switch offline on or off"),
            None,
            self.offline.click,
        )
        self.put(self.offline)
        outgoing.whereChanged.connect(lambda where: self.offline.setChecked(where.offline))
        self.endpoint = self._field(
            "settings.endpoint",
            self.tr("Hub, or an internal mirror"),
            self.tr("The usual one is {address}").format(address=ENDPOINT),
        )
        self.hosts = self._field(
            "settings.hosts",
            self.tr("Further allowed hosts"),
            self.tr("Separated by commas; .example.org stands for all below it"),
        )
        self._apply = actions.add(
            "settings.apply_connections",
            self.tr("Apply"),
            None,
            self.apply,
            within=within,
            in_full=self.tr("Apply the hub's address and the allowed hosts"),
        )
        self.put(self._fields())
        for field in (self.endpoint, self.hosts):
            field.returnPressed.connect(self._apply.trigger)

    def load(self) -> None:
        """Show what is kept, unless the switch is thrown before that is known."""
        thrown = self._thrown

        def done(kept: _Kept) -> None:
            if self._thrown == thrown:
                self._show(kept)

        self._tasks.run(lambda _: self._kept(), owner=self, done=done)

    def apply(self) -> None:
        """Keep address and hosts. Another hub is not given the token of the one before."""
        endpoint = self.endpoint.text().strip()
        hosts = tuple(part.strip() for part in self.hosts.text().split(",") if part.strip())

        def work(_: Cancellation) -> _Kept:
            self._hub.set_hosts(hosts)
            self._hub.set_endpoint("" if endpoint == ENDPOINT else endpoint)
            return self._kept()

        def done(kept: _Kept) -> None:
            self.endpoint.setModified(False)
            self.hosts.setModified(False)
            self._show(kept)
            self._outgoing.look()
            said = self.tr("Models come from {address} now.").format(address=kept.endpoint)
            self._notifier.say(said, seconds=4)

        self._tasks.run(work, owner=self, done=done, failed=self._notifier.trouble)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def _switch(self, offline: bool) -> None:
        self._thrown += 1
        self._outgoing.set_offline(offline, self._notifier.trouble)

    def _kept(self) -> _Kept:
        return _Kept(self._hub.offline, self._hub.endpoint, self._hub.hosts)

    def _show(self, kept: _Kept) -> None:
        self.offline.setChecked(kept.offline)
        if not self.endpoint.isModified():
            self.endpoint.setText(kept.endpoint)
        if not self.hosts.isModified():
            self.hosts.setText(", ".join(kept.hosts))

    def _field(self, name: str, spoken: str, hint: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(spoken)
        field.setPlaceholderText(hint)
        field.setToolTip(hint)
        return field

    def _fields(self) -> QWidget:
        whole = QWidget(self)
        form = QFormLayout(whole)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(2 * theme.GRID)
        form.setVerticalSpacing(theme.GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in (self.endpoint, self.hosts):
            label = QLabel(field.accessibleName(), whole)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            form.addRow(label, field)
        button = QPushButton(whole)
        button.setObjectName("settings.apply_connections.button")
        bind(button, self._apply)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        form.addRow("", row)
        return whole
