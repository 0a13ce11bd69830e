"""A report on how complete a collection is, in words of the window: rows, a text, a table."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.completeness import MISSING, DoubtfulPage, Finding, Remark, Report
from desktop.domain.versions import Basis
from desktop.gui.models.places import place_in_short
from desktop.gui.models.rows import Row
from desktop.gui.notify import words_for_record

PAGES_SHOWN = 8  # in a row; the saved report has them all

translate = QCoreApplication.translate


def heading(finding: Finding) -> str:
    """What is the matter with the documents of one kind of finding."""
    return {
        Finding.FAILED: translate("Report", "Could not be read"),
        Finding.LOCKED: translate("Report", "Need their passwords"),
        Finding.STOPPED: translate("Report", "Stopped before they were read to the end"),
        Finding.UNFINISHED: translate("Report", "Not fully indexed yet"),
        Finding.WITHOUT_TEXT: translate("Report", "Pages without text: nothing on them is found"),
        Finding.UNSURE: translate("Report", "Hard to read: recognized with little confidence"),
        Finding.GONE: translate("Report", "Files that are not where they were"),
        Finding.CHANGED: translate("Report", "Files that changed since they were read"),
        Finding.OLDER: translate("Report", "Older versions of a document that is here as well"),
        Finding.ALIKE: translate("Report", "Nearly the same as another document"),
        Finding.DUPLICATE: translate("Report", "Exactly the same as another document"),
    }[finding]


def row(remark: Remark) -> Row:
    """A remark as a list shows it."""
    return Row(
        title=remark.document.name,
        beside=str(remark.document.path.parent),
        line=details(remark, PAGES_SHOWN),
        icon="documents",
        trouble=remark.finding in (Finding.FAILED, Finding.LOCKED),
        group=heading(remark.finding),
    )


def details(remark: Remark, most: int | None = None) -> str:
    """What a remark says beside its kind; at most so many pages are named."""
    if remark.finding is Finding.FAILED:
        return words_for_record(remark.document.error_code, dict(remark.document.error_facts))
    if remark.other is not None:
        return _compared(remark)
    if not remark.pages:
        return {
            Finding.LOCKED: translate("Report", "Select it in the list and type the password."),
            Finding.STOPPED: translate("Report", "Select it in the list and try again."),
            Finding.UNFINISHED: translate("Report", "Answers use the pages that are done so far."),
            Finding.GONE: translate("Report", "What was read stays, and is searched."),
            Finding.CHANGED: translate("Report", "Add it again to read it as it is now."),
        }.get(remark.finding, "")
    shown = [_place(page) for page in remark.pages[:most]]
    more = len(remark.pages) - len(shown)
    said = ", ".join(shown)
    if more:
        said = translate("Report", "{pages} and {more} more").format(
            pages=said, more=QLocale().toString(more)
        )
    return said


def _place(page: DoubtfulPage) -> str:
    place = place_in_short(page.unit, page.label)
    if page.confidence is None:
        return place
    return translate("Report", "{place} ({percent} %)").format(
        place=place, percent=round(100 * page.confidence)
    )


def _compared(remark: Remark) -> str:
    other = remark.other.name if remark.other is not None else ""
    if remark.finding is Finding.DUPLICATE:
        return translate("Report", "The same file as {other}").format(other=other)
    told = {
        Basis.NUMBER: translate("Report", "Newer by the version in its name: {other}"),
        Basis.NAMED_DAY: translate("Report", "Newer by the day in its name: {other}"),
        Basis.CREATED: translate("Report", "Newer by the date that it gives itself: {other}"),
        Basis.MODIFIED: translate("Report", "Newer by when its file was written: {other}"),
        Basis.NONE: translate("Report", "Which one is newer, nothing tells: {other}"),
    }[remark.basis].format(other=other)
    return translate("Report", "{told}, with {percent} % of the text in common").format(
        told=told, percent=round(100 * remark.agreement)
    )


def title(report: Report) -> str:
    if not report.collection:
        return translate("Report", "Report on all documents")
    return translate("Report", "Report on {collection}").format(collection=report.collection)


def summary(report: Report) -> str:
    """How much there is, and how much of it is missing."""
    locale = QLocale()
    much = translate("Report", "Documents: {documents}, ready: {ready}, pages: {pages}.").format(
        documents=locale.toString(report.documents),
        ready=locale.toString(report.ready),
        pages=locale.toString(report.pages),
    )
    if report.complete:
        return f"{much} {translate('Report', 'Every page of them can be found.')}"
    missing = {remark.document.id for remark in report.remarks if remark.finding in MISSING}
    lacking = translate("Report", "Documents of which something cannot be found: {count}.")
    return f"{much} {lacking.format(count=locale.toString(len(missing)))}"


def as_text(report: Report) -> str:
    """The whole report, to be read without the program."""
    lines = [title(report), summary(report)]
    last: Finding | None = None
    for remark in report.remarks:
        if remark.finding is not last:
            lines += ["", heading(remark.finding)]
            last = remark.finding
        said = details(remark)
        lines.append(f"- {remark.document.path}" + (f": {said}" if said else ""))
    return "\n".join(lines) + "\n"


def table(report: Report) -> list[list[str]]:
    """The whole report, a row a remark."""
    rows = [
        [
            translate("Report", "Finding"),
            translate("Report", "Document"),
            translate("Report", "Path"),
            translate("Report", "Details"),
            translate("Report", "Path of the other document"),
        ]
    ]
    rows += [
        [
            heading(remark.finding),
            remark.document.name,
            str(remark.document.path),
            details(remark),
            str(remark.other.path) if remark.other else "",
        ]
        for remark in report.remarks
    ]
    return rows
