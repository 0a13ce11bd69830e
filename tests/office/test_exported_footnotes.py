"""What another program makes of an exported conversation: LibreOffice has its footnotes as such.

Needs `soffice`; skipped where it is not.
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from desktop.domain.export_words import Words
from desktop.domain.exports import Form, laid_out
from desktop.domain.jobs import Cancellation
from desktop.storage.exports import ExportFiles
from tests.conversations import CONVERSATION, turns

PATIENCE_S = 100
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

pytestmark = pytest.mark.slow


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_each_note_as_a_footnote(tmp_path: Path) -> None:
    path = tmp_path / "chat.docx"
    what = laid_out(CONVERSATION, turns(), Words())
    ExportFiles().write(what, path, Form.WORD, replace=False, cancel=Cancellation())
    subprocess.run(
        [
            "soffice", "--headless", "--norestore", "--convert-to", "odt", "--outdir", tmp_path,
            f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", path,
        ],
        check=True,
        capture_output=True,
        timeout=PATIENCE_S,
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "chat.odt") as archive:
        content = etree.fromstring(archive.read("content.xml"))
    kind = f"{TEXT}note-class"
    notes = [note for note in content.iter(f"{TEXT}note") if note.get(kind) == "footnote"]
    said = ["".join(note.find(f"{TEXT}note-body").itertext()).strip() for note in notes]
    assert said == [
        f"{one.citation.document}, {what.words.place_of(one.citation)}: "
        f"“{' '.join(one.citation.text.split())}”"
        for one in what.notes()
    ]
    called = [one.text for one in content.iter(f"{TEXT}note-citation")]
    assert called == ["1", "2", "3", "4"]
    again = ["".join(one.itertext()) for one in content.iter(f"{TEXT}p")]
    assert "The fee is 900 euros after all.1" in again
