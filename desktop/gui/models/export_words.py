"""What an exported conversation says itself, in words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from desktop.domain.chat import AnswerRecord, Citation
from desktop.domain.export_words import Words, sampling_in_figures
from desktop.gui.models.answer_words import in_words_of_the_window
from desktop.gui.models.places import headings_of, place_in_text
from desktop.gui.widgets.details import facts


def words_of_the_window() -> Words:
    """The words in the language that the window has now."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Export", text)

    return Words(
        question=tr("Question"),
        answer=tr("Answer"),
        unsupported=tr("No passage supports this sentence."),
        unsupported_below=tr("No passage supports a sentence with a dotted line."),
        stopped=tr("This answer was stopped before it was finished."),
        failed=tr("This answer failed."),
        sources=tr("Sources"),
        text_of=in_words_of_the_window,
        place_of=_place,
        record_of=_record,
        time_of=_time,
    )


def _place(citation: Citation) -> str:
    place, headings = place_in_text(citation.unit, citation.page_label), headings_of(citation)
    return f"{place}, {headings}" if headings else place


def _record(record: AnswerRecord) -> list[tuple[str, str]]:
    """What an answer's details show, with the whole hash, and what it takes to get it again."""
    found = facts(record, whole_hash=True)
    if record.model:
        sampling = QCoreApplication.translate("Export", "Sampling")
        seed = QCoreApplication.translate("Export", "Seed")
        found += [(sampling, sampling_in_figures(record)), (seed, str(record.sampling.seed))]
    return found


def _time(seconds: float) -> str:
    moment = QDateTime.fromSecsSinceEpoch(int(seconds))
    return QLocale().toString(moment, QLocale.FormatType.LongFormat)
