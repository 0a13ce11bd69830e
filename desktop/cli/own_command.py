"""The command that runs this copy of Escritoire, as it is typed: to be bound to keys."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.storage.paths import default_profile

NAME = "escritoire"


def own_command(profile: Path, words: Sequence[str]) -> str:
    """`words` said to the copy that is running, about the profile it has open."""
    if getattr(sys, "frozen", False):
        program = [sys.executable]
    elif found := shutil.which(NAME):
        program = [found]
    else:  # a checkout, which is nowhere on the path
        root = str(Path(__file__).resolve().parents[2])
        program = [sys.executable, "-m", "desktop"]
        if os.name == "posix":
            program = ["env", f"PYTHONPATH={root}", *program]
    profile = profile.absolute()  # the keys are pressed in another folder
    named = [] if profile == default_profile() else ["--profile", str(profile)]
    command = [*program, *named, *words]
    return shlex.join(command) if os.name == "posix" else subprocess.list2cmdline(command)
