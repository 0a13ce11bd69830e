"""An installed model in words: its row in the list, and all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import EscritoireError
from desktop.domain.fitting import Placement
from desktop.domain.models import InstalledModel, Keeping, ModelKind, Speed
from desktop.gui.models import figures
from desktop.gui.models.placement_words import TONES, fit_in_words, verdict
from desktop.gui.models.rows import Row
from desktop.gui.models.search_words import Part, group, mark, why_it_stays
from desktop.gui.notify import happened, words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Shown:
    """A model as the page has it. `judged` is None until that is known."""

    model: InstalledModel
    answers: bool = False
    trouble: EscritoireError | None = None
    judged: Placement | EscritoireError | None = None
    removed: bool = False
    part: Part = Part.NONE

    @property
    def name(self) -> str:
        return self.model.name


def row(shown: Shown) -> Row:
    """How the list puts it."""
    model = shown.model
    if shown.removed:
        line = translate("Installed", "Removed: {size} is freed when Escritoire is closed")
        title = model.name
        line = line.format(size=figures.size(model.size))
        return Row(title, line=line, faded=True, group=group(model.kind))
    judged = shown.judged if isinstance(shown.judged, Placement) else None
    return Row(
        title=model.name,
        beside=", ".join(filter(None, (figures.size(model.size), model.quantization))),
        line=happened(shown.trouble) if shown.trouble else _line(model),
        mark=translate("Installed", "answers") if shown.answers else mark(shown.part),
        verdict=verdict(judged.fit) if judged else "",
        tone=TONES[judged.fit] if judged else Row("").tone,
        icon="models" if model.kind is ModelKind.CHAT else "search",
        trouble=shown.trouble is not None,
        group=group(model.kind),
    )


def facts(shown: Shown) -> list[tuple[str, str]]:
    """(name, value) of what is known of a model, leaving out what is not."""
    model, source = shown.model, shown.model.provenance
    window = figures.tokens(model.context_window) if model.context_window else ""
    known = [
        (translate("Installed", "On this computer"), _judgement(shown)),
        (translate("Installed", "Speed"), speed_in_words(model.speed) if model.speed else ""),
        (translate("Installed", "Use"), _kind(model.kind)),
        (translate("Installed", "Removing"), _why_it_stays(shown)),
        (translate("Installed", "Size"), figures.size(model.size)),
        (translate("Installed", "Parameters"), figures.parameters(model.parameters)),
        (translate("Installed", "Quantization"), model.quantization),
        (translate("Installed", "Context window"), window),
        (translate("Installed", "Licence"), source.licence),
        (translate("Installed", "Origin"), source.origin),
        (translate("Installed", "Commit"), source.commit),
        (translate("Installed", "Kept"), _keeping(model.keeping)),
        (translate("Installed", "Added"), figures.date(model.added) if model.added else ""),
        (translate("Installed", "Hash"), verified_in_words(model.verified)),
    ]
    hashes = [(part.path.name, part.sha256) for part in model.parts if part.sha256]
    if len(hashes) == 1:
        known.append((translate("Installed", "SHA-256"), hashes[0][1]))
    else:
        known += [(f"SHA-256, {name}", sha256) for name, sha256 in hashes]
    return [fact for fact in known if fact[1]]


def speed_in_words(speed: Speed) -> str:
    """All that was measured, in one line."""
    template = translate(
        "Installed",
        "writes {decode}, reads {prefill}, loads in {seconds} s, takes {memory}, with {threads} "
        "threads; measured on {date}",
    )
    return template.format(
        decode=figures.rate(speed.decode),
        prefill=figures.rate(speed.prefill),
        seconds=figures.number(max(1, round(speed.load_s))),
        memory=figures.size(speed.memory),
        threads=speed.threads,
        date=figures.date(speed.measured),
    )


def verified_in_words(verified: float) -> str:
    if not verified:
        return translate("Installed", "not verified yet; it is before the model is used")
    return translate("Installed", "verified on {date}").format(date=figures.date(verified))


def _line(model: InstalledModel) -> str:
    said = [_kind(model.kind), model.provenance.licence]
    if model.verified:
        verified = translate("Installed", "hash verified on {date}")
        said.append(verified.format(date=figures.date(model.verified)))
    else:
        said.append(translate("Installed", "hash not verified yet"))
    if model.speed is not None:
        here = translate("Installed", "{speed} measured here")
        said.append(here.format(speed=figures.rate(model.speed.decode)))
    elif model.kind is ModelKind.CHAT:
        said.append(translate("Installed", "not measured here"))
    line = ", ".join(part for part in said if part)
    return line[:1].upper() + line[1:]


def _judgement(shown: Shown) -> str:
    if shown.trouble is not None:
        return words(shown.trouble)
    if isinstance(shown.judged, Placement):
        return fit_in_words(shown.judged)
    return words(shown.judged) if shown.judged is not None else ""


def _why_it_stays(shown: Shown) -> str:
    # What came with Escritoire says so already.
    ours = shown.model.keeping is Keeping.INSTALLATION
    return "" if ours or shown.removed else why_it_stays(shown.part)


def _kind(kind: ModelKind) -> str:
    return {
        ModelKind.CHAT: translate("Installed", "writes answers"),
        ModelKind.EMBEDDER: translate("Installed", "finds passages by their meaning"),
        ModelKind.RERANKER: translate("Installed", "puts passages in order"),
        ModelKind.ADAPTER: translate("Installed", "adapts another model"),
    }[kind]


def _keeping(keeping: Keeping) -> str:
    return {
        Keeping.INSTALLATION: translate("Installed", "came with Escritoire, is not removed"),
        Keeping.OWNED: translate("Installed", "in your profile"),
        Keeping.IN_PLACE: translate("Installed", "in its own place, only read"),
    }[keeping]
