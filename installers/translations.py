"""The words of the window in other languages: `python -m installers.translations`.

Brings `resources/translations/*.ts` up to date with what the code says; what is new in them waits
for its translation, in Qt Linguist or by hand. What the window translates and does not say in its
own code is found here: errors, and the catalogue.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de",)

# Facts of errors that are words of ours, and what the children are called in them.
REASONS = frozenset({"cause", "reason"})
CHILDREN = {"downloader", "generator", "reader", "retriever", "reviser"}

# What Qt's `lupdate` reads: everything that may import Qt.
SOURCES = ("desktop/gui/**/*.py", "desktop/app.py", "desktop/joined.py", "desktop/summoned.py")


def file_of(language: str, folder: Path = FOLDER) -> Path:
    return folder / f"{language}.ts"


def update(folder: Path = FOLDER) -> None:
    """Bring the files in `folder` up to date. Raises CalledProcessError."""
    sources = sorted(path for pattern in SOURCES for path in ROOT.glob(pattern))
    with tempfile.TemporaryDirectory() as made:
        elsewhere = Path(made) / "said_elsewhere.py"
        elsewhere.write_text("\n".join(_said_elsewhere()), encoding="utf-8")
        for language in LANGUAGES:
            manner = ["-silent", "-locations", "none", "-no-obsolete", "-no-ui-lines"]
            manner += ["-source-language", "en", "-target-language", language]
            _tool("lupdate", *manner, *sources, elsewhere, "-ts", file_of(language, folder))


def _said_elsewhere() -> Iterator[str]:
    """Lines of Python that say to `lupdate` what no line of the window's own code says."""
    from desktop.domain import errors

    found = [
        text
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.EscritoireError)
        for text in (error.sentence, error.remedy)
    ]
    for text in dict.fromkeys(text for text in found if text):
        yield f'QCoreApplication.translate("errors", {_quoted(text)})'
    for text in sorted(_reasons()):
        yield f'QCoreApplication.translate("reasons", {_quoted(text)})'
    entries = tomllib.loads((ROOT / "resources" / "catalogue.toml").read_text(encoding="utf-8"))
    for entry in entries["model"]:
        for key in ("good_for", "licence_note"):
            if text := entry.get(key):
                yield f'QCoreApplication.translate("Catalogue", {_quoted(text)})'


def _reasons() -> set[str]:
    """What errors are given as words for a sentence of theirs."""
    found = set()
    for path in (ROOT / "desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.keyword(arg=str(name), value=ast.Constant(value=str(text))):
                    pass
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                    pass
                case _:
                    continue
            if name == "resource" or (name in REASONS and " " in text):  # one word: a reason's code
                found.add(text)
    return found | CHILDREN


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _tool(name: str, *arguments: str | Path) -> None:
    """Run one of Qt's tools, which come with PySide6."""
    import PySide6

    tool = Path(PySide6.__file__).parent / (f"{name}.exe" if sys.platform == "win32" else name)
    subprocess.run([tool, *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    update()
