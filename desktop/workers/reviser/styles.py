"""Which paragraphs are no prose by their style: headings, captions, lists of contents, code."""

from __future__ import annotations

from desktop.workers.reviser.markup import Element, Names

_TITLES = (
    "heading", "title", "subtitle", "toc ", "toc heading", "table of ", "caption", "index ",
    "header", "footer", "html preformatted", "macro", "source code", "code", "signature",
)  # fmt: skip
_DEEPEST = 12  # styles that one may be based on
_NO_LEVEL = "9"  # the outline level of body text


class Styles:
    """The paragraph styles of a document; none without a part that defines them.

    The built-in ones have their English names whatever language the program speaks.
    """

    def __init__(self, root: Element | None) -> None:
        self._titles: dict[str, bool] = {}
        if root is None:
            return
        names = Names(root)
        styles = {
            style.get(names("styleId"), ""): style for style in root.iterchildren(names("style"))
        }
        for key in styles:
            at, title = key, False
            for _ in range(_DEEPEST):
                style = styles.get(at)
                if style is None or title:
                    break
                name = (names.value(style, "name") or "").lower()
                title = name.startswith(_TITLES) or _has_level(style, names)
                at = names.value(style, "basedOn") or ""
            self._titles[key] = title

    def is_title(self, paragraph: Element, names: Names) -> bool:
        properties = paragraph.find(names("pPr"))
        if properties is None:
            return False
        if _has_level(paragraph, names):
            return True
        return self._titles.get(names.value(properties, "pStyle") or "", False)


def _has_level(element: Element, names: Names) -> bool:
    """Whether its paragraph properties give it a place in the outline."""
    properties = element.find(names("pPr"))
    if properties is None:
        return False
    return names.value(properties, "outlineLvl") not in (None, "", _NO_LEVEL)
