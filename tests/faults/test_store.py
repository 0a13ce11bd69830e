"""What becomes of the store when processes are killed, bits flip and the disk is full."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.chat import Citation, Role, TurnState
from desktop.domain.documents import Page
from desktop.domain.errors import ProfileInUse, StoreDamaged
from desktop.storage.database import Database
from desktop.storage.migrations import migrate
from desktop.storage.paths import Paths
from desktop.storage.profile import open_profile
from desktop.storage.store import Store

from .store_child import EMBEDDER, PASSPHRASE, VECTOR, page

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")


@contextmanager
def child(act: str, profile: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.faults.store_child", act, str(profile)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


# -- killed


def kill_while_writing(profile: Path, times: int, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    for _ in range(times):
        with child("write", profile) as process:
            assert process.stdout is not None
            for _ in range(chance.randint(0, 40)):
                acknowledged.add(process.stdout.readline().strip())
            process.send_signal(signal.SIGKILL)
            # Lines it said before it died are promises too.
            acknowledged.update(line.strip() for line in process.stdout.read().splitlines())
        assert process.returncode == -signal.SIGKILL
        assert_kept(profile, acknowledged)
    assert len(acknowledged) > times


def assert_kept(profile: Path, acknowledged: set[str]) -> None:
    with open_profile(profile, PASSPHRASE) as opened:
        store = opened.store
        if not acknowledged:
            return
        (document,) = store.documents()
        messages = {t.text for c in store.conversations() for t in store.turns(c.id)}
        assert {line for line in acknowledged if line.startswith("message")} <= messages
        pages = {int(line.split()[1]) for line in acknowledged if line.startswith("page")}
        assert document.pages_read >= max(pages, default=0)
        for number in range(1, document.pages_read + 1):
            assert store.page(document.id, number) == page(number)[0]
        embedded = {int(line.split()[1]) for line in acknowledged if line.startswith("vectors")}
        assert document.pages_indexed >= max(embedded, default=0)
        vectors = [row for rows in store.vectors(EMBEDDER) for row in rows]
        assert len(vectors) == store.vector_count(EMBEDDER) == 3 * document.pages_indexed
        assert {vector for _, _, vector in vectors} <= {VECTOR}
        waiting = store.chunks_without_vector(document.id, EMBEDDER)
        assert len(waiting) + len(vectors) == 3 * document.pages_read
        found = store.search_words("herons", limit=100_000, document_ids=None)
        assert len(found) == 3 * document.pages_read


def test_what_was_acknowledged_survives_ten_kills(tmp_path: Path) -> None:
    kill_while_writing(tmp_path, times=10, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_what_was_acknowledged_survives_a_hundred_kills(tmp_path: Path) -> None:
    kill_while_writing(tmp_path, times=120, seed=2)


def test_a_killed_process_gives_its_profile_free(tmp_path: Path) -> None:
    with child("hold", tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(ProfileInUse):
            open_profile(tmp_path, PASSPHRASE)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        with open_profile(tmp_path, PASSPHRASE) as opened:
            assert opened.store.documents() == []


# -- no room


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    with child("starve", tmp_path) as process:
        said, trouble = process.communicate(timeout=60)
    assert trouble == ""
    assert process.returncode == 0
    lines = said.splitlines()
    told = [line.split()[1] for line in lines if line.startswith("full")]
    assert len(told) == 19
    assert [line for line in lines if line.startswith(("written", "lost"))] == []
    assert [line.split()[1] for line in lines if line.startswith("readable")] == told
    assert [line.split()[1] for line in lines if line.startswith("done")] == told


def test_a_profile_opens_for_reading_where_not_a_byte_is_left(tmp_path: Path) -> None:
    with open_profile(tmp_path, PASSPHRASE) as opened:
        conversation = opened.store.add_conversation("Herons")
        opened.store.add_turn(conversation.id, Role.USER, "Which?", TurnState.COMPLETE)
        opened.store.add_turn(conversation.id, Role.ASSISTANT, "Grey", TurnState.STREAMING)
    with child("read", tmp_path) as process:
        said, trouble = process.communicate(timeout=60)
    assert trouble == ""
    assert said.splitlines() == ["['Which?', 'Grey']", "full", "full"]
    with open_profile(tmp_path, PASSPHRASE) as opened:
        assert opened.store.turns(conversation.id)[1].state is TurnState.STOPPED


# -- damaged


def everything(store: Store) -> list[object]:
    """All that the services can read of a store."""
    found: list[object] = [store.collections(), store.documents(), store.open_risks()]
    for document in store.documents():
        found += [store.page(document.id, n) for n in range(1, document.pages_read + 1)]
        found += store.chunks_without_vector(document.id, "none", limit=100_000)
    found += [*store.vectors(EMBEDDER), *store.search_words("heron", limit=99, document_ids=None)]
    found += [store.turns(conversation.id) for conversation in store.conversations()]
    return found


def test_a_flipped_bit_is_noticed_and_never_believed(tmp_path: Path) -> None:
    paths, key = Paths(tmp_path), bytes(32)
    database = Database(paths, key)
    migrate(database, paths.profile, back_up=lambda: None)
    store = Store(database)
    document = store.add_document(Path("/files/a.pdf"), store.add_collection("Matter").id)
    for number in range(1, 9):
        store.add_page(document.id, *page(number))
    chunks = store.chunks_without_vector(document.id, EMBEDDER)
    store.add_vectors(EMBEDDER, [(chunk.id, VECTOR) for chunk in chunks])
    turn = store.add_turn(
        store.add_conversation("Herons").id, Role.USER, "Which?", TurnState.COMPLETE
    )
    citation = Citation(1, document.id, "a.pdf", 1, "1", 0, 4, "Page")
    store.finish_turn(turn.id, text="Grey", state=TurnState.COMPLETE, citations=[citation])
    right = everything(store)
    database.close()
    content = paths.database.read_bytes()

    chance = random.Random(3)
    noticed = 0
    for _ in range(60):
        damaged = bytearray(content)
        damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        paths.database.write_bytes(damaged)
        before = hashlib.sha256(damaged).digest()
        try:
            database = Database(paths, key)
        except StoreDamaged:
            noticed += 1
        else:
            try:
                assert everything(Store(database)) == right
            finally:
                database.close()
        assert hashlib.sha256(paths.database.read_bytes()).digest() == before
    assert noticed > 50


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_a_store_cut_short_is_noticed_and_left_alone(tmp_path: Path, share: float) -> None:
    with open_profile(tmp_path, PASSPHRASE) as opened:
        opened.store.set_setting("long", "x" * 50_000)
    content = opened.paths.database.read_bytes()
    cut = content[: int(len(content) * share)]
    opened.paths.database.write_bytes(cut)
    with pytest.raises(StoreDamaged):
        open_profile(tmp_path, PASSPHRASE)
    assert opened.paths.database.read_bytes() == cut


# -- read by a stranger


def test_nothing_of_the_users_lies_in_the_open(tmp_path: Path) -> None:
    words = ["Mira Quist", "tenancy-quarrel", "confidential heron", "Ostrich Holdings"]

    def assert_hidden() -> None:
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert len(files) >= 6  # store, log, keys, lock, a backup and its keys
        for path in files:
            content = path.read_bytes().lower()
            for word in words:
                for encoding in ("utf-8", "utf-16-le"):
                    assert word.lower().encode(encoding) not in content, path
            assert key not in content
            assert key.hex().encode() not in content

    with open_profile(tmp_path, PASSPHRASE) as opened:
        key, store = opened._key, opened.store
        document = store.add_document(
            Path("/files/tenancy-quarrel.pdf"), store.add_collection("Ostrich Holdings").id
        )
        for number in range(1, 40):
            text = f"Mira Quist keeps a confidential heron, number {number}. " * 20
            store.add_page(document.id, Page(number, "1", text), [])
        turn = store.add_turn(
            store.add_conversation("Mira Quist").id,
            Role.USER,
            "Whose confidential heron?",
            TurnState.COMPLETE,
        )
        store.begin_risk("read", "tenancy-quarrel.pdf")
        store.set_setting("last", "Ostrich Holdings")
        opened.back_up()
        store.save_text(turn.id, "Whose confidential heron, Mira Quist?")
        assert Path(f"{opened.paths.database}-wal").stat().st_size > 0
        assert_hidden()
        store.remove_document(document.id)
    with open_profile(tmp_path, PASSPHRASE):
        assert_hidden()
