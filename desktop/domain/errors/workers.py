"""Errors of the child processes."""

from __future__ import annotations

from desktop.domain.errors.base import EscritoireError


class WorkerError(EscritoireError):
    """Something about one of our child processes, named by the fact `worker`."""


class WorkerCrashed(WorkerError):
    code = "worker_crashed"
    sentence = "The {worker} stopped unexpectedly ({cause})."
    remedy = "Try again: it starts afresh by itself."


class WorkerStalled(WorkerError):
    code = "worker_stalled"
    sentence = "The {worker} gave no sign of life for {seconds} seconds and was stopped."
    remedy = "Try again: it starts afresh by itself."
