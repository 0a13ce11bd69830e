"""What it takes to judge an answer: its model, its speed, how much it read. Folded by default."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from desktop.domain.chat import AnswerKind, AnswerRecord
from desktop.gui.models.answer_words import words_for_searched
from desktop.gui.models.places import place_in_short
from desktop.gui.theme import GRID

SHA256_SHOWN = 12  # hexadecimal digits


class Details(QFrame):
    """A card of names and values. Plain text; every value can be selected."""

    def __init__(self, record: AnswerRecord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.details")
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Details of this answer"))
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(facts(record)):
            label = QLabel(name, self)
            label.setProperty("role", "muted")
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            shown = QLabel(value, self)
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.setWordWrap(True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{name}: {value}")
            grid.addWidget(shown, row, 1)


def facts(record: AnswerRecord, *, whole_hash: bool = False) -> list[tuple[str, str]]:
    """(name, value) of what is known of an answer, in words of the window."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Details", text)

    locale = QLocale()
    kinds = {
        AnswerKind.GROUNDED: tr("Written by a model from passages of your documents"),
        AnswerKind.QUOTED: tr("Passages of your documents, word for word; no model was used"),
        AnswerKind.SUMMARISED: tr("A summary by a model of what your documents say, and no more"),
        AnswerKind.COMPARED: tr("What each document says by itself, written by a model"),
        AnswerKind.NOT_FOUND: tr("No passage was relevant; no model was used"),
    }
    made_as = record.kind
    if made_as is AnswerKind.COMPARED and not record.model:  # its columns are passages
        made_as = AnswerKind.QUOTED
    found = [(tr("Made from"), kinds[made_as])]
    if record.model:
        found.append((tr("Model"), record.model))
    if record.model_sha256:
        short = f"{record.model_sha256[:SHA256_SHOWN]}…"
        found.append((tr("SHA-256"), record.model_sha256 if whole_hash else short))
    if record.searched is not None:
        found.append((tr("Searched"), words_for_searched(record.searched)))
    if record.model:
        settings = tr("temperature {temperature}, seed {seed}, up to {tokens} tokens").format(
            temperature=locale.toString(record.sampling.temperature, "f", 1),
            seed=record.sampling.seed,
            tokens=locale.toString(record.sampling.max_tokens),
        )
        found.append((tr("Settings"), settings))
    if record.passages:
        read_from = [
            f"{given.document}, {place_in_short(given.unit, given.page_label)}"
            for given in record.passages
        ]
        found.append((tr("Passages"), "\n".join(read_from)))
    if record.summarised:
        told = tr("its first {count} questions were read as a summary")
        found.append((tr("Chat"), told.format(count=locale.toString(record.summarised))))
    if record.left_out:
        told = tr("its first {count} questions were not read")
        left = record.summarised + record.left_out
        found.append((tr("Chat"), told.format(count=locale.toString(left))))
    timings = record.timings
    if timings.prompt_tokens:
        read = tr("{count} tokens, {cached} of them read before").format(
            count=locale.toString(timings.prompt_tokens),
            cached=locale.toString(timings.cached_tokens),
        )
        found.append((tr("Prompt"), read))
        first = tr("after {seconds} s").format(
            seconds=locale.toString(timings.first_token_s, "f", 1)
        )
        found.append((tr("First word"), first))
    if timings.tokens:
        written = tr("{count} tokens, {speed} a second").format(
            count=locale.toString(timings.tokens),
            speed=locale.toString(timings.tokens_per_s, "f", 1),
        )
        found.append((tr("Answer"), written))
    return found
