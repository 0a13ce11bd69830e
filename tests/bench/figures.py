"""A measured figure, what is wanted of it, and how figures are printed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its unit. `at_least` and `at_most` are what is wanted, if anything is."""

    bench: str
    name: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the figure is what is wanted; None if nothing is."""
        if self.at_least is not None:
            return self.value >= self.at_least
        if self.at_most is not None:
            return self.value <= self.at_most
        return None

    @property
    def wanted(self) -> str:
        if self.at_least is not None:
            return f"at least {self.at_least:g}"
        if self.at_most is not None:
            return f"at most {self.at_most:g}"
        return ""


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of equal columns."""
    verdicts = {True: "reached", False: "NOT REACHED", None: ""}
    rows = [
        (figure.bench, figure.name, f"{figure.value:.4g} {figure.unit}".strip(), figure.wanted,
         verdicts[figure.reached])
        for figure in figures
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)).rstrip()
        for row in rows
    )


def as_json(figures: Sequence[Figure]) -> str:
    """The figures as one JSON list."""
    return json.dumps([asdict(figure) | {"reached": figure.reached} for figure in figures])
