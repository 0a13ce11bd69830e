"""The clipboard or the selection as text, through the small programs that systems have for that.

Nothing is put there, and what a password manager marked as secret is not read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from desktop.domain.clipboard import marked_secret
from desktop.domain.errors import ClipboardSecret, ClipboardUnreadable
from desktop.storage.text_files import LARGEST, decoded

SELECTION, CLIPBOARD = "selection", "clipboard"

PATIENCE_S = 5.0  # the program that holds the text has to hand it over

# What prints the names of the formats where no program of its own does: one a line.
MACOS_FORMATS = (
    'ObjC.import("AppKit");ObjC.deepUnwrap($.NSPasteboard.generalPasteboard.types).join("\\n")'
)
WINDOWS_FORMATS = (
    "$ErrorActionPreference = 'Stop'; Add-Type -AssemblyName System.Windows.Forms; "
    "$held = [Windows.Forms.Clipboard]::GetDataObject(); if ($held) { $held.GetFormats($false) }"
)
WINDOWS_TEXT = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-Clipboard -Raw"


@dataclass(frozen=True, slots=True)
class _Tool:
    """A program that prints the text, and one that lists its formats, which is asked first."""

    text: tuple[str, ...]
    formats: tuple[str, ...]


def at_hand(source: str) -> str:
    """What is read for this source here: the clipboard, where the system gives no selection."""
    keeps_it = sys.platform == "darwin" or sys.platform == "win32"
    return CLIPBOARD if keeps_it else source


def read(source: str) -> str:
    """The text of "selection" or "clipboard". Raises ClipboardUnreadable, ClipboardSecret."""
    tool = _tool(source)
    named = _printed(tool.formats, source)
    if named.returncode:  # it may be a secret: what does not say so is not read either
        reason = f"{tool.formats[0]} names nothing that is there"
        raise ClipboardUnreadable(source=source, reason=reason)
    if marked_secret(named.stdout.decode("utf-8", "replace").splitlines()):
        raise ClipboardSecret
    return decoded(_printed(tool.text, source).stdout[: LARGEST + 1], f"The {source}")


def _tool(source: str) -> _Tool:
    if sys.platform == "darwin" or sys.platform == "win32":
        if source == SELECTION:
            raise ClipboardUnreadable(source=source, reason="this system keeps it to itself")
        if sys.platform == "darwin":
            return _Tool(("pbpaste",), ("osascript", "-l", "JavaScript", "-e", MACOS_FORMATS))
        asked = ("powershell", "-NoProfile", "-STA", "-Command")
        return _Tool((*asked, WINDOWS_TEXT), (*asked, WINDOWS_FORMATS))
    primary = source == SELECTION
    if os.environ.get("WAYLAND_DISPLAY") and shutil.which("wl-paste"):
        asked = ("wl-paste", *(("--primary",) if primary else ()))
        return _Tool((*asked, "--no-newline", "--type", "text"), (*asked, "--list-types"))
    if os.environ.get("DISPLAY") and shutil.which("xclip"):
        asked = ("xclip", "-o", "-selection", "primary" if primary else "clipboard")
        return _Tool((*asked, "-t", "UTF8_STRING"), (*asked, "-t", "TARGETS"))
    reason = "neither wl-paste nor xclip is here to do it"
    raise ClipboardUnreadable(source=source, reason=reason)


def _printed(command: tuple[str, ...], source: str) -> subprocess.CompletedProcess[bytes]:
    """What the program prints, and with which code it ends."""
    try:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        reason = f"{command[0]} gave no answer"
        raise ClipboardUnreadable(source=source, reason=reason) from error
    except OSError as error:
        reason = f"{command[0]} could not be started"
        raise ClipboardUnreadable(source=source, reason=reason) from error
