"""A real process that reads and indexes what its profile has waiting, to be killed meanwhile.

    python -m tests.faults.indexing_child PROFILE PASSPHRASE

Says after every change of a document how many of its pages are read and indexed, on a line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.desk import open_desk
from desktop.domain.documents import Document
from desktop.domain.jobs import Cancellation


def say(document: Document | None) -> None:
    if document is not None:
        sys.stdout.write(f"{document.pages_read} {document.pages_indexed}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    desk = open_desk(Path(sys.argv[1]), sys.argv[2])
    desk.library.changed.listen(say)
    desk.library.work(Cancellation())
    desk.close()
