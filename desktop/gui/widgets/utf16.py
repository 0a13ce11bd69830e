"""Places in text: Python and the store count characters, Qt counts UTF-16 units."""

from __future__ import annotations

from bisect import bisect_left


class Places:
    """Translates offsets of one text from characters to UTF-16 units."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._wide = [at for at, character in enumerate(text) if ord(character) > 0xFFFF]

    def of(self, at: int) -> int:
        """Where the character `at` stands in Qt's count."""
        return at + bisect_left(self._wide, at)
