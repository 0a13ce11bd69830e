"""What another program makes of our tracked changes: LibreOffice takes all, and refuses all.

Needs `soffice` and the Python that has its `uno`; skipped where they are not.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.workers.reviser.config import Config
from desktop.workers.reviser.document import Document
from desktop.workers.reviser.revising import Substitution
from tests.letters import BODY, word_document

SCRIPT = Path(__file__).with_name("readings.py")
PYTHON = next((p for p in ("/usr/bin/python3",) if Path(p).exists()), sys.executable)
PATIENCE_S = 100

pytestmark = pytest.mark.slow


def reason_to_skip() -> str:
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed"
    found = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return "" if found.returncode == 0 else f"{PYTHON} has no uno"


@pytest.fixture(scope="module")
def pipe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An office without a window; the name of the pipe it listens on."""
    if why := reason_to_skip():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("office")
    name = f"escritoire{random.Random().randrange(10**9)}"
    office = subprocess.Popen(
        [
            "soffice", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={name};urp",
            f"-env:UserInstallation={folder.as_uri()}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    yield name
    try:
        office.wait(20)
    except subprocess.TimeoutExpired:
        office.kill()
        office.wait()


def changed(path: Path, new: Path) -> list[str]:
    """Many changes in every paragraph; returns what the paragraphs ought to read as then."""
    chance = random.Random(2)
    document = Document(path.read_bytes(), path.name, Config())
    edits: dict[int, list[Substitution]] = {}
    wished: list[str] = []
    for number, found in enumerate(document.paragraphs):
        edits[number] = subs = []
        text, done = "", 0
        if number < 3:  # at both ends of paragraphs that follow each other
            size = len(found.text)
            subs += (Substitution(0, 0, "A "), Substitution(size, size, " b"))
            wished.append(f"A {found.text} b")
            continue
        for word in re.finditer(r"\w+", found.text):
            start, end = word.span()
            if any(first < end and last > start for first, last in found.fixed):
                continue
            one = chance.choice(
                [
                    None, Substitution(start, end, ""), Substitution(start, end, "other words"),
                    Substitution(end, end, " and more"), Substitution(start, start, "X"),
                ]
            )  # fmt: skip
            if one is not None:
                subs.append(one)
                text += found.text[done : one.start] + one.text
                done = one.end
        wished.append(text + found.text[done:])
    parts, refused = document.revised(edits, "Escritoire", "2026-01-02T03:04:05Z")
    assert not refused
    new.write_bytes(b"".join(document.with_parts(parts)))
    return wished


def test_libreoffice_takes_and_refuses_every_change_as_it_ought_to(
    pipe: str, tmp_path: Path
) -> None:
    # Without its comment: LibreOffice 7.4, if it has no window, ends at the first one of any file.
    body = re.sub(r"<w:comment\w+ [^>]*/>", "", BODY)
    ends = "".join(f"<w:p><w:r><w:t>{word}</w:t></w:r></w:p>" for word in ("One", "Two", "Three"))
    path, new = word_document(tmp_path / "letter.docx", ends + body), tmp_path / "new.docx"
    wished = changed(path, new)
    told = subprocess.run(
        [PYTHON, "-P", str(SCRIPT), pipe, str(path), str(new)],
        capture_output=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert told.returncode == 0, told.stderr
    before, after = map(json.loads, told.stdout.splitlines())
    assert after["refused"] == before["refused"]
    read = [text.strip() for text in after["taken"]]
    assert read == [text.strip() for text in wished if text.strip()]
