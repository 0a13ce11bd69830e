"""How fast something moves, told from where it was in the last seconds."""

from __future__ import annotations

from collections import deque
from typing import Final

WINDOW_S: Final = 5.0


class Pace:
    """Amounts done, each with its time in seconds; the last `WINDOW_S` of them count."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def reached(self, done: int, now: float) -> None:
        """`done` so far, at `now`; what is less than before is a new beginning."""
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((now, done))
        while len(self._seen) > 2 and self._seen[1][0] <= now - WINDOW_S:
            self._seen.popleft()

    @property
    def per_second(self) -> float:
        """0 where it cannot be told yet."""
        if len(self._seen) < 2:
            return 0.0
        (began, had), (now, has) = self._seen[0], self._seen[-1]
        return (has - had) / (now - began) if now > began else 0.0
