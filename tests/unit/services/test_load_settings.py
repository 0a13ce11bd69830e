from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from desktop.domain.models import Adapter, CacheType, LoadSettings
from desktop.services.load_settings import from_json, to_json

EVERY = LoadSettings(
    device="CUDA0",
    gpu_layers=12,
    context_window=8192,
    cache_type=CacheType.Q8_0,
    threads=3,
    batch=64,
    memory_map=True,
    memory_lock=True,
    adapters=(Adapter(Path("/a/tone.gguf"), 0.5),),
)


@pytest.mark.parametrize("settings", [LoadSettings(), EVERY])
def test_settings_come_back_as_they_were(settings: LoadSettings) -> None:
    assert from_json(to_json(settings), "a model") == settings


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '"cpu"', "null"])
def test_what_is_damaged_is_said_and_is_the_defaults(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert from_json(text, "a model") == LoadSettings()
    assert "a model" in caplog.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("threads", "many"),
        ("threads", True),
        ("batch", -1),
        ("context_window", 1.5),
        ("cache_type", "q2"),
        ("device", ""),
        ("memory_map", 1),
        ("gpu_layers", "all"),
        ("adapters", [{"path": "/a"}]),
        ("adapters", 3),
        ("of a later version", 1),
    ],
)
def test_one_bad_value_costs_no_other(
    name: str, value: object, caplog: pytest.LogCaptureFixture
) -> None:
    kept = json.loads(to_json(EVERY)) | {name: value}
    with caplog.at_level(logging.WARNING):
        read = from_json(json.dumps(kept), "a model")
    assert name in caplog.text
    for field in ("device", "threads", "batch", "cache_type", "memory_lock"):
        expected = getattr(LoadSettings() if field == name else EVERY, field)
        assert getattr(read, field) == expected
