"""Judging a model by its head, which comes in pieces from a real hub through the real child."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.desk import Desk, open_desk
from desktop.domain.errors import NotAModel
from desktop.domain.fitting import Fit
from desktop.domain.gguf import GgufDamaged
from desktop.domain.jobs import Cancellation
from desktop.services.judging import FIRST, read_facts
from tests.hub.content import HubContent, HubRepository
from tests.hub.server import LocalHub, local_hub
from tests.unit.domain.gguf_heads import llama

# A vocabulary that one piece does not hold.
LONG = llama(layers=2, tokenizer__ggml__tokens=["a long token of a vocabulary"] * 60_000)
SIZE = 50_000_000


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path / "profile", "a desk that locks")
    yield desk
    desk.close()


@pytest.fixture
def hub(desk: Desk) -> Iterator[LocalHub]:
    with local_hub() as hub:
        desk.hub.set_endpoint(hub.endpoint)
        desk.hub.set_hosts((hub.cdn,))
        yield hub


def test_a_model_is_judged_by_its_head_alone(desk: Desk, hub: LocalHub) -> None:
    assert len(LONG) > FIRST
    hub.add(HubRepository("acme/seven-GGUF", {"seven-Q4_0.gguf": HubContent(SIZE, LONG)}))
    repository = desk.hub.look_at("acme/seven-GGUF", Cancellation())
    facts, placement = desk.judging.offered(repository, repository.variants[0], Cancellation())

    assert (facts.architecture, facts.layers, facts.context_window) == ("llama", 2, 8192)
    assert placement.fit is Fit.FITS
    assert hub.sent < 2 * len(LONG) < SIZE


def test_a_file_that_is_no_model_is_said_to_be_none(desk: Desk, hub: LocalHub) -> None:
    content = HubContent(20_000, b"<!doctype html>")
    hub.add(HubRepository("acme/page-GGUF", {"page-Q4_0.gguf": content}))
    repository = desk.hub.look_at("acme/page-GGUF", Cancellation())
    with pytest.raises(NotAModel):
        desk.judging.offered(repository, repository.variants[0], Cancellation())


def test_a_head_that_never_ends_is_given_up() -> None:
    asked: list[tuple[int, int]] = []

    def more(start: int, length: int) -> bytes:
        asked.append((start, length))
        return LONG[start : start + length]

    with pytest.raises(GgufDamaged):
        read_facts(more, len(LONG) // 2)
    assert sum(length for _, length in asked) <= len(LONG)


def test_a_hub_that_says_less_than_it_promised_is_no_endless_wait() -> None:
    with pytest.raises(GgufDamaged, match="cut short"):
        read_facts(lambda start, _: LONG[:100][start:], SIZE)
