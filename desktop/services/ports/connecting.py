"""What connects, and what it needs to be allowed to: the hub, its token."""

from __future__ import annotations

from collections import abc
from pathlib import Path
from typing import Protocol

from desktop.domain.hub import (
    HubAccess,
    HubFile,
    Listing,
    Repository,
)
from desktop.domain.jobs import Cancellation, Progress


class Hub(Protocol):
    """Where models come from. All methods raise a NetworkError for what goes wrong there."""

    def search(
        self, access: HubAccess, text: str, *, limit: int, cancel: Cancellation
    ) -> list[Repository]:
        """Repositories with GGUF files whose names hold `text`, the most fetched first."""
        ...

    def listing(self, access: HubAccess, repository: str, *, cancel: Cancellation) -> Listing:
        """All files of a repository, at the commit that is its newest now."""
        ...

    def head(
        self,
        access: HubAccess,
        repository: Repository,
        file: HubFile,
        *,
        start: int,
        length: int,
        cancel: Cancellation,
    ) -> bytes:
        """`length` bytes of a file from `start` on, or as many as there are."""
        ...

    def text(
        self,
        access: HubAccess,
        repository: str,
        commit: str,
        file: str,
        *,
        purpose: str = "licence",
        cancel: Cancellation,
    ) -> str:
        """A small text file of a repository; a very long one is cut. The ledger has `purpose`."""
        ...

    def token_owner(self, access: HubAccess, *, cancel: Cancellation) -> str:
        """Whose token it is. Raises TokenRefused."""
        ...

    def fetch(
        self,
        access: HubAccess,
        repository: str,
        commit: str,
        file: HubFile,
        target: Path,
        *,
        cancel: Cancellation,
    ) -> abc.Generator[Progress, None, None]:
        """Fetch a file to `target`, going on where an earlier run stopped; progress is in bytes.

        The target is there only if its hash is the file's. Raises DownloadCorrupt, DiskFull, too.
        """
        ...


class Tokens(Protocol):
    """The one access token to a hub that the user entered, kept where the system keeps secrets."""

    def read(self) -> str:
        """The token, "" if there is none."""
        ...

    def keep(self, token: str) -> None:
        """Raises KeyringNeeded."""
        ...

    def remove(self) -> None: ...
