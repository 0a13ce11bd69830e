"""How a model runs here, as a user or a script asks: fit, settings, bench."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.content import HubContent, HubRepository
from tests.hub.server import LocalHub, local_hub
from tests.unit.cli.commanding import Terminal
from tests.unit.domain.gguf_heads import llama
from tests.unit.workers.generator.gguf_files import text, write_lora

STARTER = "SmolLM2-135M-Instruct-Q4_1"
HUGE = "acme/huge-GGUF"


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with local_hub() as hub:
        head = llama(layers=120, embedding=16384, feed_forward=53248, heads=128, kv_heads=8)
        hub.add(HubRepository(HUGE, {"huge-Q4_0.gguf": HubContent(250_000_000_000, head)}))
        yield hub


def test_whether_an_installed_model_fits_is_said_with_figures(terminal: Terminal) -> None:
    said = terminal.type("models", "fit", STARTER)
    assert said.code == 0, said.err
    assert said.out.startswith(f"{STARTER}: fits: it needs ")

    judged = terminal.type("models", "fit", STARTER, "--json").json["models"][STARTER]
    assert (judged["fit"], judged["device"], judged["context_window"]) == ("fits", "cpu", 4096)
    assert judged["memory"]["weights"] > 90_000_000
    assert judged["needed"] < judged["free"]


def test_whether_a_model_of_the_hub_fits_is_known_before_it_is_fetched(
    terminal: Terminal, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its size is all that the listing says; hashing what nobody sends would take minutes.
    monkeypatch.setattr(HubContent, "sha256", "0" * 64)
    terminal.type("models", "hub", "--endpoint", hub.endpoint, "--allow", hub.cdn)
    said = terminal.type("models", "fit", HUGE, "Q4_0")

    assert said.code == 0, said.err
    assert "will not fit: it needs " in said.out
    assert hub.sent < 10_000_000
    terminal.type("models", "fit", HUGE, "Q8_0").complains("Q8_0")


def test_settings_are_kept_shown_and_forgotten(terminal: Terminal) -> None:
    changed = terminal.type(
        "models", "settings", STARTER, "--context", "8192", "--cache", "q8_0", "--lock", "--json"
    )
    assert changed.code == 0, changed.err
    assert changed.json["settings"]["context_window"] == 8192
    assert changed.json["context_window"] == 8192

    shown = terminal.type("models", "settings", STARTER, "--threads", "1", "--json").json
    kept = {"context_window": 8192, "cache_type": "q8_0", "memory_lock": True, "threads": 1}
    assert shown["settings"].items() >= kept.items()

    reset = terminal.type("models", "settings", STARTER, "--reset")
    assert "chosen by the program" in reset.out
    assert terminal.type("models", "settings", STARTER, "--json").json["settings"]["threads"] == 0


def test_a_setting_that_cannot_be_is_refused_and_nothing_is_kept(terminal: Terminal) -> None:
    too_long = terminal.type("models", "settings", STARTER, "--threads", "1", "--context", "9000")
    too_long.complains(STARTER, "8192", "9000")
    terminal.type("models", "settings", STARTER, "--device", "CUDA7").complains("CUDA7")
    assert terminal.type("models", "settings", STARTER, "--json").json["settings"]["threads"] == 0


def test_an_adapter_of_another_model_is_refused_when_it_is_set(
    terminal: Terminal, tmp_path: Path
) -> None:
    other = write_lora(tmp_path / "other.gguf", changes={"general.architecture": text("qwen2")})
    wide = write_lora(tmp_path / "wide.gguf", width=640)
    fitting = write_lora(tmp_path / "fitting.gguf")
    for adapter, reason in (
        (other, "it is for qwen2, not llama"),
        (wide, "has another size"),
        (tmp_path / "gone.gguf", "the file is not there"),
    ):
        refused = terminal.type("models", "settings", STARTER, "--adapter", adapter)
        refused.complains(adapter.name, STARTER, reason)
    assert terminal.type("models", "settings", STARTER, "--json").json["settings"]["adapters"] == []
    kept = terminal.type("models", "settings", STARTER, "--adapter", f"{fitting}=0.5")
    assert kept.code == 0, kept.err
    assert f"{fitting} x 0.5" in kept.out


def test_what_was_set_is_how_it_is_loaded(terminal: Terminal, tmp_path: Path) -> None:
    adapter = write_lora(tmp_path / "no.gguf")
    assert terminal.type("models", "settings", STARTER, "--adapter", adapter).code == 0
    adapter.unlink()
    asked = terminal.type("ask", "How do I stop an answer?")

    assert asked.code == 3
    assert "no.gguf is not on this computer" in asked.err
    assert "press Esc or click Stop" in asked.out  # quoted instead


def test_a_model_is_measured_and_its_speed_is_kept(terminal: Terminal) -> None:
    measured = terminal.type("models", "bench", "--json")
    assert measured.code == 0, measured.err
    speed = measured.json["speed"]
    assert speed["prefill"] > speed["decode"] > 0
    assert speed["memory"] > 90_000_000
    assert speed["threads"] >= 1

    listed = terminal.type("models", "list", "--json").json["models"]
    assert [model["speed"] for model in listed if model["name"] == STARTER] == [speed]
    terminal.type("models", "bench", "all-MiniLM-L6-v2").complains("writes no answers")
