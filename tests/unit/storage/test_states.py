from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.storage.paths import Paths
from desktop.storage.states import States
from tests.unit.storage.conftest import KEY

WAY, OTHER_WAY = "one model", "another"


@pytest.fixture
def states(paths: Paths) -> Iterator[States]:
    states = States(paths, KEY, most=1_000)
    yield states
    states.close()


def keep(
    states: States, whole: str, size: int = 300, *, system: str = "s", owner: str = ""
) -> None:
    states.keep(WAY, (whole, system), whole.encode().ljust(size, b"."), owner)


def kept(states: States) -> list[str]:
    wholes = ("a", "b", "c", "d")
    return [each for each in wholes if states.state(WAY, (each, "none")) is not None]


def test_a_state_is_found_whole_or_by_its_system_message(states: States) -> None:
    keep(states, "a")
    keep(states, "b")
    assert (states.state(WAY, ("a", "s")) or b"")[:1] == b"a"
    assert (states.state(WAY, ("c", "s")) or b"")[:1] in (b"a", b"b")
    assert states.state(WAY, ("c", "other")) is None
    assert states.state(OTHER_WAY, ("a", "s")) is None
    states.drop(WAY, ("a", "none"))
    assert kept(states) == ["b"]


def test_the_one_used_longest_ago_makes_room(states: States) -> None:
    for whole in ("a", "b", "c"):
        keep(states, whole)
    assert states.state(WAY, ("a", "none"))
    keep(states, "d")
    assert kept(states) == ["a", "c", "d"]
    keep(states, "b", size=1_001)  # larger than all may be
    assert kept(states) == ["a", "c", "d"]


def test_what_is_of_a_voice_is_forgotten_with_it(states: States, paths: Paths) -> None:
    states.forget("ours")
    assert not paths.beginnings.exists()  # not made for that
    keep(states, "a", owner="ours")
    keep(states, "b")
    states.forget("ours")
    assert kept(states) == ["b"]
    states.forget()
    assert not list(paths.profile.glob("beginnings*"))
    assert kept(states) == []
    keep(states, "c")
    assert kept(states) == ["c"]


def test_it_is_sealed_and_there_at_the_next_start(states: States, paths: Paths) -> None:
    secret = b"the house style of a ministry" * 8
    states.keep(WAY, ("a", "s"), secret, "")
    states.close()
    assert states.state(WAY, ("a", "s")) is None  # closed, and no error
    for path in paths.profile.glob(f"{paths.beginnings.name}*"):
        assert b"ministry" not in path.read_bytes()
    again = States(paths, KEY)
    assert again.state(WAY, ("a", "s")) == secret
    again.close()


@pytest.mark.parametrize("damage", ["cut", "flipped", "other key"])
def test_a_damaged_file_is_begun_anew(states: States, paths: Paths, damage: str) -> None:
    keep(states, "a")
    states.close()
    content = bytearray(paths.beginnings.read_bytes())
    if damage == "flipped":
        content[len(content) // 2 :: 97] = b"\0" * len(content[len(content) // 2 :: 97])
    elif damage == "cut":
        del content[len(content) // 2 :]
    paths.beginnings.write_bytes(content)
    again = States(paths, bytes(32) if damage == "other key" else KEY)
    assert again.state(WAY, ("a", "s")) is None
    keep(again, "b")
    assert kept(again) == ["b"]
    again.close()
