"""The stamp: what is installed in `.venv`, written down so that a second run has nothing to do.

It knows names and fingerprints alone, and not what they stand for.
"""

from __future__ import annotations

import json
from pathlib import Path


class Stamp:
    """What is installed: names and fingerprints, written to disk after every change."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            loaded = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            loaded = {}
        self._facts: dict[str, str] = loaded if isinstance(loaded, dict) else {}

    def get(self, name: str) -> str | None:
        """The fact recorded under this name."""
        return self._facts.get(name)

    def record(self, **facts: str) -> None:
        """Writes facts down; an empty string forgets one."""
        self._facts = {k: v for k, v in (self._facts | facts).items() if v}
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(self._facts, indent=1) + "\n", encoding="utf-8")
        part.replace(self._path)
