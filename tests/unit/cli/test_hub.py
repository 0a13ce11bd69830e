"""Models from the hub, as a user or a script asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.content import HubContent, HubRepository
from tests.hub.room import CONTENT, FILE, NAME, stocked_hub
from tests.hub.server import Faults, LocalHub
from tests.unit.cli.commanding import Terminal


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with stocked_hub() as hub:
        yield hub


@pytest.fixture
def at_hub(terminal: Terminal, hub: LocalHub) -> Terminal:
    """A terminal whose profile has the local hub for the hub."""
    set_up = terminal.type("models", "hub", "--endpoint", hub.endpoint, "--allow", hub.cdn)
    assert set_up.code == 0, set_up.err
    assert hub.endpoint in set_up.out
    return terminal


def test_a_model_is_searched_listed_and_fetched(at_hub: Terminal, hub: LocalHub) -> None:
    found = at_hub.type("models", "search", "tiny")
    assert (found.code, found.out) == (0, f"{NAME}  100 downloads  apache-2.0\n")
    (repository,) = at_hub.type("models", "search", "tiny", "--json").json["repositories"]
    assert repository["repository"] == NAME
    listed = at_hub.type("models", "get", NAME)
    assert listed.out.split() == ["Q4_0", "3.0", "MB", FILE]

    fetched = at_hub.type("models", "get", NAME, "q4_0", "--json")
    assert fetched.code == 0, fetched.err
    assert fetched.json["model"] == "tiny-Q4_0"
    (kept,) = (at_hub.profile / "models").rglob("*.gguf")
    assert kept.read_bytes() == CONTENT.bytes()

    rows = at_hub.type("ledger", "--json").lines
    assert [(row["host"], row["path"]) for row in rows] == [(s.host, s.path) for s in hub.seen]
    assert {row["purpose"] for row in rows} == {"search", "repository", "file", "licence"}
    assert FILE in at_hub.type("ledger").out


def test_a_fetch_that_failed_says_why_and_goes_on_at_the_next(
    at_hub: Terminal, hub: LocalHub
) -> None:
    hub.faults = Faults("flip", times=1)
    at_hub.type("models", "get", NAME, FILE).complains(FILE, "not what the hub promised")
    assert list((at_hub.profile / "models").rglob("*.gguf")) == []
    assert at_hub.type("models", "get", NAME, FILE).code == 0


def test_a_newer_version_is_told_and_not_taken(at_hub: Terminal, hub: LocalHub) -> None:
    assert at_hub.type("models", "newer").out == ""
    at_hub.type("models", "get", NAME, "Q4_0")
    assert at_hub.type("models", "newer", "--json").json == {"newer": {}}
    commit = "0123456789" * 4
    hub.add(HubRepository(NAME, {FILE: HubContent(2_000_000)}, commit=commit))

    assert at_hub.type("models", "newer", "--json").json == {"newer": {"tiny-Q4_0": commit}}
    assert f"is at {commit} now" in at_hub.type("models", "newer", "tiny-Q4_0").out
    (kept,) = (at_hub.profile / "models").rglob("*.gguf")
    assert kept.read_bytes() == CONTENT.bytes()


def test_a_newer_version_comes_beside_the_one_that_is_here(at_hub: Terminal, hub: LocalHub) -> None:
    at_hub.type("models", "get", NAME, "Q4_0")
    newer = HubContent(CONTENT.size, CONTENT.head, seed=7)
    hub.add(HubRepository(NAME, {FILE: newer}, commit="0123456789" * 4))
    fetched = at_hub.type("models", "get", NAME, "Q4_0", "--json")
    assert fetched.code == 0, fetched.err
    assert fetched.json["model"] == "tiny-Q4_0 0123456"
    listed = at_hub.type("models", "list", "--json").json["models"]
    models = {model["name"]: model["files"][0]["sha256"] for model in listed}
    assert models["tiny-Q4_0"] == CONTENT.sha256
    assert models["tiny-Q4_0 0123456"] == newer.sha256
    again = at_hub.type("models", "get", NAME, "Q4_0", "--json")
    assert (again.code, again.json["model"]) == (0, "tiny-Q4_0 0123456")  # that very one is here
    still = at_hub.type("models", "list", "--json").json["models"]
    assert [(model["name"], model["files"]) for model in still] == [
        (model["name"], model["files"]) for model in listed
    ]


def test_what_is_not_there_is_said(at_hub: Terminal) -> None:
    at_hub.type("models", "get", "acme/none").complains("acme/none")
    at_hub.type("models", "get", NAME, "Q9_9").complains("Q9_9")
    nothing = at_hub.type("models", "search", "zeppelin")
    assert (nothing.code, nothing.out) == (0, "")


def test_a_gated_model_names_what_is_missing(at_hub: Terminal, hub: LocalHub) -> None:
    hub.add(HubRepository("acme/gated", {"g-Q8_0.gguf": HubContent(1_000)}, gated=True))
    at_hub.type("models", "get", "acme/gated", "Q8_0").complains("signed in", "models token")


def test_offline_nobody_is_asked(at_hub: Terminal, hub: LocalHub) -> None:
    at_hub.type("models", "hub", "--offline", "on")
    hub.seen.clear()
    at_hub.type("models", "search", "tiny").complains("offline")
    assert hub.seen == []
    assert at_hub.type("models", "hub", "--offline", "off", "--json").json == {
        "endpoint": hub.endpoint,
        "allowed": [hub.cdn],
        "offline": False,
    }


def test_a_token_that_the_hub_does_not_know_is_refused(at_hub: Terminal, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("hf_made_up\n")
    at_hub.type("models", "token", "--token-file", tmp_path / "token").complains("token")
    assert at_hub.type("models", "token", "--remove").code == 0


def test_a_new_profile_has_asked_nobody(terminal: Terminal) -> None:
    empty = terminal.type("ledger")
    assert (empty.code, empty.out) == (0, "")
    assert "No request" in empty.err
