from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from desktop.workers.generator.device_files import device_files


@pytest.mark.skipif(sys.platform != "linux", reason="device files of Linux")
def test_only_devices_of_a_gpu_are_named(tmp_path: Path) -> None:
    (tmp_path / "dri").mkdir()
    made = ["nvidia0", "nvidiactl", "nvidia-uvm", "dri/renderD128", "kfd", "null", "dri/card0"]
    try:
        for name in made:
            os.mknod(tmp_path / name, stat.S_IFCHR | 0o600, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("device files cannot be made here")
    (tmp_path / "nvidia1").write_text("no device")
    (tmp_path / "nvidia2").symlink_to(tmp_path / "null")
    (tmp_path / "nvidia-caps").mkdir()
    expected = ["dri/renderD128", "kfd", "nvidia-uvm", "nvidia0", "nvidiactl"]
    assert device_files(tmp_path) == tuple(str(tmp_path / name) for name in expected)


def test_where_there_is_no_gpu_nothing_is_named(tmp_path: Path) -> None:
    assert device_files(tmp_path) == ()
    assert device_files(tmp_path / "gone") == ()
