"""Known failures become one sentence with a remedy that fits."""

from __future__ import annotations

import errno

import pytest

from installers.errors import from_os, from_pip


@pytest.mark.parametrize(
    ("said", "because"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space",
            "disk is full",
        ),
        ("NewConnectionError('...'): Failed to establish a new connection", "could not be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS", "not the one"),
        ("error: command failed\nERROR: Failed building wheel for x", "compiler"),
        ("PermissionError: [Errno 13] Permission denied: '/x'", "closed to this user"),
        ("ERROR: No matching distribution found for x==1", "no file for this system"),
        ("ERROR: something new", "(something new)"),
        ("", "failed."),
    ],
)
def test_what_pip_says_is_understood(said: str, because: str) -> None:
    error = from_pip(said.splitlines(), "Installing x", ".venv/setup.log")
    assert because in error.sentence
    assert error.sentence.startswith("Installing x failed")
    assert error.remedy
    assert "{" not in error.sentence + error.remedy


def test_a_network_failure_counts_before_what_follows_from_it() -> None:
    said = ["WARNING: Retrying after ProxyError", "ERROR: No matching distribution found for x"]
    assert "could not be reached" in from_pip(said, "Installing x", "log").sentence


@pytest.mark.parametrize(
    ("number", "because"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "/x"), (errno.ENOENT, "/x")],
)
def test_what_the_system_says_is_understood(number: int, because: str) -> None:
    error = from_os(OSError(number, "said by the system", "/x"), "Setting up")
    assert because in error.sentence
    assert error.remedy
