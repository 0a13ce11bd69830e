"""A real process that asks a question of a profile, to be killed by `test_promises.py`.

    python -m tests.faults.asking_child PROFILE PASSPHRASE QUESTION

Says "asked" when the question is committed, and then, after every piece of the answer, how long the
answer has been growing (seconds) and all of it so far: one JSON array a line.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from desktop.desk import open_desk
from desktop.domain.jobs import Cancellation
from desktop.services.answer_events import Asked, Wrote

# As on a slow computer: a short answer, too, takes long enough to be killed in its middle.
PIECE_TAKES_S = 0.1


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    desk = open_desk(Path(sys.argv[1]), sys.argv[2])
    began, text = 0.0, ""
    for event in desk.answering.ask(sys.argv[3], cancel=Cancellation()):
        if isinstance(event, Asked):
            say("asked")
        elif isinstance(event, Wrote):
            began = began or time.monotonic()
            text += event.text
            say(json.dumps([time.monotonic() - began, text]))
            time.sleep(PIECE_TAKES_S)
    desk.close()
