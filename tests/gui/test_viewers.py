"""How the viewers that are known are told the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.gui.viewers import command_at, command_of

PATH = Path("/matters/The lease.pdf")
ADDRESS = "file:///matters/The%20lease.pdf#page=12"


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("/usr/bin/evince", ["--page-index=12", str(PATH)]),
        ("/usr/bin/okular", ["--page", "12", str(PATH)]),
        ("/usr/bin/firefox-esr", [ADDRESS]),
        (r"C:\Program Files\Adobe\Acrobat DC\Acrobat\Acrobat.exe", ["/A", "page=12", str(PATH)]),
        (r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe", [ADDRESS]),
    ],
)
def test_each_viewer_is_told_the_page_in_its_own_way(program: str, told: list[str]) -> None:
    assert command_of(program, PATH, 12) == [program, *told]


def test_a_program_that_is_not_known_is_told_nothing() -> None:
    assert command_of("/usr/bin/gimp", PATH, 12) is None


def test_only_pages_of_a_pdf_can_be_named() -> None:
    assert command_at(Path("/matters/letter.docx"), 2) is None
