"""LoRA adapters in GGUF: attached to a loaded model, or refused with the reason.

llama.cpp compares an adapter's weights with the model's one by one. The kind of model comes first:
that can be said in words that name both.

Format: convert_lora_to_gguf.py and src/llama-adapter.cpp of llama.cpp.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.domain.errors import AdapterMismatch, ModelError
from desktop.workers.generator import ggml, gguf, log
from desktop.workers.generator.binding import llama
from desktop.workers.protocol import AttachedAdapter

ARCHITECTURE, KIND, ADAPTER_KIND = "general.architecture", "general.type", "adapter.type"


def attach(handle: Any, context: Any, adapters: Sequence[AttachedAdapter], model: str) -> None:
    """Apply `adapters` in `context` (llama_context) of `handle` (llama_model), which frees them.

    Raises AdapterMismatch, which names the adapter and the `model`.
    """
    if not adapters:
        return
    pointers = (llama.llama_adapter_lora_p_ctypes * len(adapters))()
    strengths = (ctypes.c_float * len(adapters))()
    for at, adapter in enumerate(adapters):
        path = Path(os.fsdecode(adapter.path))
        try:
            gguf.check(path)
        except ModelError as refusal:
            raise _mismatch(path, model, str(refusal.facts.get("reason", "it is gone"))) from None
        _compare(path, handle, model)
        log.forget_words()
        loaded = llama.llama_adapter_lora_init(handle, os.fsencode(path))
        if not loaded:
            words = log.reason(log.ADAPTER_REASONS, "llama.cpp refuses it")
            raise _mismatch(path, model, words)
        if llama.llama_adapter_get_alora_n_invocation_tokens(loaded):
            raise _mismatch(
                path, model, "it works on a part of the text only, which is not supported"
            )
        pointers[at] = loaded
        strengths[at] = adapter.strength
    if llama.llama_set_adapters_lora(context, pointers, len(adapters), strengths):
        path = Path(os.fsdecode(adapters[0].path))
        raise _mismatch(path, model, "llama.cpp cannot apply it")


def _compare(path: Path, handle: Any, model: str) -> None:
    said = ggml.metadata(path, KIND, ARCHITECTURE, ADAPTER_KIND)
    if said is None:
        raise _mismatch(path, model, "its header is damaged or the file is cut short")
    if said.get(KIND) != "adapter" or ADAPTER_KIND not in said:
        raise _mismatch(path, model, "it is not an adapter")
    theirs, ours = said.get(ARCHITECTURE, ""), _architecture(handle)
    if theirs != ours:
        named = theirs[: log.LONGEST_NAME] if theirs.isprintable() and theirs else "unknown"
        raise _mismatch(
            path, model, f"it is for models of the kind {named}, and this one is {ours}"
        )


def _architecture(handle: Any) -> str:
    value = ctypes.create_string_buffer(log.LONGEST_NAME)
    llama.llama_model_meta_val_str(handle, ARCHITECTURE.encode(), value, len(value))
    return value.value.decode(errors="replace")


def _mismatch(path: Path, model: str, reason: str) -> AdapterMismatch:
    return AdapterMismatch(adapter=path.name, model=model, reason=reason)
