"""Commands for working from a checkout.

    python3 installers/dev.py run                     open the window
    python3 installers/dev.py run ask --file report.pdf "Who signed it?"
    python3 installers/dev.py test [PYTEST ARGS]      every check
    python3 installers/dev.py setup                   everything but starting it
    python3 installers/dev.py lock [--upgrade]        make the lock anew
    python3 installers/dev.py licences                make the third-party licence notes anew

    --prebuilt   before or right after the command: take a ready wheel of
                 llama-cpp-python instead of compiling it
    --gpu NAME   likewise: compile it for a GPU, with vulkan, cuda or rocm; macOS has
                 metal by itself; none goes back to the processor alone

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

from installers import checks, gpu, lock, steps, system
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
    gpu: str | None = None

    def wish(self, *, qt: bool = True, qt_required: bool = False) -> steps.Wish:
        """What the set-up is asked for."""
        return steps.Wish(self.prebuilt, self.gpu, qt, qt_required)


class UsageError(Exception):
    """The command line makes no sense; the text says why."""


def parse(arguments: Sequence[str]) -> Request:
    """Reads the command line.

    Raises:
        UsageError: for an unknown command or option.
    """
    rest = list(arguments)
    prebuilt = False
    chosen: str | None = None
    command = ""
    while rest and (_is_ours(rest[0]) or not command):
        word = rest.pop(0)
        if word == "--prebuilt":
            prebuilt = True
        elif _is_ours(word):
            name = _gpu_name(word, rest)
            if chosen not in (None, name):
                raise UsageError(f"--gpu is either {chosen} or {name}.")
            chosen = name
        elif word in OPTIONS:
            command = word
        else:
            raise UsageError(f"There is no command {word!r}.")
    if not command:
        raise UsageError("Say which command.")
    if prebuilt and chosen is not None:
        raise UsageError("A ready wheel is for the processor: --prebuilt or --gpu, not both.")
    allowed = OPTIONS[command]
    if allowed is not None and (unknown := [word for word in rest if word not in allowed]):
        raise UsageError(f"{command} knows no {unknown[0]!r}.")
    return Request(command, prebuilt, tuple(rest), chosen)


def _is_ours(word: str) -> bool:
    return word in ("--prebuilt", "--gpu") or word.startswith("--gpu=")


def _gpu_name(word: str, rest: list[str]) -> str:
    """The value of --gpu, which may be the next word and is then taken from `rest`."""
    _, separator, name = word.partition("=")
    if not separator:
        name = rest.pop(0) if rest else ""
    if name not in gpu.NAMES:
        raise UsageError(f"--gpu is one of {', '.join(gpu.NAMES)}.")
    return name


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
    wish = request.wish(qt=window, qt_required=window)
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
    wish = request.wish(qt_required=True)
    steps.carry_out(checkout, wish, progress)
    steps.check_qt(wish, progress)
    variables = checks.variables_for(checkout) | {"QT_QPA_PLATFORM": "offscreen"}
    return checks.run_all(checkout, checks.checks(request.arguments), variables)


def setup(checkout: Checkout, request: Request, progress: Progress) -> int:
    """Makes the checkout ready."""
    wish = request.wish()
    steps.carry_out(checkout, wish, progress)
    steps.check_qt(wish, progress)
    return DONE


def refresh(checkout: Checkout, request: Request, progress: Progress) -> int:
    """Makes the lock anew."""
    lock.refresh(checkout, progress, upgrade="--upgrade" in request.arguments)
    return DONE


def licences(checkout: Checkout, request: Request, progress: Progress) -> int:
    """Makes the licence notes anew, from what is installed."""
    steps.carry_out(checkout, request.wish(qt=False), progress)
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
