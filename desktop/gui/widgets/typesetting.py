"""What answers are set with that is made beside the main thread: formulas, and lexers of code."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop.gui.tasks import Tasks
from desktop.gui.widgets.code_colours import Lexers
from desktop.gui.widgets.formulas import Formulas


@dataclass(frozen=True, slots=True)
class Typesetting:
    """Shared by all answers of a window."""

    formulas: Formulas
    lexers: Lexers

    @staticmethod
    def on(tasks: Tasks, parent: QObject) -> Typesetting:
        """Made on the threads of `tasks`, for as long as `parent` lives."""
        return Typesetting(Formulas(tasks, parent), Lexers(tasks, parent))
