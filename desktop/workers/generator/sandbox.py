"""Where a chat template is rendered: jinja2's sandbox, made tighter, and a limit in seconds.

The sandbox keeps a template from Python's insides and from changing what it is given. Left open
there are ways to take for ever or to fill the memory with one operation; arithmetic that could is
refused, and the memory limit of the process catches the rest. Knows nothing of models.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

LARGEST_NUMBER = 2**64
LONGEST_REPEATED = 100_000  # elements or characters


class Refused(Exception):
    """The template itself refuses these messages (or we its output): its words, for the user."""


class TooSlow(BaseException):
    """Time is up. No `Exception`, so that nothing on the way mistakes it for one of its own."""


class GenerationBlock(Extension):
    """`{% generation %}...{% endgeneration %}`, a mark for training: its content, unchanged."""

    tags = {"generation"}  # noqa: RUF012 - jinja2 declares it so

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """The nodes between the tags."""
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment that chat templates are written for, as far as they may use it."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols, GenerationBlock]
        )
        self.globals["raise_exception"] = _refuse
        self.filters["tojson"] = _tojson

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic, as long as its result stays small. Also kept from running at compile time."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "%" and not numbers:
            raise SecurityError("text is not formatted with %")
        if operator == "**" and not (numbers and abs(left) <= 1_000 and abs(right) <= 16):
            raise SecurityError("too large a power")
        if operator == "*":
            if numbers and not abs(left * right) <= LARGEST_NUMBER:
                raise SecurityError("too large a number")
            if not numbers and _length(left) * _length(right) > LONGEST_REPEATED:
                raise SecurityError("too long a repetition")
        return super().call_binop(context, operator, left, right)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the block once `seconds` are over, also out of nested loops.

    Python calls the trace function of this thread before every line of Python code, and compiled
    templates are Python code; that works on every system and on any thread, unlike a signal, and
    cannot come too late, unlike an exception sent from another thread.
    """
    deadline = time.monotonic() + seconds

    def watch(_frame: FrameType, _event: str, _argument: object) -> Any:
        if time.monotonic() > deadline:
            raise TooSlow
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(before)


def _refuse(message: object) -> NoReturn:
    raise Refused(str(message))


def _tojson(value: Any, indent: int | None = None) -> str:
    # jinja2's own escapes for HTML, which would change what the model reads.
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _length(value: Any) -> int:
    if isinstance(value, int):
        return abs(value)
    return max(1, len(value)) if hasattr(value, "__len__") else 1
