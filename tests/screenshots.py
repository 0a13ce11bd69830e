"""python -m tests.screenshots OUT [DOCUMENT]: a picture of every page of the real window.

Light and dark, at two sizes, with a real document indexed and a real answer of the starter model.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from desktop.app import Application, build
from desktop.domain.chat import Turn
from desktop.domain.documents import Document, DocumentState
from desktop.gui import theme
from desktop.gui.pages.chat import ChatPage
from tests.samples import report_pages, write_pdf

SIZES = ((1024, 700), (1280, 800), (1920, 1080))
PAGES = ("chat", "documents", "rewrite", "models", "settings")
QUESTION = "Which surplus does the company report for the year?"
SETTLE_MS = 1500  # a page image is drawn anew by the child when its width changes
SHORT_MS = 200


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    dark = os.environ.get("SCREENSHOT_SCHEME") == "dark"
    if dark:  # the offscreen platform has no scheme of its own to follow
        theme.LIGHT = theme.DARK
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        document = Path(sys.argv[2]) if len(sys.argv) > 2 else _report(root)
        question = sys.argv[3] if len(sys.argv) > 3 else QUESTION
        application = build(root / "profile", "a picture needs no keyring")
        wait(application.prepared)
        take(application, out, "dark" if dark else "light", document, question)
        application.close()


def take(application: Application, out: Path, scheme: str, document: Path, question: str) -> None:
    window = application.window

    def shoot(name: str) -> None:
        for width, height in SIZES:
            window.resize(width, height)
            pause(SETTLE_MS if name == "chat-sources" else SHORT_MS)
            window.grab().save(str(out / f"{name}-{scheme}-{width}.png"))

    shoot("chat-empty")
    application.window.filesDropped.emit([document])
    wait_ready(application, document.name)
    chat = window.findChild(ChatPage)
    assert chat is not None
    window.show_page("chat")
    answered: list[Turn] = []
    application.answers.finished.connect(answered.append)
    application.answers.ask(question)
    wait(application.answers.finished)
    pause(SETTLE_MS)
    shoot("chat-answer")
    if answered[0].citations:
        chat._cite(answered[0], 1)
        pause(SETTLE_MS)
        shoot("chat-sources")
    for page in PAGES[1:]:
        window.show_page(page)
        pause()
        shoot(page)


def wait_ready(application: Application, name: str) -> None:
    loop = QEventLoop()

    def look(document: Document) -> None:
        if document.name == name and document.state is DocumentState.READY:
            loop.quit()

    application.library.documentChanged.connect(look)
    loop.exec()


def wait(signal: SignalInstance) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit)
    loop.exec()


def pause(milliseconds: int = SHORT_MS) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QApplication.processEvents()


def _report(root: Path) -> Path:
    return write_pdf(root / "Annual report.pdf", report_pages(6))


if __name__ == "__main__":
    main()
