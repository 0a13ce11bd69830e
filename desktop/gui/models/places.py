"""Where in a document something stands, in words: a page, a slide, a range of cells, a section."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.domain.chat import Citation
from desktop.domain.documents import Located, Unit

translate = QCoreApplication.translate


def place_in_words(unit: Unit, label: str) -> str:
    """The place as the head of a panel: "Page iv", "Slide 3", "arts!A5:F15"."""
    match unit:
        case Unit.PAGE:
            text = translate("Places", "Page {label}")
        case Unit.SLIDE:
            text = translate("Places", "Slide {label}")
        case Unit.SECTION:
            text = translate("Places", "Section {label}")
        case Unit.MESSAGE:
            text = translate("Places", "Message of {label}")
        case Unit.SCAN:
            text = translate("Places", "Scan {label}")
        case Unit.CELLS:
            text = "{label}"
    return text.format(label=label)


def place_in_text(unit: Unit, label: str) -> str:
    """The place in the middle of a sentence: "page iv"."""
    match unit:
        case Unit.PAGE:
            text = translate("Places", "page {label}")
        case Unit.SLIDE:
            text = translate("Places", "slide {label}")
        case Unit.SECTION:
            text = translate("Places", "section {label}")
        case Unit.MESSAGE:
            text = translate("Places", "message of {label}")
        case Unit.SCAN:
            text = translate("Places", "scan {label}")
        case Unit.CELLS:
            text = "{label}"
    return text.format(label=label)


def place_in_short(unit: Unit, label: str) -> str:
    """The place where there is little room: "p. iv"."""
    if unit is Unit.PAGE:
        return translate("Places", "p. {label}").format(label=label)
    return place_in_text(unit, label)


def headings_of(found: Located) -> str:
    """The headings it stands under; none for cells, whose range names their sheet."""
    return "" if found.unit is Unit.CELLS else found.heading


def reference(citation: Citation) -> str:
    """A passage and where it stands: “words” (lease.pdf, p. 12)."""
    place = place_in_short(citation.unit, citation.page_label)
    stands = (citation.document, place, headings_of(citation))
    return f"“{citation.text}” ({', '.join(part for part in stands if part)})"
