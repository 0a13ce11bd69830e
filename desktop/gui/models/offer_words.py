"""What can be fetched, in words: entries of the catalogue, repositories, and their models."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.catalogue import Entry
from desktop.domain.errors import EscritoireError
from desktop.domain.fitting import Fit, Placement
from desktop.domain.hub import Repository, Variant
from desktop.domain.models import ModelKind
from desktop.domain.variants import name_of
from desktop.gui.models import figures
from desktop.gui.models.placement_words import TONES, fit_in_words, verdict
from desktop.gui.models.rows import Row, Tone
from desktop.gui.models.search_words import group
from desktop.gui.notify import words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Offer:
    """A row of the Find view: an entry of the catalogue, a repository, or one model of it.

    `comfortable` is the catalogue's rule for an entry, by which nothing is asked; `judged` comes
    of the model's own head, which was asked for. `opened` tells that a repository's models follow.
    """

    entry: Entry | None = None
    repository: Repository | None = None
    variant: Variant | None = None
    recommended: bool = False
    comfortable: bool | None = None
    judged: Placement | EscritoireError | None = None
    asking: bool = False
    opened: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return ("entry", self.entry.id) if self.entry is not None else self.where

    @property
    def where(self) -> tuple[str, str]:
        """The repository's name, and the first file's, "" for a whole repository."""
        if self.entry is not None:
            return self.entry.repository, self.entry.files[0]
        name = self.repository.name if self.repository else ""
        return name, self.variant.files[0].path if self.variant else ""

    @property
    def kind(self) -> ModelKind:
        offered = self.entry or self.variant
        return offered.kind if offered is not None else ModelKind.CHAT

    @property
    def is_model(self) -> bool:
        """Whether it can be fetched as it is; a repository has to be opened first."""
        return self.entry is not None or self.variant is not None


def row(offer: Offer) -> Row:
    """How the list puts it."""
    if offer.entry is not None:
        return _entry_row(offer, offer.entry)
    if offer.variant is not None:
        return _variant_row(offer, offer.variant)
    return _repository_row(offer, offer.repository or Repository(""))


def _entry_row(offer: Offer, entry: Entry) -> Row:
    said, tone = _verdict(offer)
    size = translate("Offers", "about {size}").format(size=figures.size(entry.weights))
    return Row(
        title=entry.title,
        beside=f"{size}, {entry.quantization}, {entry.licence}",
        line=_asking() if offer.asking else _said(entry.good_for),
        mark=translate("Offers", "recommended for this computer") if offer.recommended else "",
        verdict=said,
        tone=tone,
        icon="models" if entry.kind is ModelKind.CHAT else "search",
        group=group(entry.kind),
    )


def _variant_row(offer: Offer, variant: Variant) -> Row:
    said, tone = _verdict(offer)
    files = len(variant.files)
    several = translate("Offers", "{count} files").format(count=files) if files > 1 else ""
    return Row(
        title=variant.quantization or name_of(variant),
        beside=figures.size(variant.size),
        line=_asking() if offer.asking else ", ".join(filter(None, (name_of(variant), several))),
        verdict=said,
        tone=tone,
        icon="documents",
        depth=1,
        trouble=isinstance(offer.judged, EscritoireError) and not offer.asking,
    )


def _repository_row(offer: Offer, repository: Repository) -> Row:
    said = [
        repository.licence or translate("Offers", "no licence stated"),
        translate("Offers", "fetched {count} times").format(
            count=QLocale().toString(repository.downloads)
        ),
    ]
    if repository.gated:
        said.append(translate("Offers", "gated: its licence has to be accepted first"))
    line = ", ".join(said)
    if offer.asking:
        line = _asking()
    elif offer.opened and not repository.variants:
        line = translate("Offers", "There is no GGUF in it that could be used")
    return Row(title=repository.name, line=line, icon="folder")


def judgement(offer: Offer) -> str:
    """In full whether it runs here, and how that is known."""
    if isinstance(offer.judged, Placement):
        return fit_in_words(offer.judged)
    if offer.judged is not None:
        return words(offer.judged)
    if offer.comfortable is None:
        return ""
    if offer.comfortable:
        return translate(
            "Offers", "By its size it runs comfortably here. Nothing was asked of the hub for that."
        )
    return translate(
        "Offers",
        "By its size it is slow here, or does not fit. Nothing was asked of the hub for that.",
    )


def facts(offer: Offer) -> list[tuple[str, str]]:
    """(name, value) of what is known before anything is fetched."""
    entry, repository, variant = offer.entry, offer.repository, offer.variant
    known = [(translate("Offers", "On this computer"), judgement(offer))]
    if entry is not None:
        known += [
            (translate("Offers", "Good for"), _said(entry.good_for)),
            (translate("Offers", "Languages"), ", ".join(entry.languages)),
            (translate("Offers", "Parameters"), figures.parameters(entry.parameters)),
            (translate("Offers", "Context window"), figures.tokens(entry.context_window)),
            (translate("Offers", "Licence"), entry.licence),
            ("", _said(entry.licence_note)),
            (translate("Offers", "Repository"), entry.repository),
            (translate("Offers", "File"), ", ".join(entry.files)),
        ]
    if repository is not None and entry is None:
        licence = repository.licence or translate("Offers", "none stated")
        known += [
            (translate("Offers", "Licence"), licence),
            (translate("Offers", "Repository"), repository.name),
        ]
    if repository is not None:
        known.append((translate("Offers", "Commit"), repository.commit))
    if variant is not None:
        known += [
            (translate("Offers", "Size"), figures.size(variant.size)),
            (translate("Offers", "SHA-256"), ", ".join(file.sha256 for file in variant.files)),
        ]
    if (entry and entry.gated) or (repository and repository.gated):
        gated = translate(
            "Offers",
            "accept the licence on the hub's page, and enter an access token in Settings",
        )
        known.append((translate("Offers", "Gated"), gated))
    return [fact for fact in known if fact[1]]


def title(offer: Offer) -> str:
    """What is offered, as a heading."""
    if offer.entry is not None:
        return offer.entry.title
    if offer.variant is not None:
        return name_of(offer.variant)
    return offer.repository.name if offer.repository else ""


def _said(text: str) -> str:
    """What the catalogue says, in the language of the window."""
    return translate("Catalogue", text) if text else ""


def _asking() -> str:
    return translate("Offers", "Asking the hub")


def _verdict(offer: Offer) -> tuple[str, Tone]:
    if isinstance(offer.judged, Placement):
        return verdict(offer.judged.fit), TONES[offer.judged.fit]
    if offer.comfortable is None or offer.judged is not None:
        return "", Tone.PLAIN
    fit = Fit.FITS if offer.comfortable else Fit.SLOW
    if offer.comfortable:
        return translate("Offers", "should fit"), TONES[fit]
    return translate("Offers", "too large to be quick"), TONES[fit]
