"""What is proposed runs comfortably by the stated rule, from a small laptop to a workstation."""

from __future__ import annotations

import pytest

from desktop.domain.catalogue import ALLOWANCE, SHARE, Entry, limits, recommend, weights_of
from desktop.domain.hardware import Backend, Build, Computer, Gpu, Processor
from desktop.domain.models import ModelKind

GIB = 1 << 30
BILLION = 10**9


def computer(memory: float, *gpus: Gpu, cores: int = 4, offload: bool = True) -> Computer:
    """A computer with so many GiB."""
    return Computer(
        Processor("a processor", "x86-64", (), cores, cores, 2 * cores),
        round(memory * GIB),
        round(memory * GIB),
        gpus,
        Build("1", ("CPU",), gpu_offload=offload),
    )


def gpu(memory: float, backend: Backend = Backend.CUDA, *, integrated: bool = False) -> Gpu:
    size = round(memory * GIB)
    return Gpu(f"{backend}0", "a card", backend, size, size, integrated)


def entry(billions: float, name: str = "", **facts: object) -> Entry:
    known: dict[str, object] = {
        "id": name or f"{billions}B",
        "title": name,
        "kind": ModelKind.CHAT,
        "repository": "owner/name",
        "files": ("model-Q4_K_M.gguf",),
        "quantization": "Q4_K_M",
        "parameters": round(billions * BILLION),
        "context_window": 32768,
        "languages": ("en", "de"),
        "licence": "MIT",
        "good_for": "Letters.",
        "source": "https://example.org",
    }
    return Entry(**(known | facts))  # type: ignore[arg-type]


SIZES = [entry(billions) for billions in (0.5, 1.7, 4, 8, 14)]
METAL = gpu(10.7, Backend.METAL, integrated=True)


@pytest.mark.parametrize(
    ("this", "up_to", "proposed"),
    [
        (computer(4, cores=2), 1.7, "1.7B"),
        (computer(8), 4, "4B"),
        (computer(16), 4, "4B"),
        (computer(64, cores=16), 4, "4B"),  # room for far more, but too slow
        (computer(16, cores=2), 3, "1.7B"),
        (computer(16, gpu(4)), 4, "4B"),
        (computer(16, gpu(8)), 4, "4B"),
        (computer(32, gpu(12)), 8, "8B"),
        (computer(32, gpu(16)), 14, "14B"),
        (computer(64, gpu(24), cores=16), 24, "14B"),
        (computer(16, gpu(8, Backend.VULKAN, integrated=True)), 4, "4B"),
        (computer(16, METAL), 14, "14B"),
        (computer(8, gpu(5.3, Backend.METAL, integrated=True)), 4, "4B"),
        (computer(64, gpu(24), offload=False), 4, "4B"),
    ],
)
def test_the_largest_that_is_comfortable(this: Computer, up_to: float, proposed: str) -> None:
    assert limits(this).parameters == round(up_to * BILLION)
    best = recommend(SIZES, this)
    assert best is not None
    assert best.id == proposed


def test_a_limit_says_where_the_model_would_be() -> None:
    card = gpu(24)
    roomy = limits(computer(64, gpu(4), card))
    assert (roomy.gpu, roomy.memory) == (card, 24 * GIB)
    assert limits(computer(8)).gpu is None
    # The card is too small to be of use beside this much memory.
    assert limits(computer(32, gpu(2))).gpu is None


def test_weights_and_allowance_stay_within_the_share() -> None:
    best = recommend(SIZES, computer(64, gpu(12)))
    assert best is not None
    assert best.weights == weights_of(best.parameters)
    assert best.weights + ALLOWANCE <= SHARE * 12 * GIB


def test_a_computer_that_is_too_small_gets_no_proposal() -> None:
    tiny = computer(1)
    assert limits(tiny).parameters == 0
    assert recommend(SIZES, tiny) is None
    assert recommend([], computer(64)) is None


@pytest.mark.parametrize(
    ("rivals", "proposed"),
    [
        ([entry(4, "plain"), entry(3.5, "official", official=True)], "official"),
        ([entry(4, "plain"), entry(2, "official", official=True)], "plain"),  # not comparable
        ([entry(4, "English", languages=("en",), official=True), entry(3.5, "both")], "both"),
        ([entry(4, "slow", thinks=True, official=True), entry(4, "at once")], "at once"),
        ([entry(3.5, "smaller"), entry(4, "larger")], "larger"),
        ([entry(4, "an embedder", kind=ModelKind.EMBEDDER), entry(1, "chat")], "chat"),
    ],
)
def test_among_comparable_ones_some_are_preferred(rivals: list[Entry], proposed: str) -> None:
    for order in (rivals, rivals[::-1]):
        best = recommend(order, computer(8))
        assert best is not None
        assert best.id == proposed
