"""escritoire collections: which documents belong together, and how complete they are."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.cli.documents import matching
from desktop.cli.main import DONE
from desktop.cli.session import session
from desktop.cli.terminal import StatusLine, note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.completeness import DoubtfulPage, Finding, Remark, Report, as_csv
from desktop.domain.documents import place_of
from desktop.domain.errors import error_from
from desktop.domain.jobs import Cancellation
from desktop.domain.versions import Basis

SHOWN = 12  # places of a remark; the table has them all

_SAID = {
    Finding.FAILED: "could not be read",
    Finding.LOCKED: "needs its password",
    Finding.STOPPED: "was stopped before it was read to the end",
    Finding.UNFINISHED: "is not indexed to the end yet",
    Finding.WITHOUT_TEXT: "has pages without text",
    Finding.UNSURE: "has pages that OCR read with little confidence",
    Finding.GONE: "is not where it was; its stored text is searched",
    Finding.CHANGED: "has changed since it was read",
    Finding.OLDER: "is an older version of",
    Finding.ALIKE: "says nearly the same as",
    Finding.DUPLICATE: "is the same file as",
}
_TOLD_BY = {
    Basis.NUMBER: "by the version in its name",
    Basis.NAMED_DAY: "by the day in its name",
    Basis.CREATED: "by the date it gives itself",
    Basis.MODIFIED: "by when its file was written",
    Basis.NONE: "",
}


def run(options: argparse.Namespace) -> int:
    """Do one thing with the profile's collections."""
    with session(options, documents=options.action == "report") as (desk, cancel):
        match options.action:
            case "list":
                _list(desk, options)
            case "add":
                _say_done(options, added=desk.collections.add(options.name).name)
            case "rename":
                _say_done(options, renamed=desk.collections.rename(options.name, options.to).name)
            case "remove":
                _say_done(options, removed=desk.collections.remove(options.name).name)
            case "put" | "take":
                _move(desk, options)
            case "report":
                _report(desk, options, cancel)
    return DONE


def _list(desk: Desk, options: argparse.Namespace) -> None:
    counts = {one.name: len(desk.library.documents(one.name)) for one in desk.collections.all()}
    if options.json:
        say_json([{"name": name, "documents": count} for name, count in counts.items()])
        return
    for name, count in counts.items():
        say(one_line(f"{name}: {count} document{'' if count == 1 else 's'}"))
    if not counts:
        note("There is no collection yet. Make one with: escritoire collections add NAME")


def _move(desk: Desk, options: argparse.Namespace) -> None:
    collection = desk.collections.named(options.name)
    ids = [document.id for document in matching(desk, options.documents)]
    if options.action == "put":
        desk.collections.put(collection.name, ids)
    else:
        desk.collections.take(collection.name, ids)
    count = len(desk.library.documents(collection.name))
    if options.json:
        say_json({"name": collection.name, "documents": count})
    else:
        say(one_line(f"{collection.name}: {count} document{'' if count == 1 else 's'}"))


def _say_done(options: argparse.Namespace, **done: str) -> None:
    if options.json:
        say_json(done)
    else:
        for what, name in done.items():
            say(one_line(f"{name}: {what}"))


# -- the report


def _report(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> None:
    with StatusLine() as line:
        report = desk.completeness.report(
            options.name,
            progress=lambda done, total: line.show(f"Comparing, {done} of {total} documents"),
            cancel=cancel,
        )
    if options.json:
        say_json(_as_json(report))
    elif options.csv:
        say(as_csv(_table(report)), end="")
    else:
        _print(report)


def _print(report: Report) -> None:
    where = report.collection or "All documents"
    say(one_line(f"{where}: {report.documents} documents, {report.ready} ready, "
                 f"{report.pages} pages"))  # fmt: skip
    for remark in report.remarks:
        say(one_line(f"- {remark.document.name} {_in_words(remark)}"))
    if report.complete:
        say("Every page of them can be found.")


def _in_words(remark: Remark) -> str:
    words = _SAID[remark.finding]
    if remark.other is not None:
        told = _TOLD_BY[remark.basis]
        words += f" {remark.other.name}" + (f", {told}" if told else "")
        if remark.finding is not Finding.DUPLICATE:
            words += f" ({round(100 * remark.agreement)} % of the text in common)"
    if remark.pages:
        shown = [_place(page) for page in remark.pages[:SHOWN]]
        more = len(remark.pages) - len(shown)
        words += f": {', '.join(shown)}" + (f" and {more} more" if more else "")
    if remark.finding is Finding.FAILED:
        error = error_from(remark.document.error_code, dict(remark.document.error_facts))
        words += f": {error}"
    return words


def _place(page: DoubtfulPage) -> str:
    place = place_of(page.unit, page.label)
    return place if page.confidence is None else f"{place} ({round(100 * page.confidence)} %)"


def _table(report: Report) -> list[list[str]]:
    rows = [["document", "path", "finding", "pages", "other document", "other path", "told by"]]
    for remark in report.remarks:
        other = remark.other
        rows.append(
            [
                remark.document.name,
                str(remark.document.path),
                remark.finding.value,
                "; ".join(map(_place, remark.pages)),
                other.name if other else "",
                str(other.path) if other else "",
                _TOLD_BY[remark.basis],
            ]
        )
    return rows


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "collection": report.collection or None,
        "documents": report.documents,
        "ready": report.ready,
        "pages": report.pages,
        "complete": report.complete,
        "findings": [
            {
                "document": remark.document.name,
                "path": str(remark.document.path),
                "finding": remark.finding.value,
                "pages": [
                    {"page": page.number, "label": page.label, "confidence": page.confidence}
                    for page in remark.pages
                ],
                "other": str(remark.other.path) if remark.other else None,
                "told_by": remark.basis.value if remark.other else None,
                "agreement": round(remark.agreement, 2) if remark.other else None,
                "error": remark.document.error_code or None,
            }
            for remark in report.remarks
        ],
    }
