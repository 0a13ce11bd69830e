"""What the system lacks is found, and named in the line that installs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from installers import system


def knows(*names: str) -> Callable[[str], str | None]:
    """A search path on which only these programs are."""
    return lambda name: f"/usr/bin/{name}" if name in names else None


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_display(environment: dict[str, str], platform: str, *, expected: bool) -> None:
    assert system.has_display(environment, platform=platform) is expected


def test_missing_libraries_are_those_that_do_not_load() -> None:
    missing = system.missing_for_window(
        platform="linux", finds=lambda name: name != "libxcb-icccm.so.4", font=lambda: False
    )
    assert [part.name for part in missing] == ["libxcb-icccm.so.4", "a font"]
    assert system.missing_for_window(platform="darwin", finds=lambda name: False) == ()


def test_loading_asks_the_linker() -> None:
    assert not system.loads("libno-such-thing.so.0")


def test_a_font_is_any_font_file(tmp_path: Path) -> None:
    assert not system.has_font([str(tmp_path)])
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "Some.TTF").touch()
    assert system.has_font([str(tmp_path / "none"), str(tmp_path)])


@pytest.mark.parametrize(
    ("tool", "line"),
    [
        ("apt-get", "sudo apt-get install --no-install-recommends libegl1 libgl1"),
        ("dnf", "sudo dnf install libglvnd-egl libglvnd-glx"),
        ("pacman", "sudo pacman -S --needed libglvnd"),
    ],
)
def test_the_line_fits_the_package_tool(tool: str, line: str) -> None:
    assert system.install_line(system.LIBRARIES[:2], which=knows(tool)) == line


def test_a_compiler_may_be_named_by_the_user() -> None:
    def missing(environment: dict[str, str], *programs: str) -> bool:
        found = system.missing_compiler(
            platform="linux", environment=environment, which=knows(*programs)
        )
        return bool(found)

    assert missing({})
    assert missing({}, "cc")
    assert not missing({}, "clang", "clang++")
    assert not missing({"CC": "my-cc", "CXX": "my-c++"})


def test_on_macos_the_names_of_compilers_prove_nothing() -> None:
    def missing(*, tools: bool) -> bool:
        found = system.missing_compiler(
            platform="darwin", environment={}, which=knows("cc", "c++"), xcode=lambda: tools
        )
        return bool(found)

    assert missing(tools=False)
    assert not missing(tools=True)


def test_without_a_compiler_there_are_two_ways_out() -> None:
    error = system.compiler_error()
    assert "--prebuilt" in error.remedy
    assert "--prebuilt" not in system.compiler_error(ready=False).remedy
