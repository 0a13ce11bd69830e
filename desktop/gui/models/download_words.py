"""A download in words: its row in the list, and one line for the foot of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.domain.hub import Download, DownloadState
from desktop.gui.models import figures
from desktop.gui.models.document_words import time_in_words
from desktop.gui.models.rows import Row
from desktop.gui.notify import words_for_record

AT_WORK = (DownloadState.RUNNING, DownloadState.VERIFYING)
STOPPED = (DownloadState.PAUSED, DownloadState.FAILED)

translate = QCoreApplication.translate


def row(download: Download) -> Row:
    """How the list puts it."""
    failed = download.state is DownloadState.FAILED
    return Row(
        title=download.name,
        beside=download.repository,
        line=state_in_words(download),
        icon="down",
        progress=None if failed else share(download),
        trouble=failed,
    )


def state_in_words(download: Download) -> str:
    """Where a download stands, with its speed and the time left while it runs."""
    amounts = translate("Downloads", "{done} of {size}").format(
        done=figures.size(download.done), size=figures.size(download.size)
    )
    match download.state:
        case DownloadState.QUEUED:
            return translate("Downloads", "Waiting, {amounts}").format(amounts=amounts)
        case DownloadState.PAUSED:
            return translate("Downloads", "Paused, {amounts}").format(amounts=amounts)
        case DownloadState.VERIFYING:
            return translate("Downloads", "Verifying its hash")
        case DownloadState.FAILED:
            why = words_for_record(download.error_code, download.error_facts)
            return translate("Downloads", "Failed: {why}").format(why=why)
        case DownloadState.RUNNING:
            return _running(download, amounts)


def _running(download: Download, amounts: str) -> str:
    line = translate("Downloads", "Fetching, {amounts}").format(amounts=amounts)
    left = download.seconds_left
    if left is None:
        return line
    speed = figures.size(round(download.bytes_per_s))
    template = translate("Downloads", "{line}, {speed} a second, {left}")
    return template.format(line=line, speed=speed, left=time_in_words(left))


def share(download: Download) -> float:
    """How much is there, 0 to 1."""
    return min(1.0, download.done / download.size) if download.size else 0.0


def in_total(downloads: Sequence[Download]) -> tuple[str, float]:
    """One line on what is being fetched, and how far it is (0 to 1; -1: nothing is)."""
    for download in downloads:
        if download.state in AT_WORK:
            return f"{download.name}: {state_in_words(download)}", share(download)
    return "", -1.0
