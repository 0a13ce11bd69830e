"""What a GGUF says of itself: its architecture, its sizes, its licence, what its weights take.

Works on the first bytes of a file, wherever they came from, and reads no file. `gguf_head` knows
the format; here is what llama.cpp of llama-cpp-python 0.3.36 makes of the names in it
(llama-arch.cpp, llama-hparams.cpp, models/). Names and numbers are the file's own words: bounded,
but not to be trusted further than that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Final

from desktop.domain.ggml import FILE_TYPES, REPACKED, REPACKED_ON_ARM
from desktop.domain.gguf_head import (
    LARGEST_HEAD,
    GgufDamaged,
    GgufIncomplete,
    Head,
    Tensor,
    read_head,
)
from desktop.domain.gguf_metadata import Metadata
from desktop.domain.models import ModelKind

__all__ = [
    "LARGEST_HEAD", "AdapterFacts", "GgufDamaged", "GgufFacts", "GgufIncomplete", "join", "parse",
]  # fmt: skip

MOST_LAYERS: Final = 512  # LLAMA_MAX_LAYERS: with more, llama.cpp aborts the process
LARGEST: Final = 2**31 - 1  # of a size that the metadata state

# Those that give a vector for a text and write none (llm_arch_is_... and create_memory).
EMBEDDERS: Final = frozenset(
    {"bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2",
     "jina-bert-v3", "eurobert", "gemma-embedding", "llama-embed", "t5encoder"}
)  # fmt: skip
POOLING_RANK: Final = 4  # LLAMA_POOLING_TYPE_RANK
LAYER: Final = re.compile(r"blk\.(\d{1,9})\.")
# Looked up by token, so never on a device (LLM_TENSOR_LAYER_INPUT of llama-arch.cpp).
INPUTS: Final = ("token_embd", "token_types", "position_embd", "per_layer_token_embd")
EXPERTS: Final = re.compile(r"_(ch)?exps\.")
LORA: Final = re.compile(r"\.lora_([ab])$")


@dataclass(frozen=True, slots=True)
class AdapterFacts:
    """A LoRA. `pairs`: base tensor -> shapes of its A and its B."""

    type: str  # "lora", or what this program cannot apply
    alpha: float
    rank: int
    pairs: dict[str, tuple[tuple[int, ...], tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class GgufFacts:
    """What a GGUF, or all shards of one, says. Zero and "" where it says nothing."""

    kind: ModelKind
    architecture: str = ""
    name: str = ""
    quantization: str = ""  # in the field's words: "Q4_K_M"
    licence: str = ""
    languages: tuple[str, ...] = ()
    has_chat_template: bool = False
    pooling: int = 0  # llama_pooling_type

    # Hyperparameters.
    layers: int = 0
    embedding: int = 0
    heads: int = 0  # of the layer with most
    kv_heads: tuple[int, ...] = ()  # by layer
    key_length: int = 0  # a head
    value_length: int = 0  # a head
    context_window: int = 0  # tokens it was trained for
    vocabulary: int = 0  # tokens
    feed_forward: int = 0  # of the layer with most; of all experts at work together
    experts: int = 0
    experts_used: int = 0
    sliding_window: int = 0  # tokens
    sliding_pattern: tuple[int, ...] = ()  # by layer whether it slides; or of how many one does not
    recurrent_state: int = 0  # numbers a layer keeps, whatever the context window
    cache_exact: bool = True  # False: the cache cannot be told exactly, and is estimated high

    # Weights, in bytes.
    parameters: int = 0
    weights: int = 0
    layer_weights: tuple[int, ...] = ()
    input_weights: int = 0  # looked up by token
    output_weights: int = 0  # all else outside the layers
    tied_output: int = 0  # of the input's, those that serve as the output as well
    expert_weights: int = 0
    repacked_weights: int = 0  # of the layers, those that are rearranged for the processor
    repacked_on_arm: int = 0  # the same, for ARM's alone

    shapes: dict[str, tuple[int, ...]] = field(default_factory=dict)  # by tensor
    adapter: AdapterFacts | None = None
    shard: int = 0  # from 0
    shards: int = 1
    size: int = 0  # bytes a whole file has, or all shards together


def parse(head: bytes) -> GgufFacts:
    """What the GGUF says that begins with `head`.

    Raises GgufIncomplete (ask again with at least `needs` bytes) and GgufDamaged. Of a shard other
    than the first there is little but weights; `join` makes facts of a model of them.
    """
    whole = read_head(head)
    said = Metadata(whole.metadata)
    shards = said.count("split.count", 2**16) or 1
    shard = said.count("split.no", 2**16)
    if shard >= shards:
        raise GgufDamaged("its header counts its shards wrongly")
    _check_holds_a_model(said, whole, shards)
    layers = said.count("block_count", MOST_LAYERS)
    adapter = _adapter(said, whole.tensors) if said.text("general.type") == "adapter" else None
    facts = GgufFacts(
        kind=_kind(said, adapter),
        architecture=said.architecture,
        name=said.text("general.name"),
        quantization=_quantization(said, whole.tensors),
        licence=said.text("general.license"),
        languages=said.texts("general.languages"),
        has_chat_template="tokenizer.chat_template" in whole.metadata,
        pooling=said.count("pooling_type", LARGEST),
        layers=layers,
        sliding_window=said.count("attention.sliding_window", LARGEST),
        sliding_pattern=said.counts("attention.sliding_window_pattern", LARGEST),
        recurrent_state=_recurrent_state(said),
        cache_exact=said.cache_exact,
        context_window=said.count("context_length", LARGEST),
        vocabulary=_vocabulary(said, whole.tensors),
        shapes={tensor.name: tensor.shape for tensor in whole.tensors},
        adapter=adapter,
        shard=shard,
        shards=shards,
        size=whole.size,
    )
    return _with_tied_output(_with_weights(_with_attention(facts, said), whole.tensors))


def join(shards: Sequence[GgufFacts]) -> GgufFacts:
    """The facts of a model from those of all its shards, in order. Raises GgufDamaged."""
    first = shards[0]
    if any(facts.shards != first.shards for facts in shards):
        raise GgufDamaged("its shards are not of one model")
    if [facts.shard for facts in shards] != list(range(first.shards)):
        raise GgufDamaged("some of its shards are missing")
    if not first.architecture:
        raise GgufDamaged("its header does not name its architecture")
    shapes: dict[str, tuple[int, ...]] = {}
    for facts in shards:
        if not shapes.keys().isdisjoint(facts.shapes):
            raise GgufDamaged("its shards are not of one model")
        shapes |= facts.shapes
    by_layer = zip_longest(*(facts.layer_weights for facts in shards), fillvalue=0)
    joined = replace(
        first,
        shapes=shapes,
        parameters=sum(facts.parameters for facts in shards),
        weights=sum(facts.weights for facts in shards),
        layer_weights=tuple(sum(sizes) for sizes in by_layer),
        input_weights=sum(facts.input_weights for facts in shards),
        output_weights=sum(facts.output_weights for facts in shards),
        tied_output=sum(facts.tied_output for facts in shards),
        expert_weights=sum(facts.expert_weights for facts in shards),
        repacked_weights=sum(facts.repacked_weights for facts in shards),
        repacked_on_arm=sum(facts.repacked_on_arm for facts in shards),
        size=sum(facts.size for facts in shards),
    )
    return _with_tied_output(joined)


def _check_holds_a_model(said: Metadata, head: Head, shards: int) -> None:
    type_ = said.text("general.type")
    if type_ not in {"", "model", "adapter"} or said.architecture == "clip":
        raise GgufDamaged("it is a part of another model, not one that writes text")
    if shards == 1 and not head.tensors:
        raise GgufDamaged("it holds no weights")
    if shards == 1 and not said.architecture:
        raise GgufDamaged("its header does not name its architecture")


def _kind(said: Metadata, adapter: AdapterFacts | None) -> ModelKind:
    if adapter is not None:
        return ModelKind.ADAPTER
    pooling = said.count("pooling_type", LARGEST)
    if pooling == POOLING_RANK:
        return ModelKind.RERANKER
    return ModelKind.EMBEDDER if pooling or said.architecture in EMBEDDERS else ModelKind.CHAT


def _quantization(said: Metadata, tensors: Sequence[Tensor]) -> str:
    """By the file's own number, or else the type that most of the weights have."""
    stated = said.counts("general.file_type", LARGEST)
    if stated and (name := FILE_TYPES.get(stated[0] & ~1024)):  # LLAMA_FTYPE_GUESSED
        return name
    sizes: dict[str, int] = {}
    for tensor in tensors:
        sizes[tensor.type.name] = sizes.get(tensor.type.name, 0) + tensor.size
    return max(sizes, key=lambda name: sizes[name], default="")


def _vocabulary(said: Metadata, tensors: Sequence[Tensor]) -> int:
    """The tokens, or else the rows of the embedding, as llama.cpp counts them."""
    if count := said.length("tokenizer.ggml.tokens"):
        return count
    rows = (tensor.shape[1] for tensor in tensors
            if tensor.name == "token_embd.weight" and len(tensor.shape) > 1)  # fmt: skip
    return min(next(rows, 0), LARGEST) or said.count("vocab_size", LARGEST)


def _recurrent_state(said: Metadata) -> int:
    """Numbers of state a recurrent layer keeps (llama_hparams::n_embd_r and n_embd_s).

    The largest of what the kinds of recurrent layers would take.
    """
    embedding = said.count("embedding_length", LARGEST)
    kernel, inner, state, groups = (
        said.count(f"ssm.{key}", 2**20)
        for key in ("conv_kernel", "inner_size", "state_size", "group_count")
    )
    mamba = max(kernel - 1, 0) * (inner + 2 * groups * state) + state * inner
    rwkv = embedding * (said.count("wkv.head_size", 2**20) + 2)
    delta = said.count("kda.head_dim", 2**20)
    heads = said.count("attention.head_count", 2**20)
    kda = delta * heads * (delta + 3 * max(kernel - 1, 0))
    convolution = embedding * max(said.count("shortconv.l_cache", 2**20) - 1, 0)
    return max(mamba, rwkv if said.count("wkv.head_size", 2**20) else 0, kda, convolution)


def _with_attention(facts: GgufFacts, said: Metadata) -> GgufFacts:
    """Sizes of attention and feed-forward; a head's is the embedding's share unless stated."""
    embedding = said.count("embedding_length", LARGEST)
    heads = said.counts("attention.head_count", 2**20)
    most = max(heads, default=0)
    kv_heads = said.counts("attention.head_count_kv", 2**20) or heads
    if len(kv_heads) == 1:
        kv_heads *= facts.layers
    if len(kv_heads) not in {0, facts.layers}:
        raise GgufDamaged("its header is damaged: its heads are not as many as its layers")
    share = embedding // most if most else 0
    used = said.count("expert_used_count", 2**16)
    expert = said.count("expert_feed_forward_length", LARGEST) * max(used, 1)
    return replace(
        facts,
        embedding=embedding,
        heads=most,
        kv_heads=kv_heads,
        key_length=said.count("attention.key_length", LARGEST) or share,
        value_length=said.count("attention.value_length", LARGEST) or share,
        feed_forward=max(said.count("feed_forward_length", LARGEST), expert),
        experts=said.count("expert_count", 2**16),
        experts_used=used,
    )


def _with_weights(facts: GgufFacts, tensors: Sequence[Tensor]) -> GgufFacts:
    """Bytes by where llama.cpp puts the tensors."""
    by_layer: list[int] = [0] * facts.layers
    inputs = outputs = experts = repacked = on_arm = 0
    for tensor in tensors:
        if found := LAYER.match(tensor.name):
            layer = int(found[1])
            if layer >= MOST_LAYERS:
                raise GgufDamaged("its header is damaged: its layers are too many")
            by_layer += [0] * (layer + 1 - len(by_layer))
            by_layer[layer] += tensor.size
        elif tensor.name.startswith(INPUTS):
            inputs += tensor.size
        else:
            outputs += tensor.size
        if EXPERTS.search(tensor.name):
            experts += tensor.size
        if found:
            repacked += tensor.size * (tensor.type.name in REPACKED)
            on_arm += tensor.size * (tensor.type.name in REPACKED_ON_ARM)
    return replace(
        facts,
        parameters=sum(tensor.elements for tensor in tensors),
        weights=sum(tensor.size for tensor in tensors),
        layer_weights=tuple(by_layer),
        input_weights=inputs,
        output_weights=outputs,
        tied_output=sum(t.size for t in tensors if t.name == "token_embd.weight"),
        expert_weights=experts,
        repacked_weights=repacked,
        repacked_on_arm=on_arm,
    )


def _with_tied_output(facts: GgufFacts) -> GgufFacts:
    """The embedding is the output as well where there is no other."""
    return replace(facts, tied_output=0) if "output.weight" in facts.shapes else facts


def _adapter(said: Metadata, tensors: Sequence[Tensor]) -> AdapterFacts:
    """Shapes as llama-adapter.cpp takes them: the rank is the length of a row of B."""
    halves: dict[str, dict[str, tuple[int, ...]]] = {}
    for tensor in tensors:
        found = LORA.search(tensor.name)
        if found is None:
            continue
        if len(tensor.shape) < 2:
            raise GgufDamaged("its header is damaged: an adapter's tensor has one dimension")
        halves.setdefault(tensor.name[: found.start()], {})[found[1]] = tensor.shape
    if not halves or any(len(both) != 2 for both in halves.values()):
        raise GgufDamaged("it is an adapter without the tensors of one")
    return AdapterFacts(
        type=said.text("adapter.type"),
        alpha=said.number("adapter.lora.alpha"),
        rank=max(both["b"][0] for both in halves.values()),
        pairs={name: (both["a"], both["b"]) for name, both in halves.items()},
    )
