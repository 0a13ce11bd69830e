"""An embedding model fetched from the hub: a folder, each file held to what the hub promised."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.desk import Desk, open_desk
from desktop.domain.hub import DownloadState
from desktop.domain.jobs import Cancellation
from desktop.domain.models import ModelKind
from tests.conftest import PASSPHRASE
from tests.hub.content import HubContent, HubRepository
from tests.hub.server import LocalHub, local_hub
from tests.shelves import embedder_files

NOW = Cancellation()
NAME = "acme/little-embedder"
FILES = embedder_files()


def repository(**more: str) -> HubRepository:
    weights = FILES["model.safetensors"]
    texts = {
        name: content.decode() for name, content in FILES.items() if name != "model.safetensors"
    }
    lfs = {"model.safetensors": HubContent(len(weights), weights)}
    beside = {"README.md": "# Little", "train.py": "print()", "pytorch_model.bin": "pickled"}
    return HubRepository(NAME, {**texts, **lfs, **beside, **more})


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with local_hub() as hub:
        hub.add(repository())
        yield hub


@pytest.fixture
def desk(tmp_path: Path, hub: LocalHub) -> Iterator[Desk]:
    desk = open_desk(tmp_path / "profile", PASSPHRASE)
    desk.hub.set_endpoint(hub.endpoint)
    desk.hub.set_hosts((hub.cdn,))
    yield desk
    desk.close()


def test_the_files_that_are_needed_come_and_no_others(desk: Desk, hub: LocalHub) -> None:
    found = desk.hub.look_at(NAME, NOW)
    (variant,) = found.variants
    assert (variant.kind, variant.name) == (ModelKind.EMBEDDER, "little-embedder")
    assert [file.path for file in variant.files] == sorted(FILES)
    assert found.variant("safetensors") == variant
    desk.downloads.fetch(found, variant)
    desk.downloads.work(NOW)
    assert desk.downloads.downloads() == []
    files = desk.search_models.embedder("little-embedder")
    assert (files.dimensions, set(files.hashes)) == (4, set(FILES))
    assert {path.relative_to(files.folder).as_posix() for path in files.folder.rglob("*.*")} == {
        *FILES
    }
    for name, content in FILES.items():
        assert (files.folder / name).read_bytes() == content
    asked = {seen.path.rpartition("/")[2] for seen in hub.seen}
    assert not asked & {"train.py", "pytorch_model.bin"}


def test_a_small_file_that_is_not_the_promised_one_is_thrown_away(
    desk: Desk, hub: LocalHub
) -> None:
    found = desk.hub.look_at(NAME, NOW)
    (variant,) = found.variants
    vocabulary = FILES["vocab.txt"].decode()
    hub.repositories[NAME].files["vocab.txt"] = vocabulary.replace("UNK", "UNJ")
    desk.downloads.fetch(found, variant)
    desk.downloads.work(NOW)
    (failed,) = desk.downloads.downloads()
    assert (failed.state, failed.error_code) == (DownloadState.FAILED, "download_corrupt")
    assert all(model.name != "little-embedder" for model in desk.shelf.installed())


def test_what_asks_for_code_of_its_own_is_not_offered(desk: Desk, hub: LocalHub) -> None:
    hub.add(repository(**{"config.json": '{"auto_map": {"AutoModel": "modeling.Own"}}'}))
    assert desk.hub.look_at(NAME, NOW).variants == ()
