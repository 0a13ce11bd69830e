"""The environment `.venv`: made, filled from the lock, mended after an interruption.

What is installed is written down in a stamp beside it, step by step, so that a second run has
nothing to do and finds that out without starting pip. The user's own pip configuration (mirror,
proxy, certificates) stays in force. It must not print, nor decide when to run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from installers import gpu, lock, system
from installers.checkout import Checkout
from installers.errors import SetupError, disk_full, from_pip
from installers.progress import Outcome, Step, run, silent
from installers.stamp import Stamp

# A plain `pip install torch` on Linux brings several gigabytes of CUDA; this is where the
# maintainers offer the build for the processor alone.
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"
# Where the maintainer of llama-cpp-python offers ready wheels.
LLAMA_CPU_INDEX = "https://abetlen.github.io/llama-cpp-python/whl/cpu"
# An index that cannot be reached should cost seconds; both have a way around them.
IMPATIENT = ("--retries", "1", "--timeout", "10")
LLAMA = "llama-cpp-python"
# The builds of it that are for the processor alone; any other is the name of a backend in `gpu`.
COMPILED, READY = "compiled", "ready"
SMALLEST_VENV = 60 << 20

_COMPILED = re.compile(r"\[(\d+)/(\d+)\]")
_SEEN = re.compile(r"^(?:Collecting|Requirement already satisfied:|Ignoring) ([A-Za-z0-9._-]+)")


@dataclass(frozen=True)
class Environment:
    """The environment of one checkout and what should be in it."""

    checkout: Checkout
    entries: tuple[lock.Entry, ...]
    torch: str

    @property
    def stamp(self) -> Stamp:
        """The stamp as it is on disk now."""
        return Stamp(self.checkout.stamp)

    def variables(self) -> dict[str, str]:
        """The variables for pip: the user's own, and quiet about matters not of this set-up."""
        return dict(
            os.environ,
            PIP_DISABLE_PIP_VERSION_CHECK="1",
            PIP_NO_INPUT="1",
            PIP_USER="0",
            PYTHONSAFEPATH="1",
        )

    # What is done already

    def is_made(self) -> bool:
        """Whether the environment is there, complete, and its Python still exists."""
        made_with = self.stamp.get("python")
        return (
            made_with is not None
            and self.stamp.get(_unfinished("pip")) is None
            and self.checkout.python.exists()
            and made_with == _version_in(self.checkout.venv / "pyvenv.cfg")
        )

    def has_pip(self) -> bool:
        """Whether the pinned pip is installed."""
        return self.stamp.get("pip") == lock.fingerprint(lock.only(self.entries, "pip"))

    def has_packages(self) -> bool:
        """Whether the pinned packages are installed."""
        return self.stamp.get("packages") == lock.fingerprint(self.packages)

    def has_torch(self) -> bool:
        """Whether the pinned torch is installed."""
        return self.stamp.get("torch") == self.torch

    def has_llama(self, build: str) -> bool:
        """Whether the pinned llama-cpp-python is installed in this build.

        What was compiled for this very processor is as good as a ready wheel, but not vice versa.
        """
        fits = (COMPILED, READY) if build == READY else (build,)
        done = lock.fingerprint((self.llama,))
        return self.stamp.get("llama") == done and self.llama_build in fits

    @property
    def llama_build(self) -> str:
        """The build that was chosen before, and is kept: whoever chose it has a reason."""
        return self.stamp.get("llama_build") or COMPILED

    @property
    def packages(self) -> tuple[lock.Entry, ...]:
        """The packages that need no special care."""
        return lock.without(self.entries, "pip", LLAMA)

    @property
    def llama(self) -> lock.Entry:
        """The entry of llama-cpp-python."""
        return lock.only(self.entries, LLAMA)[0]

    # What does it

    def make(self, step: Step) -> None:
        """Makes `.venv`; adopts one that works, replaces one that does not.

        Raises:
            SetupError: when this Python cannot make environments.
        """
        if (version := self._working()) is not None:
            self.stamp.record(python=version)
            return
        if system.lacks_venv():
            raise system.no_venv()
        outcome = run([sys.executable, "-m", "venv", "--clear", self.checkout.venv], step)
        if outcome.status:
            if any("ensurepip is not available" in line for line in outcome.lines):
                raise system.no_venv()
            if shutil.disk_usage(self.checkout.root).free < SMALLEST_VENV:
                # venv keeps to itself what its installation of pip said.
                raise disk_full("Making .venv")
            raise from_pip(outcome.lines, "Making .venv", "its output")
        version = _version_in(self.checkout.venv / "pyvenv.cfg")
        self.stamp.record(python=version or "unknown")

    def _working(self) -> str | None:
        """The version of the environment's Python when that runs, has pip and is new enough."""
        # A pip that broke off while replacing itself cannot be trusted to mend itself.
        if not self.checkout.python.exists() or self.stamp.get(_unfinished("pip")):
            return None
        ask = "import pip, sys; print(sys.version_info >= (3, 11))"
        found = subprocess.run(
            [self.checkout.python, "-c", ask], capture_output=True, text=True, check=False
        )
        if found.stdout.strip() != "True":
            return None
        return _version_in(self.checkout.venv / "pyvenv.cfg")

    def install_pip(self, step: Step) -> None:
        """Installs the pinned pip."""
        self._install_locked("pip", lock.only(self.entries, "pip"), step)

    def install_packages(self, step: Step) -> None:
        """Installs the pinned packages, without asking any of them for dependencies."""
        self._install_locked("packages", self.packages, step)

    def install_torch(self, step: Step) -> None:
        """Installs the build of torch for the processor alone, the plain pin where it must.

        Raises:
            SetupError: when neither can be had.
        """
        with self._repairing("torch") as options:
            if sys.platform == "linux":
                cpu = ("--no-deps", *IMPATIENT, "--index-url", TORCH_CPU_INDEX)
                if not self._pip(*options, *cpu, f"torch=={self.torch}+cpu", step=step).status:
                    self.stamp.record(torch=self.torch)
                    return
                step.note("Its maintainers' CPU index is not to be had here: taking the plain pin.")
            # The non-CUDA dependencies are in the lock; CUDA ones come only where the wheel asks.
            outcome = self._pip(*options, f"torch=={self.torch}", step=step)
            if outcome.status:
                raise self._error(outcome, "Installing torch")
            self.stamp.record(torch=self.torch)

    def install_llama(self, step: Step, *, build: str) -> None:
        """Compiles llama-cpp-python for this processor or for a GPU, or takes a ready wheel.

        Raises:
            SetupError: when it can neither be had nor compiled.
        """
        pin = f"{LLAMA}=={self.llama.version}"
        # To pip, one build of a version is as good as another.
        other = ("--force-reinstall",) if self.stamp.get("llama_build") not in (None, build) else ()
        if build == READY:
            with self._repairing("llama") as options:
                ready = ("--no-deps", "--only-binary=:all:", *IMPATIENT)
                index = ("--index-url", LLAMA_CPU_INDEX)
                if not self._pip(*options, *other, *ready, *index, pin, step=step).status:
                    done = lock.fingerprint((self.llama,))
                    self.stamp.record(llama=done, llama_build=READY)
                    return
                step.note("There is no ready wheel for this system: compiling instead.")
                if system.missing_compiler():
                    raise system.compiler_error(ready=False)
            build = COMPILED
        if build == COMPILED:
            self._install_locked("llama", (self.llama,), step, "--verbose", *other)
        else:
            self._install_gpu_llama(step, build, *other)
        self.stamp.record(llama_build=build)

    def _install_gpu_llama(self, step: Step, backend: str, *options: str) -> None:
        """Compiles for a GPU.

        pip's cache knows a wheel by its source, not by what it was compiled for: this one must
        neither come from there nor get there.
        """
        apart = ("--verbose", "--no-cache-dir", *options)
        variables = gpu.variables(gpu.BACKENDS[backend], self.variables())
        try:
            self._install_locked("llama", (self.llama,), step, *apart, variables=variables)
        except SetupError as error:
            remedy = f"{error.remedy} The option --gpu none goes back to the processor alone."
            raise SetupError(error.sentence, remedy) from error

    def _install_locked(
        self,
        name: str,
        entries: tuple[lock.Entry, ...],
        step: Step,
        *more: str,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        seen = 0

        def read(line: str) -> str | None:
            nonlocal seen
            if compiled := _COMPILED.search(line):
                return f"compiling, file {compiled[1]} of {compiled[2]}"
            if found := _SEEN.match(line):
                seen = min(seen + 1, len(entries))
                return f"{seen} of {len(entries)}: {found[1]}"
            if line.startswith("Installing collected packages"):
                return "unpacking"
            return None

        with self._repairing(name) as options, tempfile.TemporaryDirectory() as folder:
            requirements = Path(folder) / "requirements.lock"
            requirements.write_text("".join(entry.text for entry in entries), encoding="utf-8")
            strict = ("--no-deps", "--require-hashes", "-r", requirements)
            outcome = self._pip(*options, *more, *strict, step=step, read=read, env=variables)
            if outcome.status:
                what = "the pinned packages" if len(entries) > 1 else entries[0].name
                raise self._error(outcome, f"Installing {what}")
        self.stamp.record(**{name: lock.fingerprint(entries)})

    @contextmanager
    def _repairing(self, name: str) -> Iterator[tuple[str, ...]]:
        """Options for pip: if the same step broke off before, packages may be half unpacked."""
        stamp = self.stamp
        broken = stamp.get(_unfinished(name))
        stamp.record(**{name: "", _unfinished(name): "yes"})
        yield ("--force-reinstall",) if broken else ()
        self.stamp.record(**{_unfinished(name): ""})

    def _pip(
        self,
        *arguments: str | Path,
        step: Step,
        read: Callable[[str], str | None] = silent,
        env: Mapping[str, str] | None = None,
    ) -> Outcome:
        command = (self.checkout.python, "-m", "pip", "install", "--progress-bar", "off")
        return run(
            [*command, *arguments],
            step,
            env=env or self.variables(),
            log=self.checkout.log,
            read=read,
        )

    def _error(self, outcome: Outcome, doing: str) -> SetupError:
        log = self.checkout.log.relative_to(self.checkout.root)
        return from_pip(outcome.lines, doing, str(log))


def _unfinished(name: str) -> str:
    return f"{name}_unfinished"


def _version_in(config: Path) -> str | None:
    """The Python version that a pyvenv.cfg names."""
    try:
        lines = config.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    for line in lines:
        key, _, value = line.partition("=")
        if key.strip() in ("version", "version_info"):
            return value.strip()
    return None
