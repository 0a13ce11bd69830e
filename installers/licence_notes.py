"""How the third-party notes read: a template and tables of what `licences` found. Finds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import Template
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from installers.licences import Package, Parts, Reviewed


def render(
    template: str,
    packages: Sequence[Package],
    parts: Sequence[Parts],
    reviewed: Reviewed,
    models: Sequence[dict[str, Any]],
) -> str:
    """The whole page, in Markdown. `models` are the tables of `starter.toml`.

    Raises:
        KeyError: when the template asks for a table that there is none of.
    """
    return Template(template).substitute(
        packages=_table(
            ("Package", "Version", "Licence", "Project", "Text"),
            (
                (p.name, " / ".join(p.versions), p.licence, p.project, _place(p.text))
                for p in packages
            ),
        ),
        bundled=_table(
            ("In", "What", "Licence", "Project", "Text"),
            (
                (b["within"], b["name"], b["licence"], b["project"], _place(b.get("text")))
                for b in reviewed.bundled
            ),
        ),
        parts=_table(
            ("In", "Parts", "Licences"),
            (
                (
                    part.within,
                    str(sum(count for _, count in part.licences)),
                    ", ".join(f"{name} ({count})" for name, count in part.licences),
                )
                for part in parts
            ),
        ),
        left_out=_table(
            ("What", "Licence", "Files, below `site-packages`"),
            (
                (left["name"], left["licence"], ", ".join(f"`{file}`" for file in left["files"]))
                for left in reviewed.left_out
            ),
        ),
        models=_table(
            ("Model", "Licence", "From", "Text"),
            (
                (m["title"], m["licence"], m["origin"], _place(f"{m['licence']}.txt"))
                for m in models
            ),
        ),
        reasons="\n".join(f"- {p.name}: {p.licence}. {p.reason}" for p in packages if p.reason),
    )


def _place(text: str | None) -> str:
    """Where a licence text lies, as the last column has it."""
    if text is None:
        return "with the package"
    if text.endswith(".txt") and "/" not in text and not text.startswith("LICEN"):
        return f"here, [{text}]({text})"
    return text or "at the project"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))
