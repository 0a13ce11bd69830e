"""The files through which a GPU is reached on Linux: all that the generator's child may write.

A driver opens them for writing, which the lockdown otherwise refuses; what is no GPU's stays
refused. Where there is none of them, the child may write nothing at all. The parent's side.

Source: Documentation/admin-guide/devices.txt of the kernel; the NVIDIA, ROCm and WSL drivers.
"""

from __future__ import annotations

from pathlib import Path

PATTERNS = (
    "nvidia[0-9]*",
    "nvidiactl",
    "nvidia-uvm",
    "nvidia-uvm-tools",
    "kfd",  # AMD, for computing
    "dri/renderD[0-9]*",  # any, without the right to a screen
    "dxg",  # Windows' driver, below WSL
)


def device_files(folder: Path = Path("/dev")) -> tuple[str, ...]:
    """Those that are there, sorted. Links and what is no device are left out."""
    return tuple(
        sorted(
            str(path)
            for pattern in PATTERNS
            for path in folder.glob(pattern)
            if path.is_char_device() and not path.is_symlink()
        )
    )
