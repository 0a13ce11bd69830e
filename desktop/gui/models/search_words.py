"""The models that documents are searched with, in words: their part in it, and a switch between
embedders. Pure functions of what they are given."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication

from desktop.domain.models import ModelKind
from desktop.gui.models import figures
from desktop.services.reembedding import Switch

translate = QCoreApplication.translate

GROUPS = (ModelKind.CHAT, ModelKind.EMBEDDER, ModelKind.RERANKER, ModelKind.ADAPTER)


class Part(Enum):
    """What a model does for searching at the moment."""

    NONE = 0
    SEARCHES = 1
    COMING = 2
    ORDERS = 3


def group(kind: ModelKind) -> str:
    """The heading above the models of a kind."""
    return {
        ModelKind.CHAT: translate("Searching", "Answering"),
        ModelKind.EMBEDDER: translate("Searching", "Searching"),
        ModelKind.RERANKER: translate("Searching", "Ordering what was found"),
        ModelKind.ADAPTER: translate("Searching", "Adapting other models"),
    }[kind]


def mark(part: Part) -> str:
    """The part in a word or two, as lists mark it."""
    return {
        Part.NONE: "",
        Part.SEARCHES: translate("Searching", "searches"),
        Part.COMING: translate("Searching", "takes over"),
        Part.ORDERS: translate("Searching", "orders what was found"),
    }[part]


def why_it_stays(part: Part) -> str:
    """Why a model cannot be removed because of its part, "" if it can."""
    return {
        Part.NONE: "",
        Part.SEARCHES: translate(
            "Searching",
            "Your documents are searched with it. Use another one for that first; once they are "
            "embedded with it, this one can be removed.",
        ),
        Part.COMING: translate(
            "Searching",
            "Your documents are being embedded with it. It can be removed once you cancel that.",
        ),
        Part.ORDERS: translate(
            "Searching",
            "What was found is ordered with it. It can be removed once it is not used any more.",
        ),
    }[part]


def planned(switch: Switch, serving: str) -> str:
    """What a switch would take, before it is begun. `serving` searches until it is over, or ""."""
    documents = (
        translate("Searching", "1 document")
        if switch.documents == 1
        else translate("Searching", "{count} documents").format(
            count=figures.number(switch.documents)
        )
    )
    if switch.left == 1:
        template = translate(
            "Searching", "{name}: 1 passage of {documents} has to be embedded again"
        )
    else:
        template = translate(
            "Searching", "{name}: {passages} passages of {documents} have to be embedded again"
        )
    line = template.format(
        name=switch.name, passages=figures.number(switch.left), documents=documents
    )
    if switch.seconds_left is not None:
        takes = translate("Searching", "{line}, which takes {time}")
        line = takes.format(line=line, time=_takes(switch.seconds_left))
    if not serving:
        return translate("Searching", "{line}.").format(line=line)
    return translate("Searching", "{line}. Until then {serving} searches.").format(
        line=line, serving=serving
    )


def far(switch: Switch) -> tuple[str, float]:
    """One line on a switch under way, and its progress (0 to 1)."""
    line = translate("Searching", "Embedding with {name}, {done} of {passages} passages").format(
        name=switch.name,
        done=figures.number(switch.done),
        passages=figures.number(switch.passages),
    )
    if switch.seconds_left is not None:
        left = translate("Searching", "{line}, {time} left")
        line = left.format(line=line, time=_takes(switch.seconds_left))
    return line, switch.done / switch.passages if switch.passages else 0.0


def _takes(seconds: float) -> str:
    """A duration, as coarse as it is certain."""
    if seconds < 20:
        return translate("Searching", "a few seconds")
    if seconds < 90:
        return translate("Searching", "about 1 min")
    if seconds < 90 * 60:
        return translate("Searching", "about {minutes} min").format(minutes=round(seconds / 60))
    return translate("Searching", "about {hours} h").format(hours=round(seconds / 3600))
