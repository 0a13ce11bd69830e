"""Rewrites in the words of the window: how one ended, facts that differ, what was kept and why."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.domain.facts import FactChange, Kind, Outcome
from desktop.domain.rewrites import Flaw, Kept, Rewritten

LONGEST = 90  # characters of a text in a line


def excerpt(text: str) -> str:
    """A text in quotation marks, on one line, and cut if it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= LONGEST else line[: LONGEST - 1] + '…'}”"


def ended_in_words(rewritten: Rewritten, *, stopped: bool) -> str:
    """How a rewrite ended."""
    translate = QCoreApplication.translate
    record = rewritten.record
    if stopped and not record.paragraphs:
        return translate("Rewrite", "Stopped before a paragraph was done.")
    if stopped:
        return translate(
            "Rewrite", "Stopped after paragraph {done} of {total}; the rest is as it was."
        ).format(done=record.paragraphs, total=record.paragraphs + record.unwritten)
    if not record.paragraphs and not rewritten.changes:
        return translate("Rewrite", "There is no prose in this text, so it was left as it is.")
    if not rewritten.changes and not rewritten.kept:
        return translate("Rewrite", "The model changed nothing. A larger one may do more.")
    return translate("Rewrite", "Rewritten by {model}.").format(model=record.model)


def fact_in_words(change: FactChange) -> str:
    """What was, and what is now."""
    translate = QCoreApplication.translate
    doubtful = {
        Outcome.LOST: translate(
            "Rewrite", "Worth a look: {before} is gone, or said in other words"
        ),
        Outcome.ADDED: translate("Rewrite", "Worth a look: {after} is new, or was said otherwise"),
    }
    certain = {
        Outcome.CHANGED: translate("Rewrite", "{kind}: {before} became {after}"),
        Outcome.LOST: translate("Rewrite", "{kind}: {before} is no longer there"),
        Outcome.ADDED: translate("Rewrite", "{kind}: {after} was not there before"),
    }
    template = (doubtful if change.doubtful else certain)[change.outcome]
    # Not `format` on a filled template: what a text says may hold braces.
    return template.format(
        kind=kind_in_words(change.kind),
        before=excerpt(change.before.text) if change.before else "",
        after=excerpt(change.after.text) if change.after else "",
    )


def kind_in_words(kind: Kind) -> str:
    translate = QCoreApplication.translate
    return {
        Kind.NUMBER: translate("Rewrite", "Number"),
        Kind.AMOUNT: translate("Rewrite", "Amount"),
        Kind.DATE: translate("Rewrite", "Date"),
        Kind.TIME: translate("Rewrite", "Time"),
        Kind.DURATION: translate("Rewrite", "Length of time"),
        Kind.NAME: translate("Rewrite", "Name"),
        Kind.EMAIL: translate("Rewrite", "E-mail address"),
        Kind.WEB_ADDRESS: translate("Rewrite", "Web address"),
        Kind.PHONE: translate("Rewrite", "Phone number"),
        Kind.REFERENCE: translate("Rewrite", "Reference"),
        Kind.QUOTATION: translate("Rewrite", "Quotation"),
        Kind.NEGATION: translate("Rewrite", "Yes or no"),
        Kind.MODALITY: translate("Rewrite", "Must, may or should"),
        Kind.SENTENCE: translate("Rewrite", "Whole sentence"),
    }[kind]


def flaw_in_words(flaw: Flaw) -> str:
    translate = QCoreApplication.translate
    return {
        Flaw.EMPTY: translate("Rewrite", "the model wrote nothing"),
        Flaw.TALKED: translate("Rewrite", "the model answered instead of rewriting"),
        Flaw.CUT_SHORT: translate("Rewrite", "the model stopped early"),
        Flaw.RAN_ON: translate("Rewrite", "the model wrote far more than was there"),
        Flaw.REPEATED: translate("Rewrite", "the model repeated itself"),
        Flaw.OTHER_LANGUAGE: translate("Rewrite", "the model changed the language"),
        Flaw.FACTS: translate("Rewrite", "the model would have changed facts"),
        Flaw.FIXED: translate("Rewrite", "the model would have changed a link or a field"),
        Flaw.TOO_LONG: translate("Rewrite", "the paragraph is too long for the model"),
    }[flaw]


def kept_in_words(kept: Kept) -> str:
    """What stands as it was, and why."""
    touched = dict.fromkeys(
        excerpt(change.before.text)
        for change in kept.facts
        if change.before is not None and change.before.text in kept.text
    )
    facts = f" ({', '.join(touched)})" if touched else ""
    template = QCoreApplication.translate("Rewrite", "Kept as it was: {text}, because {reason}")
    return template.format(text=excerpt(kept.text), reason=flaw_in_words(kept.flaw) + facts)
