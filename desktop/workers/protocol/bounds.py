"""Bounds of what crosses the pipe. Text is counted in characters, messages in bytes."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

MAX_TO_CHILD = 32 * 1024 * 1024  # bytes of one message; vectors for an index are the largest
MAX_FROM_CHILD = 64 * 1024 * 1024  # bytes; a page image at 4,000 x 4,000 pixels is 48 MB
MAX_HEAD = 32 * 1024 * 1024  # bytes of a model file's head; vocabularies are most of it
MAX_STATE = 160 * 1024 * 1024  # bytes of a saved beginning: 1,200 tokens of a model with 8 billion
MAX_PIECE = 4 * 1024 * 1024  # bytes of it in one message

# What a child may say.
Number = Annotated[int, Meta(ge=0, le=2**53)]
Name = Annotated[str, Meta(max_length=2_000)]
MAX_PAGE_TEXT = 2_000_000  # characters
PageTextStr = Annotated[str, Meta(max_length=MAX_PAGE_TEXT)]
Seconds = Annotated[float, Meta(ge=0, le=1e12)]
Share = Annotated[float, Meta(ge=0, le=1)]
Pixels = Annotated[int, Meta(ge=1, le=10_000)]
