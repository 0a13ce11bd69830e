"""A disk of a few MiB: a real file system of its own, which no other process sees."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

MIB = 2**20
_MOUNT = 'mount -t tmpfs -o size="$1" none "$2" && shift 2 && exec "$@"'


def command(disk: Path, size: int, *call: str) -> list[str]:
    """`call`, run where the folder `disk` is a file system with room for `size` bytes.

    What it runs may make that larger with `resize`.
    """
    apart = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    return [*apart, "sh", "-c", _MOUNT, "sh", str(size), str(disk), *call]


def resize(disk: Path, size: int) -> None:
    """Give a small disk another size, from inside."""
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def make_read_only(disk: Path) -> None:
    """Let nothing be written to a small disk any more, not even by root."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


@functools.cache
def why_not() -> str:
    """Why there can be no small disk here, or ""."""
    if sys.platform != "linux":
        return "small disks are made with Linux's mount namespaces"
    if shutil.which("unshare") is None or shutil.which("mount") is None:
        return "there is no unshare or no mount on this computer"
    trial = subprocess.run(
        command(Path("/tmp"), MIB, "true"), capture_output=True, text=True, check=False
    )
    return f"this user may mount nothing: {trial.stderr.strip()}" if trial.returncode else ""
