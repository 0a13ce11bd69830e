"""Known failures of the set-up, each as one sentence and what to do about it.

Turns what pip, the disk and the operating system say into those sentences. It must not print or
end the process: `dev.py` does both, in one place.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence

NO_SPACE = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))

AGAIN = "then run the same command again; it goes on where it stopped."
MAKE_WRITABLE = f"Give this user the right to change the checkout, {AGAIN}"
FREE_SPACE = f"Free about 6 GB, {AGAIN}"
CHECK_NETWORK = f"Check the network and pip's proxy settings, {AGAIN}"

# What pip and what it starts print, the reason that it shows, and the remedy. The first that fits
# counts: a compiler that ran out of disk prints the signs of both.
CAUSES = (
    (
        ("No space left on device", "Errno 28", "Disk quota exceeded"),
        ", because the disk is full",
        FREE_SPACE,
    ),
    (
        ("DO NOT MATCH THE HASHES",),
        ", because a downloaded package is not the one that the lock names",
        "Try again; if it stays so, do not trust the package index that is in use.",
    ),
    (
        # A build first fetches its tools, so this may appear below a failed build.
        (
            "NewConnectionError",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "NameResolutionError",
            "Temporary failure in name resolution",
            "Network is unreachable",
            "No route to host",
            "Connection refused",
            "Connection reset",
            "Max retries exceeded",
            "ProxyError",
            "SSLError",
            "CERTIFICATE_VERIFY_FAILED",
        ),
        ", because the package index could not be reached",
        CHECK_NETWORK,
    ),
    (
        ("Failed building wheel", "Failed to build", "failed-wheel-build"),
        " in the compiler; the last lines of {log} say where",
        "Mend the compiler, or take a ready wheel with the option --prebuilt.",
    ),
    (
        ("Permission denied", "Errno 13"),
        ", because a file is closed to this user",
        MAKE_WRITABLE,
    ),
    (
        ("No matching distribution",),
        ", because the package index has no file for this system",
        "The details are in {log}; a newer Python or system may be needed.",
    ),
)


class SetupError(Exception):
    """A cause that is known: `sentence` says what happened, `remedy` what to do now."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(f"{sentence} {remedy}")
        self.sentence = sentence
        self.remedy = remedy


def from_os(error: OSError, doing: str) -> SetupError:
    """The sentence for an operating system error met while `doing` something."""
    if error.errno in NO_SPACE:
        return disk_full(doing)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return SetupError(
            f"{doing} failed, because {error.filename or 'a file'} is closed to this user.",
            MAKE_WRITABLE,
        )
    what = f"{error.filename}: {error.strerror}" if error.filename else error
    return SetupError(f"{doing} failed ({what}).", f"Mend the cause, {AGAIN}")


def disk_full(doing: str) -> SetupError:
    """The sentence for a disk without space left."""
    return SetupError(f"{doing} failed, because the disk is full.", FREE_SPACE)


def from_pip(output: Sequence[str], doing: str, log: str) -> SetupError:
    """The sentence for a pip run that failed.

    Args:
        output: the last lines that pip printed.
        doing: what the step was doing, as the beginning of a sentence.
        log: where the whole output lies, for the cases not known here.
    """
    text = "\n".join(output)
    for signs, because, remedy in CAUSES:
        if any(sign in text for sign in signs):
            return SetupError(f"{doing} failed{because.format(log=log)}.", remedy.format(log=log))
    last = next((line for line in reversed(output) if line.startswith("ERROR:")), "")
    said = f" ({last.removeprefix('ERROR:').strip()})" if last else ""
    return SetupError(f"{doing} failed{said}.", f"The details are in {log}.")
