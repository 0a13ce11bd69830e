"""Where everything lies in a checkout: one place for every path of the set-up.

It only names paths and reads the two small files that hold pins. It must not create or change
anything.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Checkout:
    """The paths of one checkout, given its root folder."""

    root: Path

    @property
    def venv(self) -> Path:
        """The environment; dev.py makes it and may make it anew."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        if os.name == "nt":
            return self.venv / "Scripts" / "python.exe"
        return self.venv / "bin" / "python"

    @property
    def stamp(self) -> Path:
        """What is installed already, so that the second run has nothing to do."""
        return self.venv / "escritoire.json"

    @property
    def log(self) -> Path:
        """Everything that pip and the compiler printed."""
        return self.venv / "setup.log"

    @property
    def guard(self) -> Path:
        """Locked while a set-up runs; outside .venv, which may be made anew meanwhile."""
        return self.root / ".setup.lock"

    @property
    def pyproject(self) -> Path:
        """The project's own declaration of what it needs."""
        return self.root / "pyproject.toml"

    @property
    def lock(self) -> Path:
        """Every pinned package with its hashes."""
        return self.root / "installers" / "requirements.lock"

    @property
    def starter(self) -> Path:
        """The pins of the starter models."""
        return self.root / "resources" / "starter.toml"

    @property
    def models(self) -> Path:
        """The installation's own model folder; the application only reads it."""
        return self.root / "resources" / "models"

    @property
    def handbook(self) -> Path:
        """The handbook as written."""
        return self.root / "resources" / "handbook" / "handbook.md"

    @property
    def handbook_pdf(self) -> Path:
        """The handbook as the application reads it."""
        return self.handbook.with_suffix(".pdf")

    @property
    def handbook_script(self) -> Path:
        """What turns the one into the other."""
        return self.root / "installers" / "handbook.py"

    def torch_version(self) -> str:
        """The torch version that pyproject.toml pins, the one place of truth.

        Raises:
            ValueError: when pyproject.toml has no line `torch==VERSION`.
        """
        project = tomllib.loads(self.pyproject.read_text(encoding="utf-8"))["project"]
        for requirement in project["dependencies"]:
            name, separator, version = str(requirement).partition("==")
            if name.strip() == "torch" and separator:
                return version.strip()
        raise ValueError("pyproject.toml pins no torch version")
