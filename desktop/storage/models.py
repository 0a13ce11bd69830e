"""The model files that are there: those of the installation, and what any file hashes to.

Which models are on record, and which of all of them is wanted, is known elsewhere; opens no model.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.jobs import Cancellation
from desktop.domain.models import InstalledModel, ModelPart
from desktop.storage.database import Database
from desktop.storage.pins import pins_of, size_of
from desktop.storage.verified import Counted, VerifiedFiles


class ModelFolders:
    """`services.ports.ModelFolders`; of the folders with pins, earlier ones come first."""

    def __init__(self, database: Database, folders: Sequence[Path]) -> None:
        self._verified = VerifiedFiles(database)
        self._folders = folders

    def installation(self) -> list[InstalledModel]:
        """The models that came with the installation and whose files are there, not verified."""
        pins = [pin for folder in self._folders for pin in pins_of(folder) if pin.present]
        return [pin.model() for pin in pins]

    def sha256(
        self,
        model: str,
        path: Path,
        *,
        afresh: bool = False,
        counted: Counted | None = None,
        cancel: Cancellation | None = None,
    ) -> str:
        """What a file hashes to: remembered if it is untouched since, unless wanted `afresh`.

        Raises ModelMissing, ModelChanged, Cancelled.
        """
        return self._verified.sha256(model, path, afresh=afresh, counted=counted, cancel=cancel)

    def verified(self, parts: Sequence[ModelPart]) -> float:
        """When all parts were last found to be what they ought to be, 0 if they were not."""
        return min((self._verified.last(part.path, part.sha256) for part in parts), default=0.0)

    def size(self, path: Path) -> int | None:
        """Bytes of a regular file, or None if there is none."""
        return size_of(path)
