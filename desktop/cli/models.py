"""escritoire models: what is on this computer, brought, verified, chosen, packed, taken away.

One function an action; what other actions need is added in `ACTIONS` and in `arguments.py`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.cli import hub, model_words, running, searching
from desktop.cli.main import DONE, KNOWN_ERROR, complain
from desktop.cli.model_words import as_json, date, error_json, in_words, lines, signed, signer_json
from desktop.cli.session import session
from desktop.cli.terminal import StatusLine, note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import InstalledModel, ModelKind, Way

Act = Callable[[Desk, argparse.Namespace, Cancellation], int]


def run(options: argparse.Namespace) -> int:
    """Do what was asked; 3 if any of it could not be done."""
    elsewhere = hub.COMMANDS | running.COMMANDS
    if options.action in elsewhere:
        return elsewhere[options.action](options)
    with session(options, documents=False) as (desk, cancel):
        return ACTIONS[options.action](desk, options, cancel)


def _list(desk: Desk, options: argparse.Namespace, _: Cancellation) -> int:
    models = desk.shelf.installed()
    parts = model_words.parts(desk)
    if options.json:
        say_json({"models": [as_json(desk, model, parts) for model in models]})
        return DONE
    for model in models:
        say(one_line(model_words.line(desk, model, parts)))
    if not models:
        note("There is no model on this computer.")
    for folder in desk.shelf.known_folders():
        note(f"There may be models in {folder}: escritoire models watch {folder}")
    return DONE


def _show(desk: Desk, options: argparse.Namespace, _: Cancellation) -> int:
    model = desk.shelf.find(options.name)
    text = desk.licence_text(model.provenance)
    if options.json:
        say_json(as_json(desk, model, model_words.parts(desk)) | {"licence_text": text})
        return DONE
    for name, value in lines(desk, model):
        say(one_line(f"{name:<15}{value}"))
    if text:
        say(f"\n{text.rstrip()}")
    return DONE


def _import(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> int:
    packs = [path for path in options.paths if desk.packs.is_pack(path)]
    if packs and (len(options.paths) > 1 or options.way is not Way.COPY):
        note("A pack is imported alone, and by copying.")
        return KNOWN_ERROR
    if packs:
        return _unpack(desk, options, packs[0], cancel)
    with _progress("Importing") as told:
        brought = desk.shelf.add(options.paths, options.way, progress=told, cancel=cancel)
    _say_brought(desk, options, brought.models, brought.refused, copied=brought.copied)
    if not options.json:
        for name in brought.copied:
            note(f"{name} was copied: it lies on another disk, or one without hard links.")
    return KNOWN_ERROR if brought.refused else DONE


def _unpack(desk: Desk, options: argparse.Namespace, folder: Path, cancel: Cancellation) -> int:
    with _progress("Verifying and copying") as told:
        unpacked = desk.packs.unpack(folder, progress=told, cancel=cancel)
    names = [model.name for model in unpacked.known]
    signer = signer_json(unpacked.signer)
    _say_brought(desk, options, unpacked.models, unpacked.refused, known=names, signer=signer)
    if not options.json:
        say(signed(unpacked.signer))
        for name in names:
            say(one_line(f"{name}: here already, to the bit"))
    return KNOWN_ERROR if unpacked.refused else DONE


def _say_brought(
    desk: Desk, options: argparse.Namespace, models: list[InstalledModel], refused: Any, **more: Any
) -> None:
    if options.json:
        parts = model_words.parts(desk)
        added = [as_json(desk, desk.shelf.find(model.name), parts) for model in models]
        say_json(
            {
                "models": added,
                "refused": [error_json(error) for error in refused],
                **more,
            }
        )
    else:
        for model in models:
            say(one_line(f"{model.name}: {in_words(model.size)}, SHA-256 {model.parts[0].sha256}"))
    for error in refused:
        complain(error)


def _verify(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> int:
    with _progress("Verifying") as told:
        checked = desk.shelf.verify(options.name, progress=told, cancel=cancel)
    if options.json:
        say_json(
            {
                "models": [
                    {
                        "name": each.model.name,
                        "verified": date(each.model.verified),
                        "error": error_json(each.error),
                    }
                    for each in checked
                ]
            }
        )
    for each in checked:
        if each.error is not None:
            complain(each.error)
        elif not options.json:
            say(one_line(f"{each.model.name}: verified"))
    return KNOWN_ERROR if any(each.error for each in checked) else DONE


def _remove(desk: Desk, options: argparse.Namespace, _: Cancellation) -> int:
    model = desk.shelf.remove(options.name)
    freed = desk.shelf.settle()
    if options.json:
        say_json({"removed": model.name, "freed": freed})
    else:
        say(one_line(f"{model.name}: removed, {in_words(freed)} freed"))
    return DONE


def _use(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> int:
    kind = desk.shelf.find(options.name).kind
    if kind is ModelKind.EMBEDDER:
        return searching.use_embedder(desk, options, cancel)
    if kind is ModelKind.RERANKER:
        return searching.use_reranker(desk, options)
    model = desk.chat_models.choose(options.name)
    if options.json:
        say_json({"chosen": model.name})
    else:
        say(one_line(f"{model.name} answers from now on"))
    return DONE


def _pack(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> int:
    with _progress("Packing") as told:
        signer = desk.packs.make(options.folder, options.names, progress=told, cancel=cancel)
    if options.json:
        say_json({"folder": str(options.folder), "signer": signer_json(signer)})
    else:
        say(one_line(f"Packed into {options.folder}"))
        say(signed(signer))
    return DONE


def _watch(desk: Desk, options: argparse.Namespace, _: Cancellation) -> int:
    desk.shelf.watch(options.folder)
    return _say_watched(desk, options)


def _unwatch(desk: Desk, options: argparse.Namespace, _: Cancellation) -> int:
    desk.shelf.unwatch(options.folder)
    return _say_watched(desk, options)


def _say_watched(desk: Desk, options: argparse.Namespace) -> int:
    watched = [str(folder) for folder in desk.shelf.watched()]
    if options.json:
        say_json({"watched": watched})
    else:
        say("\n".join(one_line(folder) for folder in watched) or "No folder is watched")
    return DONE


ACTIONS: dict[str, Act] = {
    "list": _list,
    "show": _show,
    "import": _import,
    "verify": _verify,
    "remove": _remove,
    "use": _use,
    "stay": searching.stay,
    "reranking": searching.set_reranking,
    "pack": _pack,
    "watch": _watch,
    "unwatch": _unwatch,
}


@contextmanager
def _progress(doing: str) -> Iterator[Callable[[Progress], None]]:
    """A status line on stderr that says how many of the bytes are done."""

    def show(progress: Progress) -> None:
        line.show(
            f"{doing}: ",
            f"{in_words(progress.done)} of {in_words(progress.total)}",
        )

    with StatusLine() as line:
        yield show
