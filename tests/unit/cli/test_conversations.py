"""escritoire conversations: listed, shown, exported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.foreign_chats import chatgpt
from tests.samples import write_pdf

from .commanding import Terminal, start

QUESTION = "When is the rent due?"
RENT = "The rent of the lighthouse is due on the first day of a month."


@pytest.fixture
def asked(terminal: Terminal, no_models: Path, tmp_path: Path) -> Terminal:
    """A profile in which one question was answered from a document."""
    path = write_pdf(tmp_path / "lease.pdf", [RENT])
    assert terminal.type("ask", "--file", path, QUESTION).code == 0
    return terminal


def test_a_conversation_is_listed_shown_and_exported(asked: Terminal, tmp_path: Path) -> None:
    (listed,) = asked.type("conversations", "list", "--json").json
    assert listed["title"] == QUESTION
    number = str(listed["number"])
    assert asked.type("conversations", "list").out.startswith(f"{number}  20")
    shown = asked.type("conversations", "show", number).out
    assert QUESTION in shown
    assert "[^1]: lease.pdf, page 1" in shown
    told = asked.type("conversations", "show", number, "--json").json
    assert told["turns"][1]["sources"][0]["document"] == "lease.pdf"
    for form in ("md", "docx", "json"):
        path = tmp_path / f"chat.{form}"
        done = asked.type("conversations", "export", number, "--pages", "--to", path, "--json")
        assert done.json == {
            "exported": str(path), "turns": 2, "sources": 1, "pages": 1, "pages_missing": 0
        }  # fmt: skip
        assert path.stat().st_size > 100
    assert json.loads((tmp_path / "chat.json").read_text())["title"] == QUESTION


def test_a_pdf_is_drawn_without_a_window(asked: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "chat.pdf"
    done = start("conversations", "export", "1", "--to", path, "--pages", *asked.unlocking)
    assert (done.code, done.err) == (0, "")
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]
    assert QUESTION in pages[0]
    assert "lease.pdf, page 1" in pages[0]
    assert len(pages) == 2  # the page that it cites is on one of its own


def test_what_is_not_there_is_said(asked: Terminal, tmp_path: Path) -> None:
    asked.type("conversations", "show", "77").complains("There is no conversation 77.")
    asked.type("conversations", "show", "1", "--answer", "3").complains("no answer 3: it has 1")
    there = tmp_path / "lease.pdf"
    asked.type("conversations", "export", "1", "--to", there).complains("lease.pdf")
    assert there.read_bytes().startswith(b"%PDF")


def test_what_another_program_exported_is_taken_in(
    terminal: Terminal, no_models: Path, tmp_path: Path
) -> None:
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([chatgpt()]))
    done = terminal.type("conversations", "import", path, "--json")
    assert done.json == {"chats": 1, "turns": 2, "known": 0, "left_out": 0}
    assert "Three months." in terminal.type("conversations", "show", "1").out
    path.write_text("[")
    terminal.type("conversations", "import", path).complains("holds no conversations")
