"""What every opened document is to the worker, and documents that consist of others."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop.domain.errors import DocumentChanged, PageNotDrawn
from desktop.workers.reader.drawing import Drawing
from desktop.workers.reader.formats.blocks import ReadPage, heading_path


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of itself. `outline` holds (level from 0, title, page from 1).

    `trail` are the titles of the pages above it in the wiki that it was exported from.
    """

    title: str = ""
    author: str = ""
    created: str = ""
    outline: list[tuple[int, str, int]] = field(default_factory=list)
    trail: tuple[str, ...] = ()


class Readable(Protocol):
    """An open document. Pages count from 1."""

    page_count: int

    @property
    def told(self) -> Told: ...

    def read(self, number: int) -> Generator[None, None, ReadPage]:
        """The text of a page; gives way while OCR is at work, and never otherwise."""
        ...

    def draw(
        self,
        number: int,
        *,
        width: int,
        spans: Sequence[tuple[int, int]],
        cancelled: Callable[[], bool],
    ) -> Drawing:
        """A page as an image. Raises PageNotDrawn if there is only text."""
        ...


class Pages:
    """A document whose pages were all read when it was opened."""

    def __init__(self, name: str, pages: Iterable[ReadPage], told: Told | None = None) -> None:
        self._name = name
        self._pages = list(pages) or [ReadPage("")]
        self.page_count = len(self._pages)
        self.told = told or Told()

    def read(self, number: int) -> Generator[None, None, ReadPage]:
        yield from ()
        return self._pages[number - 1]

    def draw(self, *_: object, **__: object) -> Drawing:
        raise PageNotDrawn(file=self._name)


class Joined:
    """Several documents as one, in order; each stands under a heading path of its own."""

    def __init__(self, name: str, parts: Sequence[tuple[str, Readable]], told: Told) -> None:
        self._name = name
        self._parts = parts
        self.page_count = sum(part.page_count for _, part in parts)
        self.told = told

    def read(self, number: int) -> Generator[None, None, ReadPage]:
        above, part, inside = self._at(number)
        page = yield from part.read(inside)
        return page._replace(
            heading=heading_path([above, page.heading]),
            label=page.label or (str(inside) if part.page_count > 1 and above else ""),
        )

    def draw(
        self,
        number: int,
        *,
        width: int,
        spans: Sequence[tuple[int, int]],
        cancelled: Callable[[], bool],
    ) -> Drawing:
        _, part, inside = self._at(number)
        return part.draw(inside, width=width, spans=spans, cancelled=cancelled)

    def _at(self, number: int) -> tuple[str, Readable, int]:
        for above, part in self._parts:
            if number <= part.page_count:
                return above, part, number
            number -= part.page_count
        raise DocumentChanged(file=self._name)
