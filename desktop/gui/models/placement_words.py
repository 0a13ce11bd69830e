"""Where a model is put and whether it fits, in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.services.answer_events import SteppedDown


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
