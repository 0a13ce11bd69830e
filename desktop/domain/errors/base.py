"""What every known error is, and `Cancelled`, which is none."""

from __future__ import annotations

from typing import ClassVar

Fact = str | int


class EscritoireError(Exception):
    """A known error: one sentence on what happened, one on what to do now.

    `code` is stable and unique; `facts` fill the templates.
    """

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = "Something went wrong."
    remedy: ClassVar[str] = "Try again."

    def __init__(self, /, **facts: Fact) -> None:
        super().__init__()
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.happened()} {self.to_do()}"

    def happened(self) -> str:
        """The sentence on what happened, in English."""
        return fill(self.sentence, self.facts)

    def to_do(self) -> str:
        """The sentence on what to do now, in English."""
        return fill(self.remedy, self.facts)


def fill(template: str, facts: dict[str, Fact]) -> str:
    """The template with its facts; a fact that is missing stays visible as its name."""
    return template.format_map(_Facts(facts))


class _Facts(dict[str, Fact]):
    def __missing__(self, name: str) -> str:
        return f"({name})"


class Cancelled(Exception):
    """The user asked for the job to end. Not an error, and never shown as one."""


def by_code(root: type[EscritoireError]) -> dict[str, type[EscritoireError]]:
    """`root` and all below it that have a code of their own. Raises ValueError if two have one."""
    found: dict[str, type[EscritoireError]] = {}
    waiting = [root]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "code" not in vars(kind):
            continue  # a family
        if kind.code in found:
            raise ValueError(f"{kind.__name__} and {found[kind.code].__name__} have one code")
        found[kind.code] = kind
    return found
