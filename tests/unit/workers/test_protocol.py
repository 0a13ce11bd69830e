"""What a child may say: within bounds, or it is no message."""

from __future__ import annotations

import random

import msgspec
import pytest

from desktop.workers import protocol

MESSAGES: list[protocol.FromChild] = [
    protocol.Ready({"network": "enforced"}),
    protocol.Progress(1, 2, 3),
    protocol.AtWork(),
    protocol.Output(1, protocol.PageText(1, "i", "The rent is due.")),
    protocol.Output(1, protocol.Vectors([0, 1], 2, b"\0" * 8)),
    protocol.Done(2, protocol.PagePixels(2, 1, b"\0" * 6, [(0.0, 0.0, 1.0, 1.0)])),
    protocol.Failed(3, "not_a_pdf", {"file": "a.pdf", "tokens": 7}),
    protocol.Cancelled(4),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_comes_out_as_it_went_in(message: protocol.FromChild) -> None:
    assert protocol.decode_from_child(protocol.encode(message)) == message


@pytest.mark.parametrize(
    "message",
    [
        protocol.Progress(-1, 0, 0),
        protocol.Progress(1, 2**60, 0),
        protocol.Output(1, protocol.PageText(1, "i" * 2_001, "")),
        protocol.Output(1, protocol.PageText(1, "", "x" * 2_000_001)),
        protocol.Done(1, protocol.PagePixels(10_001, 1, b"")),
        protocol.Failed(1, "x" * 101),
        protocol.Failed(1, "error", {str(number): number for number in range(21)}),
        protocol.Ready({str(number): "" for number in range(51)}),
    ],
    ids=lambda message: type(message).__name__,
)
def test_a_message_out_of_bounds_is_refused(message: protocol.FromChild) -> None:
    with pytest.raises(msgspec.ValidationError):
        protocol.decode_from_child(protocol.encode(message))


def test_a_child_cannot_give_orders() -> None:
    order = protocol.Start(1, protocol.Rehearse("count"))
    with pytest.raises(msgspec.ValidationError):
        protocol.decode_from_child(protocol.encode(order))
    assert protocol.decode_to_child(protocol.encode(order)) == order


def test_noise_is_refused_with_the_errors_that_the_parent_expects() -> None:
    """Cut, changed and nested bytes: a message, or one of the errors `Child` takes for a breach."""
    seed = random.Random(20)  # the same noise each time
    refused = 0
    for turn in range(4_000):
        raw = bytearray(protocol.encode(MESSAGES[turn % len(MESSAGES)]))
        for _ in range(seed.randint(1, 4)):
            raw[seed.randrange(len(raw))] = seed.randrange(256)
        cut = bytes(raw[: seed.randint(1, len(raw))])
        try:
            protocol.decode_from_child(cut)
        except msgspec.MsgspecError:
            refused += 1
    assert refused > 2_000

    deep = b"\x82\xa4type\xa6output\xa3job" + b"\x91" * 1_000_000
    with pytest.raises(msgspec.MsgspecError):
        protocol.decode_from_child(deep)
