"""Which steps a checkout still needs, in which order, and doing them.

The plan is made from what is on disk alone, in milliseconds, so that a checkout that is ready says
nothing and starts at once. It must not contain the steps' work itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from installers import environment, gpu, guard, lock, starter, system
from installers.checkout import Checkout
from installers.environment import Environment
from installers.errors import SetupError, from_os, from_pip
from installers.progress import Progress, Step, run


@dataclass(frozen=True)
class Task:
    """One step that is still to do."""

    key: str
    title: str
    act: Callable[[Step], None]


@dataclass(frozen=True)
class Wish:
    """What this run is for; Qt's libraries matter only to a window and to its tests.

    `gpu` is a backend's name, or `gpu.NONE` for the processor alone; without a wish for it or for
    a ready wheel, the build of llama-cpp-python is the one chosen before.
    """

    prebuilt: bool = False
    gpu: str | None = None
    qt: bool = True
    qt_required: bool = False


def plan(checkout: Checkout, wish: Wish) -> tuple[Task, ...]:
    """What is still to do, in order; empty when the checkout is ready.

    Raises:
        SetupError: when something is missing that only the user can install.
        OSError, ValueError: when the lock or the pins cannot be read.
    """
    env = Environment(
        checkout,
        lock.parse(checkout.lock.read_text(encoding="utf-8")),
        checkout.torch_version(),
    )
    build = _llama_build(env, wish)
    tasks: list[Task] = []
    fresh = not env.is_made()
    if parts := _system_parts(env, wish, fresh=fresh, build=build):
        names = ", ".join(part.name for part in parts)
        tasks.append(Task("system", f"Installing {names}", partial(_install_parts, parts)))
    if fresh:
        tasks.append(Task("venv", "Making the environment .venv", env.make))
    if fresh or not env.has_pip():
        tasks.append(Task("pip", "Installing the pinned pip", env.install_pip))
    if fresh or not env.has_packages():
        title = f"Installing {len(env.packages)} pinned packages (about 500 MB)"
        tasks.append(Task("packages", title, env.install_packages))
    if fresh or not env.has_torch():
        title = f"Installing torch {env.torch}, the build without CUDA (about 200 MB)"
        tasks.append(Task("torch", title, env.install_torch))
    if fresh or not env.has_llama(build):
        title = _llama_title(env, build)
        tasks.append(Task("llama", title, partial(env.install_llama, build=build)))
    for model in starter.read_pins(checkout.starter):
        if starter.missing(model, checkout.models):
            title = f"Fetching the starter model {model.name} ({model.size >> 20} MB)"
            tasks.append(Task(model.name, title, partial(_fetch, env, model)))
    if fresh or _handbook_is_old(env):
        tasks.append(Task("handbook", "Making the handbook", partial(_make_handbook, env)))
    return tuple(tasks)


def carry_out(checkout: Checkout, wish: Wish, progress: Progress) -> None:
    """Does what is still to do, telling about it; silent when that is nothing.

    Raises:
        SetupError: for every cause that is known.
    """
    waiting = partial(progress.say, "Another set-up of this checkout is running: waiting for it.")
    doing = "Setting up this checkout"
    try:
        if not plan(checkout, wish):
            return
        with guard.alone(checkout.guard, waiting):
            # Planned again, since another set-up may have done it all meanwhile.
            tasks = plan(checkout, wish)
            for number, task in enumerate(tasks, start=1):
                doing = task.title.partition(" (")[0]
                with progress.step(number, len(tasks), task.title) as step:
                    task.act(step)
    except OSError as error:
        raise from_os(error, doing) from error
    except ValueError as error:
        raise SetupError(
            f"A pin of this checkout cannot be read: {error}.",
            "Bring pyproject.toml, installers/requirements.lock and resources/starter.toml back.",
        ) from error


def _system_parts(
    env: Environment, wish: Wish, *, fresh: bool, build: str
) -> tuple[system.Part, ...]:
    """The system's packages that this run may install itself.

    Raises:
        SetupError: when one that is needed must be installed by the user.
    """
    parts: list[system.Part] = []
    if fresh and system.lacks_venv():
        if not system.may_install():
            raise system.no_venv()
        parts.append(system.VENV)
    compiles = build != environment.READY and (fresh or not env.has_llama(build))
    if compiles and build in gpu.BACKENDS:
        gpu.check(gpu.BACKENDS[build])
    if compiles and system.missing_compiler():
        if not system.may_install():
            raise system.compiler_error()
        parts.append(system.COMPILER)
    if wish.qt and system.may_install():
        parts.extend(system.missing_for_window())
    return tuple(parts)


def _install_parts(parts: tuple[system.Part, ...], step: Step) -> None:
    if system.install(parts, step):
        return
    if any(part.needed_for == system.SETUP for part in parts):
        raise SetupError("The system's packages could not be installed.", system.advice(parts))
    step.note(f"They could not be installed. {system.advice(parts)}")


def check_qt(wish: Wish, progress: Progress) -> None:
    """Says what Qt still misses.

    Raises:
        SetupError: when Qt cannot even be loaded and this run needs it.
    """
    missing = system.missing_for_window() if wish.qt else ()
    if not missing:
        return
    names = ", ".join(part.name for part in missing)
    if wish.qt_required and any(part.needed_for == system.IMPORT for part in missing):
        raise SetupError(f"Qt cannot start here without {names}.", system.advice(missing))
    progress.say(f"The window may not open without {names}. {system.advice(missing)}")


def _llama_build(env: Environment, wish: Wish) -> str:
    """The build of llama-cpp-python that this run wants.

    Raises:
        SetupError: for a backend that this system has not.
    """
    if wish.prebuilt:
        return environment.READY
    if wish.gpu is None:
        return env.llama_build
    return gpu.build(wish.gpu) or environment.COMPILED


def _llama_title(env: Environment, build: str) -> str:
    name = f"{environment.LLAMA} {env.llama.version}"
    if build == environment.READY:
        return f"Installing {name} as a ready wheel, for any processor of this kind"
    if build in gpu.BACKENDS:
        return (
            f"Installing {name}, compiled for {gpu.BACKENDS[build].title} (longer than the nine "
            "minutes for a processor on two cores, since every routine is compiled for the GPU too)"
        )
    return (
        f"Installing {name}, compiled for this very processor (about nine minutes on two cores "
        "unless pip still has an earlier build; answers come faster ever after)"
    )


def _fetch(env: Environment, model: starter.StarterModel, step: Step) -> None:
    checkout = env.checkout
    starter.fetch(model, checkout.models, checkout.python, env.variables(), checkout.log, step)


def _handbook_is_old(env: Environment) -> bool:
    checkout = env.checkout
    made_from = env.stamp.get("handbook")
    return not checkout.handbook_pdf.exists() or made_from != _handbook_fingerprint(env)


def _handbook_fingerprint(env: Environment) -> str:
    sources = (env.checkout.handbook, env.checkout.handbook_script)
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    with_tools = lock.only(env.entries, "fpdf2", "markdown-it-py")
    return lock.fingerprint((lock.Entry("handbook", "", text), *with_tools))


def _make_handbook(env: Environment, step: Step) -> None:
    checkout = env.checkout
    variables: Mapping[str, str] = env.variables() | {"PYTHONPATH": str(checkout.root)}
    command = (checkout.python, "-m", "installers.handbook", checkout.handbook)
    outcome = run(
        [*command, checkout.handbook_pdf], step, env=variables, cwd=checkout.root, log=checkout.log
    )
    if outcome.status:
        raise from_pip(outcome.lines, "Making the handbook", str(checkout.log))
    env.stamp.record(handbook=_handbook_fingerprint(env))
