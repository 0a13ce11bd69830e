"""The clipboard read through other programs: tiny real ones, on a path of their own."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from desktop.cli import clipboard
from desktop.domain.errors import ClipboardSecret, ClipboardUnreadable, TextFormatUnknown

from .commanding import Terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")


class Programs:
    """A folder that is the whole PATH. What each program was told is in `told`."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._monkeypatch = monkeypatch
        self._log = folder / "told"
        folder.mkdir()
        monkeypatch.setenv("PATH", str(folder))
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.delenv("DISPLAY", raising=False)

    @property
    def told(self) -> list[list[str]]:
        return [json.loads(line) for line in self._log.read_text().splitlines()]

    def add(self, name: str, *, text: bytes = b"", formats: str = "", waits: bool = False) -> None:
        """A program that prints `formats` when it is asked for those, else the text."""
        script = self._folder / name
        script.write_text(
            f"#!{sys.executable} -IS\n"
            "import json, signal, sys\n"
            f"with open({str(self._log)!r}, 'a') as log:\n"
            "    log.write(json.dumps(sys.argv) + '\\n')\n"
            f"if {waits}:\n"
            "    signal.pause()\n"
            "asked = {'TARGETS', '--list-types', 'JavaScript'} & set(sys.argv)\n"
            "asked = asked or 'GetFormats' in sys.argv[-1]\n"
            f"sys.stdout.buffer.write({formats.encode()!r} if asked else {text!r})\n"
            f"sys.exit({not formats} if asked else 0)\n",
            encoding="utf-8",
        )
        script.chmod(0o700)

    def display(self, name: str) -> None:
        self._monkeypatch.setenv(name, "none")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    monkeypatch.setattr(sys, "platform", "linux")
    return Programs(tmp_path / "bin", monkeypatch)


@pytest.mark.parametrize(
    ("source", "named"), [("selection", "primary"), ("clipboard", "clipboard")]
)
def test_x11_is_asked_for_the_formats_and_then_for_the_text(
    programs: Programs, source: str, named: str
) -> None:
    programs.display("DISPLAY")
    programs.add("xclip", text="schöne Grüße\n".encode(), formats="TARGETS\nUTF8_STRING\n")
    assert clipboard.read(source) == "schöne Grüße\n"
    assert [words[1:4] for words in programs.told] == [["-o", "-selection", named]] * 2


def test_wayland_comes_before_x11(programs: Programs) -> None:
    programs.display("DISPLAY")
    programs.display("WAYLAND_DISPLAY")
    programs.add("xclip", text=b"wrong")
    programs.add("wl-paste", text=b"right", formats="text/plain\n")
    assert clipboard.read("selection") == "right"
    assert all("--primary" in words for words in programs.told)
    assert clipboard.read("clipboard") == "right"
    assert "--primary" not in programs.told[-1]


@pytest.mark.parametrize(
    ("display", "name"), [("DISPLAY", "xclip"), ("WAYLAND_DISPLAY", "wl-paste")]
)
def test_a_secret_is_not_asked_for(programs: Programs, display: str, name: str) -> None:
    programs.display(display)
    programs.add(name, text=b"hunter2", formats="UTF8_STRING\nx-kde-passwordManagerHint\n")
    with pytest.raises(ClipboardSecret):
        clipboard.read("clipboard")
    assert len(programs.told) == 1


@pytest.mark.parametrize(
    ("system", "program", "mark"),
    [
        ("darwin", "osascript", "org.nspasteboard.ConcealedType"),
        ("win32", "powershell", "ExcludeClipboardContentFromMonitorProcessing"),
    ],
)
def test_a_secret_is_not_asked_for_on_the_other_systems_either(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, system: str, program: str, mark: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    programs.add("pbpaste", text=b"hunter2")
    programs.add(program, text=b"hunter2", formats=f"public.utf8-plain-text\n{mark}\n")
    with pytest.raises(ClipboardSecret):
        clipboard.read("clipboard")
    programs.add(program, text=b"a text", formats="")  # ends as one that failed
    with pytest.raises(ClipboardUnreadable, match=program):
        clipboard.read("clipboard")
    assert [words[0].rpartition("/")[2] for words in programs.told] == [program] * 2


def test_no_program_or_no_display_is_said(programs: Programs) -> None:
    programs.add("xclip", text=b"a text")
    with pytest.raises(ClipboardUnreadable, match="neither wl-paste nor xclip"):
        clipboard.read("selection")
    programs.display("WAYLAND_DISPLAY")
    with pytest.raises(ClipboardUnreadable, match="neither wl-paste nor xclip"):
        clipboard.read("selection")


def test_a_program_that_gives_no_answer_is_ended(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "PATIENCE_S", 0.3)
    programs.display("DISPLAY")
    programs.add("xclip", waits=True)
    with pytest.raises(ClipboardUnreadable, match="xclip gave no answer"):
        clipboard.read("selection")


def test_a_program_that_cannot_be_started_is_said(programs: Programs, tmp_path: Path) -> None:
    programs.display("DISPLAY")
    broken = tmp_path / "bin" / "xclip"
    broken.write_text("#!/nowhere/at/all\n", encoding="utf-8")
    broken.chmod(0o700)
    with pytest.raises(ClipboardUnreadable, match="xclip could not be started"):
        clipboard.read("selection")


def test_what_is_no_text_is_refused(programs: Programs) -> None:
    programs.display("DISPLAY")
    programs.add("xclip", text=bytes(range(32)) * 4, formats="UTF8_STRING\n")
    with pytest.raises(TextFormatUnknown, match="The clipboard"):
        clipboard.read("clipboard")


def test_systems_without_a_selection_give_the_clipboard_and_say_so(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    programs.add("osascript", formats="public.utf8-plain-text\n")
    programs.add("pbpaste", text=b"copied")
    assert clipboard.at_hand("selection") == "clipboard"
    assert clipboard.at_hand("clipboard") == "clipboard"
    assert clipboard.read(clipboard.at_hand("selection")) == "copied"
    monkeypatch.setattr(sys, "platform", "linux")
    assert clipboard.at_hand("selection") == "selection"


def test_the_clipboard_is_checked_as_a_file_is(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, terminal: Terminal
) -> None:
    programs.display("DISPLAY")
    programs.add("xclip", text=b"We owe you 1,200 EUR.", formats="UTF8_STRING\n")
    done = terminal.type_plainly("rewrite", "--clipboard", "--check-only", "--json")
    assert [fact["text"] for fact in done.json["facts"]] == ["1,200 EUR"]
    monkeypatch.setattr(sys, "platform", "darwin")
    programs.add("osascript", formats="public.utf8-plain-text\n")
    programs.add("pbpaste", text=b"We owe you 1,300 EUR.")
    done = terminal.type_plainly("rewrite", "--selection", "--check-only", "--json")
    assert [fact["text"] for fact in done.json["facts"]] == ["1,300 EUR"]
    assert "the clipboard is read" in done.err
