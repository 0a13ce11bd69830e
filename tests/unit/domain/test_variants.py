"""Names as repositories of the hub use them."""

from __future__ import annotations

import pytest

from desktop.domain.hub import HubFile
from desktop.domain.variants import quantization_of, variants_of


@pytest.mark.parametrize(
    ("path", "quantization"),
    [
        ("qwen2.5-0.5b-instruct-q4_k_m.gguf", "Q4_K_M"),
        ("Qwen2.5-7B-Instruct-Q4_K_M.gguf", "Q4_K_M"),
        ("Meta-Llama-3.1-8B-Instruct.Q5_K_S.gguf", "Q5_K_S"),
        ("Llama-3.2-1B-Instruct-IQ3_M.gguf", "IQ3_M"),
        ("Llama-3.2-1B-Instruct-IQ2_XXS.gguf", "IQ2_XXS"),
        ("Qwen3-4B-IQ4_NL.gguf", "IQ4_NL"),
        ("gemma-2-2b-it-Q6_K_L.gguf", "Q6_K_L"),
        ("gemma-2-2b-it-Q4_0_4_8.gguf", "Q4_0_4_8"),
        ("SmolLM2-135M-Instruct.Q4_1.gguf", "Q4_1"),
        ("Qwen3-8B-UD-Q4_K_XL.gguf", "UD-Q4_K_XL"),
        ("Mistral-7B-Instruct-v0.3.i1-Q4_K_M.gguf", "Q4_K_M"),
        ("Phi-3-mini-4k-instruct-fp16.gguf", "F16"),
        ("Phi-3-mini-4k-instruct-q4.gguf", "Q4"),
        ("gemma-3-1b-it-BF16.gguf", "BF16"),
        ("gemma-3-1b-it-f32.gguf", "F32"),
        ("gpt-oss-20b-mxfp4.gguf", "MXFP4"),
        ("ggml-model-i2_s.gguf", "I2_S"),
        ("TriLM_3.9B-TQ1_0.gguf", "TQ1_0"),
        ("Q8_0/Qwen3-32B-00001-of-00002.gguf", "Q8_0"),
        ("some-Q8_0-merge-Q4_K_M.gguf", "Q4_K_M"),
        ("ggml-model.gguf", ""),
        ("Qwen2-AWQ4-tune.gguf", ""),
    ],
)
def test_the_quantization_is_read_off_the_name(path: str, quantization: str) -> None:
    assert quantization_of(path) == quantization


def a_file(path: str, size: int = 1, sha256: str = "0" * 64) -> HubFile:
    return HubFile(path, size, sha256)


def test_shards_are_one_variant_in_their_order() -> None:
    second = a_file("qwen2.5-7b-instruct-q4_k_m-00002-of-00002.gguf", 20)
    first = a_file("qwen2.5-7b-instruct-q4_k_m-00001-of-00002.gguf", 30)
    small = a_file("qwen2.5-7b-instruct-q2_k.gguf", 7)
    found = variants_of([second, small, first])

    assert [(v.quantization, v.size, v.files) for v in found] == [
        ("Q2_K", 7, (small,)),
        ("Q4_K_M", 50, (first, second)),
    ]


def test_what_could_not_be_loaded_or_verified_is_left_out() -> None:
    found = variants_of(
        [
            a_file("README.md"),
            a_file("mmproj-model-f16.gguf"),
            a_file("gemma-3-4b-it.mmproj-Q8_0.gguf"),
            a_file("Qwen3-8B.imatrix.gguf"),
            a_file("model-q8_0-00001-of-00003.gguf"),
            a_file("model-q8_0-00003-of-00003.gguf"),
            a_file("unhashed-q4_0.gguf", sha256=""),
            a_file("model.Q6_K.gguf.part1of2"),
        ]
    )
    assert found == ()


def test_the_same_quantization_of_two_models_stays_two_variants() -> None:
    found = variants_of([a_file("base-Q8_0.gguf", 2), a_file("chat-Q8_0.gguf", 1)])
    assert [v.files[0].path for v in found] == ["chat-Q8_0.gguf", "base-Q8_0.gguf"]
