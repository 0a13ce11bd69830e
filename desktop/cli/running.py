"""escritoire models fit, settings and bench: how a model runs on this computer."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desktop.cli.main import DONE
from desktop.cli.model_arguments import AS_BEFORE
from desktop.cli.session import session
from desktop.cli.terminal import StatusLine, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.errors import NotAModel, RepositoryUnknown
from desktop.domain.fitting import Fit, Placement, gigabytes
from desktop.domain.hub import Repository, Variant
from desktop.domain.jobs import Cancellation
from desktop.domain.models import CPU, LoadSettings, ModelKind, Speed
from desktop.services.answer_events import SteppedDown

# Options of `settings` that say the same in both worlds.
SET = (
    "device",
    "gpu_layers",
    "context_window",
    "cache_type",
    "threads",
    "batch_threads",
    "batch",
    "memory_map",
    "memory_lock",
)


def fit(options: argparse.Namespace) -> int:
    """Say whether a model runs here: this computer's own, or the hub's before it is fetched."""
    with session(options, documents=False) as (desk, cancel):
        if options.variant is None and "/" not in options.model:
            model = desk.shelf.find(options.model)
            placements = {model.name: desk.judging.installed(model, cancel)}
        else:
            repository = desk.hub.look_at(options.model, cancel)
            placements = {
                variant.files[0].path: _offered(desk, repository, variant, cancel)
                for variant in _variants(repository, options.variant)
            }
    if options.json:
        say_json({"models": {name: placement_json(it) for name, it in placements.items()}})
        return DONE
    for name, placement in placements.items():
        say(one_line(f"{name}: {in_words(placement)}"))
    return DONE


def settings(options: argparse.Namespace) -> int:
    """Set how a model is loaded, then say where that puts it."""
    given = {name: getattr(options, name) for name in SET}
    with session(options, documents=False) as (desk, cancel):
        model = desk.shelf.find(options.name)
        before = LoadSettings() if options.reset else desk.chat_models.settings_of(model.name)
        changed = {name: value for name, value in given.items() if value is not AS_BEFORE}
        wanted = replace(before, **changed)
        if options.adapter is not None:
            wanted = replace(wanted, adapters=tuple(options.adapter))
        # Judged first: what cannot be is refused, and nothing is kept.
        placement = desk.judging.installed(model, cancel, wanted)
        if wanted != desk.chat_models.settings_of(model.name):
            desk.chat_models.set_settings(model.name, wanted)
    if options.json:
        say_json(
            {"model": model.name, "settings": _settings_json(wanted)} | placement_json(placement)
        )
        return DONE
    for name, value in _settings_json(wanted).items():
        say(one_line(f"{name:<15}{_in_words(value)}"))
    say(one_line(f"{model.name}: {in_words(placement)}"))
    return DONE


def bench(options: argparse.Namespace) -> int:
    """Measure a model here, and keep what was measured beside it."""
    with session(options, documents=False) as (desk, cancel):
        model = desk.shelf.find(options.name) if options.name else desk.chat_models.chosen()
        if model.kind is not ModelKind.CHAT:
            raise NotAModel(model=model.name, reason="it writes no answers")
        speed = _measured(desk, model.name, cancel)
        desk.shelf.set_speed(model.name, speed)
    if options.json:
        say_json({"model": model.name, "speed": speed_json(speed)})
        return DONE
    say(one_line(f"{model.name}"))
    say(f"Reads    {speed.prefill:.1f} tokens/s")
    say(f"Writes   {speed.decode:.1f} tokens/s, with {speed.threads} threads")
    say(f"Loads    in {speed.load_s:.2f} s, into {gigabytes(speed.memory)}")
    return DONE


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "fit": fit,
    "settings": settings,
    "bench": bench,
}


def in_words(placement: Placement) -> str:
    """Whether it fits, where it goes, and what that takes."""
    needs = f"{gigabytes(placement.needed)} of {gigabytes(placement.free)} free"
    match placement.fit:
        case Fit.WILL_NOT_FIT:
            verdict = f"will not fit: it needs {needs}"
        case Fit.SLOW:
            verdict = f"slow: it needs {needs}"
        case Fit.FITS:
            verdict = f"fits: it needs {needs}"
    where = (
        "on the processor"
        if placement.device == CPU
        else f"{placement.gpu_layers} layers on {placement.device}"
    )
    return f"{verdict}, {where}, {placement.context_window} tokens at a time"


def stepped_down(event: SteppedDown) -> str:
    """That less of a model is on a device than was meant."""
    before, after = event.before, event.after
    instead = f"{after.gpu_layers} of them" if after.gpu_layers else "none"
    return (
        f"{before.device} has too little memory for {before.gpu_layers} layers of {event.model}, "
        f"so it takes {instead}."
    )


def placement_json(placement: Placement) -> dict[str, Any]:
    """A placement as scripts read it; memory in bytes."""
    memory = placement.memory
    return {
        "fit": placement.fit.value,
        "device": placement.device,
        "gpu_layers": placement.gpu_layers,
        "context_window": placement.context_window,
        "needed": placement.needed,
        "free": placement.free,
        "memory": {
            "weights": memory.weights,
            "cache": memory.cache,
            "compute": memory.compute,
            "total": memory.total,
        },
    }


def speed_json(speed: Speed) -> dict[str, Any]:
    """A measured speed as scripts read it: tokens a second, seconds, bytes."""
    return {
        "prefill": speed.prefill,
        "decode": speed.decode,
        "load_s": speed.load_s,
        "memory": speed.memory,
        "threads": speed.threads,
    }


def _variants(repository: Repository, wanted: str | None) -> tuple[Variant, ...]:
    if wanted is None:
        return repository.variants
    variant = repository.variant(wanted)
    if variant is None:
        raise RepositoryUnknown(repository=f"{repository.name} {wanted}")
    return (variant,)


def _offered(
    desk: Desk, repository: Repository, variant: Variant, cancel: Cancellation
) -> Placement:
    _, placement = desk.judging.offered(repository, variant, cancel)
    return placement


def _measured(desk: Desk, name: str, cancel: Cancellation) -> Speed:
    steps = desk.loader.measure(desk.chat_models.chat_model(name), cancel=cancel)
    with StatusLine() as line:
        while True:
            try:
                done, total = next(steps)
            except StopIteration as end:
                speed: Speed = end.value
                return speed
            line.show(f"Measuring {name}: ", f"{100 * done // max(total, 1)} %")


def _in_words(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case None | 0:
            return "chosen by the program"
        case list():
            return ", ".join(value) or "none"
        case _:
            return str(value)


def _settings_json(settings: LoadSettings) -> dict[str, Any]:
    return {
        **{name: getattr(settings, name) for name in SET},
        "adapters": [f"{adapter.path} x {adapter.strength:g}" for adapter in settings.adapters],
    }
