from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.shards import LONGEST_NAME, fit_name, model_name, models_among, siblings


def test_shards_of_one_model_are_one_model() -> None:
    first, second = Path("/m/a-00001-of-00002.gguf"), Path("/m/a-00002-of-00002.gguf")
    alone = Path("/m/b.gguf")
    assert models_among([second, alone, first]) == [(first, second), (alone,)]
    assert model_name(second) == "a"
    assert model_name(alone) == "b"


@pytest.mark.parametrize(
    "name", ["a-00003-of-00002.gguf", "a-00000-of-00002.gguf", "a-1-of-2.gguf"]
)
def test_a_name_that_counts_wrongly_is_a_name(name: str) -> None:
    assert siblings(Path(name)) == (Path(name),)


def test_a_count_that_is_no_count_makes_no_list() -> None:
    name = Path("a-00001-of-99999.gguf")
    assert siblings(name) == (name,)


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("Qwen2.5-0.5B.Q4_K_M", "Qwen2.5-0.5B.Q4_K_M"),
        ("../up", "_up"),
        ("a/b\\c:d\x1b", "a_b_c_d_"),
        (". .", "model"),
        ("half \ud83d", "half �"),
        ("x" * 500, "x" * LONGEST_NAME),
    ],
)
def test_a_name_is_fit_for_a_folder(name: str, fit: str) -> None:
    assert fit_name(name) == fit
    assert fit_name(fit) == fit
