"""How to bind a command to keys where no program may take them itself, in words for each system."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_tr = QCoreApplication.translate


def how_to_bind(platform: str, desktop: str) -> str:
    """The way there; the command stands below it.

    `platform` is Python's (`sys.platform`), `desktop` what XDG_CURRENT_DESKTOP says.
    """
    if platform == "darwin":
        return _tr(
            "Binding",
            "In the Shortcuts application, make a shortcut with Run Shell Script, enter this "
            "command, and add a keyboard shortcut in its details:",
        )
    if platform == "win32":
        return _tr(
            "Binding",
            "Make a shortcut to this command on the desktop, open its Properties, and press the "
            "keys you want in the field Shortcut key:",
        )
    names = {name.strip().casefold() for name in desktop.split(":")}
    for known, way in _ways():
        if names & known:
            return way
    return _tr(
        "Binding",
        "In the keyboard settings of your desktop, bind the keys you want to this command:",
    )


def _ways() -> tuple[tuple[set[str], str], ...]:
    """By the names of desktops, in lower case."""
    return (
        (
            {"gnome", "unity", "ubuntu", "pantheon", "budgie"},
            _tr(
                "Binding",
                "In Settings, Keyboard, View and Customise Shortcuts, Custom Shortcuts, add one "
                "with this command:",
            ),
        ),
        (
            {"kde"},
            _tr(
                "Binding",
                "In System Settings, Keyboard, Shortcuts, Add New, Command or Script, enter this "
                "command:",
            ),
        ),
        (
            {"xfce", "lxqt", "mate", "x-cinnamon", "cinnamon"},
            _tr(
                "Binding",
                "In the settings of your desktop, Keyboard, Shortcuts, add one with this command:",
            ),
        ),
        (
            {"sway", "i3", "hyprland", "river"},
            _tr(
                "Binding",
                "In your window manager's configuration, bind the keys you want to this command:",
            ),
        ),
    )
