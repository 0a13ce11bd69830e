"""escritoire models: what is done with models, each in a module of its own."""

from __future__ import annotations

import argparse

from desktop.cli import hub


def run(options: argparse.Namespace) -> int:
    """The command below `models` that was typed."""
    return hub.COMMANDS[options.models_command](options)
