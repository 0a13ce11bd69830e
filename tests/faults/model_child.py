"""A real process that brings models to a shelf, to be killed or starved by `test_models.py`.

    python -m tests.faults.model_child import PROFILE FILE   imports it, over and over
    python -m tests.faults.model_child unpack PROFILE PACK   unpacks it, over and over
    python -m tests.faults.model_child starve PROFILE FILE   imports it with no room
    python -m tests.faults.model_child refuse PROFILE FILE   imports it, models being a small disk

Everything it says is a line on standard output.
"""

from __future__ import annotations

import resource
import sys
from dataclasses import replace
from pathlib import Path

from desktop.domain.errors import DiskFull, ProfileUnwritable
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import Way
from tests.faults.small_disk import make_read_only
from tests.shelves import Bench, shelf_in


def say(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tell(progress: Progress) -> None:
    say(f"at {progress.done}")


def bring(bench: Bench, source: Path) -> None:
    while True:
        bench.shelf.recover()
        bench.shelf.add([source], progress=tell, cancel=Cancellation())
        say("done")
        bench.shelf.remove(source.stem)
        bench.shelf.settle()


def unpack(bench: Bench, source: Path) -> None:
    while True:
        bench.shelf.recover()
        for model in bench.packs.unpack(source, progress=tell, cancel=Cancellation()).models:
            bench.shelf.remove(model.name)
        say("done")
        bench.shelf.settle()


def starve(bench: Bench, source: Path) -> None:
    """With room for half of the file, then for all but its last byte, then for all of it."""
    size = source.stat().st_size
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for limit in (size // 2, size - 1):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            bench.shelf.add([source], progress=tell, cancel=Cancellation())
        except DiskFull:
            say(f"full {bench.on_disk} {len(bench.store.models())}")
        # What is left of the check beforehand, if the disk fills up while the file is written:
        try:
            bench.shelf.bringing.bring(*_as_if_there_were_room(bench, source))
        except DiskFull:
            say(f"full {bench.on_disk} {len(bench.store.models())}")
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    bench.shelf.add([source], cancel=Cancellation())
    say(f"done {bench.chats.chat_model(source.stem).sha256}")


def refuse(bench: Bench, source: Path) -> None:
    """Nothing may be written where models lie, however they come."""
    make_read_only(bench.paths.models)
    for way in (Way.COPY, Way.LINK):
        try:
            bench.shelf.add([source], way, cancel=Cancellation())
        except ProfileUnwritable as error:
            say(error)
        say(f"left {bench.on_disk} {bench.store.models()} {bench.store.open_risks()}")
    say(f"in place {bench.shelf.add([source], Way.IN_PLACE, cancel=Cancellation()).models[0].name}")


def _as_if_there_were_room(bench: Bench, source: Path) -> tuple[object, ...]:
    model = replace(bench.chats.chosen(), name=source.stem)
    return model, [(source.name, source)], Way.COPY, lambda read: None, Cancellation()


if __name__ == "__main__":
    act = {"import": bring, "unpack": unpack, "starve": starve, "refuse": refuse}[sys.argv[1]]
    with shelf_in(Path(sys.argv[2]), Path(sys.argv[2]).parent / "models") as bench:
        act(bench, Path(sys.argv[3]))
