"""What the dummy child is told when it starts."""

from __future__ import annotations

from msgspec import Struct


class Config(Struct, frozen=True):
    """`build_fails`: the error code that building the worker ends with ("" for none)."""

    build_fails: str = ""
