"""A Rewrite page whose rewrites follow a script; everything else is what the application runs.

The script stands where the model would, so that a test can hold a rewrite at any stage. What it
writes is compared by the real rules. One walk with a real model is in test_rewrite_page.py.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from PySide6.QtWidgets import QMainWindow, QWidget

from desktop.domain.changes import changes
from desktop.domain.errors import Cancelled
from desktop.domain.facts import compare
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelFile
from desktop.domain.originals import Original
from desktop.domain.rewrites import Kept, RewriteRecord, Rewritten, Wish
from desktop.domain.tone import Tone
from desktop.domain.voices import Voice
from desktop.gui.actions import Actions
from desktop.gui.notify import Notice, Notifier
from desktop.gui.pages.rewrite import RewritePage
from desktop.gui.rewrite_bridge import RewriteBridge
from desktop.gui.tasks import Tasks
from desktop.gui.voice_services import VoiceServices
from desktop.services.answer_events import Wrote
from desktop.services.originals import Originals
from desktop.services.rewrite_events import Comparing, Paragraph, RewriteEvent, Settled
from desktop.storage.new_files import RewrittenFiles
from desktop.storage.paths import installation_tones
from desktop.storage.text_files import read_text
from desktop.storage.tones import ToneFiles
from desktop.workers.reviser.adapter import ReviserAdapter, reviser_client
from tests.gui.scripted import Gate

Kind = TypeVar("Kind", bound=QWidget)
MODEL = "Small Model"


class ScriptedRewriting:
    """Puts `words` in place of others, line by line; may wait at a gate or fail at a line."""

    def __init__(self) -> None:
        self._tones = ToneFiles([installation_tones()])
        self.words: dict[str, str] = {}
        self.kept: tuple[Kept, ...] = ()
        self.gates: dict[int, Gate] = {}  # by the paragraph before which it stands
        self.raises: dict[int, Exception] = {}
        self.wishes: list[Wish] = []
        self.keeps_history = True
        self.kept_history: list[bool] = []
        self.unkept: Exception | None = None  # why the history does not take it
        self.model: object | None = object()

    def tones(self) -> list[str]:
        return self._tones.names()

    def tone(self, name: str) -> Tone:
        return self._tones.tone(name)

    def available_model(self) -> ModelFile | None:
        return self.model  # type: ignore[return-value]

    def rewrite(
        self,
        text: str,
        wish: Wish,
        *,
        original: Original | None = None,
        keep: bool = True,
        cancel: Cancellation,
    ) -> Generator[RewriteEvent, None, Rewritten]:
        self.wishes.append(wish)
        self.kept_history.append(keep)
        lines = text.splitlines(keepends=True)
        done: list[str] = []
        ended: Exception | None = None
        try:
            yield from self._write(lines, done, cancel)
        except Exception as error:
            if not done:
                raise
            ended = error
        yield Comparing()
        output = "".join([*done, *lines[len(done) :]])
        unwritten = len(lines) - len(done)
        record = RewriteRecord(wish, MODEL, paragraphs=len(done), unwritten=unwritten)
        found = tuple(compare(text, output))
        made = tuple(changes(text, output))
        told = None if isinstance(ended, Cancelled) else ended or self.unkept
        return Rewritten(text, output, made, found, self.kept, record, told)

    def _write(
        self, lines: list[str], done: list[str], cancel: Cancellation
    ) -> Generator[RewriteEvent, None, None]:
        at = 0
        for number, line in enumerate(lines, 1):
            if number in self.raises:
                raise self.raises[number]
            yield Paragraph(number, len(lines), line, at)
            written = line
            for old, new in self.words.items():
                written = written.replace(old, new)
            for piece in written.split(" "):
                yield Wrote(f"{piece} ")
            if number in self.gates:
                self.gates[number].pass_through(cancel)
            cancel.raise_if_wished()
            yield Settled(number, written, ())
            done.append(written)
            at += len(line)


class ScriptedVoices:
    def __init__(self) -> None:
        self.voices: list[Voice] = []

    def all(self) -> list[Voice]:
        return self.voices


class OneSetting:
    """Of the store, what is asked of it about files."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def setting(self, name: str) -> str | None:
        return self.values.get(name)

    def set_setting(self, name: str, value: str) -> None:
        self.values[name] = value


class ScriptedRewritePage:
    """The page in a window, with everything it needs; `close` ends its threads."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.window.resize(1200, 760)
        self.tasks = Tasks()
        self.rewriting = ScriptedRewriting()
        self.voices = ScriptedVoices()
        self.bridge = RewriteBridge(self.rewriting)  # type: ignore[arg-type]
        self.reviser = reviser_client()
        store = OneSetting()
        self.originals = Originals(store, ReviserAdapter(self.reviser), RewrittenFiles())  # type: ignore[arg-type]
        self.notifier = Notifier()
        self.notices: list[Notice] = []
        self.notifier.posted.connect(self.notices.append)
        self.actions = Actions(self.window)
        self.page = RewritePage(
            tasks=self.tasks,
            bridge=self.bridge,
            rewriting=self.rewriting,  # type: ignore[arg-type]
            voices=VoiceServices(self.voices, None, None, read_text),  # type: ignore[arg-type]
            originals=self.originals,
            notifier=self.notifier,
            actions=self.actions,
        )
        self.window.setCentralWidget(self.page)
        self.window.show()

    def find(self, kind: type[Kind], name: str) -> Kind:
        found = self.page.findChild(kind, name)
        assert found is not None, f"no {name}"
        return found

    def do(self, name: str) -> None:
        """Carry out an action, which has to be offered."""
        action = self.actions.get(f"rewrite.{name}")
        assert action.isEnabled(), name
        action.trigger()

    def offers(self, name: str) -> bool:
        return self.actions.get(f"rewrite.{name}").isEnabled()

    def close(self) -> None:
        self.bridge.shutdown()
        self.tasks.shutdown()
        self.reviser.stop()
        self.window.close()
        self.window.deleteLater()
