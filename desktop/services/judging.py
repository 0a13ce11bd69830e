"""Judging: whether a model would run here, before it is fetched or loaded.

Of a model on the hub only the head is read, a piece at a time, until it says enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop.domain import gguf
from desktop.domain.errors import ModelError, NotAModel
from desktop.domain.fitting import Placement, place
from desktop.domain.gguf import GgufDamaged, GgufFacts, GgufIncomplete
from desktop.domain.hub import HubFile, Repository, Variant
from desktop.domain.jobs import Cancellation
from desktop.domain.models import PROGRAM_CHOOSES, InstalledModel, LoadSettings
from desktop.services.hub import ModelHub
from desktop.services.loading import Loader

FIRST = 1 << 20  # bytes of a head asked for at first; most vocabularies need a few more
MOST_AT_ONCE = 4 << 20


class Judging:
    """Blocks, and asks the hub for what is not here. Thread-safe."""

    def __init__(self, loader: Loader, hub: ModelHub) -> None:
        self._loader = loader
        self._hub = hub

    def installed(
        self, model: InstalledModel, cancel: Cancellation, settings: LoadSettings | None = None
    ) -> Placement:
        """Where an installed model goes with these settings, or (None) with its own.

        Raises ModelMissing, NotAModel, ContextTooLong, DeviceUnknown, and AdapterMismatch for
        adapters in `settings` that were made for another model.
        """
        if settings is not None:
            self._loader.check_adapters(model, settings)
        return self._loader.judge(model, self._loader.computer(cancel), settings)

    def shelf(
        self, models: Iterable[InstalledModel], cancel: Cancellation
    ) -> dict[str, Placement | ModelError]:
        """Where each of several models goes, by its name, or why that cannot be told."""
        computer = self._loader.computer(cancel)
        judged: dict[str, Placement | ModelError] = {}
        for model in models:
            cancel.raise_if_wished()
            try:
                judged[model.name] = self._loader.judge(model, computer)
            except ModelError as error:
                judged[model.name] = error
        return judged

    def offered(
        self, repository: Repository, variant: Variant, cancel: Cancellation
    ) -> tuple[GgufFacts, Placement]:
        """What a model on the hub says of itself, and where it would go.

        Raises NotAModel, and what asking the hub raises.
        """
        try:
            facts = gguf.join([self._facts(repository, file, cancel) for file in variant.files])
        except GgufDamaged as damage:
            name = variant.files[0].path
            raise NotAModel(model=name, reason=damage.reason) from None
        return facts, place(facts, PROGRAM_CHOOSES, self._loader.computer(cancel))

    def _facts(self, repository: Repository, file: HubFile, cancel: Cancellation) -> GgufFacts:
        def more(start: int, length: int) -> bytes:
            return self._hub.head(repository, file, cancel, start=start, length=length)

        return read_facts(more, file.size)


def read_facts(more: Callable[[int, int], bytes], size: int) -> GgufFacts:
    """The facts in a head that comes in pieces: `more(start, length)` fetches one.

    Raises GgufDamaged, also where the head is longer than the file or than any that is believed.
    """
    head = b""
    wanted = min(FIRST, size)
    while True:
        while len(head) < wanted:
            piece = more(len(head), min(MOST_AT_ONCE, wanted - len(head)))
            if not piece:
                raise GgufDamaged("the file is cut short")
            head += piece
        try:
            return gguf.parse(head)
        except GgufIncomplete as incomplete:
            if len(head) >= min(size, gguf.LARGEST_HEAD):
                raise GgufDamaged("the file is cut short") from None
            # Twice as much each time: how long a vocabulary is, is known only at its end.
            wanted = min(size, gguf.LARGEST_HEAD, max(incomplete.needs, 2 * len(head)))
