"""Every path of a profile and of the installation, in one place. Creates nothing.

store.db        the store (SQLCipher); store.db-wal and -shm beside it while it is open
beginnings.db   what models made of the beginnings of prompts (SQLCipher): a cache
keys.json       the store's key, wrapped
backups/        copies of the store, each with its keys.json
index/          LanceDB: a cache, rebuilt from the store; all that the retriever may write
models/         models of this profile, a folder each; .NAME.part while one comes
downloads/      models on their way, a folder each: all that the downloader may write
models/         models of this profile
adapters/       LoRA adapters that came in with voices
tones/          tones of the user's own
appearance.json language, colours and size of text of the window
lock            held while the profile is open
raise           written by another process that wants the window, or the small one, in front
escritoire.log  what went wrong, without any text of the user's
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

MODELS_VARIABLE = "ESCRITOIRE_MODELS"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where things lie in the profile folder `profile`."""

    profile: Path

    @property
    def database(self) -> Path:
        return self.profile / "store.db"

    @property
    def beginnings(self) -> Path:
        return self.profile / "beginnings.db"

    @property
    def key_file(self) -> Path:
        return self.profile / "keys.json"

    @property
    def backups(self) -> Path:
        return self.profile / "backups"

    @property
    def index(self) -> Path:
        return self.profile / "index" / "vectors"

    @property
    def models(self) -> Path:
        return self.profile / "models"

    @property
    def downloads(self) -> Path:
        return self.profile / "downloads"

    @property
    def tones(self) -> Path:
        return self.profile / "tones"

    @property
    def recognizers(self) -> Path:
        return self.profile / "recognizers"

    @property
    def adapters(self) -> Path:
        return self.profile / "adapters"

    @property
    def appearance(self) -> Path:
        return self.profile / "appearance.json"

    @property
    def lock(self) -> Path:
        return self.profile / "lock"

    @property
    def raise_request(self) -> Path:
        return self.profile / "raise"

    @property
    def log(self) -> Path:
        return self.profile / "escritoire.log"


def default_profile() -> Path:
    """The profile folder of this user, where the system wants applications to keep their data."""
    return platformdirs.user_data_path("Escritoire", appauthor=False, roaming=False)


def installation_models() -> Path:
    """The read-only model folder that came with the installation.

    The environment variable ESCRITOIRE_MODELS names another one.
    """
    named = os.environ.get(MODELS_VARIABLE)
    if named:
        return Path(named)
    return _resources() / "models"


def folders_of_other_applications() -> list[Path]:
    """Where applications that run models locally keep them by default, there or not.

    LM Studio (two versions of it), GPT4All, and Ollama, whose files have hashes for names.
    """
    home = Path.home()
    data = platformdirs.user_data_path(appauthor=False, roaming=False)
    return [
        home / ".lmstudio" / "models",
        home / ".cache" / "lm-studio" / "models",
        data / "nomic.ai" / "GPT4All",
        home / ".ollama" / "models" / "blobs",
    ]


def licence_texts() -> Path:
    """The folder of licence texts that came with the installation, `SPDX-ID.txt` each."""
    return _resources() / "licences"


def installation_tones() -> Path:
    """The tones that come with the program."""
    return _resources() / "tones"


def handbook() -> Path:
    """The handbook as a PDF, which the build makes from its Markdown."""
    return _resources() / "handbook" / "handbook.pdf"


def catalogue() -> Path:
    """The catalogue of models that came with the installation."""
    return _resources() / "catalogue.toml"


def _resources() -> Path:
    """The folder `resources` of the checkout, or beside the frozen program."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent / "resources"
    return Path(__file__).resolve().parents[2] / "resources"
