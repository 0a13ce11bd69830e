"""The third-party licence notes: `resources/licences/THIRD-PARTY.md`, made from what is installed.

    python3 installers/dev.py licences

Shipped is what the project's dependencies need, according to the metadata of the installed
packages, as far as the lock holds it; torch is added, for the project pins it itself. What metadata
does not say, somebody has read: `resources/licences/reviewed.toml`. Runs in the finished
environment, needs the standard library alone, and reaches for no network.

Formats: https://packaging.python.org/en/latest/specifications/core-metadata/ and CycloneDX 1.x
(https://cyclonedx.org/specification/overview/), which compiled packages carry as their list of
parts.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any

from installers import licence_notes, lock, starter
from installers.checkout import ROOT, Checkout
from installers.spdx import acceptable

UNKNOWN = "unknown"

# Classifiers that name exactly one licence; "BSD License" and "Apache Software License" do not.
_CLASSIFIERS = {
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: MIT License": "MIT",
}
# Labels of project addresses (well-known ones of core metadata), best first.
_LABELS = ("homepage", "source", "source code", "repository", "code", "github", "documentation")
_TEXT = re.compile(r"(?i)licen[cs]e|copying|notice")
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?[^;]*(?:;(.*))?$", re.DOTALL)
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_NO_SYSTEM_OF_OURS = "sys_platform == 'emscripten'"  # a browser


@dataclass(frozen=True)
class Package:
    """One shipped package. `versions` has more than one where the lock differs by Python."""

    name: str
    versions: tuple[str, ...]
    licence: str
    project: str
    text: str  # where its licence text lies, in words for the notes
    reason: str = ""  # why the licence is what somebody read, not what the metadata says


@dataclass(frozen=True)
class Parts:
    """What a compiled package says it was built from: how many parts have which licence."""

    within: str
    licences: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Reviewed:
    """`reviewed.toml`: what somebody has read."""

    allowed: frozenset[str]
    packages: dict[str, dict[str, Any]]
    bundled: tuple[dict[str, Any], ...]
    left_out: tuple[dict[str, Any], ...]
    not_built: frozenset[tuple[str, str]]  # (package, part) that a list of parts names in vain

    @classmethod
    def read(cls, path: Path) -> Reviewed:
        """Reads the file. Raises OSError, ValueError, KeyError when it is not as it should be."""
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(
            frozenset(tables["allowed"]),
            {table["name"]: table for table in tables["package"]},
            tuple(tables["bundled"]),
            tuple(tables["left_out"]),
            frozenset((table["within"], table["name"]) for table in tables["not_built"]),
        )


def folder(checkout: Checkout) -> Path:
    """Where the notes and the licence texts lie."""
    return checkout.root / "resources" / "licences"


def shipped(checkout: Checkout) -> dict[str, tuple[str, ...]]:
    """Name -> versions of every package that comes with the program, on whichever system."""
    locked: dict[str, tuple[str, ...]] = {}
    for entry in lock.parse(checkout.lock.read_text(encoding="utf-8")):
        if _NO_SYSTEM_OF_OURS not in entry.text:
            name = _canonical(entry.name)
            locked[name] = (*locked.get(name, ()), entry.version)
    locked["torch"] = (checkout.torch_version(),)
    project = tomllib.loads(checkout.pyproject.read_text(encoding="utf-8"))["project"]
    found: dict[str, tuple[str, ...]] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [_wanted(line, frozenset()) for line in project["dependencies"]]
    while waiting:
        wanted = waiting.pop()
        if wanted is None or wanted in seen or wanted[0] not in locked:
            continue
        seen.add(wanted)
        name, extras = wanted
        found[name] = locked[name]
        installed = _installed(name)
        waiting += [_wanted(line, extras) for line in (installed and installed.requires) or ()]
    return dict(sorted(found.items()))


def packages(checkout: Checkout, reviewed: Reviewed) -> tuple[Package, ...]:
    """Every shipped package with its licence."""
    return tuple(
        _package(name, versions, reviewed.packages.get(name, {}))
        for name, versions in shipped(checkout).items()
    )


def parts(names: Sequence[str], not_built: Container[tuple[str, str]] = ()) -> Iterator[Parts]:
    """What the installed ones of these packages list as their compiled-in parts.

    `not_built` are (package, part) which were left out of the wheel although they are listed.
    """
    for name in names:
        installed = _installed(name)
        licences: Counter[str] = Counter()
        for file in (installed and installed.files) or ():
            if file.parent.name == "sboms" and file.suffix == ".json":
                listed = json.loads(Path(str(file.locate())).read_text(encoding="utf-8"))
                licences.update(
                    " ".join(_licence_of_part(part).split())
                    for part in listed.get("components", ())
                    if part.get("licenses") and (name, part.get("name")) not in not_built
                )
        if licences:
            ordered = sorted(licences.items(), key=lambda pair: (-pair[1], pair[0]))
            yield Parts(name, tuple(ordered))


def objections(
    found: Sequence[Package], listed: Sequence[Parts], reviewed: Reviewed
) -> tuple[str, ...]:
    """A sentence for each package or part whose licence is not one the program may carry."""
    licences = [(package.name, package.licence) for package in found]
    licences += [(f"a part of {part.within}", name) for part in listed for name, _ in part.licences]
    licences += [
        (f"{part['name']} in {part['within']}", part["licence"]) for part in reviewed.bundled
    ]
    return tuple(
        f"{name} is under {licence}, which reviewed.toml does not allow."
        for name, licence in licences
        if not acceptable(licence, reviewed.allowed)
    )


def notes(checkout: Checkout) -> tuple[str, tuple[str, ...]]:
    """The text of THIRD-PARTY.md, and what is to be objected to."""
    reviewed = Reviewed.read(folder(checkout) / "reviewed.toml")
    found = packages(checkout, reviewed)
    listed = tuple(parts([package.name for package in found], reviewed.not_built))
    models = tomllib.loads(checkout.starter.read_text(encoding="utf-8"))["model"]
    starter.read_pins(checkout.starter)  # says so if they are not whole
    template = (folder(checkout) / "THIRD-PARTY.template.md").read_text(encoding="utf-8")
    text = licence_notes.render(template, found, listed, reviewed, models)
    return text, objections(found, listed, reviewed)


def _canonical(name: str) -> str:
    """The normal form of a package's name (packaging.python.org, "Name normalization")."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _wanted(requirement: str, extras: frozenset[str]) -> tuple[str, frozenset[str]] | None:
    """Name and extras of a requirement; None if it belongs to an extra that nobody asked for.

    Markers of system and Python are passed over: what the lock holds, some system needs.
    """
    match = _REQUIREMENT.match(requirement)
    if match is None:
        raise ValueError(f"no requirement: {requirement!r}")
    asked = _EXTRA.findall(match[3] or "")
    if asked and not extras.intersection(asked):
        return None
    return _canonical(match[1]), frozenset(filter(None, re.split(r"[\s,]+", match[2] or "")))


def _installed(name: str) -> metadata.Distribution | None:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None


def _package(name: str, versions: tuple[str, ...], read: dict[str, Any]) -> Package:
    installed = _installed(name)
    said, project, text = UNKNOWN, "", "with the package"
    if installed is not None:
        said, project = _said(installed), _project(installed)
        text = _texts(installed)
    return Package(
        name,
        versions,
        read.get("licence", said),
        read.get("project", project),
        read.get("text", text),
        read.get("reason", ""),
    )


def _fields(installed: metadata.Distribution, name: str) -> list[str]:
    """Every value of a field of the core metadata, in order."""
    return [value for value in installed.metadata.get_all(name) or () if value]


def _said(installed: metadata.Distribution) -> str:
    """The licence that the metadata names, as an SPDX expression, or UNKNOWN."""
    for expression in _fields(installed, "License-Expression"):
        return expression
    for classifier in _fields(installed, "Classifier"):
        if classifier in _CLASSIFIERS:
            return _CLASSIFIERS[classifier]
    # An old field of free text. Whether it is a name is for the list of allowed names to tell.
    return next(iter(_fields(installed, "License")), UNKNOWN).strip()


def _project(installed: metadata.Distribution) -> str:
    """The address of the project, or ""."""
    addresses: dict[str, str] = {}
    for home in _fields(installed, "Home-page"):
        addresses["homepage"] = home
    for line in _fields(installed, "Project-URL"):
        label, _, address = line.partition(",")
        addresses.setdefault(label.strip().lower(), address.strip())
    return next((addresses[label] for label in _LABELS if label in addresses), "")


def _texts(installed: metadata.Distribution) -> str:
    """The licence files in the package's `.dist-info`; "" if there are none."""
    found = sorted(
        "/".join(file.parts[1:])
        for file in installed.files or ()
        if file.parts[0].endswith(".dist-info")
        and file.suffix not in (".py", ".pyc", ".json")
        and (_TEXT.search(file.name) or "licenses" in file.parts)
    )
    if len(found) > 2:
        return f"{PurePosixPath(found[0]).parts[0]}/ ({len(found)} files)"
    return ", ".join(found)


def _licence_of_part(part: dict[str, Any]) -> str:
    """The licence of a CycloneDX component; several entries all hold."""
    names = []
    for entry in part["licenses"]:
        named = entry.get("license", {})
        names.append(entry.get("expression") or named.get("id") or named.get("name") or UNKNOWN)
    return names[0] if len(names) == 1 else " AND ".join(f"({name})" for name in names)


def main() -> int:
    """Writes the notes; 1 if something is shipped that may not be."""
    checkout = Checkout(ROOT)
    text, wrong = notes(checkout)
    (folder(checkout) / "THIRD-PARTY.md").write_text(text, encoding="utf-8", newline="\n")
    for sentence in wrong:
        sys.stderr.write(f"{sentence}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
