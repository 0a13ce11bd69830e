"""In Settings: what scans are read in, said honestly, and chosen."""

from __future__ import annotations

from pathlib import Path

from desktop.app import Application
from desktop.domain.scripts import CARRIED
from desktop.gui.widgets.scripts_card import ScriptsCard
from tests.gui.conftest import wait_until


def test_what_is_not_carried_along_is_said_and_a_wrong_file_refused(
    desk_window: Application, tmp_path: Path
) -> None:
    window = desk_window.window
    window.show_page("settings")
    card = window.findChild(ScriptsCard, "settings.scripts_card")
    assert card is not None
    wait_until(lambda: card.choice.count() == 1)
    assert card.choice.itemData(0) == CARRIED
    assert "Latin, Greek, Chinese and Japanese" in card.choice.itemText(0)
    assert "Cyrillic: cyrillic_PP-OCRv5_rec_mobile.onnx" in card.missing.text()
    assert "not fetched by Escritoire" in card.missing.text()
    window.banners.end_all()
    wrong = tmp_path / "wrong.onnx"
    wrong.write_bytes(b"no model")
    card.add_file(wrong)
    wait_until(lambda: any("wrong.onnx" in text for text in window.banners.texts()))
    assert card.choice.count() == 1
