"""What stands in place of the pages while the profile cannot be opened.

Asks for a passphrase, or says what is wrong and what to do. Opens nothing itself.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import EscritoireError, PassphraseNeeded, PassphraseWrong
from desktop.gui import theme
from desktop.gui.notify import happened, our_bug, to_do, words

CARD_WIDTH = 56 * theme.GRID
LEAST_LENGTH = 8  # characters of a new passphrase


class _InTheMiddle(QWidget):
    """A card in the middle of the window, filled from the top."""

    def __init__(self) -> None:
        super().__init__()
        self._card = QFrame(self)
        self._card.setProperty("role", "card")
        self._card.setFixedWidth(CARD_WIDTH)
        across = QHBoxLayout()  # stretches, not an alignment: that would cut wrapped text off
        across.addStretch(1)
        across.addWidget(self._card)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(across)
        outer.addStretch(3)
        self._column = QVBoxLayout(self._card)
        margin = 3 * theme.GRID
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(2 * theme.GRID)
        self.heading = self._label("", "title")
        self._column.addWidget(self.heading)

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self._card)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _button(self, name: str, text: str, *, primary: bool = False) -> QPushButton:
        button = QPushButton(text, self._card)
        button.setObjectName(name)
        button.setAccessibleName(text)
        if primary:
            button.setProperty("kind", "primary")
        return button


class UnlockPage(_InTheMiddle):
    """Asks for the passphrase; on a new profile, lets one be chosen, typed twice."""

    given = Signal(str)

    def __init__(self, reason: EscritoireError, *, new: bool) -> None:
        super().__init__()
        self.setObjectName("unlock")
        self._new = new
        self.heading.setText(self.tr("Choose a passphrase") if new else self.tr("Locked"))
        self._column.addWidget(self._label(self._sentence(reason), "muted"))
        self.first = self._field("unlock.passphrase", self.tr("Passphrase"))
        self.second = self._field("unlock.again", self.tr("The same passphrase once more"))
        self.second.setVisible(new)
        self._wrong = self._label("", "error")
        self._wrong.setObjectName("unlock.wrong")
        self._wrong.setAccessibleName(self.tr("What is wrong"))
        self._column.addWidget(self._wrong)
        if isinstance(reason, PassphraseWrong):
            self._wrong.setText(words(reason))
        self._wrong.setVisible(bool(self._wrong.text()))
        text = self.tr("Start") if new else self.tr("Unlock")
        self._go = self._button("unlock.go", text, primary=True)
        self._go.setToolTip(self.tr("Open the profile (Enter)"))
        self._go.clicked.connect(self._give)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._go)
        self._column.addLayout(row)
        self.setFocusProxy(self.first)

    def _sentence(self, reason: EscritoireError) -> str:
        if self._new:
            return self.tr(
                "This computer offers no keyring, so a passphrase protects your documents and "
                "chats. Nobody can recover it: keep it where you keep other important things."
            )
        if isinstance(reason, PassphraseNeeded | PassphraseWrong):
            return self.tr("Your documents and chats are protected by a passphrase.")
        return happened(reason) + " " + self.tr("Your passphrase opens it as well.")

    def _field(self, name: str, text: str) -> QLineEdit:
        field = QLineEdit(self._card)
        field.setObjectName(name)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setPlaceholderText(text)
        field.setAccessibleName(text)
        field.returnPressed.connect(self._give)
        self._column.addWidget(field)
        return field

    def _give(self) -> None:
        passphrase = self.first.text()
        complaint = self._complaint(passphrase)
        self._wrong.setText(complaint)
        self._wrong.setVisible(bool(complaint))
        if complaint:
            return
        for widget in (self.first, self.second, self._go):
            widget.setEnabled(False)
        self._go.setText(self.tr("Opening"))
        self.given.emit(passphrase)

    def _complaint(self, passphrase: str) -> str:
        if not passphrase:
            return self.tr("Type the passphrase.")
        if not self._new:
            return ""
        if len(passphrase) < LEAST_LENGTH:
            template = self.tr("Use at least {count} characters; a short sentence is best.")
            return template.format(count=LEAST_LENGTH)
        if passphrase != self.second.text():
            return self.tr("The two are not the same.")
        return ""


class FailurePage(_InTheMiddle):
    """Why the profile cannot be opened, and the ways on from here."""

    quitWanted = Signal()
    againWanted = Signal()
    folderChosen = Signal(object)  # Path

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.setObjectName("failure")
        self.heading.setText(self.tr("Your desk cannot be opened"))
        self.sentence = self._label(
            happened(error) if isinstance(error, EscritoireError) else our_bug(error), "text"
        )
        self.sentence.setObjectName("failure.sentence")
        self._column.addWidget(self.sentence)
        if isinstance(error, EscritoireError):
            self._column.addWidget(self._label(to_do(error), "muted"))
        leave = self._button("failure.quit", self.tr("Quit"))
        other = self._button("failure.folder", self.tr("Choose another folder"))
        again = self._button("failure.again", self.tr("Try again"), primary=True)
        leave.clicked.connect(self.quitWanted)
        again.clicked.connect(self.againWanted)
        other.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(leave)
        row.addStretch(1)
        row.addWidget(other)
        row.addWidget(again)
        self._column.addLayout(row)
        self.setFocusProxy(again)

    def _choose(self) -> None:
        dialogue = QFileDialog(self.window(), self.tr("Choose a folder for the profile"))
        dialogue.setObjectName("failure.choose")
        dialogue.setFileMode(QFileDialog.FileMode.Directory)
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogue.fileSelected.connect(lambda name: self.folderChosen.emit(Path(name)))
        dialogue.open()
