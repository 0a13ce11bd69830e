"""The window: everything that is shown, and Qt. It knows the services and the domain alone."""

from __future__ import annotations

import ctypes
import sys

IMMORTAL_FROM_3_12 = (None, True, False, NotImplemented)


def _keep_constants_alive() -> None:
    """Give the constants of Python more references than a working life can use up.

    PySide6 6.12.0 takes them for immortal, as they are from Python 3.12 on: under 3.11 each call of
    a Qt method that returns nothing drops one reference to None, and after some 3,700 calls Python
    aborts ("none_dealloc"); methods that return true or false do the same to True and False
    ("bool_dealloc"). 6.11 is not affected. A reference count is the first word of an object.
    """
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        for constant in IMMORTAL_FROM_3_12:
            ctypes.c_ssize_t.from_address(id(constant)).value += 1 << 40


_keep_constants_alive()
