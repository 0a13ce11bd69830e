"""What the command line's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commanding import Terminal


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    """A terminal with a profile of its own, not yet made."""
    return Terminal(capsys, tmp_path)


@pytest.fixture
def no_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation without models: words alone are searched, and answers quote."""
    folder = tmp_path / "no models"
    folder.mkdir()
    monkeypatch.setenv("ESCRITOIRE_MODELS", str(folder))
    return folder
