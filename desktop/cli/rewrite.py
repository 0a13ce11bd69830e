"""escritoire rewrite: a text in, the rewritten text out, and every fact that differs said."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.cli import clipboard
from desktop.cli.main import DONE, KNOWN_ERROR, complain
from desktop.cli.rewrite_arguments import STDIN
from desktop.cli.running import stepped_down
from desktop.cli.session import profile_of, session
from desktop.cli.terminal import StatusLine, note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.changes import Change
from desktop.domain.errors import ToneDamaged, WindowSilent
from desktop.domain.facts import Fact, FactChange, compare, extract
from desktop.domain.jobs import Cancellation
from desktop.domain.rewrites import DEFAULT_TONE, Kept, RewriteRecord, Rewritten, Wish
from desktop.domain.tone import Strength, Tone
from desktop.services.answer_events import Loading, Prefilling, SteppedDown, Wrote
from desktop.services.rewrite_events import Paragraph, Retrying
from desktop.services.rewriting import checked
from desktop.storage import requests
from desktop.storage.paths import Paths
from desktop.storage.text_files import LARGEST, decoded, read_text

EXCERPT = 70  # characters of a text in a list
PATIENCE_S = 5.0  # for the window to hear of a request


def run(options: argparse.Namespace) -> int:
    """Rewrite a text; 3 if a fact changed and that was not accepted beforehand."""
    if options.tones or options.history or options.forget_history:
        with session(options, documents=False) as (desk, _):
            return _about(desk, options)
    here = options.check_only or options.check_against is not None
    if options.from_screen is not None and not here and _hand_over(options):
        return DONE
    text = checked(_text(options))  # before the second that unlocking takes
    if options.check_only:
        return _check(text, options)
    if options.check_against is not None:
        return _compare(text, checked(_file_text(options.check_against)), options)
    with session(options, documents=False) as (desk, cancel):
        done = _rewrite(desk, options, text, cancel)
    if options.json:
        say_json(_as_json(done))
    else:
        say(done.output, end="" if done.output.endswith(("\n", "\r")) else "\n")
    _tell(done)
    return KNOWN_ERROR if done.facts and not options.accept_facts else DONE


def _hand_over(options: argparse.Namespace) -> bool:
    """Let the window that has the profile open do it; False if there is none. Raises WindowSilent.

    It alone can put the result in the place of the selection, and has a model loaded.
    """
    paths = Paths(profile_of(options))
    if not requests.is_open(paths):
        return False
    try:
        requests.ask(paths, requests.Asked(options.from_screen))
    except OSError as error:
        raise WindowSilent(profile=str(paths.profile)) from error
    if not requests.wait_until_taken(paths, PATIENCE_S):
        raise WindowSilent(profile=str(paths.profile))
    return True


def _text(options: argparse.Namespace) -> str:
    if options.from_screen is not None:
        return clipboard.read(options.from_screen)
    return _file_text(options.file)


def _file_text(path: Path) -> str:
    if str(path) != STDIN:
        return read_text(path)
    return decoded(sys.stdin.buffer.read(LARGEST + 1), "Standard input")


def _rewrite(desk: Desk, options: argparse.Namespace, text: str, cancel: Cancellation) -> Rewritten:
    wish = Wish(
        tone="" if options.voice else options.tone or DEFAULT_TONE,
        voice=options.voice or "",
        instruction=options.instruction,
        strength=Strength(options.strength),
        keep_length=options.keep_length,
        accept_facts=options.accept_facts,
    )
    rewriting = desk.rewriting.rewrite(
        text, wish, model=options.model, keep=not options.keep_nothing, cancel=cancel
    )
    with closing(rewriting), StatusLine() as waiting:
        where, written = "", 0
        while True:
            try:
                event = next(rewriting)
            except StopIteration as end:
                done: Rewritten = end.value
                return done
            match event:
                case SteppedDown():
                    note(stepped_down(event))
                case Loading():
                    waiting.show(f"Loading the model, {event.done} %")
                case Paragraph():
                    where, written = f"Paragraph {event.number} of {event.total}", 0
                    waiting.show(where)
                case Prefilling():
                    waiting.show(where, f": reading, {event.done} of {event.total} tokens")
                case Wrote():
                    written += len(event.text)
                    waiting.show(where, f": {written} characters written")
                case Retrying():
                    written = 0
                    waiting.show(where, f": {event.flaw.value}, once more")


def _tell(done: Rewritten) -> None:
    """On stderr: what the model would not do right, and what differs."""
    if not done.record.paragraphs:
        note("There is no prose in this text, so it was left as it is.")
    elif not done.changes and not done.kept:
        note("The model changed nothing. A larger one may do more: escritoire models list.")
    for kept in done.kept:
        note(f"Kept as it was, because {_reason(kept)}: {_excerpt(kept.text)}")
    for change in done.facts:
        note(_sentence(change))


def _reason(kept: Kept) -> str:
    """Why the model's version would not do, with the facts it changed in these words."""
    touched = [
        f'"{change.before.text}"'
        for change in kept.facts
        if change.before is not None and change.before.text in kept.text
    ] or [f'it wrote "{change.after.text}"' for change in kept.facts if change.after is not None]
    changed = f" ({', '.join(dict.fromkeys(touched))})" if touched else ""
    return f"the model would not do it right: {kept.flaw.value}{changed}"


def _sentence(change: FactChange) -> str:
    """A fact that differs, in a line."""
    kind = change.kind.value
    before = f'"{change.before.text}"' if change.before else ""
    after = f'"{change.after.text}"' if change.after else ""
    if before and after:
        return f"Fact changed ({kind}): {before} became {after}."
    return f"Fact lost ({kind}): {before}." if before else f"Fact added ({kind}): {after}."


# -- without a model


def _check(text: str, options: argparse.Namespace) -> int:
    facts = [fact for fact in extract(text) if not fact.weak]
    if options.json:
        say_json({"facts": [_fact_json(fact) for fact in facts]})
    else:
        for fact in facts:
            say(one_line(f"{fact.kind.value}: {fact.text}"))
    return DONE


def _compare(text: str, rewritten: str, options: argparse.Namespace) -> int:
    found = compare(text, rewritten)
    if options.json:
        say_json({"facts": [_fact_change_json(change) for change in found]})
    else:
        for change in found:
            say(one_line(_sentence(change)))
    return KNOWN_ERROR if found and not options.accept_facts else DONE


def _list_tones(desk: Desk, options: argparse.Namespace) -> int:
    """The tones there are; 3 if a file among them cannot be read."""
    tones: list[Tone] = []
    damaged: list[ToneDamaged] = []
    for name in desk.rewriting.tones():
        try:
            tones.append(desk.rewriting.tone(name))
        except ToneDamaged as error:
            damaged.append(error)
    if options.json:
        say_json(
            [{"name": t.name, "title": t.title(), "description": t.description()} for t in tones]
        )
    else:
        for tone in tones:
            say(one_line(f"{tone.name}: {tone.description()}"))
    for named in damaged:
        complain(named)
    return KNOWN_ERROR if damaged else DONE


def _about(desk: Desk, options: argparse.Namespace) -> int:
    if options.tones:
        return _list_tones(desk, options)
    if options.history:
        past = desk.rewriting.history()
        if options.json:
            say_json(
                [
                    {
                        "created": rewrite.created,
                        "text": rewrite.text,
                        "output": rewrite.output,
                        **_record_json(rewrite.record),
                    }
                    for rewrite in past
                ]
            )
        else:
            for rewrite in past:
                when = datetime.fromtimestamp(rewrite.created).astimezone()
                manner = rewrite.record.wish.voice or rewrite.record.wish.tone
                say(f"{when:%Y-%m-%d %H:%M} {one_line(manner)}: {_excerpt(rewrite.output)}")
    else:
        count = desk.rewriting.forget()
        say("1 rewrite forgotten." if count == 1 else f"{count} rewrites forgotten.")
    return DONE


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"


# -- as scripts read it


def _as_json(done: Rewritten) -> dict[str, Any]:
    return {
        "output": done.output,
        "changes": [_change_json(change) for change in done.changes],
        "facts": [_fact_change_json(change) for change in done.facts],
        "kept": [_kept_json(kept) for kept in done.kept],
        **_record_json(done.record),
    }


def _record_json(record: RewriteRecord) -> dict[str, Any]:
    timings = record.timings
    return {
        "tone": record.wish.tone or None,
        "voice": record.wish.voice or None,
        "instruction": record.wish.instruction,
        "strength": int(record.wish.strength),
        "keep_length": record.wish.keep_length,
        "paragraphs": record.paragraphs,
        "retried": record.retried,
        "model": {"name": record.model, "sha256": record.model_sha256} if record.model else None,
        "timings": {
            "prompt_tokens": timings.prompt_tokens,
            "cached_tokens": timings.cached_tokens,
            "first_token_s": round(timings.first_token_s, 3),
            "tokens": timings.tokens,
            "tokens_per_s": round(timings.tokens_per_s, 1),
        },
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "start": change.start,
        "end": change.end,
        "new_start": change.new_start,
        "new_end": change.new_end,
        "old": change.old,
        "new": change.new,
    }


def _fact_change_json(change: FactChange) -> dict[str, Any]:
    return {
        "outcome": change.outcome.value,
        "kind": change.kind.value,
        "before": _fact_json(change.before),
        "after": _fact_json(change.after),
    }


def _fact_json(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {"kind": fact.kind.value, "start": fact.start, "end": fact.end, "text": fact.text}


def _kept_json(kept: Kept) -> dict[str, Any]:
    return {
        "paragraph": kept.paragraph,
        "text": kept.text,
        "reason": kept.flaw.value,
        "facts": [_fact_change_json(change) for change in kept.facts],
    }
