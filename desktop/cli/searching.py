"""escritoire models use, stay, reranking: the models that documents are searched with."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from desktop.cli.main import DONE
from desktop.cli.terminal import StatusLine, note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.jobs import Cancellation
from desktop.services.reembedding import Switch

MINUTE = 60
SEARCHES, COMING, REORDERS = "searches", "takes over", "puts in order"


def use_embedder(desk: Desk, options: argparse.Namespace, cancel: Cancellation) -> int:
    """Say what has to be embedded again, and do it; interrupted, the next time goes on with it."""
    planned = desk.reembedding.begin(options.name)
    if not options.json:
        say(one_line(_plan(planned)))
    with StatusLine() as line:

        def show(switch: Switch | None) -> None:
            if switch is not None:
                line.show(switch.name, f": {_far(switch)}")

        unlisten = desk.reembedding.changed.listen(show)
        try:
            desk.reembedding.work(cancel)
        finally:
            unlisten()
    serving = desk.search_models.serving()
    if options.json:
        say_json({"searches": serving, "planned": _as_json(planned)})
    else:
        say(one_line(f"{serving} searches your documents from now on"))
    return DONE


def use_reranker(desk: Desk, options: argparse.Namespace) -> int:
    """Let a reranker put what was found in order."""
    desk.search_models.choose_reranker(options.name)
    return _say_reranking(desk, options)


def stay(desk: Desk, options: argparse.Namespace, _: Cancellation) -> int:
    """End a switch to another embedder; the one that serves goes on doing so."""
    underway = bool(desk.search_models.coming())
    desk.reembedding.cancel()
    if options.json:
        say_json({"searches": desk.search_models.serving(), "ended": underway})
        return DONE
    if not underway:
        note("No other embedding model was on its way.")
    say(one_line(f"{desk.search_models.serving()} goes on searching your documents"))
    return DONE


def set_reranking(desk: Desk, options: argparse.Namespace, _: Cancellation) -> int:
    """Switch the reranker off or on again; without either, say how it is."""
    if options.wanted is not None:
        desk.search_models.set_reranking(options.wanted == "on")
    return _say_reranking(desk, options)


def parts(desk: Desk) -> dict[str, str]:
    """What each model that has to do with searching does for it at the moment, by name."""
    models = desk.search_models
    does = {models.serving(): SEARCHES, models.coming(): COMING}
    if models.reranking:
        does[models.chosen_reranker()] = REORDERS
    does.pop("", None)
    return does


def _say_reranking(desk: Desk, options: argparse.Namespace) -> int:
    name, on = desk.search_models.chosen_reranker(), desk.search_models.reranking
    if options.json:
        say_json({"reranker": name or None, "reranking": bool(name) and on})
    elif not name:
        say("No reranker is chosen")
    else:
        does = "puts what was found in order" if on else "is switched off"
        say(one_line(f"{name} {does}"))
    return DONE


def _plan(switch: Switch) -> str:
    if not switch.underway:
        return f"{switch.name}: nothing has to be embedded again"
    documents = "1 document" if switch.documents == 1 else f"{switch.documents} documents"
    line = f"{switch.name}: {switch.left} passages of {documents} have to be embedded again"
    if switch.seconds_left is not None:
        line += f", which takes about {_time(switch.seconds_left)}"
    return line + "; until then the one before searches"


def _far(switch: Switch) -> str:
    line = f"embedding, {switch.done} of {switch.passages} passages"
    return line if switch.seconds_left is None else f"{line}, {_time(switch.seconds_left)} left"


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 2 * MINUTE else f"{seconds / MINUTE:.0f} min"


def _as_json(switch: Switch) -> dict[str, Any]:
    return {name: value for name, value in asdict(switch).items() if name != "id"}
