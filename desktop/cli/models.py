"""escritoire models: what is on this computer, brought, verified, chosen, packed, taken away.

One function an action; what other actions need is added in `ACTIONS` and in `arguments.py`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.cli import hub, running, searching
from desktop.cli.main import DONE, KNOWN_ERROR, complain
from desktop.cli.session import session
from desktop.cli.terminal import StatusLine, note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.errors import EscritoireError, ModelMissing
from desktop.domain.jobs import Cancellation, Progress
from desktop.domain.models import InstalledModel, ModelKind, Way
from desktop.domain.packs import Signer

UNITS = ("bytes", "kB", "MB", "GB", "TB")
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
    chosen = _chosen(desk)
    if options.json:
        say_json({"models": [_as_json(desk, model, chosen) for model in models]})
        return DONE
    for model in models:
        say(one_line(_line(desk, model, chosen)))
    if not models:
        note("There is no model on this computer.")
    for folder in desk.shelf.known_folders():
        note(f"There may be models in {folder}: escritoire models watch {folder}")
    return DONE


def _show(desk: Desk, options: argparse.Namespace, _: Cancellation) -> int:
    model = desk.shelf.find(options.name)
    if options.json:
        say_json(_as_json(desk, model, _chosen(desk)))
        return DONE
    for name, value in _lines(desk, model):
        say(one_line(f"{name:<15}{value}"))
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
    signer = _signer_json(unpacked.signer)
    _say_brought(desk, options, unpacked.models, unpacked.refused, known=names, signer=signer)
    if not options.json:
        say(_signed(unpacked.signer))
        for name in names:
            say(one_line(f"{name}: here already, to the bit"))
    return KNOWN_ERROR if unpacked.refused else DONE


def _say_brought(
    desk: Desk, options: argparse.Namespace, models: list[InstalledModel], refused: Any, **more: Any
) -> None:
    if options.json:
        added = [_as_json(desk, desk.shelf.find(model.name), _chosen(desk)) for model in models]
        say_json({"models": added, "refused": [_error_json(error) for error in refused], **more})
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
                        "verified": _date(each.model.verified),
                        "error": _error_json(each.error),
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
    model = desk.shelf.choose(options.name)
    if options.json:
        say_json({"chosen": model.name})
    else:
        say(one_line(f"{model.name} answers from now on"))
    return DONE


def _pack(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> int:
    with _progress("Packing") as told:
        signer = desk.packs.make(options.folder, options.names, progress=told, cancel=cancel)
    if options.json:
        say_json({"folder": str(options.folder), "signer": _signer_json(signer)})
    else:
        say(one_line(f"Packed into {options.folder}"))
        say(_signed(signer))
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


# -- words


@contextmanager
def _progress(doing: str) -> Iterator[Callable[[Progress], None]]:
    """A status line on stderr that says how many of the bytes are done."""

    def show(progress: Progress) -> None:
        line.show(f"{doing}: ", f"{in_words(progress.done)} of {in_words(progress.total)}")

    with StatusLine() as line:
        yield show


def in_words(size: int) -> str:
    """Bytes as a person reads them, in powers of a thousand."""
    amount, unit = float(size), 0
    while amount >= 999.5 and unit < len(UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.3g} {UNITS[unit]}"


def _line(desk: Desk, model: InstalledModel, chosen: str) -> str:
    words = [model.kind.value, model.quantization, in_words(model.size), _keeping(model)]
    if model.speed is not None:
        words.append(f"{model.speed.decode:.3g} tokens/s")
    if model.name == chosen:
        words.append("answers")
    words.append(searching.part_of(desk, model))
    trouble = desk.shelf.trouble_of(model)
    if trouble is not None:
        words.append("missing" if isinstance(trouble, ModelMissing) else "changed")
    return f"{model.name}: {', '.join(word for word in words if word)}"


def _lines(desk: Desk, model: InstalledModel) -> list[tuple[str, str]]:
    source = model.provenance
    lines = [
        ("Name", model.name),
        ("Kind", model.kind.value),
        ("Kept", _keeping(model)),
        ("Size", in_words(model.size)),
        ("Parameters", f"{model.parameters:,}" if model.parameters else ""),
        ("Quantization", model.quantization),
        ("Context window", f"{model.context_window} tokens" if model.context_window else ""),
        ("Licence", source.licence),
        ("Origin", source.origin),
        ("Commit", source.commit),
        ("Added", _date(model.added) or ""),
        ("Verified", _date(model.verified) or "not yet"),
    ]
    for part in model.parts:
        lines += [("File", str(part.path)), ("SHA-256", part.sha256 or "not known yet")]
    trouble = desk.shelf.trouble_of(model)
    if trouble is not None:
        lines.append(("Trouble", str(trouble)))
    return [(name, value) for name, value in lines if value]


def _keeping(model: InstalledModel) -> str:
    return model.keeping.value.replace("_", " ")


def _chosen(desk: Desk) -> str:
    """The name of the model that answers, "" if there is none."""
    try:
        return desk.shelf.chosen().name
    except ModelMissing:
        return ""


def _as_json(desk: Desk, model: InstalledModel, chosen: str) -> dict[str, Any]:
    source, speed = model.provenance, model.speed
    return {
        "name": model.name,
        "kind": model.kind.value,
        "keeping": model.keeping.value,
        "answers": model.name == chosen,
        "searches": searching.part_of(desk, model),
        "size": model.size,
        "parameters": model.parameters,
        "quantization": model.quantization,
        "context_window": model.context_window,
        "licence": source.licence,
        "origin": source.origin,
        "repository": source.repository,
        "commit": source.commit,
        "added": _date(model.added),
        "verified": _date(model.verified),
        "files": [
            {"path": str(part.path), "sha256": part.sha256, "size": part.size}
            for part in model.parts
        ],
        "speed": None if speed is None else running.speed_json(speed),
        "error": _error_json(desk.shelf.trouble_of(model)),
    }


def _date(seconds: float) -> str | None:
    if not seconds:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _signed(signer: Signer) -> str:
    return f"Signed by {signer.fingerprint}: {signer.seen.value}"


def _signer_json(signer: Signer) -> dict[str, str]:
    return {"fingerprint": signer.fingerprint, "seen": signer.seen.name.lower()}


def _error_json(error: EscritoireError | None) -> dict[str, Any] | None:
    if error is None:
        return None
    return {"code": error.code, "sentence": error.happened(), "remedy": error.to_do()}
