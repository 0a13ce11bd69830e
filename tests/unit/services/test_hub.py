"""What the user decides about the hub: where it is, who may be asked, and whether anybody is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import HostNotAllowed, KeyringNeeded, Offline, TokenRefused
from desktop.domain.jobs import Cancellation
from desktop.services.hub import ENDPOINT
from desktop.storage import hub_token
from tests.hub.content import HubContent, HubRepository
from tests.hub.queue import Queue, open_queue
from tests.hub.room import CONTENT, LICENCE, NAME, stocked_hub
from tests.hub.server import TOKEN, LocalHub


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with stocked_hub() as hub:
        yield hub


@pytest.fixture
def queue(hub: LocalHub, profile: Path) -> Iterator[Queue]:
    with open_queue(profile) as queue:
        queue.use(hub)
        yield queue


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """A system's keyring, as `keyring_access` gives it."""
    kept: dict[str, bytes] = {}
    monkeypatch.setattr(hub_token, "read_secret", kept.get)
    monkeypatch.setattr(
        hub_token, "keep_secret", lambda name, secret: kept.update({name: secret}) or True
    )
    monkeypatch.setattr(hub_token, "remove_secret", lambda name: kept.pop(name, None) is not None)
    return kept


def test_a_repository_is_looked_at_with_its_variants(hub: LocalHub, queue: Queue) -> None:
    repository = queue.models.look_at(f" {NAME}/", Cancellation())
    assert repository.commit == hub.repositories[NAME].commit
    assert [(v.quantization, v.size) for v in repository.variants] == [("Q4_0", CONTENT.size)]
    assert queue.models.search("tiny", Cancellation())[0].name == NAME
    head = queue.models.head(repository, repository.variants[0].files[0], Cancellation(), length=4)
    assert head == b"GGUF"
    assert queue.models.licence_text(NAME, repository.commit, Cancellation()) == LICENCE


def test_offline_nobody_is_asked(hub: LocalHub, queue: Queue) -> None:
    queue.models.set_offline(True)
    repository = HubRepository(NAME, {"a": HubContent(1)})
    for ask in (
        lambda: queue.models.search("tiny", Cancellation()),
        lambda: queue.models.look_at(NAME, Cancellation()),
        lambda: queue.models.licence_text(NAME, repository.commit, Cancellation()),
        lambda: queue.models.set_token(TOKEN, Cancellation()),
    ):
        with pytest.raises(Offline):
            ask()
    assert hub.seen == []
    assert queue.profile.store.requests() == []
    queue.models.set_offline(False)
    queue.models.search("tiny", Cancellation())
    (request,) = queue.profile.store.requests()
    assert (request.method, request.host, request.path) == ("GET", "127.0.0.1", "/api/models")
    assert (request.status, request.purpose, request.outcome) == (200, "search", "")
    assert request.received > 0


def test_a_token_is_tested_kept_and_removed(
    hub: LocalHub, queue: Queue, keyring: dict[str, bytes]
) -> None:
    hub.repositories[NAME].gated = True
    assert not queue.models.has_token
    with pytest.raises(TokenRefused):
        queue.models.set_token("hf_made_up", Cancellation())
    assert keyring == {}
    assert queue.models.set_token(f" {TOKEN}\n", Cancellation()) == "ottoline"
    assert list(keyring.values()) == [TOKEN.encode()]
    assert queue.models.has_token
    queue.queue(NAME)
    queue.downloads.work(Cancellation())
    assert len(queue.shelf.taken) == 1

    queue.models.remove_token()
    assert keyring == {}
    assert not queue.models.has_token


def test_without_a_keyring_a_token_is_not_kept_at_all(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_token, "keep_secret", lambda *_: False)
    with pytest.raises(KeyringNeeded):
        queue.models.set_token(TOKEN, Cancellation())
    assert not queue.models.has_token
    for path in queue.profile.paths.profile.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes()


def test_a_token_does_not_follow_to_another_hub(queue: Queue, keyring: dict[str, bytes]) -> None:
    queue.models.set_token(TOKEN, Cancellation())
    queue.models.set_endpoint("https://mirror.example")
    assert queue.models.access().token == ""
    assert keyring == {}


def test_the_usual_hub_comes_with_its_hosts_and_another_with_none(queue: Queue) -> None:
    queue.models.set_hosts(())
    queue.models.set_endpoint("")
    assert queue.models.access().endpoint == ENDPOINT
    assert queue.models.access().hosts == (".huggingface.co", ".hf.co")
    queue.models.set_endpoint("https://mirror.example:8443/")
    queue.models.set_hosts(("Files.Example", ".cdn.example"))
    access = queue.models.access()
    assert access.endpoint == "https://mirror.example:8443"
    assert access.hosts == ("files.example", ".cdn.example")


@pytest.mark.parametrize(
    "address", ["mirror", "ftp://x", "https://", "https://a/b", "https://u@a", "https://a:b"]
)
def test_what_is_no_address_is_refused(queue: Queue, address: str) -> None:
    with pytest.raises(HostNotAllowed):
        queue.models.set_endpoint(address)


@pytest.mark.parametrize("host", ["*", "a b", "https://a", "a/b", "..", "."])
def test_what_is_no_host_is_refused(queue: Queue, host: str) -> None:
    with pytest.raises(HostNotAllowed):
        queue.models.set_hosts((host,))
