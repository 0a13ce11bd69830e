"""The catalogue that is shipped is whole, and a damaged one is an empty one, with a log line."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path

import pytest

from desktop.domain.catalogue import recommend
from desktop.domain.hardware import Backend, Build, Computer, Gpu, Processor
from desktop.domain.models import ModelKind
from desktop.storage import catalogue, paths

SHIPPED = catalogue.read(paths.catalogue())
CHAT = [entry for entry in SHIPPED if entry.kind is ModelKind.CHAT]
GIB = 1 << 30


def test_the_shipped_file_is_whole() -> None:
    written = paths.catalogue().read_text(encoding="utf-8")
    assert len(SHIPPED) == written.count("[[model]]") > 0
    assert max(Counter(entry.id for entry in SHIPPED).values()) == 1
    assert max(Counter((entry.repository, entry.files) for entry in SHIPPED).values()) == 1
    for entry in SHIPPED:
        assert entry.source.startswith(("https://huggingface.co/", "https://github.com/")), entry.id
        assert entry.good_for.endswith("."), entry.id
        # A licence that was written for one family of models is explained.
        assert entry.licence in ("Apache-2.0", "MIT") or entry.licence_note, entry.id


def test_every_file_name_carries_its_quantization() -> None:
    for entry in CHAT:
        (file,) = entry.files
        assert file.endswith(".gguf"), entry.id
        assert entry.quantization.lower() in file.lower(), entry.id


def test_there_is_something_for_everybody() -> None:
    for low, high in ((0.4, 1.3), (1.4, 2.2), (3, 4.5), (7, 9.5), (12, 15)):
        size = [entry for entry in CHAT if low <= entry.parameters / 1e9 <= high]
        assert size, (low, high)
        assert any({"en", "de", "es"} <= set(entry.languages) for entry in size), (low, high)
    kinds = Counter(entry.kind for entry in SHIPPED)
    assert kinds[ModelKind.EMBEDDER] == 2
    assert kinds[ModelKind.RERANKER] == 1
    for entry in SHIPPED:
        if entry.kind is not ModelKind.CHAT:
            assert {"model.safetensors", "config.json", "tokenizer.json"} <= set(entry.files)
            assert not any(file.endswith((".bin", ".pkl", ".pt")) for file in entry.files)


@pytest.mark.parametrize(
    ("memory", "cores", "card", "proposed"),
    [
        (4, 2, 0, "qwen2.5-1.5b"),
        (8, 4, 0, "qwen3-4b-instruct"),
        (16, 8, 0, "qwen3-4b-instruct"),
        (16, 8, 8, "qwen2.5-7b"),
        (32, 8, 12, "granite-3.3-8b"),
        (64, 16, 24, "qwen2.5-14b"),
    ],
)
def test_the_proposal_is_one_that_answers_in_several_languages(
    memory: int, cores: int, card: int, proposed: str
) -> None:
    size = card * GIB
    cards = (Gpu("CUDA0", "a card", Backend.CUDA, size, size),) if card else ()
    computer = Computer(
        Processor("a processor", "x86-64", (), cores, cores, cores),
        memory * GIB,
        memory * GIB,
        cards,
        Build("1", ("CPU",), gpu_offload=bool(card)),
    )
    best = recommend(SHIPPED, computer)
    assert best is not None
    assert best.id == proposed
    assert {"en", "de", "es"} <= set(best.languages)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[[model]]", "[[model"),
        ('kind = "chat"', 'kind = "oracle"'),
        ('kind = "chat"', 'kind = "adapter"'),
        ("Q4_0.gguf", "Q4_0.bin"),
        ('quantization = "Q4_0"', 'quantization = "Q8_0"'),
        ('quantization = "Q4_0"', 'quantization = "Q99"'),
        ('files = ["Qwen', 'files = ["../Qwen'),
        ('files = ["Qwen', 'files = ["/Qwen'),
        ('files = ["Qwen', 'files = ["second.gguf", "Qwen'),
        ('repository = "ggml-org/', 'repository = "https://example.org/'),
        ('source = "https:', 'source = "file:'),
        ('good_for = "Short', 'unknown = "Short'),
        ("parameters = 751632384", 'parameters = "many"'),
        ("parameters = 751632384", "parameters = 0"),
        ('languages = ["en", ', 'languages = ["English", '),
        ('id = "gemma-3-1b"', 'id = "qwen3-0.6b"'),
    ],
)
def test_a_damaged_file_is_an_empty_catalogue(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, old: str, new: str
) -> None:
    text = paths.catalogue().read_text(encoding="utf-8")
    assert old in text
    damaged = tmp_path / "catalogue.toml"
    damaged.write_text(text.replace(old, new, 1), encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert catalogue.read(damaged) == ()
    assert "catalogue cannot be read" in caplog.text


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'model = "none"', b"model = [1, 2]"])
def test_what_is_no_catalogue_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    assert catalogue.read(tmp_path / "missing.toml") == ()
    path = tmp_path / "catalogue.toml"
    path.write_bytes(content)
    assert catalogue.read(path) == ()
