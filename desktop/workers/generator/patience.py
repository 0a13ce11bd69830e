"""How long the generator may be silent before it counts as stuck.

On a processor it shows life after every tensor that it reads and between the operations of a batch.
What stays silent grows with the model: one tensor from a slow disk, a batch on a device, which
calls nobody back, and weights that are mapped and have to be read again for it.
"""

from __future__ import annotations

STALL_S = 120.0  # of the smallest model: a busy computer, shaders that a driver compiles first
SLOW_DISK = 10e6  # bytes a second of an old USB stick or a far share
SLOW_DEVICE = 10e9  # bytes of weights a second times tokens: slower than any GPU worth its layers


def patience_s(size: int, batch: int, stall_s: float = STALL_S) -> float:
    """Seconds of silence to bear with a model of `size` bytes and batches of `batch` tokens."""
    return stall_s + size / SLOW_DISK + size * batch / SLOW_DEVICE
