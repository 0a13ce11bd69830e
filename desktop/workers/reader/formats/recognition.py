"""OCR: an image -> its lines of text, how sure they are, and where they lie.

Through rapidocr on onnxruntime, with the models that its wheel holds: nothing is fetched. A line is
recognized at a time, so that whoever waits for the child (a page to be shown) waits a fraction of a
second, and so that memory stays bounded: a whole page at once takes 1.8 GB, line by line 1.1 GB.
"""

from __future__ import annotations

import functools
from collections.abc import Generator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.domain.documents import ScanLine
from desktop.workers.reader.formats.blocks import clean

LONGEST_SIDE = 2_400  # pixels of an image that is read; A4 at 200 dpi has 2,339
DETECTED_AT = 1_600  # pixels of the longest side, when lines are looked for
MOST_LINES = 1_000
CRUMB = 6  # characters; a shorter line (a page number, a smudge) does not speak for the page
LEAST_SCORE = 0.5  # a line below it is a guess

Pixels = NDArray[np.uint8]  # height x width x 3, BGR


class Scanned(NamedTuple):
    """`confidence` is that of the least sure line, crumbs aside; None where there is no text."""

    text: str
    lines: tuple[ScanLine, ...]
    confidence: float | None


class _Found(NamedTuple):
    """A line with its box in pixels: left, top, right, bottom."""

    text: str
    score: float
    box: tuple[int, int, int, int]


def scanned(image: Pixels, recognizer: str = "") -> Generator[None, None, Scanned]:
    """The text of `image`; gives way after every line.

    `recognizer` is the file of the model that reads a line, "" the one that is carried along.
    """
    height, width = image.shape[:2]
    found: list[_Found] = []
    engine = _engine(recognizer)
    for box in _boxes(engine, image):
        yield
        left, top, right, bottom = box
        result = engine(image[top:bottom, left:right], use_det=False, use_cls=False, use_rec=True)
        text = clean(result.txts[0]).strip() if result.txts else ""
        if text and result.scores[0] >= LEAST_SCORE:
            found.append(_Found(text, float(result.scores[0]), box))
    return _joined(found, width, height)


@functools.lru_cache(maxsize=1)
def _engine(recognizer: str) -> Any:
    from rapidocr import RapidOCR

    brought = {"Rec.model_path": recognizer} if recognizer else {}
    return RapidOCR(
        params=brought
        | {
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": DETECTED_AT,
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _boxes(engine: Any, image: Pixels) -> list[tuple[int, int, int, int]]:
    """Where lines of text are, top to bottom, those of one line from left to right."""
    height, width = image.shape[:2]
    result = engine(image, use_det=True, use_cls=False, use_rec=False)
    if result.boxes is None:
        return []
    boxes = []
    for corners in result.boxes[:MOST_LINES]:
        left, top = np.floor(corners.min(axis=0)).astype(int)
        right, bottom = np.ceil(corners.max(axis=0)).astype(int)
        box = max(0, int(left)), max(0, int(top)), min(width, int(right)), min(height, int(bottom))
        if box[2] - box[0] > 2 and box[3] - box[1] > 2:
            boxes.append(box)
    return _in_reading_order(boxes)


def _in_reading_order(boxes: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    rows: list[list[tuple[int, int, int, int]]] = []
    for box in sorted(boxes, key=lambda box: box[1] + box[3]):
        middle = (box[1] + box[3]) / 2
        if rows and rows[-1][0][1] <= middle <= rows[-1][0][3]:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box for row in rows for box in sorted(row)]


def _joined(found: Sequence[_Found], width: int, height: int) -> Scanned:
    """One text of the lines: those side by side stay on a line, a gap makes a paragraph."""
    text = ""
    lines: list[ScanLine] = []
    last: _Found | None = None
    for line in found:
        left, top, right, bottom = line.box
        if last is not None:
            beside = last.box[1] <= (top + bottom) / 2 <= last.box[3]
            apart = top - last.box[3] > 0.9 * (bottom - top)
            text += "  " if beside else "\n\n" if apart else "\n"
        start = len(text)
        text += line.text
        lines.append(
            ScanLine(start, len(text), left / width, top / height, right / width, bottom / height)
        )
        last = line
    words = [line.score for line in found if len(line.text) >= CRUMB]
    scores = words or [line.score for line in found]
    return Scanned(text, tuple(lines), min(scores, default=None))
