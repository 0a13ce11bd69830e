"""Formulas in LaTeX, as pictures in line: found in a text, set by ziamath, drawn by Qt.

ziamath and latex2mathml set a formula in Python alone, with a font of their own: no LaTeX is
installed, no file of a text's choosing is read. (To write a formula out in letters would put
"a+b/c" for a fraction.) What they need grows with the depth of nesting as powers of two, and a
formula is a model's, so each has a short time, on a thread; one that is not done by then, or is
none, stays the text it was.
"""

from __future__ import annotations

import re
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any, NamedTuple

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer

from desktop.domain.jobs import Cancellation
from desktop.gui.tasks import Tasks

OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1
TEX = QTextFormat.Property.UserProperty.value + 1  # of a format: the formula as it is written
SET = TEX + 1  # and its LaTeX alone

LONGEST = 600  # characters
SECONDS = 0.5  # that setting one may take
MOST_KEPT = 500
SET_AT = 16.0  # points that a formula is set at; drawn at the size of the text around it

# Bounded, so that a text full of beginnings is read in a time that grows no faster than it.
_FORMULA = re.compile(
    r"""
    \\\[(?P<display>.{1,600}?)\\\]
    | \\\((?P<inline>.{1,600}?)\\\)
    | \$\$(?P<dollars>.{1,600}?)\$\$
    | (?<![\\$\w])\$(?P<dollar>(?![\s$])[^$\n]{1,600}?(?<![\s\\]))\$(?![\d$])
    """,
    re.VERBOSE | re.DOTALL,
)
# Between single dollars stands a formula only if it has something of one: amounts have not.
_MATHS = re.compile(r"[\\^_={}<>+]|^[A-Za-z]$|^[A-Za-z]\(")


_one_at_a_time = threading.Lock()


class Formula(NamedTuple):
    """From `start` to `end` of a text."""

    start: int
    end: int
    tex: str


class Picture(NamedTuple):
    """A formula that was set: an SVG, its size and how far it goes below the line, in points."""

    svg: bytes
    width: float
    height: float
    below: float


def formulas_in(text: str) -> Iterator[Formula]:
    """The formulas of a text without code."""
    for match in _FORMULA.finditer(text):
        tex = next(group for group in match.groups() if group is not None).strip()
        single = match["dollar"] is not None
        if tex and len(tex) <= LONGEST and "\n\n" not in tex:
            if single and not _MATHS.search(tex):
                continue
            yield Formula(match.start(), match.end(), tex)


def typeset(tex: str) -> Picture | None:
    """The picture of a formula; None if it is none, or takes too long. Not for the main thread."""
    with _one_at_a_time:  # they read the font from one place in it at a time
        return _typeset(tex)


def _typeset(tex: str) -> Picture | None:
    from ziamath.config import config
    from ziamath.zmath import Latex

    config.svg2 = False  # Qt draws SVG 1.2 Tiny, in which glyphs are not symbols
    previous = sys.gettrace()
    sys.settrace(_limit(time.monotonic() + SECONDS))
    try:
        made = Latex(tex, size=SET_AT, color="currentColor")
        svg: str = made.svg()
        width, height = (size + 2 * made.margin for size in made.getsize())
        below = made.margin - made.getyofst()
    except Exception:  # noqa: BLE001 - whatever a parser of foreign text raises, it is no formula
        return None
    finally:
        sys.settrace(previous)
    return Picture(svg.encode(), float(width), float(height), float(below))


class _TooLongError(Exception):
    pass


def _limit(until: float) -> Any:
    """What Python calls with each call that the formula's thread makes."""

    def traced(frame: FrameType, _event: str, _argument: object) -> None:
        # In a function of theirs: nobody hears of it where a generator of Python's own is closed.
        code = frame.f_code
        theirs = any(name in code.co_filename for name in ("ziamath", "latex2mathml"))
        if theirs and "<" not in code.co_name and time.monotonic() > until:
            raise _TooLongError

    return traced


class Formulas(QObject):
    """The pictures of formulas, set once each. `came` carries a formula that is settled."""

    came = Signal(str)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._settled: dict[str, Picture | None] = {}
        self._wanted: set[str] = set()

    def known(self, tex: str) -> bool:
        """Whether it is settled what comes of it."""
        return tex in self._settled

    def picture(self, tex: str) -> Picture | None:
        """Its picture; None if it has none, or none yet: then `came` follows."""
        if tex not in self._settled and tex not in self._wanted:
            self._wanted.add(tex)

            def work(_: Cancellation) -> Picture | None:
                return typeset(tex)

            def done(picture: Picture | None) -> None:
                self._wanted.discard(tex)
                while len(self._settled) >= MOST_KEPT:
                    del self._settled[next(iter(self._settled))]
                self._settled[tex] = picture
                self.came.emit(tex)

            self._tasks.run(work, owner=self, done=done)
        return self._settled.get(tex)


class FormulaDrawer(QPyTextObject):
    """Draws the formulas of one document, in the colour and size of the text around them."""

    def __init__(self, formulas: Formulas, parent: QObject) -> None:
        super().__init__(parent)
        self._formulas = formulas
        self._renderers: dict[tuple[str, str], QSvgRenderer] = {}

    def intrinsicSize(
        self,
        doc: QTextDocument,  # noqa: ARG002
        posInDocument: int,  # noqa: ARG002, N803
        format: QTextFormat,  # noqa: A002
    ) -> QSizeF:
        form = format.toCharFormat()
        metrics = QFontMetricsF(form.font())
        picture = self._formulas.picture(form.stringProperty(SET))
        if picture is None:
            return QSizeF(metrics.horizontalAdvance("x") * 4, metrics.height())
        scale = _scale(form)
        return QSizeF(picture.width * scale, _around_middle(picture, scale, metrics)[0])

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,  # noqa: ARG002
        posInDocument: int,  # noqa: ARG002, N803
        format: QTextFormat,  # noqa: A002
    ) -> None:
        form = format.toCharFormat()
        picture = self._formulas.picture(form.stringProperty(SET))
        if picture is None:
            return
        brush = form.foreground()
        plain = brush.style() is Qt.BrushStyle.NoBrush
        colour = (painter.pen().color() if plain else brush.color()).name()
        key = (form.stringProperty(SET), colour)
        renderer = self._renderers.get(key)
        if renderer is None:
            coloured = picture.svg.replace(b"currentColor", colour.encode())
            renderer = self._renderers[key] = QSvgRenderer(QByteArray(coloured))
        scale = _scale(form)
        metrics = QFontMetricsF(form.font())
        _, above = _around_middle(picture, scale, metrics)
        place = QRectF(
            rect.left(), rect.top() + above, picture.width * scale, picture.height * scale
        )
        renderer.render(painter, place)


def _scale(form: QTextCharFormat) -> float:
    return QFontInfo(form.font()).pixelSize() / SET_AT


def formula_format(plain: QTextCharFormat, written: str, tex: str) -> QTextCharFormat:
    """The format of the character that stands for a formula."""
    made = QTextCharFormat(plain)
    made.setObjectType(OBJECT)
    made.setProperty(TEX, written)
    made.setProperty(SET, tex)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    made.setToolTip(tex)
    return made


def _around_middle(picture: Picture, scale: float, metrics: QFontMetricsF) -> tuple[float, float]:
    """A height at which Qt, which centres objects on half the height of an x, puts the formula's
    line on the line of the text; and the room above the picture in it."""
    half = metrics.xHeight() / 2
    below = picture.below * scale
    above = picture.height * scale - below
    height = max(2 * above - half, 2 * below + half)
    return height, (height + half) / 2 - above
