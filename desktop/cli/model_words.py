"""A model on the shelf in the words of the command line, and as scripts read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from desktop.cli import running, searching
from desktop.desk import Desk
from desktop.domain.errors import EscritoireError, ModelMissing
from desktop.domain.models import InstalledModel
from desktop.domain.packs import Signer

ANSWERS = "answers"
UNITS = ("bytes", "kB", "MB", "GB", "TB")


def in_words(size: int) -> str:
    """Bytes as a person reads them, in powers of a thousand."""
    amount, unit = float(size), 0
    while amount >= 999.5 and unit < len(UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.3g} {UNITS[unit]}"


def parts(desk: Desk) -> dict[str, str]:
    """What each model does at the moment, by name; those that do nothing are left out."""
    does = searching.parts(desk)
    if answers := chosen(desk):
        does[answers] = ANSWERS
    return does


def line(desk: Desk, model: InstalledModel, parts: Mapping[str, str]) -> str:
    """A model as the list puts it; `parts` is what models do."""
    said = [model.kind.value, model.quantization, in_words(model.size), _keeping(model)]
    if model.speed is not None:
        said.append(f"{model.speed.decode:.3g} tokens/s")
    said.append(parts.get(model.name, ""))
    trouble = desk.shelf.trouble_of(model)
    if trouble is not None:
        said.append("missing" if isinstance(trouble, ModelMissing) else "changed")
    return f"{model.name}: {', '.join(word for word in said if word)}"


def lines(desk: Desk, model: InstalledModel) -> list[tuple[str, str]]:
    """(name, value) of all that is known of a model."""
    source = model.provenance
    known = [
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
        ("Added", date(model.added) or ""),
        ("Verified", date(model.verified) or "not yet"),
    ]
    for part in model.parts:
        known += [("File", str(part.path)), ("SHA-256", part.sha256 or "not known yet")]
    trouble = desk.shelf.trouble_of(model)
    if trouble is not None:
        known.append(("Trouble", str(trouble)))
    return [(name, value) for name, value in known if value]


def _keeping(model: InstalledModel) -> str:
    return model.keeping.value.replace("_", " ")


def chosen(desk: Desk) -> str:
    """The name of the model that answers, "" if there is none."""
    try:
        return desk.chat_models.chosen().name
    except ModelMissing:
        return ""


def as_json(desk: Desk, model: InstalledModel, parts: Mapping[str, str]) -> dict[str, Any]:
    """A model as scripts read it; `parts` is what models do."""
    does = parts.get(model.name, "")
    source, speed = model.provenance, model.speed
    return {
        "name": model.name,
        "kind": model.kind.value,
        "keeping": model.keeping.value,
        "answers": does == ANSWERS,
        "searches": "" if does == ANSWERS else does,
        "size": model.size,
        "parameters": model.parameters,
        "quantization": model.quantization,
        "context_window": model.context_window,
        "licence": source.licence,
        "origin": source.origin,
        "repository": source.repository,
        "commit": source.commit,
        "added": date(model.added),
        "verified": date(model.verified),
        "files": [
            {"path": str(part.path), "sha256": part.sha256, "size": part.size}
            for part in model.parts
        ],
        "speed": None if speed is None else running.speed_json(speed),
        "error": error_json(desk.shelf.trouble_of(model)),
    }


def date(seconds: float) -> str | None:
    """A moment as ISO 8601 has it, None for never."""
    if not seconds:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def signed(signer: Signer) -> str:
    """Who signed a pack, in words."""
    return f"Signed by {signer.fingerprint}: {signer.seen.value}"


def signer_json(signer: Signer) -> dict[str, str]:
    """The same as scripts read it."""
    return {"fingerprint": signer.fingerprint, "seen": signer.seen.name.lower()}


def error_json(error: EscritoireError | None) -> dict[str, Any] | None:
    """An error as scripts read it, None for none."""
    if error is None:
        return None
    return {"code": error.code, "sentence": error.happened(), "remedy": error.to_do()}
