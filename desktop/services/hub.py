"""The hub as the user meets it: models searched and looked at, and who may be asked for them.

Asks nothing by itself and nothing while the offline switch is on. Knows no file on this computer.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from desktop.domain.errors import HostNotAllowed, Offline
from desktop.domain.hub import HubAccess, HubFile, Listing, Repository, Variant
from desktop.domain.jobs import Cancellation
from desktop.domain.model_folders import CONFIG
from desktop.domain.models import Provenance
from desktop.domain.variants import folder_of, folder_variant, variants_of
from desktop.services.ports import Hub, Store, Tokens

ENDPOINT: Final = "https://huggingface.co"
# Files lie on hosts below these two, whose names change with regions and years ("Downloading behind
# a proxy or firewall", hub documentation); what users publish to run is on neither (hf.space).
HOSTS_OF_ENDPOINT: Final = (".huggingface.co", ".hf.co")

ENDPOINT_SETTING: Final = "hub endpoint"
HOSTS_SETTING: Final = "hub hosts"
OFFLINE_SETTING: Final = "offline"

SEARCH_LIMIT: Final = 1_000  # repositories
LICENCE_FILES: Final = ("license", "licence", "copying", "use_policy", "license.txt", "license.md")


class ModelHub:
    """Searches, looks at repositories, keeps address, hosts and token. Blocks; thread-safe.

    Whatever asks raises Offline, the other NetworkErrors, WorkerError and Cancelled.
    """

    def __init__(self, store: Store, hub: Hub, tokens: Tokens) -> None:
        self._store = store
        self._hub = hub
        self._tokens = tokens

    # -- asking

    def search(
        self, text: str, cancel: Cancellation, *, limit: int = SEARCH_LIMIT
    ) -> list[Repository]:
        """Repositories with GGUF files whose names hold `text`, the most fetched first."""
        return self._hub.search(self.access(), text.strip(), limit=limit, cancel=cancel)

    def look_at(self, name: str, cancel: Cancellation) -> Repository:
        """A repository as it is now, with the models in it that can be fetched."""
        listing = self._listing(name, cancel)
        variants = variants_of(listing.files)
        folder = self._folder(listing, cancel) if not variants else None
        if folder is not None:
            variants = (folder,)
        return replace(listing.repository, variants=variants)

    def _folder(self, listing: Listing, cancel: Cancellation) -> Variant | None:
        """The embedding model or reranker that a repository is; its settings are asked for."""
        files = folder_of(listing.files)
        if not files:
            return None
        where = listing.repository
        text = self._hub.text(
            self.access(), where.name, where.commit, CONFIG, purpose=CONFIG, cancel=cancel
        )
        try:
            config = json.loads(text)
        except (ValueError, RecursionError):
            return None
        return folder_variant(where.name, files, config) if isinstance(config, dict) else None

    def newer(self, source: Provenance, cancel: Cancellation) -> str:
        """The commit that the repository of a model is at now, if it is another; else "".

        It is told and never taken: fetching it is the user's to ask for.
        """
        if not source.repository:
            return ""
        now = self._listing(source.repository, cancel).repository.commit
        return "" if now == source.commit else now

    def head(
        self,
        repository: Repository,
        file: HubFile,
        cancel: Cancellation,
        *,
        start: int = 0,
        length: int,
    ) -> bytes:
        """Bytes of a file that is not fetched, to judge it by."""
        access = self.access()
        return self._hub.head(access, repository, file, start=start, length=length, cancel=cancel)

    def licence_text(self, name: str, commit: str, cancel: Cancellation) -> str:
        """The licence that lies beside a model, "" where there is none."""
        listing = self._listing(name, cancel)
        for file in listing.files:
            if PurePosixPath(file.path).name.lower() in LICENCE_FILES and "/" not in file.path:
                return self._hub.text(self.access(), name, commit, file.path, cancel=cancel)
        return ""

    def _listing(self, name: str, cancel: Cancellation) -> Listing:
        return self._hub.listing(self.access(), name.strip().strip("/"), cancel=cancel)

    # -- the token

    @property
    def has_token(self) -> bool:
        return bool(self._tokens.read())

    def set_token(self, token: str, cancel: Cancellation) -> str:
        """Keep a token, after the hub has said whose it is; returns that name.

        Raises TokenRefused, KeyringNeeded.
        """
        token = token.strip()
        owner = self._hub.token_owner(replace(self.access(), token=token), cancel=cancel)
        self._tokens.keep(token)
        return owner

    def remove_token(self) -> None:
        """Forget the token. The hub still knows it: there it has to be revoked."""
        self._tokens.remove()

    # -- where to ask

    def access(self) -> HubAccess:
        """Where the hub is and who may be asked. Raises Offline if nobody may."""
        endpoint = self.endpoint
        if self.offline:
            raise Offline(host=endpoint.partition("://")[2])
        ours = HOSTS_OF_ENDPOINT if endpoint == ENDPOINT else ()
        return HubAccess(endpoint, (*ours, *self.hosts), self._tokens.read())

    @property
    def endpoint(self) -> str:
        """The hub's address, without a path."""
        return self._store.setting(ENDPOINT_SETTING) or ENDPOINT

    def set_endpoint(self, address: str) -> None:
        """Take another hub, an internal mirror; "" for the usual one.

        The token was for the hub that was, so it is forgotten. Raises HostNotAllowed for what is no
        address.
        """
        address = address.strip().rstrip("/")
        scheme, separator, host = address.partition("://")
        if address and (
            scheme not in ("http", "https") or not separator or not _is_host(host, port=True)
        ):
            raise HostNotAllowed(host=address)
        if (address or ENDPOINT) != self.endpoint:
            self._tokens.remove()
        self._store.set_setting(ENDPOINT_SETTING, address)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts that the user allows beside the hub's own."""
        return tuple(json.loads(self._store.setting(HOSTS_SETTING) or "[]"))

    def set_hosts(self, hosts: tuple[str, ...]) -> None:
        """Allow these hosts; one that begins with a dot stands for all below it.

        Raises HostNotAllowed for what is no host.
        """
        wanted = [host.strip().lower() for host in hosts if host.strip()]
        for host in wanted:
            if not _is_host(host.removeprefix(".")):
                raise HostNotAllowed(host=host)
        self._store.set_setting(HOSTS_SETTING, json.dumps(wanted))

    @property
    def offline(self) -> bool:
        return self._store.setting(OFFLINE_SETTING) == "yes"

    def set_offline(self, offline: bool) -> None:
        """Let nothing be asked of anybody, or again what the user asks for."""
        self._store.set_setting(OFFLINE_SETTING, "yes" if offline else "no")


def _is_host(text: str, *, port: bool = False) -> bool:
    host, colon, number = text.partition(":")
    if colon and not (port and number.isdecimal()):
        return False
    labels = host.split(".")
    return all(label and label.replace("-", "").isalnum() for label in labels)
