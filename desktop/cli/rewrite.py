"""escritoire rewrite: a text in, the rewritten text out, and every fact that differs said."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

from desktop.cli import clipboard
from desktop.cli import rewrite_json as as_json
from desktop.cli.main import DONE, INTERRUPTED, KNOWN_ERROR, complain
from desktop.cli.rewrite_arguments import STDIN
from desktop.cli.running import stepped_down
from desktop.cli.session import profile_of, session
from desktop.cli.terminal import StatusLine, note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.errors import AdapterMismatch, ToneDamaged, WindowSilent
from desktop.domain.facts import FactChange, blocking, compare, extract
from desktop.domain.jobs import Cancellation
from desktop.domain.originals import Original, OriginalKind, Saved
from desktop.domain.review import Review
from desktop.domain.rewrites import DEFAULT_TONE, Kept, Rewritten, Wish
from desktop.domain.tone import Strength, Tone
from desktop.services.answer_events import Loading, Prefilling, SteppedDown, Wrote
from desktop.services.originals import DOCX, MAIL
from desktop.services.rewrite_events import Comparing, Paragraph, Retrying
from desktop.services.rewriting import checked
from desktop.storage import summons
from desktop.storage.paths import Paths
from desktop.storage.text_files import LARGEST, decoded, read_original

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
    screen = options.from_screen
    read = _plain(options.file) if screen is None else _on_screen(screen)
    if here:
        files = [(options.file, read)]
        if options.check_against is not None:
            files.append((options.check_against, _plain(options.check_against)))
        return _without_model(_opened(files, options), options)
    try:
        original, done, saved = _written(options, read)
    except AdapterMismatch as error:
        complain(error)
        if options.voice:
            note("To write in this voice without its adapter: --without-adapter")
        return KNOWN_ERROR
    if options.json:
        say_json(as_json.rewritten(done, original, saved))
    elif saved is not None:
        say(one_line(str(saved.path)))
    else:
        say(done.output, end="" if done.output.endswith(("\n", "\r")) else "\n")
    _tell(done)
    _tell_of_file(original, saved)
    if done.record.unwritten:
        note(
            f"Stopped after paragraph {done.record.paragraphs} of "
            f"{done.record.paragraphs + done.record.unwritten}; the rest is as it was."
        )
    if done.error is not None:
        raise done.error
    if done.record.unwritten:
        return INTERRUPTED
    return KNOWN_ERROR if blocking(done.facts) and not options.accept_facts else DONE


def _hand_over(options: argparse.Namespace) -> bool:
    """Let the window that has the profile open do it; False if there is none. Raises WindowSilent.

    It alone can put the result in the place of the selection, and has a model loaded.
    """
    paths = Paths(profile_of(options))
    if not summons.is_open(paths):
        return False
    try:
        summons.ask(paths, summons.Asked(options.from_screen))
    except OSError as error:
        raise WindowSilent(profile=str(paths.profile)) from error
    if not summons.wait_until_taken(paths, PATIENCE_S):
        raise WindowSilent(profile=str(paths.profile))
    return True


def _on_screen(source: str) -> Original:
    """The text there; if another is read for it here, that is said."""
    given = clipboard.at_hand(source)
    if given != source:
        note(f"This system gives no program the {source}: the {given} is read.")
    text = clipboard.read(given)
    checked(text)
    return Original(Path(), OriginalKind.TEXT, text, "")


def _plain(path: Path) -> Original | None:
    """A text; looked at before the second that unlocking takes. None: a child takes it apart."""
    if path.suffix.lower() in (DOCX, MAIL):
        return None
    if str(path) == STDIN:
        text = decoded(sys.stdin.buffer.read(LARGEST + 1), "Standard input")
        original = Original(path, OriginalKind.TEXT, text, "")
    else:
        original = read_original(path)
    checked(original.text)
    return original


def _opened(
    files: list[tuple[Path, Original | None]], options: argparse.Namespace
) -> list[Original]:
    """All of them, those that were not read yet taken apart."""
    read = [original for _, original in files if original is not None]
    if len(read) == len(files):
        return read
    with session(options, documents=False) as (desk, cancel):
        return [original or desk.originals.open(path, cancel) for path, original in files]


def _written(
    options: argparse.Namespace, read: Original | None
) -> tuple[Original, Rewritten, Saved | None]:
    """The file, which may have been `read` already, its rewrite, and where that was saved."""
    with session(options, documents=False) as (desk, cancel):
        original = read or desk.originals.open(options.file, cancel)
        text = checked(original.text)
        target = options.output
        if target is None and original.kind is OriginalKind.DOCX:
            target = desk.originals.free_name(original)
        if target is not None:
            desk.originals.check(original, target)  # before the minutes that a rewrite takes
        done = _rewrite(desk, options, original, text, cancel)
        if target is None:
            return original, done, None
        everything = Review(done.text, done.changes, frozenset(range(len(done.changes))))
        # What was stopped half way is saved as far as it went: the wish to stop was heard.
        saving = Cancellation() if done.record.unwritten else cancel
        saved = desk.originals.save(
            original, everything, target, author=options.author, cancel=saving
        )
        return original, done, saved


def _rewrite(
    desk: Desk,
    options: argparse.Namespace,
    original: Original,
    text: str,
    cancel: Cancellation,
) -> Rewritten:
    """The rewrite, or what is done of it when it is stopped. Raises Cancelled if nothing is."""
    wish = Wish(
        tone="" if options.voice else options.tone or DEFAULT_TONE,
        voice=options.voice or "",
        instruction=options.instruction,
        strength=Strength(options.strength),
        keep_length=options.keep_length,
        accept_facts=options.accept_facts,
        without_adapter=options.without_adapter,
    )
    rewriting = desk.rewriting.rewrite(
        text,
        wish,
        original=original,
        model=options.model,
        keep=not options.keep_nothing,
        cancel=cancel,
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
                case Comparing():
                    waiting.show("Comparing both texts")


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


def _tell_of_file(original: Original, saved: Saved | None) -> None:
    """On stderr: what of the file stands as it is, or is not what it was."""
    for reason, count in original.closed:
        who = (
            "1 paragraph stands as it is" if count == 1 else f"{count} paragraphs stand as they are"
        )
        note(f"{who}: {reason.value}.")
    if saved is None:
        return
    if saved.refused:
        who = "1 paragraph" if saved.refused == 1 else f"{saved.refused} paragraphs"
        note(f"{who} could not be changed safely in the file, and stand as before.")
    if original.other_version and saved.path.suffix.lower() == MAIL:
        note("The version of the mail in HTML, which says what it said before, was left out.")
    if saved.encoding and original.encoding and saved.encoding != original.encoding:
        note(f"Saved as {saved.encoding}: {original.encoding} lacks a character that is in it.")


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
    if change.doubtful:
        gone = f"{before} is gone" if before else f"{after} is new"
        return f"Worth a look ({kind}): {gone}, or said in other words."
    if before and after:
        return f"Fact changed ({kind}): {before} became {after}."
    return f"Fact lost ({kind}): {before}." if before else f"Fact added ({kind}): {after}."


# -- without a model


def _without_model(originals: list[Original], options: argparse.Namespace) -> int:
    text, *against = (checked(original.text) for original in originals)
    if not against:
        return _check(text, options)
    return _compare(text, against[0], options)


def _check(text: str, options: argparse.Namespace) -> int:
    facts = [fact for fact in extract(text) if not fact.weak]
    if options.json:
        say_json({"facts": [as_json.fact_found(fact) for fact in facts]})
    else:
        for fact in facts:
            say(one_line(f"{fact.kind.value}: {fact.text}"))
    return DONE


def _compare(text: str, rewritten: str, options: argparse.Namespace) -> int:
    found = compare(text, rewritten)
    if options.json:
        say_json({"facts": [as_json.fact_change(change) for change in found]})
    else:
        for change in found:
            say(one_line(_sentence(change)))
    return KNOWN_ERROR if blocking(found) and not options.accept_facts else DONE


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
                        **as_json.about(rewrite.record),
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
        count = len(desk.rewriting.forget())
        say("1 rewrite forgotten." if count == 1 else f"{count} rewrites forgotten.")
    return DONE


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"
