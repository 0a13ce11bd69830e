"""What the notifier says, as strips above the page. Plain text only; never in the way of typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.gui import theme
from desktop.gui.notify import Notice, Notifier

MOST = 3  # strips at once; the oldest gives way


class Banner(QFrame):
    """One notice. `ended` comes once: its action was used, it was dismissed, or its time is up."""

    ended = Signal()

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self._over = False
        self.setObjectName("banner")
        self.setProperty("trouble", notice.trouble)
        self.setAccessibleName(notice.text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.GRID, theme.GRID // 2, theme.GRID // 2, theme.GRID // 2)
        layout.setSpacing(theme.GRID)
        text = QLabel(notice.text, self)
        text.setObjectName("banner.text")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        layout.addWidget(text, 1)
        if notice.action:
            action = QPushButton(notice.action, self)
            action.setObjectName("banner.action")
            action.setAccessibleName(notice.action)
            action.setProperty("kind", "quiet")
            action.clicked.connect(self._act)
            layout.addWidget(action)
        dismiss = QToolButton(self)
        dismiss.setObjectName("banner.dismiss")
        dismiss.setIcon(theme.icon("close", theme.tokens().text))
        dismiss.setAccessibleName(self.tr("Dismiss"))
        dismiss.setToolTip(self.tr("Dismiss"))
        dismiss.clicked.connect(self.end)
        layout.addWidget(dismiss)
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self.end)
        if notice.seconds is not None:
            self._clock.start(int(notice.seconds * 1000))

    def end(self) -> None:
        """Close without the action having been used."""
        self._finish(self.notice.closed)

    def _act(self) -> None:
        self._finish(self.notice.act)

    def _finish(self, last: object) -> None:
        if self._over:
            return
        self._over = True
        self._clock.stop()
        if callable(last):
            last()
        self.ended.emit()


class Banners(QWidget):
    """The strips that are shown now, the newest at the bottom."""

    def __init__(self, notifier: Notifier, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banners")
        self._shown: list[Banner] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 0)
        self._layout.setSpacing(theme.GRID)
        self.hide()
        notifier.posted.connect(self._post)
        notifier.withdrawn.connect(self._withdraw)

    def end_all(self) -> None:
        """Close every strip, so that what waits for that is done (removals are carried out)."""
        for banner in list(self._shown):
            banner.end()

    def texts(self) -> list[str]:
        return [banner.notice.text for banner in self._shown]

    def _post(self, notice: Notice) -> None:
        for shown in list(self._shown):
            if shown.notice.text == notice.text and not notice.closed:
                shown.end()  # said again: once is enough
        while len(self._shown) >= MOST:
            self._shown[0].end()
        banner = Banner(notice, self)
        banner.ended.connect(lambda: self._drop(banner))
        self._shown.append(banner)
        self._layout.addWidget(banner)
        self.show()

    def _withdraw(self, notice: Notice) -> None:
        for banner in list(self._shown):
            if banner.notice is notice:
                banner.end()

    def _drop(self, banner: Banner) -> None:
        self._shown.remove(banner)
        self._layout.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self.setVisible(bool(self._shown))
