"""The port `Hub`: the real child and the real client library against a hub on this computer."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.domain.errors import (
    DiskFull,
    DownloadCorrupt,
    HostNotAllowed,
    HubRefused,
    HubUnreachable,
    LicenceNotAccepted,
    ProfileUnwritable,
    RepositoryUnknown,
    TokenNeeded,
    TokenRefused,
)
from desktop.domain.hub import HubAccess, HubFile, Repository, Request
from desktop.domain.jobs import Cancellation
from desktop.workers.downloader.adapter import CUT_SHORT, HubAdapter
from desktop.workers.downloader.egress import NOT_ALLOWED, NOT_ENCRYPTED
from desktop.workers.lockdown import ENFORCED
from tests.hub.authority import make_authority
from tests.hub.content import HubContent, HubRepository
from tests.hub.room import CONTENT, FILE, LICENCE, NAME, Room, access, stocked_hub
from tests.hub.server import STRANGER, TOKEN, LocalHub
from tests.hub.socks import NAME as NAME_ASKED
from tests.hub.socks import socks_proxy


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with stocked_hub() as hub:
        yield hub


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Room(tmp_path / "downloads") as room:
        yield room


# -- questions


def test_a_search_finds_repositories_the_most_fetched_first(hub: LocalHub, room: Room) -> None:
    hub.add(HubRepository("acme/tiny-v2-GGUF", {}, "mit", gated=True, downloads=7_000))
    hub.add(HubRepository("acme/huge-GGUF", {}))
    found = room.adapter.search(access(hub), "tiny", limit=50, cancel=Cancellation())

    assert found == [
        Repository("acme/tiny-v2-GGUF", licence="mit", gated=True, downloads=7_000),
        Repository(NAME, licence="apache-2.0", downloads=100),
    ]
    assert hub.seen[0].query["filter"] == ["gguf"]


def test_a_search_with_a_thousand_results_is_one_request(hub: LocalHub, room: Room) -> None:
    for number in range(1_200):
        hub.add(HubRepository(f"acme/many-{number}", {}))
    found = room.adapter.search(access(hub), "many", limit=5_000, cancel=Cancellation())
    assert len(found) == 1_000
    assert len(hub.seen) == 1


def test_a_listing_has_the_commit_and_every_file_with_its_hash(hub: LocalHub, room: Room) -> None:
    listing = room.listing(hub)

    assert listing.repository.commit == hub.repositories[NAME].commit
    assert listing.files[0] == HubFile(FILE, CONTENT.size, CONTENT.sha256)
    licence = f"blob {len(LICENCE)}\0{LICENCE}".encode()
    blob = hashlib.sha1(licence, usedforsecurity=False).hexdigest()
    assert listing.files[1] == HubFile("LICENSE", len(LICENCE), "", blob)


def test_a_head_is_read_without_the_rest(hub: LocalHub, room: Room) -> None:
    listing = room.listing(hub)

    def head(start: int, length: int) -> bytes:
        return room.adapter.head(
            access(hub),
            listing.repository,
            listing.files[0],
            start=start,
            length=length,
            cancel=Cancellation(),
        )

    assert head(0, 100) == CONTENT.bytes()[:100]
    assert head(1_000, 70_000) == CONTENT.bytes()[1_000:71_000]
    assert head(CONTENT.size - 5, 100) == CONTENT.bytes()[-5:]
    assert head(CONTENT.size, 100) == b""
    assert hub.sent == 100 + 70_000 + 5
    hub.faults.kind = "no ranges"
    assert head(1_000, 2_000) == CONTENT.bytes()[1_000:3_000]


def test_a_licence_is_read(hub: LocalHub, room: Room) -> None:
    commit = hub.repositories[NAME].commit
    text = room.adapter.text(access(hub), NAME, commit, "LICENSE", cancel=Cancellation())
    assert text == LICENCE


def test_a_token_is_tested(hub: LocalHub, room: Room) -> None:
    assert room.adapter.token_owner(access(hub, TOKEN), cancel=Cancellation()) == "ottoline"
    with pytest.raises(TokenRefused):
        room.adapter.token_owner(access(hub, "hf_made_up"), cancel=Cancellation())


@pytest.mark.parametrize("name", ["acme/none", "acme/../tiny", "a b", "x/y/z", "../api", ""])
def test_a_repository_that_is_not_there_is_unknown(hub: LocalHub, room: Room, name: str) -> None:
    with pytest.raises(RepositoryUnknown) as unknown:
        room.listing(hub, name)
    assert unknown.value.facts["repository"] == name


# -- files


def test_a_file_is_fetched_and_in_its_place(hub: LocalHub, room: Room) -> None:
    target = room.fetch(access(hub))

    assert target.read_bytes() == CONTENT.bytes()
    assert [path.name for path in room.folder.iterdir()] == ["model.gguf"]
    assert target.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    room.fetch(access(hub))
    assert hub.sent == CONTENT.size  # it was there


def test_what_is_there_is_not_fetched_again(hub: LocalHub, room: Room) -> None:
    room.part.write_bytes(CONTENT.bytes()[:2_000_000])
    target = room.fetch(access(hub))

    assert target.read_bytes() == CONTENT.bytes()
    assert hub.sent == CONTENT.size - 2_000_000
    assert hub.seen[-1].range == "bytes=2000000-"


def test_a_whole_part_is_only_verified(hub: LocalHub, room: Room) -> None:
    room.part.write_bytes(CONTENT.bytes())
    assert room.fetch(access(hub)).read_bytes() == CONTENT.bytes()
    assert hub.seen == []


# -- who may have it


def test_a_gated_file_needs_a_token_and_then_an_accepted_licence(hub: LocalHub, room: Room) -> None:
    hub.repositories[NAME].gated = True

    assert room.listing(hub).repository.gated
    with pytest.raises(TokenNeeded) as needed:
        room.fetch(access(hub))
    assert needed.value.facts == {"repository": NAME}
    with pytest.raises(LicenceNotAccepted) as refused:
        room.fetch(access(hub, STRANGER))
    assert refused.value.facts["page"] == f"{hub.endpoint}/{NAME}"
    assert room.fetch(access(hub, TOKEN)).read_bytes() == CONTENT.bytes()


def test_the_token_goes_to_the_hub_alone(hub: LocalHub, room: Room) -> None:
    room.fetch(access(hub, TOKEN))

    sent = {(seen.host, seen.authorization) for seen in hub.seen}
    assert sent == {("127.0.0.1", f"Bearer {TOKEN}"), (hub.cdn, "")}


def test_no_token_of_this_computer_is_found_or_sent(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text("hf_of_somebody_else")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login x password y")
    monkeypatch.setenv("HF_TOKEN", "hf_of_somebody_else")
    monkeypatch.setenv("HF_TOKEN_PATH", str(tmp_path / "token"))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")  # of another program's; ours has its own switch
    with Room(tmp_path / "downloads") as room:
        room.listing(hub)
        room.fetch(access(hub))
    assert {seen.authorization for seen in hub.seen} == {""}


def test_nothing_of_the_users_is_told_with_a_request(hub: LocalHub, room: Room) -> None:
    room.fetch(access(hub))
    for seen in hub.seen:
        assert set(seen.headers) == {
            "host", "accept", "accept-encoding", "connection", "user-agent",
        }  # fmt: skip
        assert "torch" not in seen.headers["user-agent"]


# -- where it may come from


def test_a_redirect_to_a_foreign_host_is_refused_before_it_is_asked(
    hub: LocalHub, room: Room
) -> None:
    hub.faults.foreign = "https://models.example"
    with pytest.raises(HostNotAllowed) as refused:
        room.fetch(access(hub))

    assert refused.value.facts == {"host": "models.example"}
    assert [(row.host, row.outcome) for row in room.ledger.rows] == [
        ("127.0.0.1", ""),
        ("models.example", NOT_ALLOWED),
    ]
    assert not (room.folder / "model.gguf").exists()


def test_a_hub_that_is_not_on_the_list_is_not_asked(hub: LocalHub, room: Room) -> None:
    with pytest.raises(HostNotAllowed):  # the CDN was not allowed
        room.fetch(HubAccess(hub.endpoint))
    assert {seen.host for seen in hub.seen} == {"127.0.0.1"}


@pytest.mark.parametrize("foreign", ["ftp://localhost", "file:///etc"])
def test_a_redirect_to_another_kind_of_place_is_refused(
    hub: LocalHub, room: Room, foreign: str
) -> None:
    hub.faults.foreign = foreign
    with pytest.raises((HostNotAllowed, HubUnreachable)):
        room.fetch(access(hub))
    assert {seen.host for seen in hub.seen} == {"127.0.0.1"}


# -- answers that are none


def test_an_error_of_the_hub_is_named(hub: LocalHub, room: Room) -> None:
    hub.faults.kind, hub.faults.status = "status", 418
    with pytest.raises(HubRefused) as refused:
        room.listing(hub)
    assert refused.value.facts == {"host": "127.0.0.1", "status": 418}


def test_an_answer_that_cannot_be_understood_is_none(hub: LocalHub, room: Room) -> None:
    hub.faults.kind = "nonsense"
    with pytest.raises(HubUnreachable):
        room.listing(hub)


def test_an_answer_without_an_end_is_left(hub: LocalHub, room: Room) -> None:
    hub.faults.kind = "endless answer"
    with pytest.raises(HubUnreachable) as error:
        room.adapter.search(access(hub), "tiny", limit=10, cancel=Cancellation())
    assert "no end" in str(error.value)
    assert room.client.pid is not None


def test_headers_that_never_end_are_not_waited_for(hub: LocalHub, room: Room) -> None:
    room.listing(hub)  # its libraries are loaded now
    hasty = HubAdapter(room.client, stall_s=1.0)
    hub.faults.kind = "slow headers"
    with pytest.raises(HubUnreachable):
        hasty.listing(access(hub), NAME, cancel=Cancellation())
    assert room.ledger.rows[-1].outcome == CUT_SHORT
    hub.faults.kind = ""
    room.listing(hub)  # by a new child


def test_nobody_there_is_said_within_the_time_given(room: Room) -> None:
    with pytest.raises(HubUnreachable):
        room.adapter.search(HubAccess("http://127.0.0.1:9"), "x", limit=1, cancel=Cancellation())
    row = room.ledger.rows[-1]
    assert (row.status, row.outcome) == (0, "no connection came about")


# -- the ledger


def test_every_request_is_in_the_ledger_with_its_end(hub: LocalHub, room: Room) -> None:
    room.listing(hub)
    room.fetch(access(hub, TOKEN))

    assert [row.purpose for row in room.ledger.rows] == ["repository", "file", "file"]
    assert [(row.host, row.path) for row in room.ledger.rows] == [
        (seen.host, seen.path) for seen in hub.seen
    ]
    assert [row.status for row in room.ledger.rows] == [200, 302, 200]
    assert room.ledger.rows[-1].received == CONTENT.size
    assert not [row for row in room.ledger.rows if "signature" in row.path or TOKEN in str(row)]


def test_a_request_is_in_the_ledger_before_it_leaves(hub: LocalHub, room: Room) -> None:
    hub.faults.kind = "stall"
    steps = room.adapter.fetch(
        access(hub),
        NAME,
        hub.repositories[NAME].commit,
        HubFile(FILE, CONTENT.size, CONTENT.sha256),
        room.folder / "model.gguf",
        cancel=Cancellation(),
    )
    next(steps)
    pid = room.client.pid
    assert pid is not None
    assert hub.went_wrong.wait(20)
    steps.close()
    assert [row.path for row in room.ledger.rows] == [seen.path for seen in hub.seen]
    assert room.ledger.rows[-1].outcome == CUT_SHORT


def test_what_cannot_be_written_down_is_not_asked(hub: LocalHub, tmp_path: Path) -> None:
    with Room(tmp_path / "downloads") as room:

        def full(request: Request) -> int:
            raise DiskFull(path="store.db")

        ledger: Any = room.ledger
        ledger.begin_request = full
        with pytest.raises(DiskFull):
            room.listing(hub)
        assert hub.seen == []
        del ledger.begin_request
        room.listing(hub)
        assert len(hub.seen) == len(room.ledger.rows) == 1


# -- the child


@pytest.mark.skipif(sys.platform != "linux", reason="what Linux enforces")
def test_the_child_may_connect_and_nothing_else(room: Room) -> None:
    protections = room.client.protections()
    for wall in ("new programs", "other processes", "file writes", "memory", "core dumps"):
        assert protections[wall] == ENFORCED
    pid = room.client.pid
    assert pid is not None
    assert not [c for c in psutil.Process(pid).net_connections() if c.status == psutil.CONN_LISTEN]


@pytest.mark.skipif(sys.platform != "linux", reason="what Linux enforces")
def test_no_file_is_written_outside_the_downloads(
    hub: LocalHub, room: Room, tmp_path: Path
) -> None:
    elsewhere = room.folder.parent / "elsewhere.gguf"
    steps = room.adapter.fetch(
        access(hub),
        NAME,
        hub.repositories[NAME].commit,
        HubFile(FILE, CONTENT.size, CONTENT.sha256),
        elsewhere,
        cancel=Cancellation(),
    )
    with pytest.raises(ProfileUnwritable):
        list(steps)
    assert [path.name for path in tmp_path.iterdir()] == ["downloads"]


def test_a_commit_that_is_gone_is_not_replaced_by_a_newer_one(hub: LocalHub, room: Room) -> None:
    old = hub.repositories[NAME].commit
    hub.repositories[NAME].commit = "d" * 40
    with pytest.raises(RepositoryUnknown):
        room.fetch(access(hub), commit=old)


def test_another_file_under_the_same_commit_is_refused_before_it_comes(
    hub: LocalHub, room: Room
) -> None:
    hub.repositories[NAME].files[FILE] = HubContent(CONTENT.size, seed=1)
    with pytest.raises(DownloadCorrupt):
        room.fetch(access(hub))
    assert hub.sent < CONTENT.size


# -- proxies and companies


def test_the_proxy_of_the_environment_is_taken(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", hub.endpoint)
    monkeypatch.setenv("no_proxy", "plain.example")
    with Room(tmp_path / "downloads") as room:  # which takes the environment along

        def search(host: str) -> list[Repository]:
            via = HubAccess(f"http://{host}", (), TOKEN)
            return room.adapter.search(via, "tiny", limit=1, cancel=Cancellation())

        assert search("hub.example")[0].name == NAME
        with pytest.raises(HubUnreachable):  # there is no such host
            search("plain.example")
        assert [(seen.host, seen.authorization) for seen in hub.seen] == [
            ("hub.example", f"Bearer {TOKEN}")
        ]
        assert [row.host for row in room.ledger.rows] == ["hub.example", "plain.example"]


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks"])
def test_a_socks_proxy_is_taken_and_looks_up_names_itself(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    with socks_proxy(hub.port) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://{proxy.address}/")
        with Room(tmp_path / "downloads") as room:
            via = HubAccess("http://hub.example", (hub.cdn,), TOKEN)
            room.adapter.search(via, "tiny", limit=1, cancel=Cancellation())
            room.fetch(via)
        assert room.target.read_bytes() == CONTENT.bytes()
        assert proxy.asked == [(NAME_ASKED, "hub.example"), (NAME_ASKED, hub.cdn)]
        assert [row.host for row in room.ledger.rows] == ["hub.example", "hub.example", hub.cdn]


def test_a_socks_proxy_wants_a_name_and_a_password(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socks_proxy(hub.port, login=("ottoline", "p@ss")) as proxy:
        for login in ("ottoline:p%40ss@", "ottoline:wrong@", ""):
            monkeypatch.setenv("ALL_PROXY", f"socks5://{login}{proxy.address}")
            with Room(tmp_path / "downloads") as room:
                if login == "ottoline:p%40ss@":
                    room.listing(hub)
                    continue
                with pytest.raises(HubUnreachable, match="the proxy refused"):
                    room.listing(hub)
                assert room.ledger.rows[-1].outcome == "the proxy refused"
                assert "wrong" not in str(room.ledger.rows)
        assert len(hub.seen) == 1


@pytest.mark.parametrize("mood", ["refuses", "babbles"])
def test_a_socks_proxy_that_grants_nothing_is_named_as_the_reason(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mood: str
) -> None:
    with socks_proxy(hub.port) as proxy:
        proxy.mood = mood
        monkeypatch.setenv("ALL_PROXY", f"socks5://{proxy.address}")
        with Room(tmp_path / "downloads") as room:
            with pytest.raises(HubUnreachable, match="the proxy refused"):
                room.listing(hub)
            proxy.mood = ""
            room.listing(hub)


def test_a_proxy_of_another_kind_is_not_passed_by(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks4://127.0.0.1:1080")
    with Room(tmp_path / "downloads") as room:
        with pytest.raises(HubUnreachable, match="not supported"):
            room.listing(hub)
        assert hub.seen == []


def test_a_certificate_of_the_companys_own_authority_is_trusted_where_that_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, served = make_authority(tmp_path)
    with stocked_hub(served) as hub:
        with Room(tmp_path / "downloads") as room, pytest.raises(HubUnreachable) as error:
            room.fetch(access(hub))
        assert "certificate" in str(error.value)
        assert hub.seen == []
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        with Room(tmp_path / "downloads") as room:
            assert room.fetch(access(hub)).read_bytes() == CONTENT.bytes()
            hub.faults.foreign = f"http://{hub.cdn}:{hub.port}"
            room.target.unlink()
            with pytest.raises(HostNotAllowed):
                room.fetch(access(hub))
            assert room.ledger.rows[-1].outcome == NOT_ENCRYPTED
