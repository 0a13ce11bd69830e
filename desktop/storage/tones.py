"""Tones as files: those that come with the program, and the user's own in the profile.

A file of the profile with the name of one of ours takes its place. A file that cannot be read is
an error when it is asked for; the other tones are there all the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from desktop.domain.errors import ToneDamaged, ToneUnknown
from desktop.domain.tone import ENGLISH, Pair, Strength, Tone

SUFFIX = ".toml"
LARGEST = 64 * 1024  # bytes; what a model is told before every paragraph must be short

_Line = Annotated[str, Meta(min_length=1, max_length=1_000)]
_Title = Annotated[str, Meta(min_length=1, max_length=80)]


class _Example(Struct, frozen=True, forbid_unknown_fields=True):
    before: _Line
    after: _Line


class _ToneFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What a tone's file holds. Languages and strengths are keys, as TOML has them: texts."""

    instructions: Annotated[list[_Line], Meta(min_length=1, max_length=20)]
    keep_length: _Line
    title: dict[str, _Title]
    description: dict[str, _Line]
    strength: dict[str, _Line]
    shortest: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.5
    longest: Annotated[float, Meta(ge=1.0, le=10.0)] = 2.0
    example: Annotated[list[_Example], Meta(max_length=6)] = []


class ToneFiles:
    """`services.ports.Tones` over folders; earlier ones come first."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def names(self) -> list[str]:
        """The tones there are, whether they can be read or not."""
        return sorted(self._files())

    def tone(self, name: str) -> Tone:
        """The tone of that name. Raises ToneUnknown, ToneDamaged."""
        files = self._files()
        if name not in files:
            raise ToneUnknown(tone=name, known=", ".join(sorted(files)))
        return read_tone(files[name])

    def _files(self) -> Mapping[str, Path]:
        found: dict[str, Path] = {}
        for folder in reversed(self._folders):
            found |= {path.stem: path for path in sorted(folder.glob(f"*{SUFFIX}"))}
        return found


def read_tone(path: Path) -> Tone:
    """The tone in a file. Raises ToneDamaged."""
    try:
        with path.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise ToneDamaged(file=str(path), reason=f"it is larger than {LARGEST} bytes")
        file = msgspec.convert(tomllib.loads(raw.decode("utf-8-sig")), _ToneFile)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ToneDamaged(file=str(path), reason=reason) from error
    except UnicodeDecodeError as error:
        raise ToneDamaged(file=str(path), reason="it is not text in UTF-8") from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise ToneDamaged(file=str(path), reason=_in_a_sentence(error)) from error
    if ENGLISH not in file.title or ENGLISH not in file.description:
        raise ToneDamaged(file=str(path), reason="it lacks an English title or description")
    try:
        strengths = {Strength(int(key)): line for key, line in file.strength.items()}
    except ValueError as error:
        raise ToneDamaged(file=str(path), reason="strengths are 1, 2 and 3") from error
    if len(strengths) != len(Strength):
        raise ToneDamaged(file=str(path), reason="strengths are 1, 2 and 3")
    return Tone(
        name=path.stem,
        titles=file.title,
        descriptions=file.description,
        instructions=tuple(file.instructions),
        strengths=strengths,
        keep_length=file.keep_length,
        shortest=file.shortest,
        longest=file.longest,
        examples=tuple(Pair(example.before, example.after) for example in file.example),
    )


def _in_a_sentence(error: Exception) -> str:
    return str(error).rstrip(".")
