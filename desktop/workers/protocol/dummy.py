"""What the dummy child is asked: a real process without a library, for tests of the plumbing."""

from __future__ import annotations

from msgspec import Struct

from desktop.workers.protocol.bounds import Name, Number


class Rehearse(Struct, tag="rehearse", frozen=True):
    """Do what a test needs a child to do. Output: `steps` x `Rehearsed`. Done: `Rehearsed`.

    `act`: "count" (between steps it looks at the pipe), "block" (never returns, deaf to cancel),
    "wait" (one long step that asks for the cancellation itself), "abort" (dies of SIGABRT), "exit"
    (with code `steps`), "eat" (allocates until its memory limit, at most `steps` MiB), "fail" (ends
    with the error code in `text`), "trip" (ends with an error whose fact has a name that Python
    uses), "break" (raises what is no known error), "flood" (sends a message over the size limit),
    "garble" (sends bytes that are no message), "hang_up" (closes its side of the pipe and lives
    on). "connect" (sockets), "write" (to the file `text`), "run" (other programs) and "signal"
    (other processes) try what a lockdown refuses: Done's `text` is a JSON object of attempt ->
    "done" or the error's name.
    """

    act: str
    steps: int = 0
    text: str = ""


class Rehearsed(Struct, tag="rehearsed", frozen=True):
    step: Number
    text: Name = ""


Request = Rehearse
Body = Rehearsed
