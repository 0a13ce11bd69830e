"""The lock pins everything by hash, names no host, and is read as pip reads it."""

from __future__ import annotations

import re
import tomllib

import pytest

from installers import lock
from installers.checkout import ROOT, Checkout

CHECKOUT = Checkout(ROOT)


@pytest.fixture(scope="module")
def text() -> str:
    return CHECKOUT.lock.read_text(encoding="utf-8")


def test_every_entry_is_pinned_and_hashed(text: str) -> None:
    entries = lock.parse(text)
    assert len(entries) > 80
    assert all(entry.hashes for entry in entries)
    assert sum(len(entry.hashes) for entry in entries) == text.count("--hash=sha256:")


def test_it_names_no_host_and_no_path(text: str) -> None:
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert not re.search(r"://|index-url|find-links|--trusted|file:|@ ", body)


def test_torch_is_pinned_by_the_project_alone(text: str) -> None:
    names = {entry.name for entry in lock.parse(text)}
    assert not {name for name in names if name.startswith(("torch", "nvidia-", "triton"))}
    assert re.fullmatch(r"\d+\.\d+\.\d+", CHECKOUT.torch_version())


def test_whatever_the_project_pins_is_locked_at_that_version(text: str) -> None:
    project = tomllib.loads(CHECKOUT.pyproject.read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = {entry.name.lower(): entry.version for entry in lock.parse(text)}
    for requirement in wanted:
        name, _, version = requirement.partition(";")[0].strip().partition("==")
        name = re.split(r"[>=<~ ]", name)[0].lower()
        if name == "torch":
            continue
        assert name in locked, f"{name} is missing: python3 installers/dev.py lock"
        if version:
            assert locked[name] == version, f"{name}: python3 installers/dev.py lock"


def test_a_line_that_is_not_pinned_is_refused() -> None:
    with pytest.raises(ValueError, match="numpy>=2"):
        lock.parse("numpy>=2\n")


def test_an_entry_keeps_its_marker_and_hashes() -> None:
    text = (
        "# said before\n"
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n"
        f"    --hash=sha256:{'1' * 64} \\\n"
        f"    --hash=sha256:{'2' * 64}\n"
        f"pip==26.3 \\\n    --hash=sha256:{'3' * 64}\n"
    )
    colorama, pip = lock.parse(text)
    assert (colorama.name, colorama.version) == ("colorama", "0.4.6")
    assert "sys_platform == 'win32'" in colorama.text
    assert colorama.hashes == ("1" * 64, "2" * 64)
    assert lock.only((colorama, pip), "pip") == (pip,)
    assert lock.without((colorama, pip), "pip") == (colorama,)
    assert lock.fingerprint((colorama,)) != lock.fingerprint((pip,))
