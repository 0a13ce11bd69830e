"""The Settings page: where the profile is, what protects it, and who may be asked for models."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop import __version__
from desktop.gui import theme
from desktop.gui.actions import Actions
from desktop.gui.model_services import ModelServices
from desktop.gui.notify import Notifier
from desktop.gui.outgoing import Outgoing
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.author_card import AuthorCard
from desktop.gui.widgets.connections_card import ConnectionsCard
from desktop.gui.widgets.ledger_card import LedgerCard
from desktop.gui.widgets.sheet import Card, Sheet
from desktop.gui.widgets.token_card import TokenCard
from desktop.services.originals import Originals


class SettingsPage(Sheet):
    """One card a matter; each keeps what is its own."""

    def __init__(
        self,
        *,
        profile: Path,
        tasks: Tasks,
        services: ModelServices,
        originals: Originals,
        outgoing: Outgoing,
        notifier: Notifier,
        actions: Actions,
        cards: Sequence[Card] = (),
    ) -> None:
        """`cards` are those whose matter this page need not know."""
        super().__init__("")
        self.setObjectName("settings")
        self.entitle(self.tr("Settings"))
        self._profile = profile
        self._notifier = notifier
        self.add(self._folder())
        self.add(self._protection())
        for made in (ConnectionsCard, TokenCard, LedgerCard):
            card = made(
                tasks=tasks,
                services=services,
                outgoing=outgoing,
                notifier=notifier,
                actions=actions,
                within=self,
            )
            self.add(card)
        self.add(AuthorCard(tasks, originals, notifier))
        for further in cards:
            self.add(further)
        self.add(self._about())

    def _folder(self) -> Card:
        card = Card(self.tr("Your profile"))
        card.say(self.tr("Documents' text, chats and settings are kept in this folder."))
        row = QWidget(card)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        where = QLabel(str(self._profile), row)
        where.setObjectName("settings.profile")
        where.setTextFormat(where.textFormat().PlainText)
        where.setWordWrap(True)
        copy = QPushButton(self.tr("Copy"), row)
        copy.setObjectName("settings.copy_profile")
        copy.setAccessibleName(self.tr("Copy the path of the profile"))
        copy.setToolTip(self.tr("Copy the path of the profile"))
        copy.clicked.connect(self._copy)
        layout.addWidget(where, 1)
        layout.addWidget(copy)
        card.put(row)
        return card

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._profile))
        self._notifier.say(self.tr("The path of the profile was copied."), seconds=3)

    def _protection(self) -> Card:
        card = Card(self.tr("What protects it"))
        card.say(
            self.tr(
                "The database is encrypted as a whole (SQLCipher, AES-256). Its key is wrapped by "
                "the keyring of this computer or by your passphrase, and is never stored in clear. "
                "Whoever can use this computer as you can read it while it is open."
            )
        )
        return card

    def _about(self) -> Card:
        card = Card(self.tr("About"))
        card.lines(((self.tr("Version"), __version__), (self.tr("Licence"), "MIT")))
        return card
