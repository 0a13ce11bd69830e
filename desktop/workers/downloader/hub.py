"""The hub's client library, as this process uses it: questions in, bounded answers out.

Switches of the environment are set before the library is imported: no telemetry, no transfer past
our transport (hf-xet), no token that it might find on this computer. Its own download helper is not
used: it took a corrupted file of the right size for a success.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

SWITCHES = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_XET": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_OFFLINE": "0",
    "HF_DEBUG": "0",
}
os.environ.update(SWITCHES)

import httpx2  # noqa: E402
from huggingface_hub import (  # noqa: E402
    HfApi,
    ModelInfo,
    get_session,
    hf_hub_url,
    set_client_factory,
)
from huggingface_hub.errors import HfHubHTTPError, HFValidationError  # noqa: E402

from desktop.domain.errors import (  # noqa: E402
    EscritoireError,
    HubRefused,
    HubUnreachable,
    LicenceNotAccepted,
    RepositoryUnknown,
    TokenNeeded,
    TokenRefused,
)
from desktop.workers import protocol  # noqa: E402
from desktop.workers.downloader.config import Config  # noqa: E402
from desktop.workers.downloader.egress import Egress, Errand, reason_of  # noqa: E402
from desktop.workers.host import JobContext  # noqa: E402

T = TypeVar("T")

LARGEST_ANSWER = 32 * 1024 * 1024  # bytes of JSON; a listing of 20,000 files is a quarter of it
LARGEST_TEXT = 1_000_000
MOST_FILES = 20_000
MOST_REDIRECTS = 5
NOT_UNDERSTOOD = "its answer cannot be understood"

_NOT_THERE = ("RepoNotFound", "RevisionNotFound", "EntryNotFound")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)?", re.ASCII)


class Hub:
    """Questions to a hub, each on an errand of its job. Raises NetworkErrors alone."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._egress = Egress(connect_s=config.connect_s, read_s=config.stall_s)
        set_client_factory(self._client)

    def _client(self) -> httpx2.Client:
        return httpx2.Client(
            transport=self._egress,
            follow_redirects=True,
            max_redirects=MOST_REDIRECTS,
            trust_env=False,  # the transport takes the proxy, and .netrc holds other people's keys
        )

    def search(self, request: protocol.SearchHub, job: JobContext) -> protocol.HubRepositories:
        """Repositories with GGUF files whose names hold the text."""

        def ask(api: HfApi) -> list[protocol.HubEntry]:
            # Not `list_models`: it sleeps for up to half a minute where the hub does not answer.
            answer = get_session().get(
                f"{api.endpoint}/api/models",
                params={
                    "search": request.text,
                    "filter": ["gguf"],
                    "sort": "downloads",
                    "limit": request.limit,
                    "expand": ["downloads", "gated", "tags"],
                },
                headers=api._build_hf_headers(),  # noqa: SLF001 (no other way)
            )
            _raise_for(answer, request.via, "")
            found = answer.json()[: request.limit]
            return [_entry(ModelInfo(**model)) for model in found]  # type: ignore[no-untyped-call]

        return protocol.HubRepositories(self._asked(ask, request.via, job, "search"))

    def listing(self, request: protocol.ListRepository, job: JobContext) -> protocol.HubListing:
        """Files with sizes and hashes, at the newest commit."""
        name = request.repository
        if not _NAME.fullmatch(name) or ".." in name:
            raise RepositoryUnknown(repository=name)

        def ask(api: HfApi) -> protocol.HubListing:
            model = api.model_info(name, files_metadata=True)
            if not _COMMIT.fullmatch(model.sha or ""):
                raise ValueError("no commit")
            files = [_file(sibling) for sibling in model.siblings or ()]
            return protocol.HubListing(_entry(model), str(model.sha), files[:MOST_FILES])

        return self._asked(ask, request.via, job, "repository", name)

    def owner(self, request: protocol.CheckToken, job: JobContext) -> protocol.TokenOwner:
        """Whose token it is. Raises TokenRefused."""
        with self._api(request.via, job, "token", "") as api:
            try:
                return protocol.TokenOwner(str(api.whoami()["name"])[:200])
            except HfHubHTTPError as error:
                if error.response.status_code in (401, 403):
                    raise TokenRefused(host=_host(request.via)) from error
                raise

    def head(self, request: protocol.ReadHead, job: JobContext) -> protocol.HeadBytes:
        """The bytes asked for, or fewer where the file ends; whether ranges are known or not."""
        end = request.start + request.length
        wanted = {"range": f"bytes={request.start}-{end - 1}"}
        with self.opened(request, job, "head", most=end + 65_536, headers=wanted) as response:
            if response.status_code == httpx2.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                return protocol.HeadBytes(b"")
            _raise_for(response, request.via, request.repository)
            at = request.start if response.status_code == httpx2.codes.PARTIAL_CONTENT else 0
            content = _read(response, end - at, request.via)
        return protocol.HeadBytes(content[request.start - at : end - at])

    def text(self, request: protocol.FetchText, job: JobContext) -> protocol.HubText:
        """A text file, cut where it would be too long."""
        with self.opened(request, job, request.purpose, most=4 * LARGEST_TEXT + 65_536) as response:
            _raise_for(response, request.via, request.repository)
            content = _read(response, LARGEST_TEXT, request.via)
        return protocol.HubText(content.decode("utf-8", "replace"))

    @contextmanager
    def opened(
        self,
        request: protocol.ReadHead | protocol.FetchText | protocol.FetchFile,
        job: JobContext,
        purpose: str,
        *,
        most: int | None,
        headers: dict[str, str] | None = None,
    ) -> Iterator[httpx2.Response]:
        """A file's answer, whatever its status, its body not read yet.

        Raises HostNotAllowed, HubUnreachable; reading the body raises `httpx2.HTTPError`.
        """
        via = request.via
        url = hf_hub_url(
            request.repository, request.file, revision=request.commit, endpoint=via.endpoint
        )
        with self._api(via, job, purpose, request.repository, most) as api:
            session = get_session()
            asking = {**api._build_hf_headers(), **(headers or {})}  # noqa: SLF001 (no other way)
            response = session.send(
                session.build_request("GET", url, headers=asking),
                stream=True,
                follow_redirects=True,
            )
        try:
            yield response
        finally:
            response.close()

    def close(self) -> None:
        """Let go of every connection."""
        self._egress.close()

    def _asked(
        self,
        ask: Callable[[HfApi], T],
        via: protocol.HubAccess,
        job: JobContext,
        purpose: str,
        repository: str = "",
    ) -> T:
        with self._api(via, job, purpose, repository) as api:
            return ask(api)

    @contextmanager
    def _api(
        self,
        via: protocol.HubAccess,
        job: JobContext,
        purpose: str,
        repository: str,
        most: int | None = LARGEST_ANSWER,
    ) -> Iterator[HfApi]:
        """The library, on this errand, its errors and the transport's turned into ours."""
        errand = Errand(job, via, purpose, most)
        api = HfApi(
            endpoint=via.endpoint,
            token=via.token or False,
            library_name="escritoire",
            library_version=self._config.version,
        )
        try:
            with self._egress.on(errand):
                yield api
        except EscritoireError:
            raise
        except HfHubHTTPError as error:
            raise meaning(error.response, via, repository) from error
        except HFValidationError as error:
            raise RepositoryUnknown(repository=repository) from error
        except httpx2.TooManyRedirects as error:
            raise HubUnreachable(host=_host(via), reason="it sends from place to place") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise HubUnreachable(host=_host(via), reason=reason_of(error)) from error
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise HubUnreachable(host=_host(via), reason=NOT_UNDERSTOOD) from error


def meaning(response: httpx2.Response, via: protocol.HubAccess, repository: str) -> EscritoireError:
    """What an answer that is none means.

    The hub says 401 of a repository that is not there, too, as it would not tell who may see it;
    its header X-Error-Code is what tells them apart.
    """
    status = response.status_code
    code = response.headers.get("x-error-code", "")
    known = repository or _host(via)
    gated = code == "GatedRepo" or (status == httpx2.codes.FORBIDDEN and bool(repository))
    if code in _NOT_THERE or status in (httpx2.codes.NOT_FOUND, httpx2.codes.GONE):
        return RepositoryUnknown(repository=known)
    if gated and via.token:
        page = f"{via.endpoint.rstrip('/')}/{repository}"
        return LicenceNotAccepted(repository=known, page=page)
    if gated or status == httpx2.codes.UNAUTHORIZED:
        return TokenNeeded(repository=known)
    return HubRefused(host=response.url.host, status=status)


def _raise_for(response: httpx2.Response, via: protocol.HubAccess, repository: str) -> None:
    if response.status_code not in (httpx2.codes.OK, httpx2.codes.PARTIAL_CONTENT):
        raise meaning(response, via, repository)


def _read(response: httpx2.Response, most: int, via: protocol.HubAccess) -> bytes:
    """At most `most` bytes of the body; the rest is not waited for."""
    content = bytearray()
    try:
        for piece in response.iter_raw():
            content += piece
            if len(content) >= most:
                break
    except httpx2.HTTPError as error:
        raise HubUnreachable(host=_host(via), reason=reason_of(error)) from error
    return bytes(content[:most])


def _host(via: protocol.HubAccess) -> str:
    return httpx2.URL(via.endpoint).host


def _entry(model: Any) -> protocol.HubEntry:
    """What the hub says of a repository; the library checks none of it."""
    licence = next(
        (tag[8:] for tag in model.tags or () if tag.startswith("license:")),
        (model.card_data or {}).get("license") or "",
    )
    return protocol.HubEntry(
        name=str(model.id)[:200],
        licence=str(licence)[:200],
        gated=bool(model.gated),
        downloads=max(0, int(model.downloads or 0)),
    )


def _file(sibling: Any) -> protocol.HubFileEntry:
    size, sha256, blob = sibling.size, "", str(sibling.blob_id or "")
    if sibling.lfs is not None:
        size, sha256 = sibling.lfs.size, str(sibling.lfs.sha256)
        if not _SHA256.fullmatch(sha256):
            raise ValueError("no SHA-256")
        blob = ""  # it would be that of the pointer to the file
    if not _COMMIT.fullmatch(blob):  # a SHA-1 like a commit's
        blob = ""
    path = str(sibling.rfilename)[:2_000]
    return protocol.HubFileEntry(path, max(0, int(size or 0)), sha256, blob)
