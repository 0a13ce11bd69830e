"""Scans read in another script: with a file that was brought in, by the real reader."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import rapidocr
import yaml

from desktop.desk import Desk, open_desk
from desktop.domain.errors import FileUnreadable, RecognizerUnknown, ScriptMissing
from desktop.domain.jobs import Cancellation
from desktop.domain.scripts import CARRIED, SCRIPTS, Script
from desktop.services.scripts import CHOSEN, Scripts
from desktop.storage.recognizers import RecognizerFiles
from desktop.workers.reader.adapter import ReaderAdapter, reader_client
from tests.conftest import PASSPHRASE
from tests.documents import scan

LIBRARY = Path(rapidocr.__file__).parent
WORDS = "The heron waits at the harbour"


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    """The carried model with two of its letters called by each other's names."""
    content = bytearray((LIBRARY / "models" / "PP-OCRv6_rec_small.onnx").read_bytes())
    # Its letters stand at its end, a line each.
    h, q = (content.rindex(f"\n{letter}\n".encode()) + 1 for letter in "hq")
    content[h], content[q] = content[q], content[h]
    path = tmp_path / "swapped.onnx"
    path.write_bytes(content)
    return path


@pytest.fixture
def scripts(desk: Desk, tmp_path: Path, brought: Path) -> Scripts:
    sha256 = hashlib.sha256(brought.read_bytes()).hexdigest()
    known = (Script("swapped", "swapped_rec.onnx", sha256), *SCRIPTS)
    return Scripts(desk._profile.store, RecognizerFiles(tmp_path / "recognizers"), known)


def test_the_files_are_those_that_the_library_knows_by_these_hashes() -> None:
    listed = yaml.safe_load((LIBRARY / "default_models.yaml").read_text(encoding="utf-8"))
    known = listed["onnxruntime"]["PP-OCRv5"]["rec"]
    for script in SCRIPTS:
        entry = known[script.file.removesuffix(".onnx")]
        assert entry["SHA256"] == script.sha256
        assert entry["model_dir"].endswith(f"/{script.file}")


def test_a_script_is_chosen_once_its_file_was_brought_in(
    scripts: Scripts, brought: Path, tmp_path: Path
) -> None:
    assert (scripts.chosen(), scripts.recognizer(), scripts.there()) == (CARRIED, None, [])
    with pytest.raises(ScriptMissing, match="swapped_rec"):
        scripts.choose("swapped")
    assert scripts.bring(brought, Cancellation()).name == "swapped"
    assert [script.name for script in scripts.there()] == ["swapped"]
    scripts.choose("swapped")
    assert scripts.recognizer() == tmp_path / "recognizers" / "swapped_rec.onnx"
    (tmp_path / "recognizers" / "swapped_rec.onnx").write_bytes(b"something else")
    assert (scripts.chosen(), scripts.recognizer()) == (CARRIED, None)
    scripts.choose(CARRIED)
    assert scripts._store.setting(CHOSEN) == CARRIED


def test_a_file_that_is_none_is_refused_and_leaves_nothing(
    scripts: Scripts, tmp_path: Path
) -> None:
    other = tmp_path / "other.onnx"
    other.write_bytes(b"no model")
    with pytest.raises(RecognizerUnknown):
        scripts.bring(other, Cancellation())
    with pytest.raises(FileUnreadable):
        scripts.bring(tmp_path / "gone.onnx", Cancellation())
    assert list((tmp_path / "recognizers").iterdir()) == []


def test_a_scan_is_read_with_the_file_that_is_chosen_and_read_again_with_another(
    profile: Path, tmp_path: Path, scripts: Scripts, brought: Path
) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(scan(words=WORDS))
    scripts.bring(brought, Cancellation())
    desk = open_desk(profile, PASSPHRASE)
    client = reader_client()
    desk.library._stage_one._reader = ReaderAdapter(client, recognizer=scripts.recognizer)
    try:
        (document,) = desk.library.add([path], "scans").documents
        desk.library.work(Cancellation())
        assert _text(desk, document.id) == WORDS
        scripts.choose("swapped")
        desk.library.again(document.id)
        desk.library.work(Cancellation())
        assert _text(desk, document.id) == WORDS.replace("h", "q")
        path.unlink()
        with pytest.raises(Exception, match="not there"):
            desk.library.again(document.id)
        assert _text(desk, document.id) == WORDS.replace("h", "q")
    finally:
        scripts.choose(CARRIED)
        client.stop()
        desk.close()


def _text(desk: Desk, document_id: int) -> str:
    page = desk.library.page(document_id, 1)
    assert page is not None
    return page.text
