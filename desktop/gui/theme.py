"""How the window looks: colours for light and dark, one style sheet, icons drawn in line.

The scheme is the system's, unless the user chose one. Widgets never name a colour: they use the
palette, the properties that the style sheet knows, or a token from `tokens()` where they paint
themselves.

Properties for the style sheet: `role` = "title", "heading", "muted", "error", "card", "chip";
`kind` = "primary", "quiet", "danger" on buttons. Set them before the widget is shown.
"""

from __future__ import annotations

import re
import sys
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.domain.appearance import Appearance, Scheme

GRID = 8  # pixels; every distance is a multiple of it, or half of it
CLOSER = 0.6  # of the distances within controls, where things are to stand close

_SCHEMES = {
    Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme. Each text on its ground has a contrast of at least 4.5 to 1."""

    window: str  # ground of pages
    surface: str  # cards, lists, fields
    sunken: str  # rail, header strips
    border: str
    strong_border: str  # of controls: 3 to 1 against their ground
    text: str
    muted: str  # second line
    accent: str  # the one accent: links, selected, primary button, progress
    on_accent: str
    accent_soft: str  # ground of what is selected
    hover: str
    danger: str
    danger_soft: str
    lit: str  # behind a cited passage
    code_name: str  # in code: what is defined
    code_text: str
    code_number: str
    dark: bool


LIGHT = Tokens(
    window="#f7f6f3",
    surface="#ffffff",
    sunken="#efede8",
    border="#dedad2",
    strong_border="#8f8a80",
    text="#22252a",
    muted="#5d6168",
    accent="#1d5f74",
    on_accent="#ffffff",
    accent_soft="#dcebef",
    hover="#e7e4dd",
    danger="#9c2f25",
    danger_soft="#f8e6e3",
    lit="#ffe28a",
    code_name="#6a3e8e",
    code_text="#3b6420",
    code_number="#8a4b00",
    dark=False,
)
DARK = Tokens(
    window="#1d1f22",
    surface="#25282c",
    sunken="#17191b",
    border="#383c42",
    strong_border="#7d838c",
    text="#e8e6e1",
    muted="#a5a9b0",
    accent="#7cc0d4",
    on_accent="#10262d",
    accent_soft="#22404a",
    hover="#2e3237",
    danger="#f0a096",
    danger_soft="#47282a",
    lit="#6b5410",
    code_name="#cfa8ee",
    code_text="#a8cf8c",
    code_number="#e6b87d",
    dark=True,
)


_worn = Appearance()


def resource(*parts: str) -> Path:
    """A file of the installation, below its folder `resources`."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent.joinpath("resources", *parts)
    return Path(__file__).resolve().parents[2].joinpath("resources", *parts)


def tokens() -> Tokens:
    """The colours in use now."""
    if _worn.scheme is not Scheme.SYSTEM:
        return DARK if _worn.scheme is Scheme.DARK else LIGHT
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def scaled(pixels: int) -> int:
    """A width that holds text, as large as the text is now."""
    return round(pixels * max(1.0, _worn.text_size / 100))


def palette(colours: Tokens) -> QPalette:
    """The same colours as Qt knows them."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.sunken,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.BrightText: colours.danger,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.LinkVisited: colours.accent,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Mid: colours.border,
        QPalette.ColorRole.Accent: colours.accent,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return made


class Theme(QObject):
    """Dresses the application, and again whenever the system or the user turns it light or dark.

    `changed` comes after the new colours are in use; what paints itself repaints, what holds an
    icon takes it anew.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._sheet = resource("style", "escritoire.qss").read_text(encoding="utf-8")
        application.setStyle(QStyleFactory.create("Fusion"))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress)
        self._dress()

    @property
    def appearance(self) -> Appearance:
        """What the window wears now."""
        return _worn

    def wear(self, appearance: Appearance) -> None:
        """Dress the window as the user wishes. The language is not the theme's."""
        global _worn  # noqa: PLW0603 - what paints itself asks for colours where it paints
        if appearance != _worn:
            _worn = appearance
            QGuiApplication.styleHints().setColorScheme(_SCHEMES[appearance.scheme])
            self._dress()

    def _dress(self) -> None:
        colours = tokens()
        sheet = self._sheet
        # What a style sheet draws in a control it takes from files, one a scheme.
        drawn = {"style": resource("style").as_posix(), "scheme": _scheme(colours)}
        by_length = sorted((asdict(colours) | drawn).items(), key=lambda item: -len(item[0]))
        for name, colour in by_length:
            sheet = sheet.replace(f"@{name}", str(colour))
        self._application.setPalette(palette(colours))
        sheet = _sized(sheet, _worn)
        self._application.setStyleSheet(sheet)
        self.changed.emit()


def _sized(sheet: str, appearance: Appearance) -> str:
    """The style sheet with its text and its distances as large as they are to be."""

    def points(match: re.Match[str]) -> str:
        return f"font-size: {float(match[1]) * appearance.text_size / 100:g}pt"

    def closer(match: re.Match[str]) -> str:
        return re.sub(r"\d+(?=px)", lambda px: str(round(int(px[0]) * CLOSER)), match[0])

    sheet = re.sub(r"font-size: ([\d.]+)pt", points, sheet)
    if appearance.compact:
        sheet = re.sub(r"(?:padding|min-height): [^;]+;", closer, sheet)
    return sheet


def _scheme(colours: Tokens) -> str:
    return "dark" if colours.dark else "light"


def icon(name: str, colour: str | None = None, size: int = 20) -> QIcon:
    """The line icon `name` from the resources, `size` pixels square, in the colour of text."""
    return _drawn(name, colour or tokens().text, size)


@lru_cache(maxsize=128)
def _drawn(name: str, colour: str, size: int) -> QIcon:
    # Imported here: a window without an icon on screen has no need of the SVG library.
    from PySide6.QtSvg import QSvgRenderer

    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    drawn = QIcon()
    for scale in (1, 2, 3):
        pixmap = QPixmap(QSize(size, size) * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        drawn.addPixmap(pixmap)
    return drawn
