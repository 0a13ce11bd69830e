"""The commands do what was typed, pass on what is not theirs, and end with the right status."""

from __future__ import annotations

import ast
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from installers import checks, commands, steps
from installers.checkout import ROOT, Checkout
from installers.errors import SetupError
from installers.progress import Progress
from tests.unit.installers.conftest import Miniature


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("run", ("run", False, ())),
        ("--prebuilt run", ("run", True, ())),
        ("run --prebuilt ask --json", ("run", True, ("ask", "--json"))),
        ("run ask --prebuilt", ("run", False, ("ask", "--prebuilt"))),
        ("test -x tests/unit", ("test", False, ("-x", "tests/unit"))),
        ("setup --prebuilt", ("setup", True, ())),
        ("lock --upgrade", ("lock", False, ("--upgrade",))),
    ],
)
def test_the_command_line_is_read(typed: str, expected: tuple[str, bool, tuple[str, ...]]) -> None:
    request = commands.parse(typed.split())
    assert (request.command, request.prebuilt, request.arguments) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("run", ("run", None, ())),
        ("--gpu cuda run", ("run", "cuda", ())),
        ("run --gpu vulkan ask --json", ("run", "vulkan", ("ask", "--json"))),
        ("setup --gpu=rocm", ("setup", "rocm", ())),
        ("--gpu metal setup --gpu metal", ("setup", "metal", ())),
        ("test --gpu none -x", ("test", "none", ("-x",))),
        ("run ask --gpu cuda", ("run", None, ("ask", "--gpu", "cuda"))),
    ],
)
def test_the_choice_of_a_gpu_is_read(
    typed: str, expected: tuple[str, str | None, tuple[str, ...]]
) -> None:
    request = commands.parse(typed.split())
    assert (request.command, request.gpu, request.arguments) == expected
    assert request.wish().gpu == expected[1]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "--prebuilt",
        "start",
        "setup now",
        "lock --force",
        "--gpu",
        "run --gpu",
        "--gpu run",
        "setup --gpu=",
        "setup --gpu nvidia",
        "--gpu cuda setup --gpu vulkan",
        "--prebuilt setup --gpu cuda",
        "--gpu=none --prebuilt setup",
    ],
)
def test_nonsense_is_a_usage_error(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(typed.split()) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "dev.py run" in captured.err


def test_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["--help"]) == 0
    out = capsys.readouterr().out
    assert "--prebuilt" in out
    assert "--gpu" in out


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", True),
        ("--profile work", True),
        ("--profile=work --passphrase-file x", True),
        ("ask --json Why", False),
        ("--profile work doctor", False),
        ("--help", False),
    ],
)
def test_it_is_known_what_opens_the_window(typed: str, *, expected: bool) -> None:
    assert commands.opens_window(typed.split()) is expected


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_the_terminal_is_offered(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["run"]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    line = 'python3 installers/dev.py run ask --file report.pdf "Who signed it?"'
    assert line in captured.err


def test_a_known_error_ends_with_three(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> None:
        raise SetupError("The disk is full.", "Free some space.")

    monkeypatch.setattr(steps, "carry_out", fails)
    assert commands.main(["setup"]) == 3
    assert capsys.readouterr().err == "The disk is full.\nFree some space.\n"


def test_an_interrupt_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(steps, "carry_out", interrupted)
    assert commands.main(["setup"]) == 130
    assert "Stopped" in capsys.readouterr().err


def test_the_application_gets_its_arguments_and_we_its_status(
    miniature: Miniature, tmp_path: Path
) -> None:
    wish = steps.Wish(qt=False)
    steps.carry_out(miniature.checkout, wish, Progress(io.StringIO(), live=False))
    miniature.asked()
    miniature.will_say((("-m", "desktop"), '{"answer": "Yes"}', 42))
    # A folder that would be imported from, if the user's own folder came first.
    (tmp_path / "json.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, miniature.checkout.root / "installers" / "dev.py"),
            *("run", "ask", "--json", "--prebuilt"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (42, {"answer": "Yes"}, "")
    (call,) = miniature.asked()
    assert call["arguments"] == ["-m", "desktop", "ask", "--json", "--prebuilt"]
    assert call["cwd"] == str(tmp_path)
    assert str(call["path"]).split(os.pathsep)[0] == str(miniature.checkout.root)
    assert call["safe"] == "1"


def test_the_whole_suite_runs_side_by_side_and_named_tests_one_after_another() -> None:
    whole = checks.checks([])[-1].arguments
    named = checks.checks(["tests/unit/domain"])[-1].arguments
    assert whole[2] == "-n"
    assert 1 <= int(whole[3]) <= checks.MOST_PROCESSES
    assert whole[4:] == ("--dist", "loadfile")
    assert named == ("-m", "pytest", "tests/unit/domain")


def test_every_check_runs_even_after_a_failure(
    miniature: Miniature, capfd: pytest.CaptureFixture[str]
) -> None:
    miniature.will_say((("ruff",), "E501 Line too long", 1))
    wanted = checks.checks(["tests/unit", "-x"])
    variables = checks.variables_for(miniature.checkout)
    assert checks.run_all(miniature.checkout, wanted, variables) == 1
    asked = [call["arguments"] for call in miniature.asked()]
    assert len(asked) == 5
    assert asked[-1] == ["-m", "pytest", "tests/unit", "-x"]
    verdicts = [line.split()[0::3] for line in capfd.readouterr().out.splitlines()[-5:]]
    assert [verdict[0] for verdict in verdicts] == ["ruff", "format", "mypy", "imports", "pytest"]
    assert [verdict[1] for verdict in verdicts] == ["failed", "failed", *["passed"] * 3]
    miniature.will_say()
    assert checks.run_all(miniature.checkout, wanted, variables) == 0


def test_an_old_python_can_read_the_file_that_turns_it_away() -> None:
    text = (ROOT / "installers" / "dev.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 4))


def test_what_a_bare_checkout_runs_needs_the_standard_library_alone() -> None:
    for path in (ROOT / "installers").glob("*.py"):
        if path.name in ("handbook.py", "translations.py"):
            continue  # run in the environment that the others make
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                top = name.partition(".")[0]
                assert top == "installers" or top in sys.stdlib_module_names, (path.name, name)


def test_the_continuous_integration_does_what_a_user_would() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.rstrip().endswith("exec python3 installers/dev.py test")
    assert Checkout(ROOT).root == ROOT
