"""Where models are put on the computers that people have."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from desktop.domain.errors import ContextTooLong, DeviceUnknown, ModelTooLarge
from desktop.domain.fitting import (
    DEVICE_RESERVE,
    Fit,
    Placement,
    check,
    estimate,
    place,
    step_down,
    window,
)
from desktop.domain.gguf import GgufFacts, parse
from desktop.domain.hardware import Backend, Build, Computer, Gpu, Processor
from desktop.domain.models import AUTOMATIC, CPU, CacheType, LoadSettings
from tests.unit.domain.gguf_heads import llama

GIB = 2**30
USUAL = LoadSettings()


@cache
def small() -> GgufFacts:
    """1.1 B, as TinyLlama is: 0.6 GB."""
    return parse(
        llama(layers=22, embedding=2048, feed_forward=5632, heads=32, kv_heads=4, tied=True)
    )


@cache
def seven() -> GgufFacts:
    """7 B, as Llama 2 is: 3.8 GB, and a cache of 0.5 MiB a token."""
    return parse(llama())


@cache
def huge() -> GgufFacts:
    """70 B, as Llama 2 is: 39 GB."""
    return parse(llama(layers=80, embedding=8192, feed_forward=28672, heads=64, kv_heads=8))


def computer(memory: float, *gpus: Gpu, cores: int = 6, free: float | None = None) -> Computer:
    """With `memory` GiB, four fifths of it free unless said otherwise."""
    return Computer(
        processor=Processor("a processor", "x86_64", ("AVX2",), cores, cores, 2 * cores),
        memory=int(memory * GIB),
        free_memory=int((memory * 0.8 if free is None else free) * GIB),
        gpus=gpus,
        build=Build("1", ("CPU", *(gpu.backend for gpu in gpus)), gpu_offload=bool(gpus)),
    )


def gpu(
    memory: float,
    free: float | None = None,
    backend: Backend = Backend.CUDA,
    *,
    name: str = "",
    integrated: bool = False,
) -> Gpu:
    free = memory * 0.95 if free is None else free
    return Gpu(
        name or f"{backend}0", "a card", backend, int(memory * GIB), int(free * GIB), integrated
    )


def fits_where_it_is(placement: Placement, machine: Computer) -> None:
    """The sum of what is put into each memory is less than is free in it."""
    memory = placement.memory
    if placement.device != CPU:
        device = next(gpu for gpu in machine.gpus if gpu.name == placement.device)
        assert memory.device.total + DEVICE_RESERVE <= device.free
        if device.integrated:
            assert memory.total < machine.free_memory
    assert memory.host.total < machine.free_memory
    assert placement.needed <= placement.free


LAPTOPS = {
    "8 GB, no GPU": computer(8),
    "16 GB, no GPU": computer(16),
    "16 GB, NVIDIA of 4 GB": computer(16, gpu(4)),
    "16 GB, NVIDIA of 8 GB": computer(16, gpu(8)),
    "16 GB, integrated Intel": computer(16, gpu(12, 10, Backend.VULKAN, integrated=True)),
    "16 GB, Apple": computer(16, gpu(11, 11, Backend.METAL, integrated=True)),
    "32 GB, AMD of 12 GB": computer(32, gpu(12, backend=Backend.ROCM)),
    "16 GB, a GPU that the screen has filled": computer(16, gpu(8, 1)),
}


@pytest.mark.parametrize("machine", LAPTOPS.values(), ids=LAPTOPS)
@pytest.mark.parametrize("model", [small, seven, huge])
def test_what_is_placed_fits_and_what_is_not_would_not(machine: Computer, model: object) -> None:
    facts: GgufFacts = model()  # type: ignore[operator]
    placement = place(facts, USUAL, machine)
    if placement.fit is Fit.WILL_NOT_FIT:
        assert placement.needed > placement.free
        assert facts is huge()
    else:
        fits_where_it_is(placement, machine)


@pytest.mark.parametrize(
    ("machine", "model", "device", "fit"),
    [
        ("8 GB, no GPU", small, CPU, Fit.FITS),
        ("16 GB, no GPU", small, CPU, Fit.FITS),
        ("16 GB, no GPU", seven, CPU, Fit.SLOW),
        ("16 GB, no GPU", huge, CPU, Fit.WILL_NOT_FIT),
        ("16 GB, NVIDIA of 4 GB", small, "CUDA0", Fit.FITS),
        ("16 GB, NVIDIA of 4 GB", seven, "CUDA0", Fit.SLOW),
        ("16 GB, NVIDIA of 8 GB", seven, "CUDA0", Fit.FITS),
        ("16 GB, integrated Intel", seven, "Vulkan0", Fit.FITS),
        ("16 GB, Apple", seven, "Metal0", Fit.FITS),
        ("32 GB, AMD of 12 GB", seven, "ROCm0", Fit.FITS),
        ("32 GB, AMD of 12 GB", huge, CPU, Fit.WILL_NOT_FIT),
        ("16 GB, a GPU that the screen has filled", seven, "CUDA0", Fit.SLOW),
    ],
)
def test_laptops(machine: str, model: object, device: str, fit: Fit) -> None:
    placement = place(model(), USUAL, LAPTOPS[machine])  # type: ignore[operator]
    assert (placement.device, placement.fit) == (device, fit)


def test_all_layers_go_to_a_device_that_has_room_and_else_as_many_as_fit() -> None:
    assert place(seven(), USUAL, LAPTOPS["16 GB, NVIDIA of 8 GB"]).gpu_layers == 33
    machine = LAPTOPS["16 GB, NVIDIA of 4 GB"]
    some = place(seven(), USUAL, machine).gpu_layers
    assert 0 < some < 33
    more = replace(USUAL, gpu_layers=some + 1)
    assert place(seven(), more, machine).fit is Fit.WILL_NOT_FIT


def test_free_memory_counts_and_not_the_memory_there_is() -> None:
    machine = computer(16, gpu(24, 0.3))
    assert place(small(), USUAL, machine).device == CPU
    crowded = place(small(), USUAL, computer(64, free=0.5))
    assert crowded.fit is Fit.WILL_NOT_FIT
    with pytest.raises(ModelTooLarge, match="537 MB free"):
        check(crowded, "small")


def test_memory_that_is_shared_is_not_counted_twice() -> None:
    shared = computer(8, gpu(8, 8, Backend.VULKAN, integrated=True), free=4)
    own = computer(8, gpu(8, 8), free=4)
    asked = replace(USUAL, gpu_layers=33)
    assert place(seven(), asked, shared).fit is Fit.WILL_NOT_FIT
    assert place(seven(), asked, own).fit is Fit.FITS


def test_a_device_with_its_own_memory_comes_first_then_the_one_with_most_free() -> None:
    machine = computer(
        32,
        gpu(24, 24, Backend.VULKAN, name="Vulkan1", integrated=True),
        gpu(8, 1, name="CUDA0"),
        gpu(6, 5.5, name="CUDA1"),
    )
    assert place(small(), USUAL, machine).device == "CUDA1"


def test_what_is_named_is_obeyed() -> None:
    machine = computer(16, gpu(8, name="CUDA0"), gpu(6, name="CUDA1"))
    assert place(small(), replace(USUAL, device="CUDA1"), machine).device == "CUDA1"
    assert place(small(), replace(USUAL, device=CPU), machine).device == CPU
    seven_layers = place(small(), replace(USUAL, device="CUDA1", gpu_layers=7), machine)
    assert (seven_layers.device, seven_layers.gpu_layers) == ("CUDA1", 7)
    full = computer(16, gpu(8, 0.2, name="CUDA0"))
    assert place(small(), replace(USUAL, device="CUDA0"), full).fit is Fit.WILL_NOT_FIT
    with pytest.raises(DeviceUnknown, match="CUDA7"):
        place(small(), replace(USUAL, device="CUDA7"), machine)


def test_a_build_without_offload_uses_no_device() -> None:
    machine = computer(16, gpu(8))
    machine = replace(machine, build=replace(machine.build, gpu_offload=False))
    assert place(small(), USUAL, machine).device == CPU


def test_slow_is_what_the_processor_would_write_slower_than_one_reads() -> None:
    short = replace(USUAL, context_window=512)
    assert place(seven(), short, computer(16, cores=2)).fit is Fit.SLOW
    assert place(seven(), short, computer(16, cores=8)).fit is Fit.FITS
    assert place(seven(), USUAL, computer(16, cores=8)).fit is Fit.SLOW  # the cache is read too
    assert place(huge(), USUAL, computer(64, cores=8)).fit is Fit.SLOW


def test_experts_that_are_idle_are_not_read() -> None:
    dense = replace(huge(), experts=0)
    sparse = replace(huge(), experts=64, experts_used=1, expert_weights=huge().weights * 19 // 20)
    machine = computer(64, cores=8)
    assert place(dense, USUAL, machine).fit is Fit.SLOW
    assert place(sparse, USUAL, machine).fit is Fit.FITS


def test_the_context_window() -> None:
    assert window(seven(), USUAL) == 4096
    assert window(replace(seven(), context_window=2048), USUAL) == 2048
    assert window(replace(seven(), context_window=0), USUAL) == 4096
    assert window(seven(), replace(USUAL, context_window=8192)) == 8192
    with pytest.raises(ContextTooLong, match="8192"):
        place(seven(), replace(USUAL, context_window=8193), computer(64))


def test_the_cache_grows_with_the_window_by_steps_and_shrinks_by_type() -> None:
    def cache_of(tokens: int, type_: CacheType = CacheType.F16) -> int:
        settings = replace(USUAL, context_window=tokens, cache_type=type_)
        return estimate(seven(), settings).cache

    assert cache_of(4096) == 4096 * 32 * 2 * 4096 * 2
    assert cache_of(3841) == cache_of(4096) == 2 * cache_of(2048)
    assert cache_of(4096, CacheType.Q8_0) == cache_of(4096) * 34 // 64
    assert cache_of(4096, CacheType.Q4_0) == cache_of(4096) * 18 // 64


def test_layers_without_heads_keep_only_their_state() -> None:
    hybrid = replace(seven(), kv_heads=(32,) + (0,) * 31, recurrent_state=1000)
    one = estimate(hybrid, USUAL).cache
    assert one == estimate(seven(), USUAL).cache // 32 + 32 * 4000


@pytest.mark.parametrize(
    ("shape", "tokens", "mib"),
    [  # as llama.cpp's log has them, "compute" and "output buffer size"
        ({"embedding": 4096, "feed_forward": 14336, "kv_heads": 8}, 512, 29.13 + 0.12),
        ({"embedding": 4096, "feed_forward": 14336, "kv_heads": 8}, 8192, 31.00 + 0.12),
        ({"embedding": 576, "feed_forward": 1536, "heads": 9, "kv_heads": 3,
          "vocabulary": 49152, "tied": True}, 8192, 24.56 + 0.19),
    ],
)  # fmt: skip
def test_the_graph_is_as_large_as_measured_at_its_widest_place(
    shape: dict[str, int], tokens: int, mib: float
) -> None:
    facts = parse(llama(layers=2, **shape))  # type: ignore[arg-type]
    compute = estimate(facts, replace(USUAL, context_window=tokens)).compute
    assert compute == pytest.approx(mib * 2**20, rel=0.01)


def test_layers_move_from_one_memory_to_the_other() -> None:
    nothing, all_ = estimate(seven(), USUAL), estimate(seven(), USUAL, 33)
    for layers in range(1, 34):
        some = estimate(seven(), USUAL, layers)
        assert some.weights == nothing.weights
        assert some.cache == nothing.cache
        assert some.device.cache == nothing.cache * (layers - 1) // 32
    assert nothing.device.total == 0
    assert all_.host.weights == seven().input_weights
    assert all_.host.cache == 0


def test_an_embedding_that_is_the_output_too_is_there_twice_with_a_device() -> None:
    alone, beside = estimate(small(), USUAL), estimate(small(), USUAL, 1)
    assert beside.weights == alone.weights + small().input_weights


def test_mapped_weights_that_are_rearranged_are_there_twice() -> None:
    mapped = replace(USUAL, memory_map=True)
    read = estimate(seven(), USUAL).weights
    assert estimate(seven(), mapped).weights == read + seven().repacked_weights > read
    eight = parse(llama(layers=2, kind=8))
    plain = estimate(eight, USUAL).weights
    assert estimate(eight, mapped, architecture="x86_64").weights == plain
    assert estimate(eight, mapped, architecture="arm64").weights > plain


def test_stepping_down_takes_fewer_layers_and_then_the_processor() -> None:
    machine = LAPTOPS["16 GB, NVIDIA of 8 GB"]
    first = place(seven(), USUAL, machine)
    second = step_down(first, seven(), USUAL, machine)
    assert second is not None
    assert (second.device, second.gpu_layers) == ("CUDA0", 24)
    third = step_down(second, seven(), USUAL, machine)
    assert third is not None
    assert (third.device, third.gpu_layers) == (CPU, 0)
    assert step_down(third, seven(), USUAL, machine) is None


def test_what_was_asked_for_is_not_given_up() -> None:
    machine = LAPTOPS["16 GB, NVIDIA of 8 GB"]
    stated = replace(USUAL, gpu_layers=33)
    assert step_down(place(seven(), stated, machine), seven(), stated, machine) is None
    named = replace(USUAL, device="CUDA0")
    fewer = step_down(place(seven(), named, machine), seven(), named, machine)
    assert fewer is not None
    assert fewer.device == "CUDA0"
    assert step_down(fewer, seven(), named, machine) is None


def test_nothing_is_tried_that_would_not_fit() -> None:
    machine = computer(16, gpu(8), free=3)
    first = place(seven(), USUAL, machine)
    assert first.device == "CUDA0"
    second = step_down(first, seven(), USUAL, machine)
    assert second is not None
    assert step_down(second, seven(), USUAL, machine) is None


def test_layers_that_are_asked_for_where_there_is_no_device_stay_with_the_processor() -> None:
    placement = place(small(), LoadSettings(device=AUTOMATIC, gpu_layers=20), computer(16))
    assert (placement.device, placement.gpu_layers) == (CPU, 0)
