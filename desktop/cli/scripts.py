"""escritoire scripts: the letters that scans are read in."""

from __future__ import annotations

import argparse

from desktop.cli.main import DONE
from desktop.cli.session import session
from desktop.cli.terminal import one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.scripts import CARRIED

CARRIED_NAME = "carried-along"  # how the model of the installation is called here


def run(options: argparse.Namespace) -> int:
    """List the scripts, choose one, or take in a file for one."""
    with session(options, documents=False) as (desk, cancel):
        if options.action == "add":
            desk.scripts.bring(options.file, cancel)
        elif options.action == "use":
            desk.scripts.choose(CARRIED if options.name == CARRIED_NAME else options.name)
        _list(desk, options)
    return DONE


def _list(desk: Desk, options: argparse.Namespace) -> None:
    there, chosen = desk.scripts.there(), desk.scripts.chosen()
    rows = [(CARRIED_NAME, chosen == CARRIED, True, "")]
    rows += [(one.name, one.name == chosen, one in there, one.file) for one in desk.scripts.known]
    if options.json:
        say_json(
            [
                {"name": name, "chosen": used, "there": here, "file": file or None}
                for name, used, here, file in rows
            ]
        )
        return
    for name, used, here, file in rows:
        state = "scans are read in it" if used else "can be used" if here else f"needs {file}"
        say(one_line(f"{name}: {state}"))
