"""The Sources panel: the page an answer rests on, with the passage lit.

Asks the library for the page on a task. If the file cannot be shown, the stored text is, with one
sentence on why. Page images come from the reader: nothing is parsed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.chat import Citation
from desktop.domain.documents import Page
from desktop.domain.errors import DocumentMissing, EscritoireError, PageNotDrawn
from desktop.domain.jobs import Cancellation
from desktop.gui.actions import Actions
from desktop.gui.models.places import headings_of, place_in_words, reference
from desktop.gui.notify import words
from desktop.gui.opening_originals import OpeningOriginals
from desktop.gui.tasks import Tasks
from desktop.gui.theme import GRID
from desktop.gui.widgets.page_text import PageText
from desktop.gui.widgets.page_view import PageView, Prepared, prepared
from desktop.gui.widgets.sources_bar import SourcesBar
from desktop.services.library import Library

BUSY_AFTER_MS = 150  # a page that comes sooner needs no sign of work
SETTLE_MS = 200  # after the last change of size, before the page is rendered again


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What could be had of a page."""

    page: Page | None
    image: Prepared | None
    trouble: EscritoireError | None


class SourcesPanel(QFrame):
    """Shows one citation of an answer at a time. `closed`: it is not wanted any more; `shown` tells
    that a page, or what is left of it, is on screen."""

    closed = Signal()
    shown = Signal()

    def __init__(self, tasks: Tasks, library: Library, actions: Actions, within: QWidget) -> None:
        super().__init__(within)
        self.setObjectName("chat.sources")
        self.setAccessibleName(self.tr("Sources"))
        self.setMinimumWidth(40 * GRID)
        self._tasks = tasks
        self._library = library
        self._citations: Sequence[Citation] = ()
        self._at = 0
        self._page = 1
        self._job: Cancellation | None = None
        self._bar = SourcesBar(self)
        self._view = PageView(self)
        self._text = PageText(self)
        self._trouble = QLabel(self)
        self._trouble.setObjectName("sources.trouble")
        self._trouble.setProperty("role", "muted")
        self._trouble.setTextFormat(Qt.TextFormat.PlainText)
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        self._stack = QStackedWidget(self)
        self._busy = _busy(self.tr("Fetching the page"))
        for widget in (self._view, self._text, self._busy):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._bar)
        layout.addWidget(self._trouble)
        layout.addWidget(self._stack, 1)
        self._show_busy = QTimer(self)
        self._show_busy.setSingleShot(True)
        self._show_busy.setInterval(BUSY_AFTER_MS)
        self._show_busy.timeout.connect(lambda: self._stack.setCurrentWidget(self._busy))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._fetch_again)
        self._view.resized.connect(self._settle.start)
        self._originals = OpeningOriginals(tasks, library, self)
        self._originals.opened.connect(self._bar.say)
        self._originals.refused.connect(self._say)
        self._add_actions(actions, within)
        self._bar.offer(actions)

    def show_citation(self, citations: Sequence[Citation], number: int) -> None:
        """Show the citation of that number, the others a key press away."""
        self._citations = citations
        numbers = [citation.number for citation in citations]
        if number in numbers:
            self._go_to(numbers.index(number))

    @property
    def citation(self) -> Citation | None:
        return self._citations[self._at] if self._citations else None

    @property
    def page(self) -> int:
        """The page in view, from 1; not always the one that is cited."""
        return self._page

    # -- which page

    def _go_to(self, at: int) -> None:
        self._at = at % len(self._citations)
        self._turn_to(self._citations[self._at].page)

    def _turn_to(self, page: int) -> None:
        self._page = page
        self._show_busy.start()
        self._fetch()

    def _step(self, steps: int) -> None:
        if self._citations:
            self._go_to(self._at + steps)

    def _turn(self, pages: int) -> None:
        if self._citations and self._page + pages >= 1:
            self._turn_to(self._page + pages)

    def _span(self) -> tuple[int, int] | None:
        citation = self.citation
        if citation is None or citation.page != self._page:
            return None
        return citation.start, citation.end

    # -- fetching it

    def _fetch_again(self) -> None:
        if self._citations and self.isVisible() and self._stack.currentWidget() is self._view:
            self._fetch()

    def _fetch(self) -> None:
        citation = self.citation
        if citation is None:
            return
        if self._job is not None:
            self._job.cancel()
        document_id, number, span = citation.document_id, self._page, self._span()
        width = self._view.width_wanted()
        library = self._library

        def work(cancel: Cancellation) -> _Sheet:
            page = library.page(document_id, number)
            if page is None and number != citation.page:
                return _Sheet(None, None, None)
            try:
                spans = [] if span is None else [span]
                image = prepared(library.page_image(document_id, number, spans, width, cancel))
            except DocumentMissing:
                # The library may not know the name any more; the citation does.
                return _Sheet(page, None, DocumentMissing(file=citation.document))
            except EscritoireError as error:
                return _Sheet(page, None, error)
            return _Sheet(page, image, None)

        self._bar.show_place(citation, self._at + 1, len(self._citations))
        self._job = self._tasks.run(work, owner=self, done=self._show, failed=self._show_trouble)

    def _show_trouble(self, error: EscritoireError) -> None:
        self._show(_Sheet(None, None, error))

    def _show(self, sheet: _Sheet) -> None:
        self._show_busy.stop()
        citation = self.citation
        if citation is None:
            return
        if sheet.page is None and sheet.trouble is None:  # turned past the last page
            self._page -= 1
            self._bar.show_last()
            self._stack.setCurrentWidget(self._view)
            return
        label = sheet.page.label if sheet.page else citation.page_label
        unit = sheet.page.unit if sheet.page else citation.unit
        self._bar.show_page(unit, label, self._page, headings_of(citation))
        self._say(self._remark(sheet))
        if sheet.image is not None:
            name = self.tr("{place} of {document}").format(
                place=place_in_words(unit, label), document=citation.document
            )
            self._stack.setCurrentWidget(self._view)
            self._view.show_page(sheet.image, name, citation.text if self._span() else "")
        else:
            page = sheet.page or Page(self._page, label, citation.text)
            span = self._span() if sheet.page else (0, len(citation.text))
            self._text.show_page(page, span)
            self._stack.setCurrentWidget(self._text)
        self.shown.emit()

    def _remark(self, sheet: _Sheet) -> str:
        """One sentence on what is in view, where it is not what one would expect."""
        if sheet.trouble is not None and not isinstance(sheet.trouble, PageNotDrawn):
            return words(sheet.trouble)
        if sheet.page is not None and sheet.page.is_unsure:
            percent = round(100 * (sheet.page.confidence or 0.0))
            return self.tr(
                "This was read from the image, in places only {percent} % certain: compare the two."
            ).format(percent=percent)
        return ""

    # -- what can be done here

    def _add_actions(self, actions: Actions, within: QWidget) -> None:
        wanted = (
            ("sources.previous", self.tr("Previous source"), "Alt+Left", lambda: self._step(-1)),
            ("sources.next", self.tr("Next source"), "Alt+Right", lambda: self._step(1)),
            ("sources.page_up", self.tr("Page before"), "Ctrl+PgUp", lambda: self._turn(-1)),
            ("sources.page_down", self.tr("Page after"), "Ctrl+PgDown", lambda: self._turn(1)),
            ("sources.smaller", self.tr("Smaller"), "Ctrl+-", lambda: self._zoom(-1)),
            ("sources.larger", self.tr("Larger"), "Ctrl++", lambda: self._zoom(1)),
            ("sources.fit", self.tr("Fit the width"), "Ctrl+0", lambda: self._zoom(0)),
            ("sources.open", self.tr("Open the original at this page"), "Alt+O", self._open),
            ("sources.copy", self.tr("Copy with reference"), "Ctrl+Shift+C", self._copy),
            ("sources.close", self.tr("Close sources"), "Ctrl+Shift+S", self.closed.emit),
        )
        self.actions_ = [
            actions.add(name, text, keys, callback, within=within)
            for name, text, keys, callback in wanted
        ]
        # On many keyboards plus needs Shift.
        actions.get("sources.larger").setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self._let(False)

    def _let(self, possible: bool) -> None:
        for action in self.actions_:
            action.setEnabled(possible)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._let(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._let(False)

    def _zoom(self, steps: int) -> None:
        if self._stack.currentWidget() is self._text:
            self._text.zoom_by(steps)
        else:
            self._view.zoom_by(steps)
            self._settle.start()

    def _open(self) -> None:
        citation = self.citation
        if citation is not None:
            self._originals.open(citation, self._page)

    def _say(self, text: str) -> None:
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))

    def _copy(self) -> None:
        citation = self.citation
        if citation is not None:
            QGuiApplication.clipboard().setText(reference(citation))
            self._bar.say(self.tr("Copied"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(56 * GRID, 60 * GRID)


def _busy(text: str) -> QWidget:
    widget = QWidget()
    label = QLabel(text, widget)
    label.setProperty("role", "muted")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    bar = QProgressBar(widget)
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedWidth(24 * GRID)
    layout = QVBoxLayout(widget)
    layout.addStretch(1)
    layout.addWidget(label)
    layout.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(1)
    return widget
