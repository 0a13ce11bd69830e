"""escritoire models, word by word, on a real profile with the starter models."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop.cli.model_words import in_words
from desktop.storage.paths import installation_models, licence_texts
from tests.ggufs import write_gguf

from .commanding import Terminal

NAME = "SmolLM2-135M-Instruct-Q4_1"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (98_362_432, "98.4 MB"),
        (10**13, "10 TB"),
    ],
)
def test_bytes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert in_words(size) == words


def test_models_are_listed_with_the_one_that_answers(terminal: Terminal) -> None:
    outcome = terminal.type("models", "list")
    assert outcome.code == 0
    assert f"{NAME}: chat, Q4_1, 98.4 MB, installation, answers\n" in outcome.out
    listed = terminal.type("models", "list", "--json").json["models"]
    assert [model["name"] for model in listed if model["answers"]] == [NAME]
    assert {model["kind"] for model in listed} == {"chat", "embedder"}


def test_a_model_comes_is_used_and_goes(
    terminal: Terminal, tmp_path: Path, no_models: Path
) -> None:
    source = write_gguf(tmp_path / "disk" / "Heron.gguf", bytes(4000))
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    (tmp_path / "page.gguf").write_text("<html>")
    brought = terminal.type("models", "import", "--json", source, tmp_path / "page.gguf")
    assert brought.code == 3
    assert "web page" in brought.err
    assert brought.json["models"][0]["files"][0]["sha256"] == sha256
    assert brought.json["refused"][0]["code"] == "not_a_model"
    terminal.type("models", "import", source).complains("a model named Heron already")
    assert terminal.type("models", "use", "heron").out == "Heron answers from now on\n"
    assert terminal.type("models", "list").out.endswith("owned, answers\n")
    shown = terminal.type("models", "show", "Heron").out
    assert f"SHA-256        {sha256}\n" in shown
    assert "apache-2.0" in shown
    assert terminal.type("models", "verify").out == "Heron: verified\n"
    kept = terminal.profile / "models" / "Heron" / "Heron.gguf"
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    terminal.type("models", "verify").complains("Heron is not the one that was verified")
    removed = terminal.type("models", "remove", "--json", "Heron")
    assert removed.json == {"removed": "Heron", "freed": source.stat().st_size}
    assert not kept.exists()
    assert terminal.type("models", "list").err.startswith("There is no model")
    terminal.type("models", "show", "Heron").complains("Heron is not on this computer")


def test_the_licence_of_a_model_is_shown_in_full(
    terminal: Terminal, tmp_path: Path, no_models: Path
) -> None:
    assert terminal.type("models", "import", write_gguf(tmp_path / "Heron.gguf")).code == 0
    shown = terminal.type("models", "show", "Heron")
    text = (licence_texts() / "Apache-2.0.txt").read_text(encoding="utf-8")
    assert shown.out.endswith(f"\n{text.rstrip()}\n")
    assert terminal.type("models", "show", "Heron", "--json").json["licence_text"] == text


def test_the_installations_model_stays(terminal: Terminal) -> None:
    terminal.type("models", "remove", NAME).complains("came with the installation")


def test_a_pack_says_who_signed_it(terminal: Terminal, tmp_path: Path, no_models: Path) -> None:
    terminal.type("models", "import", write_gguf(tmp_path / "disk" / "Heron.gguf"))
    packed = terminal.type("models", "pack", tmp_path / "pack", "Heron")
    assert packed.code == 0
    signed = packed.out.splitlines()[-1]
    assert signed.startswith("Signed by ")
    terminal.type("models", "remove", "Heron")
    unpacked = terminal.type("models", "import", tmp_path / "pack")
    assert unpacked.code == 0
    assert unpacked.out.splitlines()[-1] == signed
    again = terminal.type("models", "import", "--json", tmp_path / "pack").json
    assert (again["known"], again["models"], again["signer"]["seen"]) == (["Heron"], [], "ours")
    (tmp_path / "pack" / "extra").touch()
    terminal.type("models", "import", tmp_path / "pack").complains("extra is not on its list")
    assert terminal.type("models", "import", "--link", tmp_path / "pack").code == 3


def test_a_folder_is_watched_and_forgotten(
    terminal: Terminal, tmp_path: Path, no_models: Path
) -> None:
    write_gguf(tmp_path / "theirs" / "Heron.gguf")
    assert terminal.type("models", "watch", tmp_path / "theirs").out == f"{tmp_path / 'theirs'}\n"
    assert terminal.type("models", "list").out.startswith("Heron: chat, F32")
    terminal.type("models", "remove", "Heron").complains("watched folder")
    assert terminal.type("models", "unwatch", "--json", tmp_path / "theirs").json == {"watched": []}
    assert terminal.type("models", "list").out == ""


def test_the_model_in_use_answers(terminal: Terminal, tmp_path: Path) -> None:
    """The chosen model, and no other, is what `ask` answers with where none is named."""
    (starter,) = (installation_models() / NAME).glob("*.gguf")
    (tmp_path / "Second.gguf").symlink_to(starter)
    assert terminal.type("models", "import", "--link", tmp_path / "Second.gguf").code == 0
    terminal.type("models", "use", "Second")
    asked = terminal.type("ask", "--json", "What can Escritoire do with a PDF?").json
    assert asked["model"]["name"] == "Second"
