"""In Settings: the size of text, how close things stand, light or dark. Seen at once, and kept."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFormLayout, QWidget

from desktop.domain.jobs import Cancellation
from desktop.domain.looks import TEXT_SIZES, Looks, Scheme
from desktop.gui import theme
from desktop.gui.actions import Actions
from desktop.gui.notify import Notifier
from desktop.gui.tasks import Tasks
from desktop.gui.theme import Theme
from desktop.gui.widgets.sheet import Card
from desktop.services.appearance import Appearance


class AppearanceCard(Card):
    """Shows what the window wears now, and changes it."""

    def __init__(
        self, tasks: Tasks, appearance: Appearance, notifier: Notifier, actions: Actions
    ) -> None:
        super().__init__("")
        self._tasks = tasks
        self._appearance = appearance
        self._notifier = notifier
        self.setObjectName("settings.appearance")
        self.title(self.tr("Appearance"))
        self.say(
            self.tr("The size of text counts beside the one of the system, which is followed, too.")
        )
        row = QWidget(self)
        form = QFormLayout(row)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.GRID)
        self.size_ = QComboBox(row)
        self.size_.setObjectName("settings.text_size")
        self.size_.setAccessibleName(self.tr("Size of text"))
        for size in TEXT_SIZES:
            percent = self.tr("{number} %").format(number=QLocale().toString(size))
            self.size_.addItem(percent, size)
        self.scheme = QComboBox(row)
        self.scheme.setObjectName("settings.scheme")
        self.scheme.setAccessibleName(self.tr("Light or dark"))
        for scheme, name in (
            (Scheme.SYSTEM, self.tr("As the system")),
            (Scheme.LIGHT, self.tr("Light")),
            (Scheme.DARK, self.tr("Dark")),
        ):
            self.scheme.addItem(name, scheme)
        self.compact = QCheckBox(self.tr("Let things stand closer together"), row)
        self.compact.setObjectName("settings.compact")
        self.compact.setAccessibleName(self.compact.text())
        form.addRow(self.tr("Size of text"), self.size_)
        form.addRow(self.tr("Light or dark"), self.scheme)
        form.addRow(self.compact)
        self.put(row)
        self.size_.activated.connect(self._chosen)
        self.scheme.activated.connect(self._chosen)
        self.compact.clicked.connect(self._chosen)
        actions.add("view.larger", self.tr("Larger text"), "Ctrl++", lambda: self.step(1))
        actions.add("view.smaller", self.tr("Smaller text"), "Ctrl+-", lambda: self.step(-1))
        actions.add("view.usual", self.tr("Text of the usual size"), "Ctrl+0", self.usual)

    def load(self) -> None:
        """Dress the window as was chosen."""
        self._tasks.run(
            lambda _: self._appearance.looks(),
            owner=self,
            done=self._wear,
            failed=self._notifier.trouble,
        )

    def step(self, by: int) -> None:
        """The next larger or smaller size of text."""
        looks = worn()
        at = TEXT_SIZES.index(looks.text) + by
        self._keep(
            Looks(TEXT_SIZES[max(0, min(at, len(TEXT_SIZES) - 1))], looks.compact, looks.scheme)
        )

    def usual(self) -> None:
        """The usual size of text."""
        looks = worn()
        self._keep(Looks(100, looks.compact, looks.scheme))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show(worn())

    def _chosen(self, _which: object) -> None:
        size, scheme = self.size_.currentData(), self.scheme.currentData()
        self._keep(Looks(int(size), self.compact.isChecked(), Scheme(scheme)))

    def _keep(self, looks: Looks) -> None:
        self._wear(looks)

        def work(_: Cancellation) -> None:
            self._appearance.keep(looks)

        self._tasks.run(work, owner=self, done=lambda _nothing: None, failed=self._notifier.trouble)

    def _wear(self, looks: Looks) -> None:
        application = QApplication.instance()
        dress = application.findChild(Theme) if application is not None else None
        if dress is not None:
            dress.wear(looks)
        self._show(looks)

    def _show(self, looks: Looks) -> None:
        self.size_.setCurrentIndex(TEXT_SIZES.index(looks.text))
        self.scheme.setCurrentIndex(self.scheme.findData(looks.scheme))
        self.compact.setChecked(looks.compact)


def worn() -> Looks:
    """What the window wears now."""
    application = QApplication.instance()
    dress = application.findChild(Theme) if application is not None else None
    return dress.looks if dress is not None else Looks()
