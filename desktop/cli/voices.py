"""escritoire voices: how your office writes, kept, shown, given away and measured."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import asdict, replace
from typing import Any

from desktop.cli import voice_pairs
from desktop.cli.main import DONE
from desktop.cli.running import stepped_down
from desktop.cli.session import session
from desktop.cli.terminal import StatusLine, note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.jobs import Cancellation
from desktop.domain.models import Adapter
from desktop.domain.voice_fit import Closeness, Fit
from desktop.domain.voices import Voice
from desktop.services.answer_events import Loading, SteppedDown
from desktop.services.voice_fitting import Measuring
from desktop.storage.voice_files import encoded


def run(options: argparse.Namespace) -> int:
    """Do one thing with the profile's voices."""
    with session(options, documents=False) as (desk, cancel):
        match options.action:
            case "list":
                _list(desk.voices.all(), options)
            case "show":
                _show(desk.voices.voice(options.name), options)
            case "add":
                voice = desk.voices.add_file(options.file, replacing=options.replace)
                _show(voice, options)
            case "export":
                _export(desk, options)
            case "remove":
                desk.voices.remove(options.name)
                _say_done(options, removed=options.name)
            case "pair":
                _show(voice_pairs.add_pair(desk, options), options)
            case "examples":
                voice_pairs.propose(desk, options, cancel)
            case "adapter":
                _attach(desk, options)
            case "fit":
                _fit(desk, options, cancel)
    return DONE


def _list(voices: list[Voice], options: argparse.Namespace) -> None:
    if options.json:
        say_json([_as_json(voice) for voice in voices])
        return
    for voice in voices:
        say(one_line(f"{voice.name}: {_count(len(voice.pairs), 'pair')}, "
                     f"{_count(len(voice.rules), 'rule')}"))  # fmt: skip
    if not voices:
        note("There is no voice yet. Take one in with: escritoire voices add FILE")


def _show(voice: Voice, options: argparse.Namespace) -> None:
    if options.json:
        say_json(_as_json(voice))
        return
    say(one_line(f"{voice.name}: {_count(len(voice.pairs), 'pair')}"))
    for rule in voice.rules:
        say(one_line(f"- {rule}"))
    for told, words in (("Use", voice.use), ("Avoid", voice.avoid)):
        if words:
            say(one_line(f"{told}: {', '.join(words)}"))
    if voice.adapter is not None:
        say(one_line(f"Adapter: {voice.adapter.path} x {voice.adapter.strength:g}"))
    for told, line in (("Greeting", voice.greeting), ("Closing", voice.closing)):
        if line:
            say(one_line(f"{told}: {line}"))


def _export(desk: Desk, options: argparse.Namespace) -> None:
    if options.to is None:
        say(encoded(desk.voices.voice(options.name)).decode(), end="")
    else:
        desk.voices.export(options.name, options.to, adapter=options.with_adapter)
        size = desk.voices.adapter_size(desk.voices.voice(options.name))
        _say_done(options, exported=options.name)
        if size and not options.with_adapter:
            note(f"Its adapter of {size / 1e6:.1f} MB stays here; --with-adapter takes it along.")


def _attach(desk: Desk, options: argparse.Namespace) -> None:
    """Give a voice an adapter, which fits the model that would write now, or take it away."""
    voice = desk.voices.voice(options.name)
    adapter = None
    if not options.none:
        adapter = Adapter(options.file.absolute(), options.strength)
        desk.loader.check_adapter(desk.chat_models.chat_model(None), adapter)
    _show(desk.voices.change(voice.name, replace(voice, adapter=adapter)), options)


def _fit(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> None:
    measuring = desk.voice_fitting.measure(options.name, model=options.model, cancel=cancel)
    with closing(measuring), StatusLine() as waiting:
        while True:
            try:
                event = next(measuring)
            except StopIteration as end:
                fit: Fit = end.value
                break
            match event:
                case SteppedDown():
                    note(stepped_down(event))
                case Loading():
                    waiting.show(f"Loading the model, {event.done} %")
                case Measuring():
                    waiting.show(f"Rewrite {event.number} of {event.total}")
    if options.json:
        say_json(
            {
                "pairs": fit.pairs,
                "with_voice": _closeness_json(fit.with_voice),
                "without": _closeness_json(fit.without),
                "words": fit.words,
            }
        )
    else:
        say(fit.words)


def _say_done(options: argparse.Namespace, **done: str) -> None:
    if options.json:
        say_json(done)
    else:
        for what, name in done.items():
            say(one_line(f"{name}: {what}"))


def _as_json(voice: Voice) -> dict[str, Any]:
    adapter = voice.adapter
    return asdict(replace(voice, adapter=None)) | {
        "adapter": {"file": str(adapter.path), "strength": adapter.strength} if adapter else None
    }


def _closeness_json(close: Closeness) -> dict[str, Any]:
    figures = {"score": close.score, **asdict(close)}
    return {name: None if value is None else round(value, 3) for name, value in figures.items()}


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
