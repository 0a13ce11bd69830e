"""The user's own viewer for a file, opened at a page where it can be told one.

Which program opens PDFs, the system says; how a page is named to it, each does in its own way, and
most have none. Whatever is not known here is opened as the system does it. Blocks: for a thread.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PDF = ".pdf"
ASK_S = 5.0  # seconds that the system may take to name its program

# Part of a program's name -> what it takes: {page} from 1, {path}, {address} (file:, with a page).
# Each as its manual has it: evince(1), okular(1), zathura(1), mupdf(1), SumatraPDF's command-line
# arguments, Adobe's "PDF Open Parameters"; browsers take #page= (RFC 8118).
_INDEX = ("--page-index={page}", "{path}")
_ADDRESS = ("{address}",)
_WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("evince", _INDEX), ("atril", _INDEX), ("xreader", _INDEX),
    ("okular", ("--page", "{page}", "{path}")),
    ("zathura", ("--page={page}", "{path}")),
    ("mupdf", ("{path}", "{page}")),
    ("sumatrapdf", ("-page", "{page}", "{path}")),
    ("acrobat", ("/A", "page={page}", "{path}")), ("acrord32", ("/A", "page={page}", "{path}")),
    ("firefox", _ADDRESS), ("chromium", _ADDRESS), ("chrome", _ADDRESS), ("brave", _ADDRESS),
    ("msedge", _ADDRESS), ("microsoft-edge", _ADDRESS),
)  # fmt: skip
# Where the name of a desktop entry is not the name of its program.
_PROGRAMS = {"okularapplication_pdf": "okular", "org.pwmt.zathura-pdf-mupdf": "zathura"}


def command_at(path: Path, page: int) -> list[str] | None:
    """What opens `path` at a page, from 1; None where the system's program cannot be told one."""
    if path.suffix.lower() != PDF:
        return None
    program = _program()
    return None if program is None else command_of(program, path, page)


def command_of(program: str, path: Path, page: int) -> list[str] | None:
    """How that program is told to open `path` at a page; None if it is none that is known."""
    name = re.split(r"[\\/]", program)[-1].lower()
    way: Sequence[str] = next((way for known, way in _WAYS if known in name), ())
    address = f"{path.absolute().as_uri()}#page={page}"
    filled = [part.format(page=page, path=path, address=address) for part in way]
    return [program, *filled] if filled else None


def _program_of_desktop() -> str | None:
    """The program of the desktop entry that opens PDFs (freedesktop.org, "MIME applications")."""
    try:
        asked = subprocess.run(
            ["xdg-mime", "query", "default", "application/pdf"],
            capture_output=True, text=True, timeout=ASK_S, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    entry = asked.stdout.strip().removesuffix(".desktop").lower()
    named = _PROGRAMS.get(entry) or entry.rpartition(".")[2]
    return shutil.which(named) if named else None


if sys.platform == "win32":

    def _program() -> str | None:
        """The program that the user has chosen for PDFs, from the registry."""
        import winreg

        choice = r"Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.pdf\UserChoice"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, choice) as key:
                kind, _ = winreg.QueryValueEx(key, "ProgId")
            with winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, rf"{kind}\shell\open\command") as key:
                line, _ = winreg.QueryValueEx(key, "")
        except OSError:
            return None
        found = re.match(r'"([^"]+)"|(\S+)', str(line))
        return (found[1] or found[2]) if found else None

else:

    def _program() -> str | None:
        """The program that opens PDFs; on macOS none, since Preview takes no page."""
        return None if sys.platform == "darwin" else _program_of_desktop()
