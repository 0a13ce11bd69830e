"""Every check of the code base, one after another, with a verdict at the end.

Runs inside the finished environment and prints to stdout, since here the report is the result.
A failing check never hides the ones after it. It must not install or change anything.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from installers.checkout import Checkout

# import-linter cannot be started as a module, and a script in .venv breaks when a checkout moves.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as main; main()"

MOST_PROCESSES = 4


@dataclass(frozen=True)
class Check:
    """One check: its name and the arguments with which the environment's Python does it."""

    name: str
    arguments: tuple[str, ...]


def checks(pytest_arguments: Sequence[str]) -> tuple[Check, ...]:
    """All checks; what they cover is said in pyproject.toml.

    The whole suite runs side by side in a few processes, a file of tests staying in one of them, so
    that what a file loads is loaded once. Whoever names tests wants to see them one after another.
    """
    suite = tuple(pytest_arguments) or ("-n", str(_side_by_side()), "--dist", "loadfile")
    return (
        Check("ruff", ("-m", "ruff", "check", ".")),
        Check("format", ("-m", "ruff", "format", "--check", ".")),
        Check("mypy", ("-m", "mypy")),
        Check("imports", ("-c", LINT_IMPORTS)),
        Check("pytest", ("-m", "pytest", *suite)),
    )


def _side_by_side() -> int:
    """How many processes share the tests: each loads models, so memory bounds them as cores do."""
    return min(os.cpu_count() or 1, MOST_PROCESSES)


def run_all(
    checkout: Checkout,
    wanted: Sequence[Check],
    variables: dict[str, str],
) -> int:
    """Runs these checks in the checkout and prints which failed and how long each took.

    Returns:
        0 when all passed, else 1.
    """
    results: list[tuple[str, int, float]] = []
    for check in wanted:
        _say(f"== {check.name}")
        began = time.monotonic()
        status = subprocess.run(
            [checkout.python, *check.arguments],
            cwd=checkout.root,
            env=variables,
            check=False,
        ).returncode
        results.append((check.name, status, time.monotonic() - began))
    _say("")
    for name, status, seconds in results:
        verdict = "passed" if status == 0 else f"failed (exit {status})"
        _say(f"{name:8} {seconds:6.1f} s  {verdict}")
    return 1 if any(status for _, status, _ in results) else 0


def variables_for(checkout: Checkout) -> dict[str, str]:
    """The environment variables for the application and its checks.

    The checkout is found through PYTHONPATH and not by an editable installation: nothing has to be
    built or kept up to date, and two checkouts cannot mix. PYTHONSAFEPATH keeps the folder that
    the user happens to be in (it may hold a `secrets.py`) out of the way of imports.
    """
    path = os.pathsep.join(filter(None, (str(checkout.root), os.environ.get("PYTHONPATH"))))
    return dict(os.environ, PYTHONPATH=path, PYTHONSAFEPATH="1")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
