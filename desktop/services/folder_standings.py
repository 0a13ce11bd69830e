"""How watched folders stand while the application runs: what of them nobody need remember."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

from desktop.domain.folders import FolderState, WatchedFolder
from desktop.domain.jobs import Cancellation


@dataclass(slots=True)
class Standing:
    """One folder. It is `due` to be looked through, as all are at each start."""

    due: bool = True
    away: str = ""  # why it cannot be reached, "" if it can
    checking: bool = False
    looked_at: int = 0  # files, of the look under way
    noticing: bool = False  # the system tells of changes
    again_at: float = 0.0  # when it is due without a notice, by the monotonic clock
    job: Cancellation = field(default_factory=Cancellation)  # of the step under way


class Standings:
    """Those of all folders, by id. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._standings: dict[int, Standing] = {}

    def of(self, folder_id: int) -> Standing:
        with self._lock:
            return self._standings.setdefault(folder_id, Standing())

    def forget(self, folder_id: int) -> None:
        with self._lock:
            self._standings.pop(folder_id, None)

    def as_it_stands(self, folder: WatchedFolder) -> WatchedFolder:
        """What is on record of a folder, with how it stands."""
        standing = self.of(folder.id)
        state = folder.state
        if state is not FolderState.PAUSED:
            if standing.checking:
                state = FolderState.CHECKING
            elif standing.away:
                state = FolderState.AWAY
        return replace(
            folder,
            state=state,
            looked_at=standing.looked_at,
            away=standing.away,
            noticing=standing.noticing,
            due=standing.due,
        )
