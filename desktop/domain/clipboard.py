"""What is on a clipboard, by the names of its formats alone: whether it may be read at all."""

from __future__ import annotations

from collections.abc import Iterable

# How KDE's clipboard, which others follow, is told to forget; how Windows and macOS are.
HINT = "x-kde-passwordManagerHint"
SECRETS = (HINT, "ExcludeClipboardContentFromMonitorProcessing", "org.nspasteboard.ConcealedType")


def marked_secret(formats: Iterable[str]) -> bool:
    """Whether a password manager put it there. Qt and the systems put more around the names."""
    return any(secret.lower() in name.lower() for name in formats for secret in SECRETS)
