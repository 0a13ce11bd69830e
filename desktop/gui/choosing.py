"""Asking for a file, beside the window, which stays usable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def choose(
    within: QWidget,
    name: str,
    title: str,
    filters: Sequence[str],
    chosen: Callable[[list[Path]], object],
    *,
    save_as: str = "",
    several: bool = False,
) -> QFileDialog:
    """Open a dialogue with the object name `name`; `chosen` gets what was chosen, if anything.

    With `save_as`, a name for a new file is asked for, and that one is proposed.
    """
    dialogue = QFileDialog(within.window(), title)
    dialogue.setObjectName(name)
    dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialogue.setNameFilters(list(filters))
    if save_as:
        dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialogue.selectFile(save_as)
    else:
        mode = QFileDialog.FileMode
        dialogue.setFileMode(mode.ExistingFiles if several else mode.ExistingFile)
    dialogue.filesSelected.connect(lambda names: chosen([Path(each) for each in names]))
    dialogue.open()
    return dialogue
