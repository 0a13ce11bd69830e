"""How complete a collection is, found out: records, files as they lie there, texts compared.

The first report on a document makes a sketch of its text, which is kept; later ones take moments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from desktop.domain.completeness import FileState, Report, report
from desktop.domain.documents import Document
from desktop.domain.errors import CollectionUnknown
from desktop.domain.jobs import Cancellation
from desktop.domain.versions import Told, duplicates, sketch, versions
from desktop.services.ports import RewrittenFiles, Store

ReportProgress = Callable[[int, int], object]  # documents done, in total


class Completeness:
    """Reports, and keeps them as files where the user wants one. For worker threads."""

    def __init__(self, store: Store, files: RewrittenFiles) -> None:
        self._store = store
        self._files = files

    def report(
        self,
        collection: str | None,
        *,
        progress: ReportProgress | None = None,
        cancel: Cancellation,
    ) -> Report:
        """What there is to say of a collection; None is everything.

        Raises CollectionUnknown, Cancelled.
        """
        known = None
        if collection is not None:
            known = self._store.collection(collection)
            if known is None:
                raise CollectionUnknown(name=collection)
        documents = self._store.documents(known.id if known else None)
        ids = [document.id for document in documents]
        files, modified = self._files_of(documents, cancel)
        sketches = self._sketches(documents, progress, cancel)
        told = Told(sketches, self._store.created(ids), modified)
        return report(
            known.name if known else "",
            documents,
            doubtful=self._store.doubtful_pages(ids),
            files=files,
            same=[*duplicates(documents), *versions(documents, told)],
        )

    def save(self, path: Path, text: str, *, replace: bool = False) -> None:
        """Write a report that was put into words. Raises FileThere, FileUnwritable, DiskFull."""
        self._files.write(path, [text.encode("utf-8-sig")], replace=replace)

    def _files_of(
        self, documents: Iterable[Document], cancel: Cancellation
    ) -> tuple[dict[int, FileState], dict[int, float]]:
        """What became of each file, and when it was written; by size alone, nothing is hashed."""
        states: dict[int, FileState] = {}
        modified: dict[int, float] = {}
        for document in documents:
            cancel.raise_if_wished()
            try:
                found = document.path.stat()
            except OSError:
                states[document.id] = FileState.GONE
                continue
            modified[document.id] = found.st_mtime
            if document.sha256 and found.st_size != document.size:
                states[document.id] = FileState.CHANGED
        return states, modified

    def _sketches(
        self, documents: Sequence[Document], progress: ReportProgress | None, cancel: Cancellation
    ) -> dict[int, bytes]:
        found = self._store.sketches([document.id for document in documents])
        for number, document in enumerate(documents):
            cancel.raise_if_wished()
            if document.id not in found and _is_read(document):
                made = sketch(self._store.page_texts(document.id))
                self._store.keep_sketch(document.id, document.sha256, made)
                found[document.id] = made
            if progress is not None:
                progress(number + 1, len(documents))
        return found


def _is_read(document: Document) -> bool:
    return 0 < document.page_count == document.pages_read
