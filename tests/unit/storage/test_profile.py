from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.chat import Role, TurnState
from desktop.domain.errors import (
    PassphraseWrong,
    ProfileInUse,
    ProfileUnwritable,
    StoreDamaged,
)
from desktop.storage import migrations, profile
from desktop.storage.paths import Paths, default_profile, installation_models
from desktop.storage.profile import open_profile

PASSPHRASE = "blue heron"


def make(folder: Path) -> Paths:
    """A profile with one setting, closed."""
    with open_profile(folder, PASSPHRASE) as made:
        made.store.set_setting("kept", "yes")
    return made.paths


def test_a_profile_keeps_what_was_stored(tmp_path: Path) -> None:
    make(tmp_path / "deep" / "profile")
    with open_profile(tmp_path / "deep" / "profile", PASSPHRASE) as opened:
        assert opened.store.setting("kept") == "yes"
        assert opened.damage == ""
    opened.close()  # once more does no harm


def test_nobody_else_may_read_a_profile(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    folder.mkdir()
    folder.chmod(0o755)  # made by the user, for us
    make(folder)
    with open_profile(folder, PASSPHRASE) as opened:
        opened.store.set_setting("kept", "still")
        opened.back_up()
        for path in [folder, *folder.rglob("*")]:
            allowed = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == allowed, path


def test_one_profile_is_open_once(tmp_path: Path) -> None:
    with open_profile(tmp_path, PASSPHRASE), pytest.raises(ProfileInUse) as refused:
        open_profile(tmp_path, PASSPHRASE)
    assert refused.value.facts == {"profile": str(tmp_path)}
    with open_profile(tmp_path, PASSPHRASE):
        pass


def test_a_wrong_passphrase_changes_nothing_and_gives_the_folder_free(tmp_path: Path) -> None:
    paths = make(tmp_path)
    before = {p: p.read_bytes() for p in (paths.database, paths.key_file)}
    with pytest.raises(PassphraseWrong):
        open_profile(tmp_path, "red heron")
    assert {p: p.read_bytes() for p in before} == before
    with open_profile(tmp_path, PASSPHRASE) as opened:
        assert opened.store.setting("kept") == "yes"


def test_a_new_passphrase_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    make(tmp_path)
    with open_profile(tmp_path, PASSPHRASE) as opened:
        opened.set_passphrase("grey heron")
    with pytest.raises(PassphraseWrong):
        open_profile(tmp_path, PASSPHRASE)
    with open_profile(tmp_path, "grey heron") as opened:
        assert opened.store.setting("kept") == "yes"


@pytest.mark.parametrize("gone", ["store.db", "keys.json"])
def test_what_is_left_of_a_profile_is_not_taken_for_a_new_one(tmp_path: Path, gone: str) -> None:
    make(tmp_path)
    (tmp_path / gone).unlink()
    left = sorted(tmp_path.iterdir())
    with pytest.raises(StoreDamaged):
        open_profile(tmp_path, PASSPHRASE)
    assert sorted(tmp_path.iterdir()) == left


@pytest.mark.parametrize("name", ["store.db", "keys.json"])
def test_an_emptied_file_is_damage(tmp_path: Path, name: str) -> None:
    make(tmp_path)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(StoreDamaged):
        open_profile(tmp_path, PASSPHRASE)
    assert (tmp_path / name).read_bytes() == b""


def test_a_crash_while_a_profile_is_made_is_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as before_the_key_file:
        before_the_key_file.setattr(profile, "write_whole", crash)
        with pytest.raises(KeyboardInterrupt):
            open_profile(tmp_path, PASSPHRASE)
    with monkeypatch.context() as before_the_store:
        before_the_store.setattr(profile, "put_in_place", crash)
        with pytest.raises(KeyboardInterrupt):
            open_profile(tmp_path, PASSPHRASE)
    with pytest.raises(PassphraseWrong):  # from here on it is a profile with a key
        open_profile(tmp_path, "another")
    with open_profile(tmp_path, PASSPHRASE) as opened:
        assert opened.store.documents() == []


def test_a_folder_that_cannot_be_one_is_refused_with_a_reason(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    for folder in (in_the_way, in_the_way / "below"):
        with pytest.raises(ProfileUnwritable) as refused:
            open_profile(folder, PASSPHRASE)
        assert refused.value.facts["reason"] in ("file exists", "not a directory")


def test_an_answer_cut_off_by_a_crash_is_shown_as_stopped(tmp_path: Path) -> None:
    with open_profile(tmp_path, PASSPHRASE) as opened:
        conversation = opened.store.add_conversation("Lease")
        turn = opened.store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
        opened.store.save_text(turn.id, "So far")
    with open_profile(tmp_path, PASSPHRASE) as opened:
        (found,) = opened.store.turns(conversation.id)
    assert (found.state, found.text) == (TurnState.STOPPED, "So far")


def test_a_backup_is_made_before_the_store_changes_its_shape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path)
    assert list(tmp_path.glob("backups/*.db")) == []

    def add_a_table(connection: object) -> None:
        connection.execute("CREATE TABLE novelty (id INTEGER)")  # type: ignore[attr-defined]

    monkeypatch.setattr(profile, "MIGRATIONS", (*migrations.MIGRATIONS, add_a_table))
    with open_profile(tmp_path, PASSPHRASE) as opened:
        assert opened.store.setting("kept") == "yes"
        assert len(opened.backups.all()) == 1


def test_opening_imports_no_heavy_library() -> None:
    script = (
        "import sys; import desktop.storage.profile;"
        "heavy = {'numpy', 'torch', 'keyring', 'lancedb', 'PySide6', 'llama_cpp'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_places_outside_a_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ESCRITOIRE_MODELS", raising=False)
    assert installation_models().parts[-2:] == ("resources", "models")
    monkeypatch.setenv("ESCRITOIRE_MODELS", str(tmp_path))
    assert installation_models() == tmp_path
    assert default_profile().name == "Escritoire"
