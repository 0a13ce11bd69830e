"""Notes and lock agree, nothing shipped is stronger than the LGPL, promised texts are there."""

from __future__ import annotations

import io
import os
import platform
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from installers import commands, licences, lock, spdx, starter, steps
from installers.checkout import ROOT, Checkout
from installers.licences import Package, Parts, Reviewed
from installers.progress import Progress
from tests.unit.installers.conftest import Miniature

CHECKOUT = Checkout(ROOT)
FOLDER = licences.folder(CHECKOUT)
SITE = Path(sysconfig.get_path("platlib"))

# The notes are made there; other systems and Pythons install some packages more and some less.
where_made = pytest.mark.skipif(
    (sys.platform, platform.machine(), sys.version_info[:2]) != ("linux", "x86_64", (3, 11)),
    reason="the notes are made on Linux, x86-64, Python 3.11",
)


@pytest.fixture(scope="module")
def reviewed() -> Reviewed:
    return Reviewed.read(FOLDER / "reviewed.toml")


@pytest.fixture(scope="module")
def text() -> str:
    return (FOLDER / "THIRD-PARTY.md").read_text(encoding="utf-8")


def rows(text: str, heading: str) -> list[list[str]]:
    """The rows of the first table below a heading, without its head."""
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_the_notes_and_the_lock_agree(text: str) -> None:
    noted = {row[0]: set(row[1].split(" / ")) for row in rows(text, "Packages")}
    locked: dict[str, set[str]] = {"torch": {CHECKOUT.torch_version()}}
    for entry in lock.parse(CHECKOUT.lock.read_text(encoding="utf-8")):
        locked.setdefault(entry.name, set()).add(entry.version)

    assert noted == {name: locked[name] for name in noted}
    assert set(noted) == set(licences.shipped(CHECKOUT))


def test_all_that_the_program_needs_is_shipped_and_nothing_of_the_tests() -> None:
    project = CHECKOUT.pyproject.read_text(encoding="utf-8")
    direct, dev = project.split("[dependency-groups]")
    needed = re.findall(r'^    "([A-Za-z0-9-]+)[=>]=', direct.lower(), re.MULTILINE)
    shipped = licences.shipped(CHECKOUT)

    assert len(needed) > 15
    assert set(needed) <= set(shipped)
    # By way of others, by way of an extra, and on another system.
    assert {"shiboken6", "numpy", "setuptools", "pywin32-ctypes", "colorama"} <= set(shipped)
    assert not {"pytest", "ruff", "mypy", "fpdf2", "pip", "pathspec"} & set(shipped)
    assert "pytest" in dev


def test_nothing_shipped_is_stronger_than_the_lgpl(text: str, reviewed: Reviewed) -> None:
    packages = rows(text, "Packages")
    bundled = rows(text, "Inside the packages")
    assert len(packages) > 70
    assert len(bundled) > 20
    for row in packages + bundled:
        assert spdx.acceptable(row[2], reviewed.allowed), row
    for name in reviewed.allowed:
        assert not re.match(r"(GPL|AGPL|SSPL)-[0-9.]+(-only|-or-later)?$", name)


@where_made
def test_the_notes_are_what_the_installed_packages_say(text: str) -> None:
    made, objections = licences.notes(CHECKOUT)
    assert objections == ()
    assert made == text


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "SSPL-1.0", "unknown", ""]
)
def test_what_is_stronger_or_unknown_is_objected_to(licence: str, reviewed: Reviewed) -> None:
    package = Package("heron", ("1.0",), licence, "https://heron.example", "LICENSE")
    parts = Parts("wren", (("MIT", 3), (f"MIT AND {licence}", 1)))

    objections = licences.objections([package], [parts], reviewed)

    assert len(objections) == 2
    assert objections[0].startswith("heron is under")
    assert objections[1].startswith("a part of wren is under")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only AND MIT", False),
        ("MIT OR GPL-3.0-only AND GPL-2.0-only", True),  # AND binds before OR
        ("(MIT OR GPL-3.0-only) AND ISC", True),
        ("(MIT OR GPL-3.0-only) AND (GPL-2.0-only)", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", True),
        ("MIT WITH GCC-exception-3.1", False),
        ("MIT, ISC", False),
        ("MIT ISC", False),
        ("(MIT", False),
        ("MIT)", False),
        ("MIT OR", False),
        ("OR MIT", False),
        ("MIT WITH", False),
        ("", False),
    ],
)
def test_expressions(expression: str, *, expected: bool) -> None:
    allowed = {"MIT", "ISC", "GPL-3.0-or-later WITH GCC-exception-3.1"}
    assert spdx.acceptable(expression, allowed) is expected


def test_every_text_that_the_notes_promise_is_there(text: str, reviewed: Reviewed) -> None:
    promised = set(re.findall(r"\]\(([^)]+)\)", text))
    assert promised == {
        "Apache-2.0.txt",
        "GPL-3.0.txt",
        "LGPL-3.0.txt",
        "SQLCipher-BSD-3-Clause.txt",
        "llama.cpp-MIT.txt",
    }
    first = {
        name: (FOLDER / name).read_text(encoding="utf-8").split("\n\n")[0] for name in promised
    }
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in first["LGPL-3.0.txt"]
    assert "GNU GENERAL PUBLIC LICENSE" in first["GPL-3.0.txt"]
    assert "Zetetic" in first["SQLCipher-BSD-3-Clause.txt"].title()
    assert (FOLDER / "Apache-2.0.txt").stat().st_size > 11_000
    assert "The ggml authors" in (FOLDER / "llama.cpp-MIT.txt").read_text(encoding="utf-8")


def test_every_starter_model_is_noted(text: str) -> None:
    noted = rows(text, "Starter models")
    assert len(noted) == len(starter.read_pins(CHECKOUT.starter))
    assert {row[1] for row in noted} == {"Apache-2.0"}


def test_no_review_outlives_its_package(reviewed: Reviewed) -> None:
    shipped = set(licences.shipped(CHECKOUT))
    assert set(reviewed.packages) <= shipped
    assert {part["within"] for part in (*reviewed.bundled, *reviewed.left_out)} <= shipped
    assert all(table["reason"] for table in reviewed.packages.values())


@where_made
def test_what_is_said_to_be_inside_is_inside_and_every_library_is_named(
    reviewed: Reviewed,
) -> None:
    named: set[Path] = set()
    for part in (*reviewed.bundled, *reviewed.left_out):
        for pattern in part["files"]:
            found = set(SITE.glob(pattern))
            assert found, pattern
            named |= found
    shipped = licences.shipped(CHECKOUT)
    for folder in SITE.glob("*.libs"):
        if folder.stem.replace("_", "-") in shipped:
            assert set(folder.iterdir()) <= named, folder


@where_made
def test_the_window_loads_no_file_that_is_under_the_gpl_alone(reviewed: Reviewed) -> None:
    forbidden = {
        path.resolve()
        for part in reviewed.left_out
        for pattern in part["files"]
        for path in SITE.glob(pattern)
    }
    # Every module that the window uses, a window on screen, an icon and a picture.
    script = """
import pkgutil, sys
from importlib import import_module
from PySide6 import QtCore, QtGui, QtWidgets
import desktop.gui
for module in pkgutil.walk_packages(desktop.gui.__path__, "desktop.gui."):
    import_module(module.name)
import desktop.app
application = QtWidgets.QApplication(sys.argv)
from desktop.gui import theme
window = QtWidgets.QMainWindow()
window.setWindowIcon(QtGui.QIcon("resources/icons/escritoire.svg"))
window.show()
QtGui.QImageReader.supportedImageFormats()
window.grab()
application.processEvents()
print(*sorted({line.split(None, 5)[5].strip() for line in open("/proc/self/maps")
               if len(line.split(None, 5)) == 6 and ".so" in line}), sep="\\n")
"""
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    loaded = {Path(line).resolve() for line in run.stdout.splitlines()}

    assert any(path.name.startswith("libQt6Widgets") for path in loaded)
    assert len(forbidden) > 20
    assert not loaded & forbidden


def test_one_command_makes_them_in_the_finished_environment(miniature: Miniature) -> None:
    request = commands.parse(["licences"])
    miniature.will_say((("-m", "installers.licences"), "heron is under unknown", 1))

    assert commands.licences(miniature.checkout, request, Progress(io.StringIO())) == 1
    assert miniature.asked()[-1]["arguments"] == ["-m", "installers.licences"]
    assert steps.plan(miniature.checkout, steps.Wish(qt=False)) == ()
