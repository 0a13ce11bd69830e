"""The Models page: which models are installed here, and what they are. Installs none yet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import ModelError
from desktop.domain.jobs import Cancellation
from desktop.domain.models import EmbedderFiles, ModelFile
from desktop.gui import theme
from desktop.gui.notify import words
from desktop.gui.tasks import Tasks
from desktop.gui.widgets.sheet import Card, Sheet
from desktop.services.ports import Models

_UNITS = QLocale.DataSizeFormat.DataSizeSIFormat


@dataclass(frozen=True, slots=True)
class _Installed:
    chat: list[ModelFile]
    embedder: EmbedderFiles | None
    trouble: ModelError | None


class ModelsPage(Sheet):
    """Reads the model folders once, on a thread; `models.list` holds a card a model."""

    def __init__(self, *, tasks: Tasks, models: Models) -> None:
        super().__init__("")
        self.setObjectName("models")
        self.heading.setText(self.tr("Models"))
        self._models = models
        self.list = QWidget(self)
        self.list.setObjectName("models.list")
        self.list.setAccessibleName(self.tr("Installed models"))
        self._rows = QVBoxLayout(self.list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2 * theme.GRID)
        self.add(self.list)
        later = Card(self.tr("More models"))
        later.say(
            self.tr(
                "This version works with the models that came with it. A later one will show "
                "which others run well on this computer, and fetch them when you ask for it."
            )
        )
        self.add(later)
        tasks.run(self._look, owner=self, done=self._show)

    def _look(self, _: Cancellation) -> _Installed:
        chat = self._models.chat_models()
        try:
            return _Installed(chat, self._models.embedder(), None)
        except ModelError as error:
            return _Installed(chat, None, error)

    def _show(self, installed: _Installed) -> None:
        for model in installed.chat:
            self._rows.addWidget(self._chat_card(model))
        if not installed.chat:
            none = Card(self.tr("No chat model"))
            none.say(
                self.tr(
                    "Without one, answers quote the best passages of your documents word for word."
                )
            )
            self._rows.addWidget(none)
        if installed.embedder is not None:
            self._rows.addWidget(self._embedder_card(installed.embedder))
        if installed.trouble is not None:
            trouble = Card(self.tr("No embedding model"))
            trouble.say(words(installed.trouble))
            self._rows.addWidget(trouble)

    def _chat_card(self, model: ModelFile) -> Card:
        card = Card(model.name)
        card.say(self.tr("Writes the answers."))
        locale = QLocale()
        window = self.tr("{tokens} tokens").format(tokens=locale.toString(model.context_window))
        card.lines(
            (
                (self.tr("Size"), locale.formattedDataSize(model.size, 0, _UNITS)),
                (self.tr("Quantization"), model.quantization),
                (self.tr("Context window"), window if model.context_window else ""),
                (self.tr("Licence"), model.licence),
                (self.tr("Origin"), model.origin),
                (self.tr("SHA-256"), model.sha256),
            )
        )
        return card

    def _embedder_card(self, model: EmbedderFiles) -> Card:
        card = Card(model.name)
        card.say(self.tr("Finds passages by their meaning."))
        card.lines(
            (
                (self.tr("Dimensions"), str(model.dimensions)),
                (self.tr("Licence"), model.licence),
                (self.tr("Origin"), model.origin),
            )
        )
        return card
