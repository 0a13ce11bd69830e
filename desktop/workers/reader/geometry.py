"""From boxes of characters to the rectangles that light a passage.

Pure Python: it sees numbers, never a PDF. All boxes here are in pixels of the page image, so that a
line runs from left to right as the reader of the image sees it, whatever the page's rotation.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

MAX_RECTANGLES = 10_000  # as protocol.PagePixels allows


class Box(NamedTuple):
    """Edges in pixels from the upper left corner of the image; left <= right, top <= bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def clipped(self, width: int, height: int) -> Box:
        """The part of it that lies on an image of that size; empty if there is none."""
        left, right = (min(max(x, 0.0), width) for x in (self.left, self.right))
        top, bottom = (min(max(y, 0.0), height) for y in (self.top, self.bottom))
        return Box(left, top, right, bottom)

    def around(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def box_of_corners(x1: float, y1: float, x2: float, y2: float) -> Box | None:
    """The box between two opposite corners, or None if it has no area or no sense."""
    if not all(map(math.isfinite, (x1, y1, x2, y2))):
        return None
    box = Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    return box if box.left < box.right and box.top < box.bottom else None


def lines_of(boxes: Iterable[Box], width: int, height: int) -> list[Box]:
    """Boxes of characters, in reading order, joined along each line and clipped to the image.

    A gap wider than the line is high (two columns of a table) stays unlit.
    """
    lines: list[Box] = []
    for unclipped in boxes:
        box = unclipped.clipped(width, height)
        if box.left >= box.right or box.top >= box.bottom:
            continue
        if lines and _on_one_line(lines[-1], box):
            lines[-1] = lines[-1].around(box)
        elif len(lines) < MAX_RECTANGLES:
            lines.append(box)
        else:
            break
    return lines


def _on_one_line(line: Box, box: Box) -> bool:
    overlap = min(line.bottom, box.bottom) - max(line.top, box.top)
    gap = max(box.left - line.right, line.left - box.right)
    return overlap * 2 >= min(line.height, box.height) and gap <= max(line.height, box.height)
