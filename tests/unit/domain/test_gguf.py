"""What is read of a GGUF's head: facts of a model, and nothing worse than a reason of others."""

from __future__ import annotations

import ctypes
import importlib.util
import random
import struct
from pathlib import Path

import pytest

from desktop.domain.adapters import mismatch
from desktop.domain.ggml import FILE_TYPES, TENSOR_TYPES
from desktop.domain.gguf import GgufDamaged, GgufFacts, GgufIncomplete, join, parse
from desktop.domain.gguf_head import LARGEST_HEAD, Elements, read_head
from desktop.domain.models import ModelKind
from tests.unit.domain.gguf_heads import ARRAY, F32, STRING, UINT8, Raw, gguf, llama, string
from tests.unit.workers.generator.gguf_files import STARTER

ONE = [("token_embd.weight", (32, 10), F32)]
SEED = 20261125
MUTATIONS = 2000


@pytest.fixture(scope="module")
def starter_head() -> bytes:
    with STARTER.open("rb") as file:
        return file.read(4 * 2**20)


def _outcome(head: bytes) -> GgufFacts | GgufIncomplete | GgufDamaged:
    try:
        return parse(head)
    except (GgufIncomplete, GgufDamaged) as refusal:
        return refusal


def test_the_starter_model_says_what_it_is(starter_head: bytes) -> None:
    facts = parse(starter_head)
    assert facts.kind is ModelKind.CHAT
    assert (facts.architecture, facts.quantization) == ("llama", "Q4_1")
    assert (facts.layers, facts.embedding, facts.heads) == (30, 576, 9)
    assert facts.kv_heads == (3,) * 30
    assert (facts.key_length, facts.value_length) == (64, 64)
    assert (facts.context_window, facts.vocabulary) == (8192, 49152)
    assert (facts.feed_forward, facts.experts, facts.sliding_window) == (1536, 0, 0)
    assert facts.parameters == 134_515_008
    assert (facts.licence, facts.languages) == ("apache-2.0", ("en",))
    assert facts.has_chat_template
    assert facts.cache_exact
    assert facts.tied_output == facts.input_weights
    assert facts.size == STARTER.stat().st_size
    parts = sum(facts.layer_weights) + facts.input_weights + facts.output_weights
    assert parts == facts.weights


def test_it_asks_for_more_until_it_has_enough(starter_head: bytes) -> None:
    given = asked = 0
    while isinstance(outcome := _outcome(starter_head[:given]), GgufIncomplete):
        assert given < outcome.needs <= len(starter_head)
        given = max(outcome.needs, 2 * given)
        asked += 1
    assert outcome == parse(starter_head)
    assert asked < 25


def test_the_tables_are_those_of_the_installed_library() -> None:
    spec = importlib.util.find_spec("llama_cpp")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "lib"
    library = ctypes.CDLL(str(next(folder.glob("*ggml-base*"))))
    library.ggml_type_name.restype = ctypes.c_char_p
    library.ggml_type_size.restype = ctypes.c_size_t
    library.ggml_blck_size.restype = ctypes.c_int64
    declared = (Path(spec.origin).parent / "llama_cpp.py").read_text(encoding="utf-8")
    types = int(declared.split("GGML_TYPE_COUNT   = ")[1].split(",")[0])
    present = {kind for kind in range(types) if library.ggml_blck_size(kind)}
    assert present == TENSOR_TYPES.keys()
    for kind, type_ in TENSOR_TYPES.items():
        assert library.ggml_type_name(kind).decode().upper() == type_.name.upper()
        assert library.ggml_blck_size(kind) == type_.block
        assert library.ggml_type_size(kind) == type_.size
    for number, name in FILE_TYPES.items():
        assert any(f"LLAMA_FTYPE_{how}_{name} = {number}\n" in declared
                   for how in ("ALL", "MOSTLY")) or number > 39, name  # fmt: skip


def test_every_type_of_value_is_read() -> None:
    layouts = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q",
               12: "d"}  # fmt: skip
    said = {
        f"k{kind}": Raw(struct.pack(f"<I{layout}", kind, 1)) for kind, layout in layouts.items()
    }
    said["list"] = Raw(struct.pack("<IIQ3B", ARRAY, UINT8, 3, 7, 8, 9))
    said |= {"words": Raw(struct.pack("<IIQ", ARRAY, STRING, 1) + string("one"))}
    head = read_head(gguf(said))
    assert all(head.metadata[f"k{kind}"] == 1 for kind in layouts)
    assert head.metadata["list"] == Elements(3, (7, 8, 9))
    assert head.metadata["words"] == Elements(1, ("one",))


def test_version_two_is_read_and_others_are_not() -> None:
    said = {"general.architecture": "llama"}
    assert parse(gguf(said, ONE, version=2)).architecture == "llama"
    with pytest.raises(GgufDamaged, match="version 1"):
        parse(gguf(said, ONE, version=1))
    with pytest.raises(GgufDamaged, match="byte order"):
        parse(gguf(said, ONE, version=3 << 24))


def test_sizes_by_layer_and_outside() -> None:
    facts = parse(llama(layers=2))
    assert facts.layer_weights[0] == facts.layer_weights[1] > 0
    assert facts.input_weights == 32000 * 4096 // 32 * 18
    assert facts.output_weights == facts.input_weights + 4096 * 4
    assert facts.tied_output == 0
    assert parse(llama(layers=2, tied=True)).tied_output == facts.input_weights


def test_heads_may_differ_by_layer_and_layers_without_heads_have_no_cache() -> None:
    facts = parse(llama(layers=3, llama__attention__head_count_kv=[8, 0, 4]))
    assert facts.kv_heads == (8, 0, 4)
    with pytest.raises(GgufDamaged, match="heads"):
        parse(llama(layers=3, llama__attention__head_count_kv=[8, 4]))


def test_experts_and_sliding_window() -> None:
    said = {
        "general.architecture": "mixed",
        "mixed.block_count": 1,
        "mixed.expert_count": 8,
        "mixed.expert_used_count": 2,
        "mixed.expert_feed_forward_length": 64,
        "mixed.attention.sliding_window": 1024,
        "mixed.attention.sliding_window_pattern": [True, False],
    }
    facts = parse(gguf(said, [*ONE, ("blk.0.ffn_up_exps.weight", (32, 64, 8), F32)]))
    assert (facts.experts, facts.experts_used, facts.feed_forward) == (8, 2, 128)
    assert facts.expert_weights == 32 * 64 * 8 * 4
    assert (facts.sliding_window, facts.sliding_pattern) == (1024, (1, 0))


@pytest.mark.parametrize(
    ("architecture", "more", "kind"),
    [
        ("llama", {}, ModelKind.CHAT),
        ("bert", {}, ModelKind.EMBEDDER),
        ("qwen3", {"qwen3.pooling_type": 3}, ModelKind.EMBEDDER),
        ("qwen3", {"qwen3.pooling_type": 0}, ModelKind.CHAT),
        ("bert", {"bert.pooling_type": 4}, ModelKind.RERANKER),
    ],
)
def test_kinds(architecture: str, more: dict[str, object], kind: ModelKind) -> None:
    assert parse(gguf({"general.architecture": architecture, **more}, ONE)).kind is kind


@pytest.mark.parametrize(
    ("architecture", "more"),
    [
        ("mamba", {"mamba.ssm.state_size": 16}),
        ("jamba", {"jamba.ssm.inner_size": 8192}),
        ("granitehybrid", {"granitehybrid.ssm.conv_kernel": 4}),
        ("rwkv7", {"rwkv7.wkv.head_size": 64}),
        ("lfm2", {"lfm2.shortconv.l_cache": 3}),
        ("deepseek2", {"deepseek2.attention.kv_lora_rank": 512}),
        ("gemma3n", {}),
    ],
)
def test_a_cache_of_an_uncommon_kind_is_flagged(architecture: str, more: dict[str, object]) -> None:
    assert not parse(gguf({"general.architecture": architecture, **more}, ONE)).cache_exact
    assert parse(gguf({"general.architecture": "llama"}, ONE)).cache_exact


@pytest.mark.parametrize(
    ("said", "name"), [(15, "Q4_K_M"), (1024 + 7, "Q8_0"), (1, "F16"), (999, "F32"), (None, "F32")]
)
def test_quantization_in_the_words_of_the_field(said: int | None, name: str) -> None:
    metadata: dict[str, object] = {"general.architecture": "llama"}
    if said is not None:
        metadata["general.file_type"] = said
    assert parse(gguf(metadata, ONE)).quantization == name


def _adapter(base: str = "llama", **shapes: tuple[tuple[int, ...], tuple[int, ...]]) -> GgufFacts:
    said = {
        "general.architecture": base,
        "general.type": "adapter",
        "adapter.type": "lora",
        "adapter.lora.alpha": 16.0,
    }
    pairs = shapes or {"blk.0.attn_q": ((4096, 8), (8, 4096))}
    tensors = [
        (f"{name}.weight.lora_{half}", shape, F32)
        for name, (a, b) in pairs.items()
        for half, shape in (("a", a), ("b", b))
    ]
    return parse(gguf(said, tensors))


def test_an_adapter_says_what_it_was_made_for() -> None:
    facts = _adapter()
    assert facts.kind is ModelKind.ADAPTER
    assert facts.adapter is not None
    assert (facts.adapter.alpha, facts.adapter.rank) == (16.0, 8)
    assert mismatch(facts, parse(llama(layers=1))) == ""


def test_an_adapter_for_another_model_is_told() -> None:
    base = parse(llama(layers=1))
    assert "qwen2" in mismatch(_adapter("qwen2"), base)
    smaller = _adapter(**{"blk.0.attn_q": ((2048, 8), (8, 2048))})
    assert "another size" in mismatch(smaller, base)
    deeper = _adapter(**{"blk.7.attn_q": ((4096, 8), (8, 4096))})
    assert "blk.7" in mismatch(deeper, base)
    torn = _adapter(**{"blk.0.attn_q": ((4096, 8), (4, 4096))})
    assert "ranks" in mismatch(torn, base)
    assert mismatch(base, base) == "it is not a LoRA"


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"<!DOCTYPE html><html>", "web page"),
        (b"PK\x03\x04", "not a GGUF"),
        (gguf({"general.architecture": "clip"}, ONE), "part of another"),
        (gguf({"general.architecture": "llama", "general.type": "mmproj"}, ONE), "part of another"),
        (gguf({"general.architecture": "llama"}), "no weights"),
        (gguf({}, ONE), "architecture"),
        (gguf({"general.architecture": "a", "a.block_count": 600}, ONE), "block count"),
        (gguf({"general.architecture": "a"}, [("blk.600.x", (1,), F32)]), "too many"),
        (gguf({"general.architecture": "a"}, [("x", (31,), 2)]), "blocks"),
        (gguf({"general.architecture": "a"}, [("x", (1,), 0), ("x", (1,), 0)]), "twice"),
        (gguf({"general.architecture": "a", "general.alignment": 3}, ONE), "alignment"),
        (gguf({"general.architecture": "a", "split.count": 2, "split.no": 2}, ONE), "shards"),
        (gguf({"general.architecture": "a", "a.context_length": -1.0}, ONE), "context length"),
        (gguf({"k": Raw(struct.pack("<I", 13))}, ONE), "type that is none"),
        (gguf({"k": Raw(struct.pack("<IIQ", ARRAY, ARRAY, 1))}, ONE), "list"),
        (gguf({"k": Raw(struct.pack("<IIQ", ARRAY, STRING, 2**62))}, ONE), "too long"),
        (gguf({"k": Raw(struct.pack("<IIQ", ARRAY, UINT8, 2**62))}, ONE), "larger than any"),
        (gguf({"k": Raw(struct.pack("<IQ", STRING, 2**64 - 1))}, ONE), "larger than any"),
        (struct.pack("<4sIQQ", b"GGUF", 3, 2**63, 0), "damaged"),
        (struct.pack("<4sIQQ", b"GGUF", 3, 0, 2**63), "damaged"),
        (struct.pack("<4sIQQQ", b"GGUF", 3, 0, 1, 2**40), "too long"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(head: bytes, reason: str) -> None:
    with pytest.raises(GgufDamaged, match=reason):
        parse(head)


def test_a_tensor_too_large_for_any_file() -> None:
    head = gguf({"general.architecture": "a"}, [("x", (2**40,) * 4, F32)])
    with pytest.raises(GgufDamaged, match="too large"):
        parse(head)


def test_a_vocabulary_is_stepped_over_and_counted() -> None:
    said = {
        "general.architecture": "llama",
        "tokenizer.ggml.tokens": [f"word {number}" for number in range(250_000)],
    }
    facts = parse(gguf(said, ONE))
    assert facts.vocabulary == 250_000


def test_of_lists_without_number_only_some_are_kept() -> None:
    one = Raw(struct.pack("<IIQ", ARRAY, UINT8, 1024) + bytes(1024))
    head = read_head(gguf({f"k{number}": one for number in range(100)}))
    kept = [of for of in head.metadata.values() if isinstance(of, Elements) and of.values]
    assert len(kept) == 64


def test_shards_are_joined_in_order_or_not_at_all() -> None:
    whole = parse(llama(layers=2))
    said = {"general.architecture": "llama", "llama.block_count": 2, "split.count": 2}
    first = parse(gguf({**said, "split.no": 0}, [("blk.0.x.weight", (32,), F32)]))
    second = parse(
        gguf({"split.count": 2, "split.no": 1}, [("output.weight", (32,), F32),
                                                 ("blk.1.x.weight", (32,), F32)])
    )  # fmt: skip
    joined = join([first, second])
    assert joined.layer_weights == (128, 128)
    assert joined.output_weights == 128
    assert joined.parameters == 96
    assert joined.size == first.size + second.size
    assert join([whole]) == whole
    for wrong in ([first], [second, first], [first, first], [whole, second]):
        with pytest.raises(GgufDamaged, match="shards"):
            join(wrong)


def test_mutated_and_cut_heads_give_facts_or_a_reason(starter_head: bytes) -> None:
    """2,000 of them, half of the starter model, half of a small one where more bytes matter."""
    chance = random.Random(SEED)
    small = llama(layers=2, general__languages=["en", "de"], llama__rope__freq_base=10000.0)
    seen: dict[type, int] = {}
    for number in range(MUTATIONS):
        source = small if number % 2 else starter_head[: 2**20 + 2**19]
        head = bytearray(source)
        reach = len(small) if number % 2 else chance.choice([64, 4096, len(head)])
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(min(reach, len(head)))
            match chance.randrange(4):
                case 0:
                    head[at] = chance.randrange(256)
                case 1:
                    head[at : at + 8] = struct.pack("<Q", chance.getrandbits(64))
                case 2:
                    head[at : at + 4] = struct.pack(
                        "<I", chance.choice([0, 1, 9, 2**31, 2**32 - 1])
                    )
                case _:
                    del head[at : at + chance.randint(1, 16)]
        if chance.random() < 0.2:
            del head[chance.randrange(len(head)) :]
        result = _outcome(bytes(head))
        if isinstance(result, GgufIncomplete):
            assert len(head) < result.needs <= LARGEST_HEAD
        if isinstance(result, GgufDamaged):
            assert result.reason.isprintable()
        seen[type(result)] = seen.get(type(result), 0) + 1
    assert seen.keys() == {GgufFacts, GgufIncomplete, GgufDamaged}
