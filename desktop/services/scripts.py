"""In which script scans are read: the one that is carried along, or one that was brought in.

Every method belongs on a worker thread. Holds for what is read from now on.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.errors import RecognizerUnknown, ScriptMissing
from desktop.domain.jobs import Cancellation
from desktop.domain.scripts import CARRIED, SCRIPTS, Script
from desktop.services.ports import RecognizerFiles, Store

CHOSEN = "script of scans"  # the name of the setting


class Scripts:
    """`known` are the scripts that there are files for."""

    def __init__(
        self, store: Store, files: RecognizerFiles, known: Sequence[Script] = SCRIPTS
    ) -> None:
        self._store = store
        self._files = files
        self.known = tuple(known)

    def there(self) -> list[Script]:
        """The scripts whose files were brought in."""
        return [script for script in self.known if self._path(script) is not None]

    def chosen(self) -> str:
        """The name of the script that scans are read in, CARRIED for what is carried along."""
        name = self._store.setting(CHOSEN) or CARRIED
        return name if any(script.name == name for script in self.there()) else CARRIED

    def choose(self, name: str) -> None:
        """Read scans in this script from now on. Raises ScriptMissing."""
        if name != CARRIED and all(script.name != name for script in self.there()):
            wanted = next((one.file for one in self.known if one.name == name), name)
            raise ScriptMissing(script=name, file=wanted)
        self._store.set_setting(CHOSEN, name)

    def bring(self, path: Path, cancel: Cancellation) -> Script:
        """Take a file in. Raises RecognizerUnknown, FileUnreadable, DiskFull, Cancelled."""
        taken: list[Script] = []

        def name_for(sha256: str) -> str:
            taken.extend(script for script in self.known if script.sha256 == sha256)
            if not taken:
                raise RecognizerUnknown(file=str(path))
            return taken[0].file

        self._files.take(path, name_for, cancel)
        return taken[0]

    def recognizer(self) -> Path | None:
        """The file that scans are read with; None is what is carried along."""
        name = self._store.setting(CHOSEN)
        script = next((one for one in self.known if one.name == name), None)
        return None if script is None else self._path(script)

    def _path(self, script: Script) -> Path | None:
        return self._files.path(script.file, script.sha256)
