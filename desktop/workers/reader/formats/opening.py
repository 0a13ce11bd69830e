"""The one way to open a document of any format: which it is, which library reads it, what may fail.

Libraries fail in their own ways; what comes out of here is an error of ours. A document in a
document (an attachment, an entry of an archive) is opened by the same rules; one that cannot be
read leaves a sentence in its place and costs the others nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath, PurePosixPath

import olefile

from desktop.domain.errors import (
    DocumentDamaged,
    DocumentTooDemanding,
    DocumentUnreadable,
    EscritoireError,
    FormatNotSupported,
    NoPages,
)
from desktop.workers.reader.config import Config
from desktop.workers.reader.formats import kinds
from desktop.workers.reader.formats.archive import Archive
from desktop.workers.reader.formats.blocks import ReadPage, heading_path, paged
from desktop.workers.reader.formats.kinds import Kind
from desktop.workers.reader.formats.pdf_document import PdfDocument
from desktop.workers.reader.formats.plain import decoded, text_blocks
from desktop.workers.reader.formats.readable import Joined, Pages, Readable, Told
from desktop.workers.reader.source import has_pdf_header, head_of, open_file, open_source

MOST_BYTES = 300 * 1024 * 1024  # of a file other than a PDF, which is not read as a whole
MOST_TEXT = 64 * 1024 * 1024  # bytes of plain text and CSV
DEEPEST = 4  # documents within documents
MOST_PARTS = 10_000  # documents within one file, all levels together
SMALLEST_PICTURE = 20_000  # bytes; in an archive, a smaller image is an icon


def opened(path: str, password: str | None, config: Config) -> Readable:
    """The document at `path`. Raises a DocumentError, and nothing else but MemoryError."""
    name = PurePath(path).name
    if name.lower().endswith(".pdf"):
        return PdfDocument(path, password, config, open_source(path))
    file = open_file(path)
    if has_pdf_header(head_of(file, name)):
        return PdfDocument(path, password, config, file)
    try:
        content = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DocumentUnreadable(file=name, reason=reason) from error
    finally:
        file.close()
    if len(content) > MOST_BYTES:
        raise DocumentTooDemanding(file=name, resource="memory")
    return _Opening(config).open(content, name)


@dataclass(slots=True)
class _Opening:
    """One file with all that is in it."""

    config: Config
    parts: int = 0
    depth: int = 0

    def open(self, content: bytes, name: str) -> Readable:
        """The document that `content` is, by that name. Raises a DocumentError."""
        if not content:
            raise NoPages(file=name)
        try:
            return self._open(content, name)
        except (EscritoireError, MemoryError):
            raise
        except Exception as error:
            raise DocumentDamaged(file=name) from error
        except BaseException as error:
            if type(error).__name__ == "PanicException":  # how Rust's libraries give up
                raise DocumentDamaged(file=name) from error
            raise

    def _open(self, content: bytes, name: str) -> Readable:
        head = content[: kinds.HEAD]
        archive: Archive | None = None
        kind: Kind | None
        if kinds.is_archive(head):
            archive = Archive(content, name)
            names = archive.names
            said = archive.read("mimetype")[:200] if "mimetype" in names else b""
            kind = kinds.kind_of_archive(names, said.decode("ascii", "replace").strip())
            if kind not in (Kind.ZIP, Kind.EPUB):
                archive.refuse_entities()
        elif kinds.is_compound(head):
            kind = _kind_of_compound(content, name)
        else:
            kind = kinds.kind_of_text(head, name)
        if kind is None:
            raise FormatNotSupported(file=name)
        match kind:
            case Kind.PDF:
                return PdfDocument(name, None, self.config, io.BytesIO(content))
            case Kind.IMAGE:
                from desktop.workers.reader.formats.scans import ScanFile

                return ScanFile(content, name, self.config.recognizer)
            case Kind.ZIP if archive is not None:
                return self._export(archive, name)
            case Kind.EML | Kind.MSG:
                return self._mail(content, name, kind)
            case _:
                return _read_at_once(content, name, kind, archive)

    def _mail(self, content: bytes, name: str, kind: Kind) -> Readable:
        from desktop.workers.reader.formats import mail

        found = mail.eml_mail(content) if kind is Kind.EML else mail.msg_mail(content)
        told = Told(found.subject, found.sender, found.sent)
        parts: list[tuple[str, Readable]] = [("", Pages(name, found.pages, told))]
        for attached in found.attached:
            part = self._inner(attached.name, partial(bytes, attached.content))
            if isinstance(part, EscritoireError):
                part = Pages(name, [ReadPage(part.happened())])
            parts.append((heading_path([found.subject, attached.name]), part))
        return Joined(name, parts, told)

    def _export(self, archive: Archive, name: str) -> Readable:
        """The readable entries of an archive, in the order of their paths."""
        parts: list[tuple[str, Readable]] = []
        for path in sorted(archive.names, key=_natural):
            place = PurePosixPath(path)
            if _is_furniture(place, archive.size(path)):
                continue
            part = self._inner(place.name, partial(archive.read, path))
            if isinstance(part, FormatNotSupported | NoPages):
                continue
            if isinstance(part, EscritoireError):
                part = Pages(name, [ReadPage(part.happened())])
            above = part.told.trail or [_titled(folder) for folder in place.parts[:-1]]
            title = part.told.title or _titled(place.stem)
            parts.append((heading_path([*above, title]), part))
        if not parts:
            raise FormatNotSupported(file=name)
        return Joined(name, parts, Told())

    def _inner(self, name: str, content: Callable[[], bytes]) -> Readable | EscritoireError:
        """A document within the document, or why it could not be read."""
        self.parts += 1
        if self.parts > MOST_PARTS or self.depth == DEEPEST:
            reason = "it is too deep inside other documents, or one of too many"
            return DocumentUnreadable(file=name, reason=reason)
        self.depth += 1
        try:
            return self.open(content(), name)
        except EscritoireError as error:
            return error
        finally:
            self.depth -= 1


def _read_at_once(content: bytes, name: str, kind: Kind, archive: Archive | None) -> Readable:
    """A document whose pages are all read now. Its library is imported when it is first needed."""
    told = Told()
    pages: Iterator[ReadPage]
    match kind:
        case Kind.DOCX | Kind.DOC | Kind.ODT | Kind.RTF | Kind.MARKDOWN:
            from desktop.workers.reader.formats import office

            if kind is Kind.MARKDOWN:
                content = decoded(content).encode()
            found = office.extracted(content, kind)
            told, pages = Told(found.title, found.author, found.created), paged(found.blocks)
        case Kind.PPTX | Kind.ODP | Kind.PPT:
            from desktop.workers.reader.formats import slides

            shown = slides.READERS[kind](content)
            told, pages = Told(shown.title, shown.author, shown.created), iter(shown.pages)
        case Kind.XLSX | Kind.XLS | Kind.XLSB | Kind.ODS | Kind.CSV:
            from desktop.workers.reader.formats import sheets

            if kind is Kind.CSV:
                pages = sheets.csv_pages(_text(content, name), _titled(PurePath(name).stem))
            elif kind is Kind.XLSX:
                if archive is not None and sheets.XLSX_FACTS in archive.names:
                    told = Told(*sheets.xlsx_facts(content))
                pages = sheets.xlsx_pages(content)
            else:
                pages = sheets.calamine_pages(content)
        case Kind.HTML | Kind.EPUB:
            from desktop.workers.reader.formats import epub, web

            page = web.web_page(content) if archive is None else epub.epub_book(archive)
            told = Told(page.title, page.author, page.created, trail=page.trail)
            pages = paged(page.blocks)
        case _:
            pages = paged(text_blocks(_text(content, name)))
    return Pages(name, pages, told)


def _text(content: bytes, name: str) -> str:
    if len(content) > MOST_TEXT:
        raise DocumentTooDemanding(file=name, resource="memory")
    return decoded(content)


def _kind_of_compound(content: bytes, name: str) -> Kind | None:
    with olefile.OleFileIO(io.BytesIO(content)) as compound:
        streams = [path[0] for path in compound.listdir()]
    if kinds.ENCRYPTED in streams:
        raise DocumentUnreadable(file=name, reason="it is protected by a password")
    return kinds.kind_of_compound(streams)


# What an export of a wiki names its files by, after their title: Notion's 32 hexadecimal digits,
# Confluence's number.
_ID = re.compile(r"[ _-](?:[0-9a-f]{32}|\d{5,})$")
_FURNITURE = frozenset(
    ".css .js .json .map .woff .woff2 .ttf .eot .svg .ico .xml .db .ds_store".split()
)


def _titled(name: str) -> str:
    """A title from a file's or folder's name."""
    return " ".join(_ID.sub("", name).replace("_", " ").replace("+", " ").split())


def _natural(path: str) -> list[tuple[int, str]]:
    """Orders "Page 10" behind "Page 9"."""
    return [(int(p), "") if p.isdigit() else (0, p.lower()) for p in re.split(r"(\d{1,9})", path)]


def _is_furniture(place: PurePosixPath, size: int) -> bool:
    """Whether an entry of an archive is there for its looks or its making alone."""
    suffix = place.suffix.lower()
    if place.name.startswith(".") or "__MACOSX" in place.parts or suffix in _FURNITURE:
        return True
    return size < SMALLEST_PICTURE and suffix in (".png", ".gif", ".jpg", ".jpeg", ".webp")
