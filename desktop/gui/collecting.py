"""Python's collector of cycles, held back while a thread makes hundreds of thousands of objects.

A full collection stops every thread for as long as it takes to look at each of them, which for the
facts of a long text is a fifth of a second. They form no cycles and are freed by counting; the
window's own cycles wait.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_holding: list[None] = []  # one for each that holds it back


@contextmanager
def held_back() -> Iterator[None]:
    """No collection begins within; and until `let_go` none looks at what was made."""
    with _lock:
        _holding.append(None)
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _holding.pop()
            if not _holding:
                gc.freeze()  # or the first collection afterwards would take as long
                gc.enable()


def let_go() -> None:
    """What was made is mostly gone: let the collector look at what is left."""
    gc.unfreeze()
