"""The clipboard or the selection as text, through the small programs that systems have for that.

Nothing is put there, and what a password manager marked as secret is not read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from desktop.domain.errors import ClipboardSecret, ClipboardUnreadable
from desktop.storage.text_files import LARGEST, decoded

SELECTION, CLIPBOARD = "selection", "clipboard"

PATIENCE_S = 5.0  # the program that holds the text has to hand it over
SECRET = b"x-kde-passwordmanagerhint"


@dataclass(frozen=True, slots=True)
class _Tool:
    """A program that prints the text, and (where one can ask) one that lists its formats."""

    text: tuple[str, ...]
    formats: tuple[str, ...] = ()


def at_hand(source: str) -> str:
    """What is read for this source here: the clipboard, where the system gives no selection."""
    keeps_it = sys.platform == "darwin" or sys.platform == "win32"
    return CLIPBOARD if keeps_it else source


def read(source: str) -> str:
    """The text of "selection" or "clipboard". Raises ClipboardUnreadable, ClipboardSecret."""
    tool = _tool(source)
    if tool.formats and SECRET in _output(tool.formats, source).lower():
        raise ClipboardSecret
    return decoded(_output(tool.text, source), f"The {source}")


def _tool(source: str) -> _Tool:
    if sys.platform == "darwin" or sys.platform == "win32":
        if source == SELECTION:
            raise ClipboardUnreadable(source=source, reason="this system keeps it to itself")
        if sys.platform == "darwin":
            return _Tool(("pbpaste",))
        script = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-Clipboard -Raw"
        return _Tool(("powershell", "-NoProfile", "-Command", script))
    primary = source == SELECTION
    if os.environ.get("WAYLAND_DISPLAY") and shutil.which("wl-paste"):
        asked = ("wl-paste", *(("--primary",) if primary else ()))
        return _Tool((*asked, "--no-newline", "--type", "text"), (*asked, "--list-types"))
    if os.environ.get("DISPLAY") and shutil.which("xclip"):
        asked = ("xclip", "-o", "-selection", "primary" if primary else "clipboard")
        return _Tool((*asked, "-t", "UTF8_STRING"), (*asked, "-t", "TARGETS"))
    reason = "neither wl-paste nor xclip is here to do it"
    raise ClipboardUnreadable(source=source, reason=reason)


def _output(command: tuple[str, ...], source: str) -> bytes:
    """What the program prints; nothing where it says that nothing is there."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        reason = f"{command[0]} gave no answer"
        raise ClipboardUnreadable(source=source, reason=reason) from error
    except OSError as error:
        reason = f"{command[0]} could not be started"
        raise ClipboardUnreadable(source=source, reason=reason) from error
    return done.stdout[: LARGEST + 1]
