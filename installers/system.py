"""What the operating system must offer: Qt's libraries, a font, a compiler, a display.

Looks, and installs what is missing where that needs no question (root on Debian and its kin);
elsewhere it only says the exact line to type. It must not touch the environment or the checkout.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from installers.errors import SetupError
from installers.progress import Step, run

IMPORT = "import"  # Without it, no Qt at all: neither the window nor its tests.
WINDOW = "window"  # Without it, no window on a real X11 or Wayland display.
SETUP = "setup"  # Without it, the environment cannot be made or filled.


@dataclass(frozen=True)
class Part:
    """One thing that the system should offer, and the package that brings it, by package tool."""

    name: str
    needed_for: str
    apt: str
    dnf: str
    pacman: str


# `ldd` on PySide6's QtWidgets and its plugins platforms/libqoffscreen.so, libqxcb.so and
# libqwayland.so names these; the rest of their lists comes with these packages.
LIBRARIES = (
    Part("libEGL.so.1", IMPORT, "libegl1", "libglvnd-egl", "libglvnd"),
    Part("libGL.so.1", IMPORT, "libgl1", "libglvnd-glx", "libglvnd"),
    Part("libX11.so.6", IMPORT, "libx11-6", "libX11", "libx11"),
    Part("libxkbcommon.so.0", IMPORT, "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Part("libdbus-1.so.3", IMPORT, "libdbus-1-3", "dbus-libs", "dbus"),
    Part("libfontconfig.so.1", IMPORT, "libfontconfig1", "fontconfig", "fontconfig"),
    Part("libglib-2.0.so.0", IMPORT, "libglib2.0-0", "glib2", "glib2"),
    Part("libX11-xcb.so.1", WINDOW, "libx11-xcb1", "libX11-xcb", "libx11"),
    Part("libxcb-cursor.so.0", WINDOW, "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Part("libxcb-icccm.so.4", WINDOW, "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Part("libxcb-image.so.0", WINDOW, "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Part("libxcb-keysyms.so.1", WINDOW, "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Part("libxcb-randr.so.0", WINDOW, "libxcb-randr0", "libxcb", "libxcb"),
    Part(
        "libxcb-render-util.so.0",
        WINDOW,
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
    ),
    Part("libxcb-shape.so.0", WINDOW, "libxcb-shape0", "libxcb", "libxcb"),
    Part("libxcb-shm.so.0", WINDOW, "libxcb-shm0", "libxcb", "libxcb"),
    Part("libxcb-sync.so.1", WINDOW, "libxcb-sync1", "libxcb", "libxcb"),
    Part("libxcb-xfixes.so.0", WINDOW, "libxcb-xfixes0", "libxcb", "libxcb"),
    Part("libxcb-xkb.so.1", WINDOW, "libxcb-xkb1", "libxcb", "libxcb"),
    Part(
        "libxkbcommon-x11.so.0",
        WINDOW,
        "libxkbcommon-x11-0",
        "libxkbcommon-x11",
        "libxkbcommon-x11",
    ),
    Part("libwayland-client.so.0", WINDOW, "libwayland-client0", "libwayland-client", "wayland"),
    Part("libwayland-cursor.so.0", WINDOW, "libwayland-cursor0", "libwayland-cursor", "wayland"),
)
FONT = Part("a font", IMPORT, "fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu")
COMPILER = Part("a C and C++ compiler", SETUP, "gcc g++ libc6-dev", "gcc gcc-c++", "gcc")
VENV = Part(
    "Python's venv module",
    SETUP,
    f"python{sys.version_info.major}.{sys.version_info.minor}-venv",
    "python3",
    "python",
)

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".pfb")


def loads(library: str) -> bool:
    """Whether the dynamic linker finds this library, which is the question that Qt will ask."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font(folders: Sequence[str] = FONT_FOLDERS) -> bool:
    """Whether there is any font file where fontconfig looks."""
    for folder in folders:
        for _, _, files in os.walk(Path(folder).expanduser()):
            if any(file.lower().endswith(FONT_ENDINGS) for file in files):
                return True
    return False


def missing_for_window(
    *,
    platform: str = sys.platform,
    finds: Callable[[str], bool] = loads,
    font: Callable[[], bool] = has_font,
) -> tuple[Part, ...]:
    """What Qt misses here; nothing on Windows and macOS, whose systems bring it all."""
    if platform != "linux":
        return ()
    missing = [part for part in LIBRARIES if not finds(part.name)]
    if not font():
        missing.append(FONT)
    return tuple(missing)


def missing_compiler(
    *,
    platform: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    xcode: Callable[[], bool] | None = None,
) -> tuple[Part, ...]:
    """The compiler, when llama.cpp could not be compiled for want of one.

    On Windows a compiler is not on the path even when there is one, so the build itself finds out.
    On macOS there is always something of its name, with or without Xcode's tools behind it.
    """
    if platform == "win32":
        return ()
    if platform == "darwin" and not (xcode or has_xcode)():
        return (COMPILER,)
    c = environment.get("CC") or which("cc") or which("gcc") or which("clang")
    cpp = environment.get("CXX") or which("c++") or which("g++") or which("clang++")
    return () if c and cpp else (COMPILER,)


def has_xcode() -> bool:
    """Whether Xcode's command line tools are installed, on macOS."""
    asked = subprocess.run(["/usr/bin/xcode-select", "-p"], capture_output=True, check=False)
    return asked.returncode == 0


def install_line(
    parts: Sequence[Part], *, which: Callable[[str], str | None] = shutil.which
) -> str | None:
    """The line to type that installs these parts; None where no known package tool is found."""
    for tool, line in (
        ("apt-get", "sudo apt-get install --no-install-recommends"),
        ("dnf", "sudo dnf install"),
        ("pacman", "sudo pacman -S --needed"),
    ):
        if which(tool):
            return f"{line} {' '.join(_packages(parts, tool))}"
    if sys.platform == "darwin":
        return "xcode-select --install"
    return None


def _packages(parts: Sequence[Part], tool: str) -> list[str]:
    field = {"apt-get": "apt", "dnf": "dnf", "pacman": "pacman"}[tool]
    names = " ".join(getattr(part, field) for part in parts).split()
    return list(dict.fromkeys(names))


def may_install() -> bool:
    """Whether packages may be installed without asking: root, on Debian or one of its kin."""
    return (
        sys.platform == "linux"
        and os.geteuid() == 0
        and shutil.which("apt-get") is not None
        and Path("/etc/debian_version").exists()
    )


def install(parts: Sequence[Part], step: Step) -> bool:
    """Installs these parts with apt-get; False when that failed."""
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    wait = ("-o", "DPkg::Lock::Timeout=120")
    packages = _packages(parts, "apt-get")
    for command in (
        ["apt-get", *wait, "update"],
        ["apt-get", *wait, "install", "--yes", "--no-install-recommends", *packages],
    ):
        outcome = run(command, step, env=environment, read=lambda line: line[:60] or None)
    return outcome.status == 0


def advice(parts: Sequence[Part]) -> str:
    """One sentence with the line to type for what is missing."""
    line = install_line(parts)
    if line is None:
        names = ", ".join(part.name for part in parts)
        return f"Install {names} with this system's package tool."
    return f"Install what is missing with: {line}"


def compiler_error(*, ready: bool = True) -> SetupError:
    """What to say when there is no compiler and none may be installed.

    Args:
        ready: whether a ready wheel may still be a way out.
    """
    way_out = " (or take a ready wheel with the option --prebuilt)" if ready else ""
    return SetupError(
        "There is no C and C++ compiler, which llama-cpp-python is compiled with.",
        f"{advice((COMPILER,))}{way_out}",
    )


def lacks_venv() -> bool:
    """Whether this Python came without its venv module, as Debian's does."""
    return any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip"))


def no_venv() -> SetupError:
    """What to say when this Python cannot make environments."""
    return SetupError(
        "This Python cannot make environments, because its venv module is not installed.",
        advice((VENV,)),
    )


def has_display(
    environment: Mapping[str, str] = os.environ, *, platform: str = sys.platform
) -> bool:
    """Whether a window can appear. QT_QPA_PLATFORM counts: whoever sets it knows why."""
    if platform != "linux":
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
