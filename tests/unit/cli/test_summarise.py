"""escritoire summarise: a file or a document that is known, in words and for scripts."""

from __future__ import annotations

from pathlib import Path

from tests.samples import write_pdf

from .commanding import Terminal

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


def test_what_cannot_be_summarised_is_told(
    terminal: Terminal, tmp_path: Path, no_models: Path
) -> None:
    terminal.type("summarise", "will.pdf").complains("will.pdf is not there")
    path = write_pdf(tmp_path / "lease.pdf", PAGES)
    outcome = terminal.type("summarise", path)
    assert outcome.code == 3
    assert "model" in outcome.err
    assert terminal.type("summarise", "--length", "endless", path).code == 2
