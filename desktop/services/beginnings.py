"""Beginnings: what every prompt of a rewrite begins with, evaluated once and kept.

Tone or voice, with their examples, stand in front of each paragraph. What evaluating them gave is
kept sealed, so that neither another conversation nor a new start of the program costs it again. A
state only ever saves time: whatever is wrong with one, the beginning is evaluated instead.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from desktop.domain.chat import Begun, Message
from desktop.domain.errors import EscritoireError, TemplateFailed, WorkerError
from desktop.domain.jobs import Cancellation
from desktop.services.answer_events import Prefilling
from desktop.services.ports import Generator as GeneratorPort
from desktop.services.ports import States

WORTH = 48  # tokens; evaluating fewer is no slower than fetching a state

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ready:
    """A beginning is in the cache: `evaluated` of its tokens had to be, which took `seconds`."""

    evaluated: int
    seconds: float
    restored: bool = False


class Beginnings:
    """Has beginnings ready. Belongs on a worker thread; the model is loaded already."""

    def __init__(self, generator: GeneratorPort, states: States) -> None:
        self._generator = generator
        self._states = states

    def ready(
        self, messages: Sequence[Message], *, owner: str, keep: bool, cancel: Cancellation
    ) -> Generator[Prefilling, None, Ready]:
        """Have the beginning evaluated or fetched. With `keep`, it is kept for the next time.

        `owner` names whose it is, to be forgotten with it. Raises what evaluating raises, but for
        a model that cannot begin so: then nothing is ready, and nothing lost.
        """
        began = time.monotonic()
        try:
            seen = yield from self._seen(messages, look=True, cancel=cancel)
            restored = None
            if seen.tokens - seen.cached >= WORTH:
                restored = self._restored(messages, cancel)
            before = restored or seen
            if before.cached < before.tokens:
                before = yield from self._seen(messages, look=False, cancel=cancel)
            evaluated = before.tokens - before.cached
            # Examples that are chosen for each text are no reason to keep it all once more.
            if keep and evaluated >= WORTH and 2 * evaluated > before.tokens:
                self._keep(messages, owner, cancel)
        except TemplateFailed:
            return Ready(0, 0.0)
        return Ready(evaluated, time.monotonic() - began, restored is not None)

    def _seen(
        self, messages: Sequence[Message], *, look: bool, cancel: Cancellation
    ) -> Generator[Prefilling, None, Begun]:
        steps = self._generator.begin(messages, look=look, cancel=cancel)
        while True:
            try:
                yield Prefilling(*next(steps))
            except StopIteration as end:
                begun: Begun = end.value
                return begun

    def _restored(self, messages: Sequence[Message], cancel: Cancellation) -> Begun | None:
        """What fetching a state gave; None where there is none that helps."""
        way = self._generator.way
        if not way:
            return None
        keys = _keys(messages)
        state = self._states.state(way, keys)
        if state is None:
            return None
        try:
            begun = self._generator.restore(state, messages, cancel=cancel)
        except WorkerError as error:
            log.warning("a saved state was of no use: %s", error)
            begun = Begun(0, 0)
        if not begun.cached:
            self._states.drop(way, keys)
            return None
        return begun

    def _keep(self, messages: Sequence[Message], owner: str, cancel: Cancellation) -> None:
        way = self._generator.way
        if not way:
            return
        try:
            state = self._generator.save(messages, cancel=cancel)
            if state:
                self._states.keep(way, _keys(messages), state, owner)
        except EscritoireError as error:
            log.warning("a state was not kept: %s", error)


def _keys(messages: Sequence[Message]) -> tuple[str, str]:
    """Hashes of the whole beginning, and of its system message alone."""
    return _hash(messages), _hash(messages[:1])


def _hash(messages: Sequence[Message]) -> str:
    said = repr([(message.role, message.content) for message in messages])
    return hashlib.sha256(said.encode()).hexdigest()
