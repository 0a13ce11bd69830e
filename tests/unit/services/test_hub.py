"""What the user decides about the hub: where it is, who may be asked, and whether anybody is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from desktop.domain.errors import (
    HostNotAllowed,
    KeyringNeeded,
    LicenceNotAccepted,
    Offline,
    TokenNeeded,
    TokenRefused,
)
from desktop.domain.jobs import Cancellation
from desktop.services.hub import ENDPOINT
from desktop.storage import hub_token, keyring_access, secrets
from desktop.storage.hub_token import HubToken
from tests.hub.content import HubContent, HubRepository
from tests.hub.queue import Queue, open_queue
from tests.hub.room import CONTENT, LICENCE, NAME, stocked_hub
from tests.hub.server import STRANGER, TOKEN, LocalHub


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with stocked_hub() as hub:
        yield hub


@pytest.fixture
def queue(hub: LocalHub, profile: Path) -> Iterator[Queue]:
    with open_queue(profile) as queue:
        queue.use(hub)
        yield queue


class SystemKeyring(KeyringBackend):
    """A keyring as a system has one: one entry a name, in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]

    @property
    def secrets(self) -> list[bytes]:
        return [bytes.fromhex(kept) for kept in self.kept.values()]


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[SystemKeyring]:
    """The keyring library finds this one, which counts as the system's."""
    trusted = keyring_access.SYSTEM_BACKENDS | {__name__}
    monkeypatch.setattr(keyring_access, "SYSTEM_BACKENDS", trusted)
    before = keyring.get_keyring()
    system = SystemKeyring()
    keyring.set_keyring(system)
    yield system
    keyring.set_keyring(before)


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


def test_a_token_is_tested_kept_used_and_removed(
    hub: LocalHub, queue: Queue, system: SystemKeyring
) -> None:
    repository = hub.repositories[NAME]
    repository.gated = True
    queue.queue(NAME)
    queue.downloads.work(Cancellation())
    (failed,) = queue.downloads.downloads()
    assert failed.error_code == TokenNeeded.code  # 401

    assert not queue.models.has_token
    with pytest.raises(TokenRefused):
        queue.models.set_token("hf_made_up", Cancellation())
    assert system.kept == {}
    queue.models.set_token(STRANGER, Cancellation())  # whose licence is not accepted yet
    queue.downloads.resume(failed.id)
    queue.downloads.work(Cancellation())
    (failed,) = queue.downloads.downloads()
    assert failed.error_code == LicenceNotAccepted.code  # 403
    assert failed.error_facts["page"] == f"{hub.endpoint}/{NAME}"

    assert queue.models.set_token(f" {TOKEN}\n", Cancellation()) == "ottoline"
    assert system.secrets == [TOKEN.encode()]  # in place of the one before
    assert queue.models.has_token
    queue.downloads.resume(failed.id)
    queue.downloads.work(Cancellation())
    assert len(queue.shelf.taken) == 1
    key_file = secrets.decoded(queue.profile.paths.key_file.read_bytes())
    later = HubToken(queue.profile.store, key_file.profile_id)
    assert later.read() == TOKEN  # at the next start it comes from the keyring

    queue.models.remove_token()
    assert system.kept == {}
    assert not queue.models.has_token
    for path in queue.profile.paths.profile.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes()


def test_without_a_keyring_a_token_is_not_kept_at_all(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_token, "keep_secret", lambda *_: False)
    with pytest.raises(KeyringNeeded):
        queue.models.set_token(TOKEN, Cancellation())
    assert not queue.models.has_token
    for path in queue.profile.paths.profile.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes()


def test_a_token_does_not_follow_to_another_hub(queue: Queue, system: SystemKeyring) -> None:
    queue.models.set_token(TOKEN, Cancellation())
    queue.models.set_endpoint("https://mirror.example")
    assert queue.models.access().token == ""
    assert system.kept == {}


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
