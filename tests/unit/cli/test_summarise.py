"""escritoire summarise: a file or a document that is known, in words and for scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.workers.generator.adapter import LlamaGenerator
from tests.samples import write_pdf
from tests.unit.services.test_summarising import REPORT

from .commanding import Terminal, on_a_terminal

SIGNED = (
    "The lease of the warehouse was signed by Mira Quist on 4 May 2021. She pays 900 pounds a "
    "month from the first of June. The rent is due on the first day of each month."
)
PAGES = [
    SIGNED,
    "The tenant keeps the garden and repairs the fence. Pets are not allowed in the warehouse.",
]


def test_a_file_is_summarised_and_every_place_is_in_it(terminal: Terminal, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "lease.pdf", PAGES)
    outcome = terminal.type("summarise", "--json", "--length", "short", path)
    assert (outcome.code, outcome.err) == (0, "")
    said = outcome.json
    assert said["kind"] == "summarised"
    assert said["answer"]
    assert said["citations"]
    assert said["model"]["name"].startswith("SmolLM2")
    for citation in said["citations"]:
        assert citation["document"] == "lease.pdf"
        page = PAGES[citation["page"] - 1]
        assert citation["text"].replace("\n", " ") in page
    # By its name now, and at once: what was written of it is kept.
    again = terminal.type("summarise", "--length", "short", "lease")
    assert (again.code, again.err.count("\n")) == (0, again.err.count("No passage supports"))
    assert again.out.startswith(said["answer"])
    assert "[1] lease.pdf, page" in again.out


@pytest.mark.slow
def test_killed_in_the_middle_it_goes_on_where_it_was(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_pdf(tmp_path / "board.pdf", REPORT)
    words = ("summarise", "--length", "long", path)
    with on_a_terminal(*terminal.unlocking, *words) as running:
        running.await_words("1 of 2 parts")
        running.process.kill()
    prompts: list[object] = []
    generate = LlamaGenerator.generate

    def counted(self: LlamaGenerator, messages: object, **how: object) -> object:
        prompts.append(messages)
        return generate(self, messages, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(LlamaGenerator, "generate", counted)
    outcome = terminal.type(*words, "--json")
    assert outcome.code == 0
    assert len(prompts) == 1
    assert len(outcome.json["answer"].split("\n\n")) == 2


def test_what_cannot_be_summarised_is_told(
    terminal: Terminal, tmp_path: Path, no_models: Path
) -> None:
    terminal.type("summarise", "will.pdf").complains("will.pdf is not there")
    path = write_pdf(tmp_path / "lease.pdf", PAGES)
    outcome = terminal.type("summarise", path)
    assert outcome.code == 3
    assert "model" in outcome.err
    assert terminal.type("summarise", "--length", "endless", path).code == 2
