from __future__ import annotations

import pytest

from desktop.workers.generator import log
from desktop.workers.protocol import MemoryTaken

MIB = 2**20


def taken(*sizes: float) -> MemoryTaken:
    return MemoryTaken(*(round(size * MIB) for size in sizes))


def test_buffers_of_a_model_that_is_on_the_processor() -> None:
    lines = [
        "load_tensors:          CPU model buffer size =    92.10 MiB\n",
        "load_tensors:   CPU_REPACK model buffer size =    27.00 MiB\n",
        "llama_context:        CPU  output buffer size =     0.19 MiB\n",
        "llama_kv_cache:        CPU KV buffer size =    90.00 MiB\n",
        "llama_kv_cache: size =   90.00 MiB (  4096 cells,  30 layers), K (f16):   45.00 MiB\n",
        "sched_reserve:        CPU compute buffer size =    24.56 MiB\n",
    ]
    assert log.buffers(lines) == (taken(119.10, 90, 24.75), MemoryTaken())


def test_buffers_of_a_model_that_is_on_two_devices() -> None:
    lines = [
        "load_tensors:   CPU_Mapped model buffer size =   409.25 MiB",
        "load_tensors:        CUDA0 model buffer size =  2000.50 MiB",
        "load_tensors:        CUDA1 model buffer size =  1000.25 MiB",
        "llama_context:  CUDA_Host  output buffer size =     0.58 MiB",
        "llama_kv_cache:      CUDA0 KV buffer size =   256.00 MiB",
        "llama_kv_cache:      CUDA1 KV buffer size =   128.00 MiB",
        "llama_memory_recurrent:      CUDA1 RS buffer size =     4.00 MiB",
        "llama_adapter_lora_init_impl:      CUDA0 LoRA buffer size =     8.00 MiB",
        "sched_reserve:      CUDA0 compute buffer size =   304.75 MiB",
        "sched_reserve:  CUDA_Host compute buffer size =    12.01 MiB",
        "sched_reserve:      CUDA0 compute buffer size =   310.75 MiB",  # made anew
    ]
    computer, devices = log.buffers(lines)
    assert computer == taken(409.25, 0, 12.59)
    assert devices == taken(3008.75, 388, 310.75)


def test_both_caches_of_a_model_with_a_sliding_window_count() -> None:
    lines = ["llama_kv_cache: MTL0 KV buffer size = 80.00 MiB"] * 2
    assert log.buffers(lines) == (MemoryTaken(), taken(0, 160, 0))


def test_what_llama_cpp_never_said_is_nothing() -> None:
    assert log.buffers(["", "a buffer size = x MiB", "CPU model buffer size = MiB"]) == (
        MemoryTaken(),
        MemoryTaken(),
    )


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("warning: failed to mlock 1000-byte buffer (after previously locking 0 bytes)", True),
        ("warning: failed to VirtualLock 1000-byte buffer", True),
        ("load_tensors: CPU model buffer size = 92.10 MiB", False),
    ],
)
def test_weights_that_could_not_be_locked_are_said(said: str, heard: bool) -> None:
    log.forget()
    log._hear(log.WARNING, said.encode(), None)
    assert log.lock_failed() is heard
    log.forget()
    assert not log.lock_failed()
    assert log.memory_taken() == (MemoryTaken(), MemoryTaken())


@pytest.mark.parametrize(
    ("reasons", "said", "words"),
    [
        (log.MODEL_REASONS, "ggml: cudaMalloc failed: out of memory", log.MEMORY),
        (log.MODEL_REASONS, "unable to allocate Vulkan0 buffer", log.MEMORY),
        (
            log.CONTEXT_REASONS,
            "V cache type q8_0 with block size 32 does not divide n_embd_head_v=80",
            "a cache of the type q8_0 cannot hold",
        ),
        (
            log.CONTEXT_REASONS,
            "quantized V cache was requested, but this requires Flash Attention",
            "needs flash attention",
        ),
        (log.ADAPTER_REASONS, "model arch and LoRA arch mismatch", "another kind of model"),
        (log.ADAPTER_REASONS, "nothing known", "as ever"),
    ],
)
def test_last_words_are_put_plainly(reasons: log.Reasons, said: str, words: str) -> None:
    log.forget()
    log._hear(log.ERROR, said.encode(), None)
    assert words in log.reason(reasons, "as ever")
    log.forget()
    assert log.reason(reasons, "as ever") == "as ever"
