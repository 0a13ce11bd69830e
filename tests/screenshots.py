"""python -m tests.screenshots OUT [DOCUMENT [QUESTION]]: pictures of the real window.

Every page, light and dark, at 100 and 150 %, at several sizes, with a real document indexed and a
real answer of the starter model. Qt reads the scale once, so each scheme and scale is a process of
its own. Sizes are in Qt's pixels: at 150 %, 1280 by 720 is all that a screen of 1920 by 1080 has.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication, QScrollArea

from desktop.app import Application, build
from desktop.domain.appearance import Appearance, Scheme
from desktop.domain.chat import Turn
from desktop.domain.documents import Document, DocumentState
from desktop.domain.tone import Pair
from desktop.domain.voices import Voice
from desktop.gui.pages.chat import ChatPage
from desktop.gui.pages.rewrite import HISTORY, VOICES, RewritePage
from desktop.storage.appearance_file import keep_appearance
from desktop.storage.paths import Paths
from tests.samples import report_pages, write_pdf

LIGHT, DARK = "light", "dark"
SMALL, LARGE = (1024, 700), (1920, 1080)
SIZES = {100: (SMALL, (1280, 800), LARGE), 150: (SMALL, (1280, 720), LARGE)}  # by scale in per cent
# For whoever wants to see another language, or larger text: "de", "200".
LANGUAGE, TEXT_SIZE = "SCREENSHOT_LANGUAGE", "SCREENSHOT_TEXT_SIZE"

SCHEME = "SCREENSHOT_SCHEME"  # in a child's environment: what it takes pictures of
SCALE = "SCREENSHOT_SCALE"
PAGES = ("chat", "documents", "rewrite", "models", "settings")
QUESTION = "Which surplus does the company report for the year?"
LETTER = """Dear Ms Marsh,

we has recieved your letter of 3 May 2021. The rent of £900 are paid until the end of the month.

The tenant shall not be liable for damage which was caused by third parties. Please do not hesitate
to contacts me on 020 7946 0018.
"""
OFFICE = Voice(
    "Our office",
    (
        Pair("We utilise the lift daily!", "We use the lift daily."),
        Pair("Kindly utilise form B!", "Please use form B."),
    ),
    guideline="Never use exclamation marks.",
    greeting="Dear {name},",
)
SETTLE_MS = 1500  # a page image is drawn anew by the child when its width changes
SHORT_MS = 200


def main() -> int:
    """Takes all pictures; returns 1 if a process of them failed."""
    if SCHEME in os.environ:
        picture(os.environ[SCHEME], int(os.environ[SCALE]))
        return 0
    status = 0
    for scheme in (LIGHT, DARK):
        for scale in SIZES:
            chosen = {SCHEME: scheme, SCALE: str(scale), "QT_SCALE_FACTOR": str(scale / 100)}
            command = [sys.executable, "-m", "tests.screenshots", *sys.argv[1:]]
            done = subprocess.run(command, env=os.environ | chosen, check=False)
            sys.stdout.write(f"{scheme}, {scale} %: {'failed' if done.returncode else 'done'}\n")
            sys.stdout.flush()
            status |= done.returncode != 0
    return int(status)


def picture(scheme: str, scale: int) -> None:
    """Takes the pictures of one scheme at the scale that Qt was started with."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    appearance = Appearance(
        language=os.environ.get(LANGUAGE, ""),
        scheme=Scheme(scheme),
        text_size=int(os.environ.get(TEXT_SIZE, "100")),
    )
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        document = Path(sys.argv[2]) if len(sys.argv) > 2 else _report(root)
        question = sys.argv[3] if len(sys.argv) > 3 else QUESTION
        (root / "profile").mkdir()
        keep_appearance(Paths(root / "profile").appearance, appearance)
        application = build(root / "profile", "a picture needs no keyring")
        wait(application.prepared)
        take(application, out, f"{scheme}-{scale}", scale, document, question)
        application.close()


def take(
    application: Application, out: Path, names: str, scale: int, document: Path, question: str
) -> None:
    window = application.window

    def shoot(name: str) -> None:
        for width, height in SIZES[scale]:
            window.resize(width, height)
            pause(SETTLE_MS if name == "chat-sources" else SHORT_MS)
            window.grab().save(str(out / f"{name}-{names}-{width}.png"))

    shoot("chat-empty")
    application.window.filesDropped.emit([document])
    wait_ready(application, document.name)
    chat = window.findChild(ChatPage)
    assert chat is not None
    window.show_page("chat")
    answered: list[Turn] = []
    application.joined.answers.finished.connect(answered.append)
    application.joined.answers.ask(question)
    wait(application.joined.answers.finished)
    pause(SETTLE_MS)
    shoot("chat-answer")
    if answered[0].citations:
        chat._cite(answered[0], 1)
        pause(SETTLE_MS)
        shoot("chat-sources")
    rewritten(application)
    for page in PAGES[1:]:
        window.show_page(page)
        pause()
        shoot(page)
    rewrite = window.findChild(RewritePage)
    assert rewrite is not None
    window.show_page("rewrite")
    application.desk.voices.save(OFFICE)
    for view, name in ((VOICES, "voices"), (HISTORY, "earlier")):
        rewrite.show_view(view)
        pause()
        shoot(name)
    window.show_page("settings")
    from_anywhere(application, out, names)
    shoot("settings-anywhere")


def rewritten(application: Application) -> None:
    """A rewrite on its page, with its changes marked."""
    page = application.window.findChild(RewritePage)
    assert page is not None
    page.desk.field.setPlainText(LETTER)
    application.window.show_page("rewrite")
    application.window.actions_.get("rewrite.start").trigger()
    wait(application.joined.rewrites.busyChanged)


def from_anywhere(application: Application, out: Path, names: str) -> None:
    """The small window with a text, then with what came of it; and the card in Settings."""
    outside = application.joined.outside
    small = outside.small

    def shoot(name: str) -> None:
        pause()
        small.grab().save(str(out / f"small-{name}-{names}.png"))

    outside.from_anywhere.open_clipboard()
    pause()
    shoot("empty")
    small.open_at_pointer(may_replace=True)  # as over another program
    small.put(LETTER, "")
    shoot("text")
    rewritten = application.joined.small_rewrites
    small.actions_.get("rewrite.start").trigger()
    wait(rewritten.busyChanged)
    shoot("done")
    small.close()
    outside.card.listens.click()  # no shortcut on this platform: the way to bind one is shown
    pause()
    page = application.window.page_widget("settings")
    area = page.findChild(QScrollArea)
    assert area is not None
    area.ensureWidgetVisible(outside.card)


def wait_ready(application: Application, name: str) -> None:
    loop = QEventLoop()

    def look(document: Document) -> None:
        if document.name == name and document.state is DocumentState.READY:
            loop.quit()

    application.joined.library.documentChanged.connect(look)
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
    sys.exit(main())
