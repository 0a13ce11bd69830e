"""escritoire voices pair and examples: pairs for a voice, from files or proposed by a model."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import replace

from desktop.cli.running import stepped_down
from desktop.cli.terminal import StatusLine, ask, note, one_line, say, say_json, somebody_types
from desktop.desk import Desk
from desktop.domain.errors import VoiceUnknown
from desktop.domain.jobs import Cancellation
from desktop.domain.tone import Pair
from desktop.domain.voices import Voice
from desktop.services.answer_events import Loading, SteppedDown
from desktop.services.example_proposing import Proposal, Proposing
from desktop.services.rewriting import checked
from desktop.storage.text_files import read_text

QUESTION = "Keep this pair? [y]es, [n]o, [e]dit, [q]uit: "


def add_pair(desk: Desk, options: argparse.Namespace) -> Voice:
    """The voice with a pair more; a voice that is not there yet is made of it."""
    pair = Pair(
        checked(read_text(options.before)).strip(), checked(read_text(options.after)).strip()
    )
    return _with_pair(desk, options.name, pair)


def propose(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> None:
    """Show pairs as they are proposed, and keep those that whoever sits here accepts."""
    texts = [checked(read_text(path)) for path in options.texts]
    asking = somebody_types() and not options.json
    proposals: list[Pair] = []
    kept = 0
    proposing = desk.examples.propose(
        options.name, texts, count=options.count, model=options.model, cancel=cancel
    )
    with closing(proposing):
        while True:
            with StatusLine() as waiting:
                pair, missed = _next(proposing, waiting)
            if pair is None:
                break
            proposals.append(pair)
            if not options.json:
                say(f"Before: {one_line(pair.before)}\nAfter:  {one_line(pair.after)}")
            if not asking:
                continue
            wanted, more = _asked(pair)
            if wanted is not None:
                _with_pair(desk, options.name, wanted)
                kept += 1
            if not more:
                missed = 0
                break
    if options.json:
        say_json(
            {
                "proposals": [{"before": p.before, "after": p.after} for p in proposals],
                "missed": missed,
            }
        )
        return
    if missed:
        note(f"Of {missed} more, the model changed a fact, or nothing, or did not finish.")
    if asking:
        note(f"{kept} kept.")
    elif proposals:
        note("None is kept until somebody accepts it: run this where one can type, or: voices pair")


def _next(proposing: object, waiting: StatusLine) -> tuple[Pair | None, int]:
    """The next proposal, or None and how many texts gave none."""
    while True:
        try:
            event = next(proposing)  # type: ignore[call-overload]
        except StopIteration as end:
            return None, int(end.value)
        match event:
            case SteppedDown():
                note(stepped_down(event))
            case Loading():
                waiting.show(f"Loading the model, {event.done} %")
            case Proposing():
                waiting.show(f"Writing example {event.number} of {event.total}")
            case Proposal():
                return event.pair, 0


def _asked(pair: Pair) -> tuple[Pair | None, bool]:
    """The pair as it is to be kept, None if it is not; and whether to go on."""
    while True:
        answer = ask(QUESTION)
        match (answer or "q").strip().lower()[:1]:
            case "y":
                return pair, True
            case "n":
                return None, True
            case "e":
                before = ask(f"Before (empty: as it is): {one_line(pair.before)}\n> ")
                after = ask("After (empty: as it is)\n> ")
                return Pair(before or pair.before, after or pair.after), True
            case "q":
                return None, False


def _with_pair(desk: Desk, name: str, pair: Pair) -> Voice:
    try:
        voice = desk.voices.voice(name)
    except VoiceUnknown:
        return desk.voices.save(Voice(name, (pair,)))
    return desk.voices.change(name, replace(voice, pairs=(*voice.pairs, pair)))
