"""What the generator is asked, and what it answers."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from desktop.workers.protocol.bounds import MAX_PIECE, Name, Number


class ExamineComputer(Struct, tag="examine_computer", frozen=True):
    """What there is to run models on. Done: `ComputerExamined`."""


class Device(Struct, frozen=True):
    """A GPU as ggml's registry has it. `backend` is the registry's own word; memory in bytes."""

    name: Name
    description: Name
    backend: Name
    memory: Number
    free: Number
    integrated: bool = False


class ComputerExamined(Struct, tag="computer_examined", frozen=True):
    """Processor, memory (bytes), GPUs, and what the build of llama.cpp supports."""

    processor: Name
    architecture: Name
    features: Annotated[list[Name], Meta(max_length=200)]
    cores: Number
    performance_cores: Number
    threads: Number
    memory: Number
    free: Number
    devices: Annotated[list[Device], Meta(max_length=64)]
    version: Name
    backends: Annotated[list[Name], Meta(max_length=64)]
    gpu_offload: bool


class AttachedAdapter(Struct, frozen=True):
    """A LoRA in GGUF and the strength it is applied with. `path`: as in `LoadModel`."""

    path: bytes
    strength: float = 1.0


class LoadModel(Struct, tag="load_model", frozen=True):
    """Load a GGUF, in place of the one loaded before. Progress: 0 to 100. Done: `ModelLoaded`.

    Zero means that the generator chooses. `device` is the name of a `Device`, "" for none: then
    everything is on the processor. `path` is as the file system has it, which need be no text.
    """

    path: bytes
    context_window: int = 0  # tokens; more than the model was trained for is refused
    usual_window: int = 4096  # tokens, or as many as the model was trained for, if none are asked
    threads: int = 0  # writing one token after another
    batch_threads: int = 0  # evaluating a prompt
    batch: int = 0  # tokens
    device: str = ""
    gpu_layers: int = 0
    cache_type: Literal["f16", "q8_0", "q4_0"] = "f16"
    memory_map: bool = False
    memory_lock: bool = False
    adapters: list[AttachedAdapter] = []


class MemoryTaken(Struct, frozen=True):
    """Bytes that llama.cpp says it took in one place."""

    weights: Number = 0
    cache: Number = 0
    compute: Number = 0


class ModelLoaded(Struct, tag="model_loaded", frozen=True):
    """`on_computer` and `on_device` are what loading took; `locked` whether the system let it;
    `reasons` whether the template knows of reasoning before the answer."""

    name: Name
    context_window: Number
    parameters: Number
    size: Number  # bytes of weights
    seconds: float = 0.0
    on_computer: MemoryTaken = MemoryTaken()
    on_device: MemoryTaken = MemoryTaken()
    locked: bool = False
    reasons: bool = False


class MeasureSpeed(Struct, tag="measure_speed", frozen=True):
    """How fast the loaded model is here. Progress: 0 to 100. Done: `SpeedMeasured`."""


class SpeedMeasured(Struct, tag="speed_measured", frozen=True):
    """Tokens a second; `threads` are those with which writing was fastest."""

    prefill: float
    decode: float
    threads: Number
    load_s: float
    memory: Number  # bytes that the model takes, wherever they are


class ChatMessage(Struct, frozen=True):
    role: str
    content: str


class Generate(Struct, tag="generate", frozen=True):
    """Answer a chat. Progress: prompt tokens evaluated. Output: `TextDelta`. Done: `Generated`.

    The prompt's longest prefix that is already in the KV cache is not evaluated again. `begun` is
    what the answer begins with: it is part of the prompt, and what follows it is written. Where the
    template has opened the model's reasoning, the output begins with the tag that does.
    """

    messages: list[ChatMessage]
    begun: str = ""
    temperature: float = 0.0
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    repeat_penalty: float = 1.0
    seed: int = 0
    max_tokens: int = 512
    reasoning_tokens: int = 0  # that do not count as long as the model reasons
    stop: list[str] = []
    stop_repeating: bool = False
    draft_from_prompt: bool = False  # the answer is mostly in the prompt: the same, but sooner


class TextDelta(Struct, tag="text_delta", frozen=True):
    text: Annotated[str, Meta(max_length=100_000)]


class Generated(Struct, tag="generated", frozen=True):
    """`reason`: "end" (the model ended), "stop" (a stop string), "limit" (max_tokens or window),
    "repeats" (the model says what it said before)."""

    reason: Annotated[str, Meta(max_length=20)]
    prompt_tokens: Number
    cached_tokens: Number
    first_token_s: float
    tokens: Number
    tokens_per_s: float


class CountTokens(Struct, tag="count_tokens", frozen=True):
    """How many tokens the prompt of these messages has. Done: `TokensCounted`."""

    messages: list[ChatMessage]


class TokensCounted(Struct, tag="tokens_counted", frozen=True):
    tokens: Number


class Prefill(Struct, tag="prefill", frozen=True):
    """Evaluate the prompt's beginning ahead of the question. Done: `Prefilled`."""

    messages: list[ChatMessage]


class Prefilled(Struct, tag="prefilled", frozen=True):
    prompt_tokens: Number
    cached_tokens: Number


class Begin(Struct, tag="begin", frozen=True):
    """Evaluate the beginning of prompts that is `messages`; with `look` only see how much of it the
    cache holds. Progress: its tokens. Done: `Begun`."""

    messages: list[ChatMessage]
    look: bool = False


class Begun(Struct, tag="begun", frozen=True):
    """The beginning has `tokens`, of which the cache held `cached` when it was asked."""

    tokens: Number
    cached: Number


class SaveState(Struct, tag="save_state", frozen=True):
    """The cache's state up to the end of `messages`. Output: `StatePiece`. Done: `StateSaved`."""

    messages: list[ChatMessage]


class StatePiece(Struct, tag="state_piece", frozen=True):
    content: Annotated[bytes, Meta(min_length=1, max_length=MAX_PIECE)]


class StateSaved(Struct, tag="state_saved", frozen=True):
    """`size` is what was sent; 0 if the cache does not hold it, or if it would be too large."""

    size: Number


class TakeState(Struct, tag="take_state", frozen=True):
    """A piece of a saved state; `at` is where in it. Done: `StateSaved`, its size so far."""

    at: int
    content: bytes


class RestoreState(Struct, tag="restore_state", frozen=True):
    """Put the state that was taken into the cache, as far as it is the beginning of `messages`.

    A state of another model, of other settings or damaged is dropped. Done: `Begun`.
    """

    messages: list[ChatMessage]


Request = (
    ExamineComputer
    | LoadModel
    | MeasureSpeed
    | Generate
    | CountTokens
    | Prefill
    | Begin
    | SaveState
    | TakeState
    | RestoreState
)
Body = (
    ComputerExamined
    | ModelLoaded
    | SpeedMeasured
    | TextDelta
    | Generated
    | TokensCounted
    | Prefilled
    | Begun
    | StatePiece
    | StateSaved
)
