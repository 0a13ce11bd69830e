"""What lies under llama.cpp: ggml's registry of devices, and its reader of GGUF metadata.

llama-cpp-python declares neither, but ships the libraries. Loads no model.

Source: ggml/include/ggml-backend.h and ggml/include/gguf.h of llama.cpp.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.domain.errors import DeviceUnknown
from desktop.workers.generator.binding import llama
from desktop.workers.protocol import Device

GPU, INTEGRATED_GPU = 1, 2  # of enum ggml_backend_dev_type
GGUF_STRING = 8  # of enum gguf_type

_POINTER, _SIZE, _TEXT, _KEY = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_int64


class _InitParameters(ctypes.Structure):
    """gguf_init_params: no tensor is read, and none is made."""

    _fields_ = (("no_alloc", ctypes.c_bool), ("context", _POINTER))


_SIZES = ctypes.POINTER(_SIZE)
_SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "ggml_backend_reg_count": (_SIZE, ()),
    "ggml_backend_reg_get": (_POINTER, (_SIZE,)),
    "ggml_backend_reg_name": (_TEXT, (_POINTER,)),
    "ggml_backend_dev_count": (_SIZE, ()),
    "ggml_backend_dev_get": (_POINTER, (_SIZE,)),
    "ggml_backend_dev_name": (_TEXT, (_POINTER,)),
    "ggml_backend_dev_description": (_TEXT, (_POINTER,)),
    "ggml_backend_dev_type": (ctypes.c_int, (_POINTER,)),
    "ggml_backend_dev_memory": (None, (_POINTER, _SIZES, _SIZES)),
    "ggml_backend_dev_backend_reg": (_POINTER, (_POINTER,)),
    "gguf_init_from_file": (_POINTER, (_TEXT, _InitParameters)),
    "gguf_free": (None, (_POINTER,)),
    "gguf_find_key": (_KEY, (_POINTER, _TEXT)),
    "gguf_get_kv_type": (ctypes.c_int, (_POINTER, _KEY)),
    "gguf_get_val_str": (_TEXT, (_POINTER, _KEY)),
}


class _Functions:
    """The functions of `_SIGNATURES`, by name.

    llama.cpp's own library leads to them, but on Windows, where a library answers for itself alone.
    """

    def __init__(self) -> None:
        libraries = [llama._lib]  # noqa: SLF001 - it is not to be had otherwise
        folder = Path(llama.__file__).parent / "lib"
        for name in ("ggml", "ggml-base"):
            libraries += [ctypes.CDLL(str(path)) for path in folder.glob(f"*{name}.dll")]
        for name, (result, arguments) in _SIGNATURES.items():
            function = next(getattr(one, name) for one in libraries if hasattr(one, name))
            function.restype, function.argtypes = result, arguments
            setattr(self, name, function)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


_ggml = _Functions()


def backends() -> list[str]:
    """The backends that this build can use here, as ggml names them."""
    registered = map(_ggml.ggml_backend_reg_get, range(_ggml.ggml_backend_reg_count()))
    return [_text(_ggml.ggml_backend_reg_name(one)) for one in registered]


def devices() -> list[Device]:
    """The devices beside the processor that can take layers. Memory is what it is now."""
    return [_described(device) for device in _gpus()]


def device_named(name: str) -> int:
    """The ggml_backend_dev_t of that name. Raises DeviceUnknown."""
    for device in _gpus():
        if _text(_ggml.ggml_backend_dev_name(device)) == name:
            return device
    raise DeviceUnknown(device=name)


def metadata(path: Path, *keys: str) -> dict[str, str] | None:
    """Those of `keys` that the GGUF at `path` has as text; None if it is not to be read.

    A value that is not text counts as absent: llama.cpp aborts where it expects one.
    """
    with _opened(path) as gguf:
        if not gguf:
            return None
        found = {}
        for key in keys:
            place = _ggml.gguf_find_key(gguf, key.encode())
            if place >= 0 and _ggml.gguf_get_kv_type(gguf, place) == GGUF_STRING:
                found[key] = _text(_ggml.gguf_get_val_str(gguf, place))
        return found


@contextmanager
def _opened(path: Path) -> Iterator[int | None]:
    gguf = _ggml.gguf_init_from_file(os.fsencode(path), _InitParameters(no_alloc=True))
    try:
        yield gguf
    finally:
        if gguf:
            _ggml.gguf_free(gguf)


def _gpus() -> Iterator[int]:
    for device in map(_ggml.ggml_backend_dev_get, range(_ggml.ggml_backend_dev_count())):
        if _ggml.ggml_backend_dev_type(device) in {GPU, INTEGRATED_GPU}:
            yield device


def _described(device: int) -> Device:
    free, total = _SIZE(), _SIZE()
    _ggml.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(total))
    return Device(
        name=_text(_ggml.ggml_backend_dev_name(device)),
        description=_text(_ggml.ggml_backend_dev_description(device)),
        backend=_text(_ggml.ggml_backend_reg_name(_ggml.ggml_backend_dev_backend_reg(device))),
        memory=total.value,
        free=free_memory(free.value, total.value),
        integrated=_ggml.ggml_backend_dev_type(device) == INTEGRATED_GPU,
    )


def free_memory(said: int, total: int) -> int:
    """Bytes free of `total`, where a backend says `said`.

    Vulkan subtracts what is in use from what the driver would grant, without a sign: where more is
    in use than that, nothing is free, and it says almost 2^64 (2^32 where a size has 32 bits).
    """
    wrapped = 1 << (8 * ctypes.sizeof(_SIZE) - 1)
    return 0 if said >= wrapped else min(said, total)


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode(errors="replace")
