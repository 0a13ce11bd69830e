"""A file that is rewritten in the words of the window: what of it stands, and how it was saved."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.domain.originals import Closed, Original, OriginalKind, Saved


def closed_in_words(reason: Closed) -> str:
    translate = QCoreApplication.translate
    return {
        Closed.FIELD: translate("Rewrite", "a field goes over several paragraphs"),
        Closed.FORMULA: translate("Rewrite", "it holds a formula"),
        Closed.LOCKED: translate("Rewrite", "a content control is locked"),
        Closed.FILLED_IN: translate("Rewrite", "a content control fills it in"),
        Closed.ROW: translate("Rewrite", "its row is a tracked change"),
    }[reason]


def about_original(original: Original) -> str:
    """What becomes of the file, and what of it is left alone."""
    translate = QCoreApplication.translate
    said = {
        OriginalKind.DOCX: translate(
            "Rewrite", "What you take becomes tracked changes in a new document."
        ),
        OriginalKind.MAIL: translate("Rewrite", "A new mail keeps its headers and attachments."),
        OriginalKind.TEXT: translate("Rewrite", "A new file keeps its encoding ({encoding})."),
    }[original.kind].replace("{encoding}", original.encoding)
    sentences = [said]
    if original.other_version:
        sentences.append(translate("Rewrite", "Its version in HTML is left out there."))
    for reason, count in original.closed:
        stand = (
            translate("Rewrite", "One paragraph stands as it is: {reason}.")
            if count == 1
            else translate("Rewrite", "{count} paragraphs stand as they are: {reason}.")
        )
        sentences.append(stand.format(count=count, reason=closed_in_words(reason)))
    return " ".join(sentences)


def saved_in_words(saved: Saved, original: Original) -> str:
    """Where it lies, and what is otherwise than was wished."""
    translate = QCoreApplication.translate
    sentences = [translate("Rewrite", "Saved as {file}.").replace("{file}", saved.path.name)]
    if saved.refused:
        sentences.append(
            translate(
                "Rewrite", "{count} paragraphs could not be changed safely and stand as before."
            ).format(count=saved.refused)
        )
    if saved.encoding and original.encoding and saved.encoding != original.encoding:
        sentences.append(
            translate("Rewrite", "It is {new} now: {old} lacks a character that is in it.").format(
                new=saved.encoding, old=original.encoding
            )
        )
    return " ".join(sentences)
