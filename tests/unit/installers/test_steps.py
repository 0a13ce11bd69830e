"""A checkout is made ready once, mended when something broke off, and left alone when ready."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from installers import gpu, steps, system
from installers.environment import LLAMA_CPU_INDEX, TORCH_CPU_INDEX
from installers.errors import SetupError
from installers.progress import Progress
from installers.stamp import Stamp
from tests.unit.installers.conftest import CHAT, Miniature

READY_WHEEL = ("--only-binary=:all:", LLAMA_CPU_INDEX)
WISH = steps.Wish(qt=False)


def keys(small: Miniature, wish: steps.Wish = WISH) -> list[str]:
    """The steps that are still to do."""
    return [task.key for task in steps.plan(small.checkout, wish)]


def make_ready(small: Miniature, wish: steps.Wish = WISH) -> str:
    """Carries the set-up out; returns what it printed."""
    stream = io.StringIO()
    steps.carry_out(small.checkout, wish, Progress(stream, live=False))
    return stream.getvalue()


def test_everything_is_done_once_and_then_nothing(miniature: Miniature) -> None:
    assert keys(miniature) == ["venv", "pip", "packages", "torch", "llama", "tiny-chat", "handbook"]
    said = make_ready(miniature)
    assert said.startswith("[1/7] ")
    assert "compil" in said.lower()
    pip, packages, torch, llama = miniature.installed()
    assert "--require-hashes" in pip
    assert {"--require-hashes", "--no-deps"} <= set(packages)
    assert "torch==2.13.0+cpu" in torch
    assert "--verbose" in llama
    assert (miniature.checkout.models / "tiny-chat" / "tiny.gguf").read_bytes() == CHAT
    assert keys(miniature) == []
    assert make_ready(miniature) == ""
    assert miniature.asked() == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("lock", ["packages", "handbook"]),
        ("llama", ["llama"]),
        ("torch", ["torch"]),
        ("handbook", ["handbook"]),
        ("handbook.pdf", ["handbook"]),
        ("model", ["tiny-chat"]),
        ("python", ["venv", "pip", "packages", "torch", "llama", "handbook"]),
    ],
)
def test_only_what_changed_is_done_again(
    miniature: Miniature, change: str, expected: list[str]
) -> None:
    make_ready(miniature)
    checkout = miniature.checkout

    def replace(path: Path, old: str, new: str) -> None:
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    match change:
        case "lock":
            replace(checkout.lock, "fpdf2==2.8.9", "fpdf2==2.8.10")
        case "llama":
            replace(checkout.lock, "llama-cpp-python==0.3.36", "llama-cpp-python==0.3.37")
        case "torch":
            replace(checkout.pyproject, "torch==2.13.0", "torch==2.14.0")
        case "handbook":
            replace(checkout.handbook, "Handbook", "Longer handbook")
        case "handbook.pdf":
            checkout.handbook_pdf.unlink()
        case "model":
            (checkout.models / "tiny-chat" / "words" / "vocab.txt").unlink()
        case "python":
            checkout.python.unlink()
    assert keys(miniature) == expected


def test_a_step_that_broke_off_is_mended(miniature: Miniature) -> None:
    full = (("install", "--verbose"), "OSError: [Errno 28] No space left on device", 1)
    miniature.will_say(full)
    with pytest.raises(SetupError, match="disk is full"):
        make_ready(miniature)
    assert keys(miniature)[0] == "llama"
    miniature.will_say()
    miniature.asked()
    make_ready(miniature)
    (llama,) = miniature.installed()
    assert "--force-reinstall" in llama
    assert keys(miniature) == []


def test_without_the_cpu_index_the_plain_pin_is_taken(miniature: Miniature) -> None:
    miniature.will_say((("install", TORCH_CPU_INDEX), "ERROR: ProxyError", 1))
    said = make_ready(miniature)
    assert "plain pin" in said
    assert ["torch==2.13.0"] in [call[-1:] for call in miniature.installed()]


def test_a_ready_wheel_is_taken_when_asked_for(miniature: Miniature) -> None:
    make_ready(miniature, steps.Wish(prebuilt=True, qt=False))
    llama = miniature.installed()[-1]
    assert set(READY_WHEEL) < set(llama)
    assert keys(miniature) == []
    # The choice holds for the next version too.
    text = miniature.checkout.lock.read_text(encoding="utf-8")
    miniature.checkout.lock.write_text(text.replace("0.3.36", "0.3.37"), encoding="utf-8")
    make_ready(miniature)
    assert set(READY_WHEEL) < set(miniature.installed()[-1])


def test_without_a_ready_wheel_it_is_compiled(miniature: Miniature) -> None:
    miniature.will_say((("install", *READY_WHEEL), "ERROR: No matching distribution", 1))
    said = make_ready(miniature, steps.Wish(prebuilt=True, qt=False))
    assert "compiling instead" in said
    assert "--require-hashes" in miniature.installed()[-1]


def forced(call: list[str]) -> bool:
    """Whether pip was told to install what, to it, is there already."""
    return "--force-reinstall" in call


@pytest.fixture
def any_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system with every backend and every tool."""
    monkeypatch.setattr(gpu, "build", lambda name: None if name == gpu.NONE else name)
    monkeypatch.setattr(gpu, "missing", lambda _name: ())


@pytest.mark.usefixtures("any_gpu")
def test_a_build_for_a_gpu_is_made_kept_and_changed(miniature: Miniature) -> None:
    def wish(name: str) -> steps.Wish:
        return steps.Wish(gpu=name, qt=False)

    def made_with() -> list[tuple[str | None, bool, bool]]:
        """Each build: what it was told, apart from pip's cache, in place of another."""
        calls = [call for call in miniature.asked() if "--verbose" in call["arguments"]]  # type: ignore[operator]
        return [
            (call["cmake"], "--no-cache-dir" in call["arguments"], forced(call["arguments"]))  # type: ignore[misc,operator,arg-type]
            for call in calls
        ]

    said = make_ready(miniature, wish("cuda"))
    assert "compiled for CUDA" in said
    assert made_with() == [("-DGGML_CUDA=on", True, False)]
    # Kept without being asked for again, for the next version too.
    assert keys(miniature) == keys(miniature, wish("cuda")) == []
    text = miniature.checkout.lock.read_text(encoding="utf-8")
    miniature.checkout.lock.write_text(text.replace("0.3.36", "0.3.37"), encoding="utf-8")
    make_ready(miniature)
    assert made_with() == [("-DGGML_CUDA=on", True, False)]
    # Another one takes its place, and so does the one for the processor.
    make_ready(miniature, wish("vulkan"))
    assert made_with() == [("-DGGML_VULKAN=on", True, True)]
    make_ready(miniature, wish("none"))
    assert made_with() == [(None, False, True)]
    assert keys(miniature) == []


@pytest.mark.usefixtures("any_gpu")
def test_a_ready_wheel_takes_the_place_of_a_build_for_a_gpu(miniature: Miniature) -> None:
    ready = steps.Wish(prebuilt=True, qt=False)
    make_ready(miniature)
    assert keys(miniature, ready) == []  # what was compiled for this processor is better
    make_ready(miniature, steps.Wish(gpu="cuda", qt=False))
    miniature.asked()
    make_ready(miniature, ready)
    (call,) = miniature.installed()
    assert set(READY_WHEEL) < set(call)
    assert forced(call)
    assert keys(miniature, steps.Wish(gpu="none", qt=False)) == ["llama"]


@pytest.mark.usefixtures("any_gpu")
def test_a_failed_build_for_a_gpu_leaves_the_way_back(miniature: Miniature) -> None:
    make_ready(miniature)
    miniature.will_say((("install", "--no-cache-dir"), "ERROR: Failed building wheel", 1))
    with pytest.raises(SetupError) as failed:
        make_ready(miniature, steps.Wish(gpu="vulkan", qt=False))
    assert "--gpu none" in failed.value.remedy
    miniature.asked()
    make_ready(miniature)  # without another word, what was there before
    (call,) = miniature.installed()
    assert "--no-cache-dir" not in call
    assert forced(call)


def test_missing_tools_of_a_gpu_are_named_before_anything_is_fetched(
    miniature: Miniature, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gpu, "build", lambda name: name)
    monkeypatch.setattr(gpu, "missing", lambda _name: (gpu.NVCC,))
    with pytest.raises(SetupError, match="nvcc"):
        make_ready(miniature, steps.Wish(gpu="cuda", qt=False))
    assert miniature.asked() == []


def test_without_a_compiler_it_says_so_before_anything_is_fetched(
    miniature: Miniature, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "missing_compiler", lambda: (system.COMPILER,))
    with pytest.raises(SetupError, match="compiler"):
        make_ready(miniature)
    assert miniature.asked() == []


def test_a_refused_model_stops_with_its_reason(miniature: Miniature) -> None:
    miniature.carry("carries-chat", {"carries_chat/tiny.gguf": CHAT[::-1]})
    with pytest.raises(SetupError, match="SHA-256"):
        make_ready(miniature)
    assert keys(miniature) == ["tiny-chat", "handbook"]
    assert not list(miniature.checkout.models.glob(".fetch-*"))


def test_a_pin_that_cannot_be_read_is_a_known_error(miniature: Miniature) -> None:
    miniature.checkout.starter.write_text("[[model", encoding="utf-8")
    with pytest.raises(SetupError, match="pin"):
        make_ready(miniature)


def test_qt_is_needed_by_the_window_and_its_tests_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = system.LIBRARIES[:1]
    monkeypatch.setattr(system, "missing_for_window", lambda: missing)
    stream = io.StringIO()
    progress = Progress(stream, live=False)
    steps.check_qt(steps.Wish(qt=False), progress)
    assert stream.getvalue() == ""
    steps.check_qt(steps.Wish(), progress)
    assert "libEGL.so.1" in stream.getvalue()
    with pytest.raises(SetupError, match="libEGL"):
        steps.check_qt(steps.Wish(qt_required=True), progress)


def test_a_damaged_stamp_is_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "stamp.json"
    path.write_text('{"pip": ', encoding="utf-8")
    stamp = Stamp(path)
    assert stamp.get("pip") is None
    stamp.record(pip="1", torch="2")
    stamp.record(torch="")
    assert Stamp(path).get("pip") == "1"
    assert Stamp(path).get("torch") is None
