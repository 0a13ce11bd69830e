"""Where in a Markdown text code stands between fences."""

from __future__ import annotations

import re

_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


def fences(text: str) -> list[tuple[int, int]]:
    """Spans of fenced code, the fences included; one that nobody closed goes to the end."""
    spans, at, begun = [], 0, -1
    for line in text.splitlines(keepends=True):
        if _FENCE.match(line):
            if begun < 0:
                begun = at
            else:
                spans.append((begun, at + len(line)))
                begun = -1
        at += len(line)
    return [*spans, (begun, len(text))] if begun >= 0 else spans
