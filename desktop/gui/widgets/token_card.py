"""The access token in Settings: entered once, tested before it is kept, removable."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.domain.errors import EscritoireError
from desktop.gui import theme
from desktop.gui.actions import Actions, bind
from desktop.gui.model_services import ModelServices
from desktop.gui.notify import Notifier
from desktop.gui.outgoing import Outgoing
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.sheet import Card


class TokenCard(Card):
    """What was typed stays until the hub has said whose token it is; it is never shown."""

    changed = Signal()

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
        self.setObjectName("settings.token_card")
        self.title(self.tr("Access token"))
        self._said = self.say("")
        self._said.setObjectName("settings.token.said")
        self.field = QLineEdit(self)
        self.field.setObjectName("settings.token")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText(self.tr("Access token of your account at the hub"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.textChanged.connect(lambda _text: self._follow())
        self._keep = actions.add(
            "settings.keep_token",
            self.tr("Test and keep"),
            None,
            self.keep,
            within=within,
            in_full=self.tr("Ask the hub whose access token it is, and keep it in the keyring"),
        )
        self._remove = actions.add(
            "settings.remove_token",
            self.tr("Remove"),
            None,
            self.remove,
            within=within,
            in_full=self.tr("Forget the access token"),
        )
        self.field.returnPressed.connect(self._keep.trigger)
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.field, 1)
        for action in (self._keep, self._remove):
            button = QPushButton(row)
            button.setObjectName(f"{action.objectName()}.button")
            bind(button, action)
            layout.addWidget(button)
        self.put(row)
        self._testing = False
        self._has_token = False
        self._follow()

    def load(self) -> None:
        """Find out whether there is a token."""
        self._tasks.run(lambda _: self._hub.has_token, owner=self, done=self._show)

    def keep(self) -> None:
        """Test what was typed, and keep it if the hub knows it."""
        token = self.field.text()
        self._testing = True
        self._follow()

        def done(owner: str) -> None:
            self._testing = False
            self.field.clear()
            said = self.tr("The access token of {owner} is kept in the keyring.")
            self._notifier.say(said.format(owner=owner))
            self._show(True)

        def failed(error: EscritoireError) -> None:
            self._testing = False
            self._follow()
            self._notifier.trouble(error)

        self._outgoing.ask(
            lambda cancel: self._hub.set_token(token, cancel),
            owner=self,
            done=done,
            failed=failed,
        )

    def remove(self) -> None:
        """Forget the token; the hub still knows it."""

        def done(_: None) -> None:
            self._notifier.say(
                self.tr("The access token is forgotten. Revoke it at the hub if nobody uses it.")
            )
            self._show(False)

        self._tasks.run(
            lambda _: self._hub.remove_token(),
            owner=self,
            done=done,
            failed=self._notifier.trouble,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def _show(self, has_token: bool) -> None:
        self._has_token = has_token
        self._follow()

    def _follow(self) -> None:
        self._keep.setEnabled(bool(self.field.text().strip()) and not self._testing)
        self._remove.setEnabled(self._has_token)
        if self._testing:
            said = self.tr("Asking the hub whose token it is")
        elif self._has_token:
            said = self.tr("A token is kept in the keyring of this computer, and nowhere else.")
        else:
            said = self.tr(
                "Needed only for gated models, whose licence you have accepted on the hub's page. "
                "It is kept in the keyring of this computer, and nowhere else."
            )
        self._said.setText(said)
