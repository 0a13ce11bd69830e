"""Code in colours: which stretches of it are keywords, names, texts, numbers and comments.

Pygments tells the stretches apart and knows nothing of a window; each comes in one of five colours.
A lexer is only taken by the name that a fence gives: to guess at the language costs more than it
is worth. To make one takes a tenth of a second (it compiles its patterns), so that is done on a
thread.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QTextBlock, QTextCharFormat, QTextLayout

from desktop.domain.jobs import Cancellation
from desktop.gui.tasks import Tasks
from desktop.gui.theme import Tokens

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

MOST_LANGUAGES = 100  # that are asked for; a model may make up names
MOST = 50_000  # characters; longer code stays in one colour
MOST_IN_A_LINE = 1_000

# A lexer is a set of patterns, and what a model writes may be made to run one for long: those of
# the languages that offices and their programmers write are much used and looked at.
LANGUAGES = frozenset(
    """
    bash sh shell console c c++ cpp cs csharp css diff dockerfile docker go golang html http ini
    java javascript js json kotlin lua make makefile matlab perl php powershell ps1 python py
    python3 r ruby rb rust rs scala sql mysql postgresql sqlite3 swift toml typescript ts vb.net
    vbnet xml yaml yml
    """.split()
)
SLICE = 0.006  # seconds of colouring before the window gets its turn

Stretch = tuple[int, int, str]  # start, length, and the name of a colour in `Tokens`


def lexer_of(language: str) -> Lexer | None:
    """The lexer of that name; None if it is not one of ours. Not for the main thread."""
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    if language.lower() not in LANGUAGES:
        return None
    try:
        return get_lexer_by_name(language.lower())
    except ClassNotFound:
        return None


def stretches(code: str, lexer: Lexer) -> Iterator[Stretch]:
    """The stretches of `code` that have a colour of their own."""
    for at, token, text in lexer.get_tokens_unprocessed(code):
        colour = _colour(token)
        if colour and text.strip():
            yield at, len(text), colour
        else:
            yield at, 0, ""  # so that whoever takes these in slices gets its turn


class Lexers(QObject):
    """Lexers by the names of languages, made once each. `came` carries such a name."""

    came = Signal(str)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._made: dict[str, Lexer | None] = {}
        self._wanted: set[str] = set()

    def known(self, language: str) -> bool:
        """Whether it is settled what comes of that name; if not, `came` follows."""
        if language in self._made:
            return True
        if language not in self._wanted and len(self._wanted) < MOST_LANGUAGES:
            self._wanted.add(language)

            def work(_: Cancellation) -> Lexer | None:
                return lexer_of(language)

            def done(lexer: Lexer | None) -> None:
                self._made[language] = lexer
                self.came.emit(language)

            self._tasks.run(work, owner=self, done=done)
        return False

    def lexer(self, language: str) -> Lexer | None:
        """The lexer, where one came."""
        return self._made.get(language)


def _colour(token: _TokenType) -> str:
    from pygments.token import Comment, Keyword, Name, Number, Operator, String

    if token in Comment:
        return "muted"
    if token in Keyword or token is Operator.Word or token in Name.Tag:
        return "accent"
    if token in String:
        return "code_text"
    if token in Number:
        return "code_number"
    if token in Name.Function or token in Name.Class or token in Name.Decorator:
        return "code_name"
    return ""


class Colouring(QObject):
    """Colours code that is shown, line by line, in slices of a few milliseconds.

    The colours lie over the text as those of a QSyntaxHighlighter: the document does not change.
    """

    def __init__(self, parent: QObject, lexers: Lexers | None) -> None:
        """Without `lexers` code stays in one colour."""
        super().__init__(parent)
        self._lexers = lexers
        self._waiting: list[tuple[QTextBlock, str, str, Tokens]] = []
        self._at_work: Iterator[None] | None = None
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._slice)
        if lexers is not None:
            lexers.came.connect(self._came)

    @property
    def busy(self) -> bool:
        return self._at_work is not None or bool(self._waiting)

    def add(self, first: QTextBlock, code: str, language: str, colours: Tokens) -> None:
        """Colour `code`, whose first line is the block `first`."""
        short = len(code) <= MOST and all(len(line) <= MOST_IN_A_LINE for line in code.split("\n"))
        if language and self._lexers is not None and short:
            self._waiting.append((first, code, language, colours))
            if self._lexers.known(language):
                self._slices.start()

    def forget(self) -> None:
        """What was to be coloured is gone."""
        self._waiting.clear()
        self._at_work = None
        self._slices.stop()

    def _came(self, _language: str) -> None:
        if self._waiting:
            self._slices.start()

    def _slice(self) -> None:
        until = time.perf_counter() + SLICE
        while time.perf_counter() < until:
            if self._at_work is None:
                self._at_work = self._next()
                if self._at_work is None:
                    self._slices.stop()
                    return
            if next(self._at_work, True):
                self._at_work = None

    def _next(self) -> Iterator[None] | None:
        """The work on the code that waits and whose lexer came."""
        lexers = self._lexers
        for at, (first, code, language, colours) in enumerate(self._waiting):
            if lexers is not None and lexers.known(language):
                del self._waiting[at]
                lexer = lexers.lexer(language)
                return iter(()) if lexer is None else _colour_lines(first, code, lexer, colours)
        return None


def _colour_lines(block: QTextBlock, code: str, lexer: Lexer, colours: Tokens) -> Iterator[None]:
    """Colour line after line, and pause between stretches."""
    lines = code.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    number = 0
    ranges: list[QTextLayout.FormatRange] = []
    for start, length, colour in stretches(code, lexer):
        at, end = start, start + length
        while at < end:
            while at >= starts[number + 1]:
                _settle(block, ranges)
                block, ranges, number = block.next(), [], number + 1
                yield None
            if not block.isValid() or block.text() != lines[number]:
                return  # the text has changed meanwhile
            part = min(end, starts[number + 1]) - at
            ranges.append(_range(lines[number], at - starts[number], part, colour, colours))
            at += part
        yield None
    _settle(block, ranges)


def _range(
    line: str, at: int, length: int, colour: str, colours: Tokens
) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = len(line[:at].encode("utf-16-le")) // 2
    made.length = len(line[at : at + length].encode("utf-16-le")) // 2
    form = QTextCharFormat()
    form.setForeground(QColor(getattr(colours, colour)))
    made.format = form
    return made


def _settle(block: QTextBlock, ranges: list[QTextLayout.FormatRange]) -> None:
    if ranges and block.isValid():
        block.layout().setFormats(ranges)
        block.document().markContentsDirty(block.position(), block.length())
