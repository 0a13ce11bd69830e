"""The one place where an error becomes words on screen, and the one way to say something.

`Notifier` knows no widget: whoever shows notices (the banners of the main window) listens to it.
It never opens a dialogue, and it never shows anything but plain text.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.domain.errors import EscritoireError, Fact, error_from, fill

SECONDS_TO_READ = 8.0

log = logging.getLogger(__name__)


def words(error: EscritoireError) -> str:
    """What happened and what to do now, in the language of the window."""
    return f"{happened(error)} {to_do(error)}"


def happened(error: EscritoireError) -> str:
    """The sentence on what happened, in the language of the window."""
    return _filled(error.sentence, error.facts)


def to_do(error: EscritoireError) -> str:
    """The sentence on what to do now, in the language of the window."""
    return _filled(error.remedy, error.facts)


def words_for_record(code: str, facts: dict[str, Fact]) -> str:
    """The same two sentences for an error that was stored as its code and facts."""
    return words(error_from(code, facts))


# Facts that are words of ours, and no name or text of anybody's.
WORDED = frozenset({"cause", "reason", "resource", "source", "worker"})


def _filled(template: str, facts: dict[str, Fact]) -> str:
    worded = {
        name: QCoreApplication.translate("reasons", fact)
        if name in WORDED and isinstance(fact, str)
        else fact
        for name, fact in facts.items()
    }
    return fill(QCoreApplication.translate("errors", template), worded)


def our_bug(error: Exception) -> str:
    """What to say of an exception that is no known error."""
    template = QCoreApplication.translate(
        "Notifier",
        "Escritoire made a mistake of its own ({kind}). Nothing that was saved is lost; try again.",
    )
    return fill(template, {"kind": type(error).__name__})


@dataclass(frozen=True, slots=True, eq=False)
class Notice:
    """One thing said. `act` is what its button does; `closed` is called, once, if it goes unused.

    `seconds` is how long it stays; None means until it is dismissed.
    """

    text: str
    trouble: bool = False
    action: str = ""
    act: Callable[[], object] | None = None
    closed: Callable[[], object] | None = None
    seconds: float | None = None


class Notifier(QObject):
    """Says things calmly. Used on the main thread alone."""

    posted = Signal(object)
    withdrawn = Signal(object)

    def say(
        self,
        text: str,
        *,
        action: str = "",
        act: Callable[[], object] | None = None,
        closed: Callable[[], object] | None = None,
        seconds: float | None = SECONDS_TO_READ,
    ) -> Notice:
        """Show one sentence, with a button if `action` names one."""
        notice = Notice(text, False, action, act, closed, seconds)
        self.posted.emit(notice)
        return notice

    def trouble(
        self,
        what: Exception | str,
        *,
        action: str = "",
        act: Callable[[], object] | None = None,
    ) -> Notice:
        """Show what went wrong until it is dismissed; takes bugs of ours as well."""
        if isinstance(what, EscritoireError):
            text = words(what)
        elif isinstance(what, Exception):
            text = our_bug(what)
        else:
            text = what
        notice = Notice(text, True, action, act)
        self.posted.emit(notice)
        return notice

    def withdraw(self, notice: Notice) -> None:
        """Take back what no longer holds; as if it had been dismissed."""
        self.withdrawn.emit(notice)
