"""What a loaded model takes of memory. Plain arithmetic; loads nothing, and knows no computer.

The rules are those by which llama.cpp of llama-cpp-python 0.3.36 allocates, read in its sources and
held against its log by `tests/bench/memory.py`:

- Weights (llama-model.cpp): read, not mapped, they take their own bytes, whether or not they are
  rearranged for the processor (CPU_REPACK). Mapped, layers that are rearranged are there twice; the
  output is not, for it stands at an end of the file, which is then not mapped. Of n layers
  on a device the first is the output, the others are the last of the model; what is looked up by
  token always stays with the processor, and is there twice if it is the output as well.
- Cache (llama-kv-cache.cpp): keys and values of every layer with heads for them, for a context
  window rounded up to 256 tokens. Layers with a sliding window keep all of it, since the generator
  leaves `swa_full` on: only then can the cache of a prefix be used again.
- Compute (llama-context.cpp): the graph for one batch at its widest place, which is the
  logits of a whole batch, or a feed-forward or attention of one layer with its mask. Flash
  attention is on, so no matrix of scores is ever there as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.errors import ContextTooLong
from desktop.domain.gguf import GgufFacts
from desktop.domain.models import CacheType, LoadSettings, MemoryTaken

USUAL_WINDOW: Final = 4096  # tokens, where neither the user nor the model wants another
BATCH: Final = 128  # tokens; the generator's, as in workers/generator/config.py
WINDOW_STEP: Final = 256  # tokens, to which llama.cpp rounds a context window up
# Bytes that a number of the cache takes, as pairs of (bytes, numbers).
CACHE_BYTES: Final = {CacheType.F16: (2, 1), CacheType.Q8_0: (34, 32), CacheType.Q4_0: (18, 32)}
FLOAT: Final = 4  # bytes
X86: Final = frozenset({"x86_64", "amd64", "x86", "i386", "i686"})
LOGITS_COPIES: Final = 2  # outputs of a whole batch that the widest place holds, beside its logits
# Measured: beside the buffers, the tables of 49,152 and 151,936 tokens took 18 and 50 MiB.
TOKEN_BYTES: Final = 384


@dataclass(frozen=True, slots=True)
class Memory:
    """What a loaded model takes, in bytes: of the computer's memory and of a device's.

    `tables` are the vocabulary's, which llama.cpp keeps beside its buffers. `exact` is false where
    the cache is of a kind that is not known here, and is estimated high.
    """

    host: MemoryTaken
    device: MemoryTaken
    tables: int
    exact: bool = True

    @property
    def weights(self) -> int:
        return self.host.weights + self.device.weights

    @property
    def cache(self) -> int:
        return self.host.cache + self.device.cache

    @property
    def compute(self) -> int:
        return self.host.compute + self.device.compute

    @property
    def total(self) -> int:
        return self.host.total + self.device.total + self.tables


def window(facts: GgufFacts, settings: LoadSettings) -> int:
    """The context window, in tokens, that `settings` come to. Raises ContextTooLong."""
    trained = facts.context_window
    if trained and settings.context_window > trained:
        raise ContextTooLong(model=facts.name, limit=trained, tokens=settings.context_window)
    return settings.context_window or min(trained or USUAL_WINDOW, USUAL_WINDOW)


def estimate(
    facts: GgufFacts, settings: LoadSettings, gpu_layers: int = 0, architecture: str = ""
) -> Memory:
    """What the model takes with `gpu_layers` of it on a device. Raises ContextTooLong.

    `architecture` is the processor's; what is rearranged for it counts if the weights are mapped.
    Adapters are not counted: their settings name files, not sizes.
    """
    layers = len(facts.layer_weights)
    on_device = min(max(gpu_layers - 1, 0), layers)  # the output is the first to go
    cells = window(facts, settings)
    cells += -cells % WINDOW_STEP
    caches = _caches(facts, settings.cache_type, cells)
    kept = layers - on_device
    host_weights = facts.input_weights + sum(facts.layer_weights[:kept])
    device_weights = sum(facts.layer_weights[kept:])
    if gpu_layers > 0:
        device_weights += facts.output_weights + facts.tied_output
    else:
        host_weights += facts.output_weights
    if settings.memory_map:
        repacked = facts.repacked_weights
        if architecture.lower() not in X86:
            repacked += facts.repacked_on_arm
        host_weights += min(repacked, host_weights - facts.input_weights)
    batch = settings.batch or BATCH
    inputs = batch * (cells * 2 + facts.embedding * FLOAT)  # the mask, the tokens' vectors
    host = MemoryTaken(host_weights, sum(caches[:kept]), _compute(facts, batch, cells))
    device = MemoryTaken()
    if gpu_layers > 0:
        if not kept:
            host = MemoryTaken(host_weights, 0, inputs)
        # Layers that stay behind are lent to the device while it evaluates a long batch.
        lent = max(facts.layer_weights[:kept], default=0)
        device = MemoryTaken(
            device_weights, sum(caches[kept:]), _compute(facts, batch, cells) + inputs + lent
        )
    return Memory(host, device, facts.vocabulary * TOKEN_BYTES, facts.cache_exact)


def _caches(facts: GgufFacts, type_: CacheType, cells: int) -> list[int]:
    """Bytes of cache by layer; what a recurrent layer keeps (as floats) counted on top."""
    size, numbers = CACHE_BYTES[type_]
    width = facts.key_length + facts.value_length
    heads = facts.kv_heads or (facts.heads,) * facts.layers
    state = facts.recurrent_state * FLOAT
    caches = [count * width * cells * size // numbers + state for count in heads]
    layers = len(facts.layer_weights)
    return (caches + [0] * layers)[:layers]


def _compute(facts: GgufFacts, batch: int, cells: int) -> int:
    """Bytes of the graph for `batch` tokens at its widest place, and the logits of one."""
    output = facts.vocabulary + LOGITS_COPIES * facts.embedding
    attention = facts.heads * (2 * facts.key_length + facts.value_length)
    feed_forward = 3 * facts.feed_forward  # gate, up, and what becomes of them
    layer = 4 * facts.embedding + max(attention, feed_forward)
    mask = batch * cells * 2
    one = FLOAT * facts.vocabulary
    return max(batch * output * FLOAT, batch * layer * FLOAT + mask) + one
