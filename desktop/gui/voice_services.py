"""The services about voices, as the window is handed them: one bundle, so that views name few."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.services.example_proposing import ExampleProposing
from desktop.services.voice_fitting import VoiceFitting
from desktop.services.voices import Voices


@dataclass(frozen=True, slots=True)
class VoiceServices:
    """Each of them blocks. `read` gives the text of a file and raises known errors."""

    voices: Voices
    fitting: VoiceFitting
    examples: ExampleProposing
    read: Callable[[Path], str]
