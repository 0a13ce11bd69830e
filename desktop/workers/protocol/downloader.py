"""What the downloader is asked, and what it answers.

Of every request that a job makes it tells the parent's witness: `Requested` before it leaves (or is
refused), `Answered` when its answer has ended.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from desktop.workers.protocol.bounds import MAX_HEAD, Name, Number


class HubAccess(Struct, frozen=True):
    """Where the hub is, which hosts beside it may be asked, and who asks ("" for nobody)."""

    endpoint: str
    hosts: list[str] = []
    token: str = ""


class SearchHub(Struct, tag="search_hub", frozen=True):
    """Repositories with GGUF files, the most fetched first. Done: `HubRepositories`."""

    via: HubAccess
    text: str
    limit: int


class ListRepository(Struct, tag="list_repository", frozen=True):
    """What a repository holds, at the commit that is its newest now. Done: `HubListing`."""

    via: HubAccess
    repository: str


class ReadHead(Struct, tag="read_head", frozen=True):
    """`length` bytes of a file from `start` on, or what there is. Done: `HeadBytes`."""

    via: HubAccess
    repository: str
    commit: str
    file: str
    start: int
    length: int


class FetchText(Struct, tag="fetch_text", frozen=True):
    """A small text file of a repository. Done: `HubText`."""

    via: HubAccess
    repository: str
    commit: str
    file: str
    purpose: str = "licence"


class FetchFile(Struct, tag="fetch_file", frozen=True):
    """Fetch a file to the path `target`, by way of a `.part` beside it. Done: `FileFetched`.

    Progress: bytes that are there. What is there of it already is hashed, not fetched again. The
    target is there only if its SHA-256 is `sha256`, or where that is "", git's id of it `blob`.
    """

    via: HubAccess
    repository: str
    commit: str
    file: str
    size: int
    sha256: str
    target: str
    blob: str = ""


class CheckToken(Struct, tag="check_token", frozen=True):
    """Whose token `via` holds. Done: `TokenOwner`."""

    via: HubAccess


class HubEntry(Struct, frozen=True):
    name: Name
    licence: Name = ""
    gated: bool = False
    downloads: Number = 0


class HubRepositories(Struct, tag="hub_repositories", frozen=True):
    repositories: Annotated[list[HubEntry], Meta(max_length=1_000)]


class HubFileEntry(Struct, frozen=True):
    path: Name
    size: Number
    sha256: Annotated[str, Meta(max_length=64)] = ""  # "" where the hub has none
    blob: Annotated[str, Meta(max_length=40)] = ""  # git's id, where it has that instead


class HubListing(Struct, tag="hub_listing", frozen=True):
    repository: HubEntry
    commit: Annotated[str, Meta(max_length=40)]
    files: Annotated[list[HubFileEntry], Meta(max_length=20_000)]


class HeadBytes(Struct, tag="head_bytes", frozen=True):
    content: Annotated[bytes, Meta(max_length=MAX_HEAD)]


class HubText(Struct, tag="hub_text", frozen=True):
    text: Annotated[str, Meta(max_length=1_000_000)]


class FileFetched(Struct, tag="file_fetched", frozen=True):
    """`received` bytes came over the network for it."""

    size: Number
    received: Number


class TokenOwner(Struct, tag="token_owner", frozen=True):
    name: Name


class Requested(Struct, tag="requested", frozen=True):
    """A request is about to leave, or was `refused` for the reason given.

    `number` is one of a child's life, `path` without its query.
    """

    number: Number
    method: Annotated[str, Meta(max_length=10)]
    host: Name
    path: Name
    purpose: Name
    refused: Name = ""


class Answered(Struct, tag="answered", frozen=True):
    """How the request `number` ended: status 0 if no answer came, `received` in bytes."""

    number: Number
    status: Annotated[int, Meta(ge=0, le=999)]
    received: Number
    outcome: Name = ""


Request = SearchHub | ListRepository | ReadHead | FetchText | FetchFile | CheckToken
Body = (
    HubRepositories
    | HubListing
    | HeadBytes
    | HubText
    | FileFetched
    | TokenOwner
    | Requested
    | Answered
)
