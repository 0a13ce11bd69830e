"""The command to be bound to keys: whatever copy is running, it runs that one."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import __version__
from desktop.cli.own_command import own_command
from desktop.storage.paths import default_profile

pytestmark = pytest.mark.skipif(os.name != "posix", reason="quoted for a POSIX shell")
WORDS = ["rewrite", "--selection"]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_the_installed_program_is_named_by_its_place(path: Path) -> None:
    program = path / "escritoire"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o700)
    assert own_command(default_profile(), WORDS) == f"{program} rewrite --selection"


def test_a_profile_of_its_own_is_named_and_quoted(path: Path, tmp_path: Path) -> None:
    profile = tmp_path / "the clinic's"
    words = shlex.split(own_command(profile, WORDS))
    assert words[-4:] == ["--profile", str(profile), *WORDS]


def test_a_profile_is_found_from_any_folder(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = shlex.split(own_command(Path("clinic"), WORDS))
    assert words[-4:] == ["--profile", str(tmp_path / "clinic"), *WORDS]


def test_a_packaged_program_is_itself(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/escritoire/escritoire")
    assert own_command(default_profile(), WORDS) == "/opt/escritoire/escritoire rewrite --selection"


def test_a_checkout_runs_from_any_folder(path: Path, tmp_path: Path) -> None:
    command = own_command(default_profile(), ["--version"])
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=tmp_path, env=clean, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert __version__ in done.stdout
