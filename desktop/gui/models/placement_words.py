"""Where a model is put and whether it fits, in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.domain.fitting import Fit, Placement
from desktop.domain.models import CPU
from desktop.gui.models import figures
from desktop.gui.models.rows import Tone
from desktop.services.answer_events import SteppedDown

TONES = {Fit.FITS: Tone.GOOD, Fit.SLOW: Tone.PLAIN, Fit.WILL_NOT_FIT: Tone.BAD}


def verdict(fit: Fit) -> str:
    """In two words at most whether a model runs here."""
    translate = QCoreApplication.translate
    return {
        Fit.FITS: translate("Placement", "fits"),
        Fit.SLOW: translate("Placement", "slow"),
        Fit.WILL_NOT_FIT: translate("Placement", "will not fit"),
    }[fit]


def fit_in_words(placement: Placement) -> str:
    """Whether a model runs here, with the figures that say so, and where."""
    translate = QCoreApplication.translate
    templates = {
        Fit.FITS: translate("Placement", "Fits: needs {needed} of {free} free, {where}."),
        Fit.SLOW: translate("Placement", "Slow: needs {needed} of {free} free, {where}."),
        Fit.WILL_NOT_FIT: translate(
            "Placement",
            "Will not fit: needs {needed} with what is kept for everything else, and {free} is "
            "free, {where}.",
        ),
    }
    return templates[placement.fit].format(
        needed=figures.size(placement.needed),
        free=figures.size(placement.free),
        where=_where(placement),
    )


def _where(placement: Placement) -> str:
    if placement.device == CPU:
        return QCoreApplication.translate("Placement", "on the processor")
    template = QCoreApplication.translate("Placement", "{layers} layers on {device}")
    return template.format(layers=placement.gpu_layers, device=placement.device)


def stepped_down(event: SteppedDown) -> str:
    """That a model went elsewhere than it should have, and where."""
    if event.after.gpu_layers:
        template = QCoreApplication.translate(
            "Placement",
            "{device} has too little memory for {wanted} layers of {model}, so it takes {layers}. "
            "Answers come more slowly.",
        )
    else:
        template = QCoreApplication.translate(
            "Placement",
            "{device} has too little memory for {model}, so the processor does its work. "
            "Answers come more slowly.",
        )
    return template.format(
        device=event.before.device,
        wanted=event.before.gpu_layers,
        model=event.model,
        layers=event.after.gpu_layers,
    )
