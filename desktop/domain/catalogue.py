"""The catalogue: models that are known to be worth having, and which of them suits a computer.

An entry names where a model's files are; how large they are and what they hash to is asked of the
hub at download. The rule here is for a first proposal, before there is a file whose header could be
read: what has a file is judged by its header and not here. Opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from desktop.domain.hardware import Backend, Computer, Gpu
from desktop.domain.models import ModelKind

# Bits a weight as llama.cpp's quantizations come out on whole models, where some tensors are kept
# finer: Llama 3.1 8B in llama.cpp's tools/quantize/README.md; Q4_0 as the file of Qwen2.5 1.5B.
BITS_PER_WEIGHT = {
    "Q2_K": 3.16,
    "IQ4_XS": 4.46,
    "Q4_K_S": 4.67,
    "Q4_0": 4.86,
    "Q4_K_M": 4.89,
    "Q5_K_M": 5.70,
    "Q6_K": 6.56,
    "Q8_0": 8.50,
    "BF16": 16.0,
    "F16": 16.0,
    "F32": 32.0,
}
USUAL = "Q4_K_M"  # what most people run, and what the limits are stated for

# Keys and values of 8,192 tokens at 16 bits, with 36 layers of 8 heads of 128 numbers, as in the
# models of 4 and of 8 billion parameters of 2025. Smaller ones need less.
ALLOWANCE = 8192 * 36 * 8 * 128 * 2 * 2  # bytes
SHARE = 0.7  # of a memory; the rest is the system's, the documents' and the other programs'

# Writing a token reads every weight once, so speed is what the memory delivers. A core draws about
# 5 GB/s and an office computer's two channels give about 20, whatever else it has; Apple's memory
# is shared with the GPU and gives 60 or more.
COMFORTABLE = 5  # tokens a second, about as fast as people read
CORE_BANDWIDTH = 5e9  # bytes a second
MAIN_BANDWIDTH = 20e9
UNIFIED_BANDWIDTH = 60e9

# Sizes that models come in, in parameters. A limit between two of them is the lower one.
SIZES = tuple(round(billions * 1e9) for billions in (0.5, 1, 1.7, 3, 4, 8, 14, 24, 32, 70))
COMPARABLE = 0.8  # of the parameters of the largest that is comfortable


@dataclass(frozen=True, slots=True)
class Entry:
    """A model of the catalogue. `files` are paths in the repository: one GGUF, or a folder's.

    `official` says that the model's own makers keep the repository; `thinks` that it writes down
    its thoughts before its answer, for which one waits; `licence_note` what somebody should know
    before using the model at work, "" for nothing.
    """

    id: str
    title: str
    kind: ModelKind
    repository: str  # "owner/name"
    files: tuple[str, ...]
    quantization: str
    parameters: int
    context_window: int  # tokens
    languages: tuple[str, ...]  # ISO 639-1
    licence: str
    good_for: str
    source: str  # address of a public page that names repository and files
    gated: bool = False
    official: bool = False
    thinks: bool = False
    licence_note: str = ""
    query_prefix: str = ""  # what an embedder wants in front of a question,
    passage_prefix: str = ""  # and of a passage, where its own settings do not say so

    @property
    def weights(self) -> int:
        """About how many bytes the weights have. Raises KeyError for an unknown quantization."""
        return weights_of(self.parameters, self.quantization)


@dataclass(frozen=True, slots=True)
class Limits:
    """What runs comfortably on a computer: numbers, whose words belong to whoever shows them."""

    parameters: int  # of the largest usual size at the usual quantization; 0 for none
    weights: int  # bytes; below zero where there is no room at all
    memory: int  # bytes, of what the model would be in
    gpu: Gpu | None  # that it would be in, or None for the main memory


def weights_of(parameters: int, quantization: str = USUAL) -> int:
    """About how many bytes so many parameters take up. Raises KeyError."""
    return round(parameters * BITS_PER_WEIGHT[quantization] / 8)


def limits(computer: Computer) -> Limits:
    """How large a model may be to run comfortably here.

    Weights and the allowance for keys and values must be within 70 % of a memory: that of a GPU of
    its own, or the computer's. In the computer's own memory they must be few enough, too, to be
    read five times a second. Whichever place holds more counts.
    """
    places = [_main_memory(computer)]
    if computer.build.gpu_offload:
        places += [_device(gpu, computer) for gpu in computer.gpus]
    best = max(places, key=lambda place: place.weights)
    fitting = [size for size in SIZES if weights_of(size) <= best.weights]
    return Limits(max(fitting, default=0), best.weights, best.memory, best.gpu)


def recommend(entries: Iterable[Entry], computer: Computer) -> Entry | None:
    """The largest chat model that runs comfortably on this computer, or None.

    Comfortably is what `limits` says. Among models of comparable size (four fifths of the largest
    and more) one that knows several languages goes first, then one that answers at once, then one
    from its makers' own repository, then the larger one.
    """
    most = limits(computer).weights
    chat = [entry for entry in entries if entry.kind is ModelKind.CHAT]
    fitting = [entry for entry in chat if entry.weights <= most]
    largest = max((entry.parameters for entry in fitting), default=0)
    comparable = [entry for entry in fitting if entry.parameters >= COMPARABLE * largest]
    return max(comparable, key=_preference, default=None)


def _preference(entry: Entry) -> tuple[bool, bool, bool, int]:
    return len(entry.languages) > 1, not entry.thinks, entry.official, entry.parameters


class _Place(NamedTuple):
    """Where a model could be: how much memory that has, and the weights that are comfortable."""

    weights: int  # bytes
    memory: int  # bytes
    gpu: Gpu | None = None


def _main_memory(computer: Computer) -> _Place:
    cores = max(1, computer.processor.performance_cores)
    read = min(cores * CORE_BANDWIDTH, MAIN_BANDWIDTH) // COMFORTABLE
    return _Place(min(_room(computer.memory), int(read)), computer.memory)


def _device(gpu: Gpu, computer: Computer) -> _Place:
    """A GPU with memory of its own reads fast enough whatever it holds.

    Apple's says how much of the common memory it may take at most. Any other integrated one reads
    the computer's memory no faster than the processor does.
    """
    if gpu.backend is Backend.METAL:
        room = min(_room(computer.memory), gpu.memory - ALLOWANCE)
        return _Place(min(room, int(UNIFIED_BANDWIDTH // COMFORTABLE)), computer.memory, gpu)
    if gpu.integrated:
        return _main_memory(computer)
    return _Place(_room(gpu.memory), gpu.memory, gpu)


def _room(memory: int) -> int:
    """Bytes for weights in a memory of so many."""
    return round(memory * SHARE) - ALLOWANCE
