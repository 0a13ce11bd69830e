"""A checkout in miniature, whose Python is a stand-in: a real process that plays pip.

It notes what it is asked, so that the tests see which steps were taken, and does what the test's
script tells it. Nothing here touches the network or the real environment.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from installers.checkout import ROOT, Checkout

CHAT = b"GGUF" + bytes(range(256)) * 40
VOCABULARY = b"[PAD]\n[UNK]\n"

STAND_IN = """\
import json, os, pathlib, shutil, sys
here = pathlib.Path({here!r})
asked = sys.argv[1:]
with (here / "asked.jsonl").open("a") as log:
    log.write(json.dumps({{
        "arguments": asked, "cwd": os.getcwd(), "path": os.environ.get("PYTHONPATH"),
        "safe": os.environ.get("PYTHONSAFEPATH"), "qt": os.environ.get("QT_QPA_PLATFORM"),
        "cmake": os.environ.get("CMAKE_ARGS"),
    }}) + "\\n")
said = here / "says.json"
for words, text, status in json.loads(said.read_text()) if said.exists() else []:
    if all(word in asked for word in words):
        print(text, flush=True)
        raise SystemExit(status)
if asked[0] == "-c":
    print("True")
elif asked[:3] == ["-m", "pip", "download"]:
    wheel = asked[-1].partition("==")[0].replace("-", "_") + "-1.0-py3-none-any.whl"
    shutil.copy(here / wheel, asked[asked.index("--dest") + 1])
elif asked[:2] == ["-m", "installers.handbook"]:
    pathlib.Path(asked[-1]).write_bytes(b"%PDF-")
"""

LOCK = """\
fpdf2==2.8.9 \\
    --hash=sha256:{0}
llama-cpp-python==0.3.36 \\
    --hash=sha256:{0}
markdown-it-py==4.3.0 \\
    --hash=sha256:{0}
pip==26.3 \\
    --hash=sha256:{0}
""".format("a" * 64)


@dataclass(frozen=True)
class Miniature:
    """The checkout in miniature and what its stand-in was asked."""

    checkout: Checkout
    folder: Path

    def asked(self) -> list[dict[str, object]]:
        """Every call of the stand-in, oldest first; forgotten once read."""
        log = self.folder / "asked.jsonl"
        if not log.exists():
            return []
        calls = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        log.unlink()
        return calls

    def installed(self) -> list[list[str]]:
        """The arguments of every `pip install` among them."""
        calls = [list(map(str, call["arguments"])) for call in self.asked()]  # type: ignore[call-overload]
        return [call[3:] for call in calls if call[:3] == ["-m", "pip", "install"]]

    def will_say(self, *answers: tuple[tuple[str, ...], str, int]) -> None:
        """Makes the stand-in print a text and end with a status when asked these words."""
        (self.folder / "says.json").write_text(json.dumps(answers), encoding="utf-8")

    def carry(self, package: str, members: dict[str, bytes]) -> Path:
        """Puts a wheel with these members where the stand-in downloads from."""
        wheel = self.folder / f"{package.replace('-', '_')}-1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, contents in members.items():
                archive.writestr(name, contents)
        return wheel


def pin(member: str, path: str, contents: bytes) -> str:
    """The lines that pin one file in starter.toml."""
    digest = hashlib.sha256(contents).hexdigest()
    return (
        f'[[model.file]]\nmember = "{member}"\npath = "{path}"\n'
        f'size = {len(contents)}\nsha256 = "{digest}"\n'
    )


@pytest.fixture
def miniature(tmp_path: Path) -> Miniature:
    """A checkout with a working stand-in for its environment, and nothing installed in it."""
    if sys.platform == "win32":
        pytest.skip("the stand-in is a shell script")
    checkout = Checkout(tmp_path / "check out")
    folder = tmp_path / "stand-in"
    folder.mkdir()
    shutil.copytree(
        ROOT / "installers",
        checkout.root / "installers",
        ignore=shutil.ignore_patterns("__pycache__", "*.lock"),
    )
    checkout.lock.write_text(LOCK, encoding="utf-8")
    checkout.pyproject.write_text(
        '[project]\ndependencies = ["numpy>=2", "torch==2.13.0"]\n', encoding="utf-8"
    )
    checkout.handbook.parent.mkdir(parents=True)
    checkout.handbook.write_text("# Handbook\n", encoding="utf-8")
    checkout.starter.write_text(
        '[[model]]\nname = "tiny-chat"\npackage = "carries-chat"\nversion = "1.0"\n'
        + pin("carries_chat/tiny.gguf", "tiny.gguf", CHAT)
        + pin("carries_chat/words/vocab.txt", "words/vocab.txt", VOCABULARY),
        encoding="utf-8",
    )
    (folder / "stand_in.py").write_text(STAND_IN.format(here=str(folder)), encoding="utf-8")
    checkout.python.parent.mkdir(parents=True)
    checkout.python.write_text(
        f"#!/bin/sh\nexec '{sys.executable}' -SE '{folder / 'stand_in.py'}' \"$@\"\n",
        encoding="utf-8",
    )
    checkout.python.chmod(0o755)
    (checkout.venv / "pyvenv.cfg").write_text("home = /usr\nversion = 3.11.7\n", encoding="utf-8")
    small = Miniature(checkout, folder)
    small.carry(
        "carries-chat",
        {"carries_chat/tiny.gguf": CHAT, "carries_chat/words/vocab.txt": VOCABULARY},
    )
    return small


@pytest.fixture(autouse=True)
def no_changes_to_this_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, and must not install a thing even then."""
    monkeypatch.setattr("installers.system.may_install", lambda: False)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "CMAKE_ARGS"):
        monkeypatch.delenv(name, raising=False)
    assert os.environ.get("QT_QPA_PLATFORM") is None
