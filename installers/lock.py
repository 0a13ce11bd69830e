"""The lock: reads its entries, and makes it anew from pyproject.toml.

torch is left out on purpose: its plain wheel for Linux names gigabytes of CUDA packages as
dependencies, and which build is right differs by system, so `environment` installs it by itself.
What torch needs besides CUDA is therefore named here.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

from installers.checkout import Checkout
from installers.errors import SetupError, from_pip
from installers.progress import Progress, run

UV_PIN = "uv==0.13.9"
OLDEST_PYTHON = "3.11"

# torch's own dependencies without the CUDA packages, and pip itself: the environment's pip must be
# 23.1 or newer, or it would compile llama-cpp-python again in every new environment (older ones
# ignore their own cache when hashes are required).
ALSO_NEEDED = (
    "filelock",
    "fsspec",
    "jinja2",
    "networkx",
    "pip",
    "setuptools",
    "sympy",
    "typing-extensions",
)

HEADER = """\
# Every package that Escritoire, its tests and its build need, pinned with hashes for all systems.
# Made from pyproject.toml by `python3 installers/dev.py lock`; do not edit it by hand.
# torch is not in it: pyproject.toml pins it, and installers/environment.py says why.
"""

_NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==(\S+)")


@dataclass(frozen=True)
class Entry:
    """One package of the lock: its name, version and the lines that pip reads."""

    name: str
    version: str
    text: str

    @property
    def hashes(self) -> tuple[str, ...]:
        """The SHA-256 of each file that may be installed for it."""
        return tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", self.text))


def parse(text: str) -> tuple[Entry, ...]:
    """Splits a lock into its entries, in order; comments are dropped.

    Raises:
        ValueError: when a line is neither a comment nor part of a pinned entry.
    """
    entries: list[Entry] = []
    lines: list[str] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        lines.append(line)
        if line.rstrip().endswith("\\"):
            continue
        match = _NAME.match(lines[0])
        if match is None:
            raise ValueError(f"not a pinned package: {lines[0]}")
        entries.append(Entry(match[1], match[2], "\n".join(lines) + "\n"))
        lines = []
    return tuple(entries)


def only(entries: tuple[Entry, ...], *names: str) -> tuple[Entry, ...]:
    """The entries of these names."""
    return tuple(entry for entry in entries if entry.name in names)


def without(entries: tuple[Entry, ...], *names: str) -> tuple[Entry, ...]:
    """All entries but those of these names."""
    return tuple(entry for entry in entries if entry.name not in names)


def fingerprint(entries: tuple[Entry, ...]) -> str:
    """A hash that changes whenever one of the entries does."""
    return hashlib.sha256("".join(entry.text for entry in entries).encode()).hexdigest()


def refresh(checkout: Checkout, progress: Progress, *, upgrade: bool) -> None:
    """Makes the lock anew; versions stay where they can, unless `upgrade` is asked for.

    Raises:
        SetupError: when uv cannot be installed or finds no set of versions that fits.
    """
    with tempfile.TemporaryDirectory(prefix="escritoire-lock-") as name:
        folder = Path(name)
        environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
        with progress.step(1, 2, f"Fetching {UV_PIN} into a temporary environment") as step:
            venv.create(folder / "venv", with_pip=True)
            scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
            python = scripts / ("python.exe" if os.name == "nt" else "python")
            outcome = run([python, "-m", "pip", "install", UV_PIN], step, env=environment)
            if outcome.status:
                raise from_pip(outcome.lines, "Installing uv", "its output")
        with progress.step(2, 2, "Finding versions that fit together on every system") as step:
            (folder / "also.in").write_text("\n".join(ALSO_NEEDED) + "\n", encoding="utf-8")
            (folder / "override.txt").write_text(
                f"torch=={checkout.torch_version()} ; sys_platform == 'never'\n", encoding="utf-8"
            )
            fresh = folder / "requirements.lock"
            if checkout.lock.exists():
                fresh.write_bytes(checkout.lock.read_bytes())
            # uv keeps the versions that it finds in its output file, and writes no index address.
            command: list[str | Path] = [
                *(python, "-m", "uv", "pip", "compile", "--universal"),
                *("--python-version", OLDEST_PYTHON, "--generate-hashes"),
                *("--no-header", "--no-annotate", "--no-emit-package", "torch"),
                *("--group", f"{checkout.pyproject}:dev", "--override", folder / "override.txt"),
                *(["--upgrade"] if upgrade else []),
                *("--output-file", fresh, checkout.pyproject, folder / "also.in"),
            ]
            environment |= _index_of_pip(python)
            outcome = run(command, step, env=environment, cwd=folder)
            if outcome.status:
                said = next((line for line in outcome.lines if line.strip()), "uv said nothing")
                raise SetupError(
                    f"No lock could be made: {said.strip()}.",
                    "Mend pyproject.toml or the network, then run the same command again.",
                )
            entries = parse(fresh.read_text(encoding="utf-8"))
            body = HEADER + "".join(entry.text for entry in entries)
            written = checkout.lock.with_suffix(".part")
            written.write_text(body, encoding="utf-8", newline="\n")
            written.replace(checkout.lock)
            step.note(f"{checkout.lock.relative_to(checkout.root)}: {len(entries)} packages.")


def _index_of_pip(python: Path) -> dict[str, str]:
    """uv reads no pip configuration, so the mirror that pip was told to use is passed on."""
    found = subprocess.run(
        [python, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    )
    index = os.environ.get("PIP_INDEX_URL") or found.stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index else {}
