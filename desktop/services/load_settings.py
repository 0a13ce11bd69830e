"""Load settings as they are kept: JSON in, settings out, and nothing is believed of it.

What is unknown or damaged is left at its default, and the log says which it was.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from desktop.domain.models import Adapter, CacheType, LoadSettings

log = logging.getLogger(__name__)


def to_json(settings: LoadSettings) -> str:
    """The settings as `from_json` reads them."""
    kept: dict[str, Any] = {f.name: getattr(settings, f.name) for f in fields(settings)}
    kept["cache_type"] = settings.cache_type.value
    kept["adapters"] = [{"path": str(a.path), "strength": a.strength} for a in settings.adapters]
    return json.dumps(kept)


def from_json(text: str, model: str) -> LoadSettings:
    """The settings in `text`, kept for `model`; defaults for what cannot be read."""
    try:
        kept = json.loads(text)
    except ValueError:
        kept = None
    if not isinstance(kept, dict):
        log.warning("the load settings of %s cannot be read: defaults are used", model)
        return LoadSettings()
    read: dict[str, Any] = {}
    for name, value in kept.items():
        try:
            read[name] = _READERS[name](value)
        except (KeyError, TypeError, ValueError):
            log.warning(
                "the load setting %r of %s cannot be read: its default is used", name, model
            )
    return LoadSettings(**read)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value


def _strength(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _adapters(value: object) -> tuple[Adapter, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(Adapter(Path(_text(a["path"])), _strength(a["strength"])) for a in value)


_READERS: dict[str, Callable[[Any], object]] = {
    "device": _text,
    "gpu_layers": lambda value: None if value is None else _number(value),
    "context_window": _number,
    "cache_type": CacheType,
    "threads": _number,
    "batch_threads": _number,
    "batch": _number,
    "memory_map": _flag,
    "memory_lock": _flag,
    "adapters": _adapters,
}
