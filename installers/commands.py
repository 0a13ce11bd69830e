"""Commands for working from a checkout.

    python3 installers/dev.py run                     open the window
    python3 installers/dev.py run ask --file report.pdf "Who signed it?"
    python3 installers/dev.py test [PYTEST ARGS]      every check
    python3 installers/dev.py setup                   everything but starting it
    python3 installers/dev.py lock [--upgrade]        make the lock anew
    python3 installers/dev.py licences                make the third-party licence notes anew

    --prebuilt   before or right after the command: take a ready wheel of
                 llama-cpp-python instead of compiling it

run, test, setup and licences first make the checkout ready: the environment .venv, the
pinned packages, the starter models. Where all is ready they say nothing of it.
run starts in the folder that you are in and passes its arguments on.

Exit: 0 done, 1 a check failed, 2 usage, 3 a known error (one sentence and its
remedy on stderr); run passes on the application's.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from installers import checks, lock, steps, system
from installers.checkout import ROOT, Checkout
from installers.errors import SetupError
from installers.progress import Progress

DONE, USAGE, KNOWN_ERROR, INTERRUPTED, TERMINATED = 0, 2, 3, 130, 143
OPTIONS = {"run": None, "test": None, "setup": (), "lock": ("--upgrade",), "licences": ()}
WITH_VALUE = ("--profile", "--passphrase-file")


@dataclass(frozen=True)
class Request:
    """What was typed: the command, our own option, and what is passed on."""

    command: str
    prebuilt: bool
    arguments: tuple[str, ...]


class UsageError(Exception):
    """The command line makes no sense; the text says why."""


def parse(arguments: Sequence[str]) -> Request:
    """Reads the command line.

    Raises:
        UsageError: for an unknown command or option.
    """
    rest = list(arguments)
    prebuilt = False
    command = ""
    while rest and (rest[0] == "--prebuilt" or not command):
        word = rest.pop(0)
        if word == "--prebuilt":
            prebuilt = True
        elif word in OPTIONS:
            command = word
        else:
            raise UsageError(f"There is no command {word!r}.")
    if not command:
        raise UsageError("Say which command.")
    allowed = OPTIONS[command]
    if allowed is not None and (unknown := [word for word in rest if word not in allowed]):
        raise UsageError(f"{command} knows no {unknown[0]!r}.")
    return Request(command, prebuilt, tuple(rest))


def opens_window(arguments: Sequence[str]) -> bool:
    """Whether the application opens its window, given these arguments: they hold no subcommand."""
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word in WITH_VALUE and rest:
            del rest[0]
        elif not word.startswith(tuple(f"{option}=" for option in WITH_VALUE)):
            return False
    return True


def run(checkout: Checkout, request: Request, progress: Progress) -> int:
    """Makes the checkout ready and becomes the application."""
    window = opens_window(request.arguments)
    if window and not system.has_display():
        raise SetupError(
            "There is no display here to open a window on.",
            "Ask in the terminal instead: "
            'python3 installers/dev.py run ask --file report.pdf "Who signed it?"',
        )
    wish = steps.Wish(prebuilt=request.prebuilt, qt=window, qt_required=window)
    steps.carry_out(checkout, wish, progress)
    steps.check_qt(wish, progress)
    command = (str(checkout.python), "-m", "desktop", *request.arguments)
    _become(command, checks.variables_for(checkout))


def _become(command: tuple[str, ...], variables: dict[str, str]) -> NoReturn:
    """Ends this program and starts another in its place, in the folder that the user is in."""
    if os.name == "nt":
        sys.exit(subprocess.run(command, env=variables, check=False).returncode)
    # Replacing this process gives the application the terminal, its signals and its exit status.
    os.execve(command[0], command, variables)  # noqa: S606 - no shell is wanted


def test(checkout: Checkout, request: Request, progress: Progress) -> int:
    """Makes the checkout ready and runs every check."""
    wish = steps.Wish(prebuilt=request.prebuilt, qt_required=True)
    steps.carry_out(checkout, wish, progress)
    steps.check_qt(wish, progress)
    variables = checks.variables_for(checkout) | {"QT_QPA_PLATFORM": "offscreen"}
    return checks.run_all(checkout, checks.checks(request.arguments), variables)


def setup(checkout: Checkout, request: Request, progress: Progress) -> int:
    """Makes the checkout ready."""
    wish = steps.Wish(prebuilt=request.prebuilt)
    steps.carry_out(checkout, wish, progress)
    steps.check_qt(wish, progress)
    return DONE


def refresh(checkout: Checkout, request: Request, progress: Progress) -> int:
    """Makes the lock anew."""
    lock.refresh(checkout, progress, upgrade="--upgrade" in request.arguments)
    return DONE


def licences(checkout: Checkout, request: Request, progress: Progress) -> int:
    """Makes the licence notes anew, from what is installed."""
    steps.carry_out(checkout, steps.Wish(prebuilt=request.prebuilt, qt=False), progress)
    command = (str(checkout.python), "-m", "installers.licences")
    variables = checks.variables_for(checkout)
    return subprocess.run(command, cwd=checkout.root, env=variables, check=False).returncode


def main(arguments: Sequence[str]) -> int:
    """Does what was typed; returns the exit status."""
    if arguments and arguments[0] in ("-h", "--help"):
        sys.stdout.write(__doc__ or "")
        return DONE
    # Asked to end, Python would stop at once and leave a compiler running behind it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    progress = Progress()
    commands = {
        "run": run,
        "test": test,
        "setup": setup,
        "lock": refresh,
        "licences": licences,
    }
    try:
        request = parse(arguments)
        return commands[request.command](Checkout(ROOT), request, progress)
    except UsageError as error:
        progress.say(f"{error}\n\n{__doc__}")
        return USAGE
    except SetupError as error:
        progress.say(f"{error.sentence}\n{error.remedy}")
        return KNOWN_ERROR
    except KeyboardInterrupt:
        progress.say("Stopped. The same command goes on where this one was.")
        return INTERRUPTED
