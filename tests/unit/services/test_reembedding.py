"""From one embedder to another, with real models (tiny ones), a real child and a real store."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import pytest

from desktop.desk import Desk, open_desk
from desktop.domain.chat import AnswerMode, Turn
from desktop.domain.documents import Passage
from desktop.domain.errors import (
    Cancelled,
    ModelChanged,
    NotAModel,
    RerankerLeftOut,
    SearchedWith,
)
from desktop.domain.jobs import Cancellation
from desktop.domain.models import RerankerFiles, Way
from desktop.services.answer_events import AnswerEvent
from desktop.storage.paths import Paths
from desktop.storage.profile import open_profile
from desktop.workers.retriever.adapter import RerankerAdapter
from tests.conftest import PASSPHRASE
from tests.samples import write_pdf
from tests.tiny_models import tiny_embedder, tiny_reranker

NOW = Cancellation()
WAIT = 30.0  # seconds; what has not come by then never will
PAGES = [f"The tenant of house {number} paid the rent of {number} euros." for number in range(70)]
QUESTION = "Who paid the rent of house 12?"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    tiny_embedder(folder / "narrow", width=32)
    tiny_embedder(
        folder / "wide", width=64, seed=3, prompts={"query": "query: ", "passage": "passage: "}
    )
    tiny_reranker(folder / "judge")
    return folder


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def bare(profile: Path, models: Path) -> Iterator[Desk]:
    """A desk with the models on its shelf and no document."""
    desk = open_desk(profile, PASSPHRASE)
    desk.shelf.add([models], cancel=NOW)
    yield desk
    desk.close()


@pytest.fixture
def desk(bare: Desk, tmp_path: Path) -> Desk:
    """A desk whose documents are searched with the model `narrow`."""
    bare.reembedding.begin("narrow")
    bare.library.add([write_pdf(tmp_path / "rents.pdf", PAGES)])
    bare.library.work(NOW)
    return bare


def indexes(profile: Path) -> set[str]:
    return {folder.name for folder in Paths(profile).index.iterdir()}


def test_a_new_embedder_takes_over_when_all_its_vectors_are_there(
    desk: Desk, profile: Path, tmp_path: Path
) -> None:
    assert desk.search_models.serving() == "narrow"
    before = indexes(profile)
    switch = desk.reembedding.begin("wide")
    assert (switch.documents, switch.passages, switch.done) == (1, len(PAGES), 0)
    assert (desk.search_models.serving(), desk.search_models.coming()) == ("narrow", "wide")
    stop, seen = Cancellation(), []

    def stop_half_way(moved: object) -> None:
        seen.append(moved)
        # While the new vectors are made, the old ones serve.
        found = desk.retrieval.search(QUESTION, cancel=NOW)
        assert desk.retrieval.words_only is None
        assert any(passage.similarity is not None for passage in found)
        stop.cancel()

    unlisten = desk.reembedding.changed.listen(stop_half_way)
    with pytest.raises(Cancelled):
        desk.reembedding.work(stop)
    unlisten()
    assert seen
    assert desk.search_models.serving() == "narrow"
    half = desk.reembedding.switch()
    assert half is not None
    assert 0 < half.done < half.passages
    # What is added meanwhile is embedded for both.
    desk.library.add([write_pdf(tmp_path / "late.pdf", ["The nurse of the night was paid."])])
    desk.library.work(NOW)
    desk.reembedding.work(NOW)
    assert (desk.search_models.serving(), desk.search_models.coming()) == ("wide", "")
    assert desk.reembedding.switch() is None
    assert all(
        document.pages_indexed == document.page_count for document in desk.library.documents()
    )
    found = desk.retrieval.search("night nurse", cancel=NOW)
    assert desk.retrieval.words_only is None
    assert found[0].similarity is not None
    assert len(indexes(profile)) == 1
    assert not indexes(profile) & before
    assert not desk.retrieval.ensure_index(cancel=NOW)  # it is whole


def test_a_switch_goes_on_where_it_was_when_the_program_ended(desk: Desk, profile: Path) -> None:
    desk.reembedding.begin("wide")
    stop = Cancellation()
    desk.reembedding.changed.listen(lambda _: stop.cancel())
    with pytest.raises(Cancelled):
        desk.reembedding.work(stop)
    desk.close()
    again = open_desk(profile, PASSPHRASE)
    try:
        switch = again.reembedding.switch()
        assert switch is not None
        assert switch.done > 0
        told: list[int] = []
        again.reembedding.changed.listen(lambda s: told.append(s.done) if s else None)
        again.reembedding.work(NOW)
        assert told == sorted(told)
        assert told[0] > switch.done
        assert again.search_models.serving() == "wide"
    finally:
        again.close()


def test_vectors_of_an_earlier_scheme_serve_until_those_of_today_are_there(
    desk: Desk, profile: Path
) -> None:
    files = desk.search_models.embedder("narrow")
    desk.close()
    opened = open_profile(profile, PASSPHRASE)
    opened.store.rename_embedder(files.key, files.of_scheme(0).key)
    opened.close()
    again = open_desk(profile, PASSPHRASE)
    try:
        again.prepare(NOW)
        found = again.retrieval.search(QUESTION, cancel=NOW)
        assert any(passage.similarity is not None for passage in found)
        switch = again.reembedding.switch()
        assert switch is not None
        assert (switch.name, switch.done) == ("narrow", 0)
        again.reembedding.work(NOW)
        assert again.reembedding.switch() is None
        assert again.reembedding.plan("narrow").left == 0
        assert again.search_models.serving() == "narrow"
    finally:
        again.close()


def test_a_switch_that_is_cancelled_leaves_everything_as_it_was(desk: Desk, profile: Path) -> None:
    before = indexes(profile)
    desk.reembedding.begin("wide")
    with pytest.raises(SearchedWith):
        desk.shelf.remove("wide")
    stop = Cancellation()
    unlisten = desk.reembedding.changed.listen(lambda _: stop.cancel())
    with pytest.raises(Cancelled):
        desk.reembedding.work(stop)
    unlisten()
    desk.reembedding.cancel()
    assert (desk.search_models.serving(), desk.search_models.coming()) == ("narrow", "")
    assert indexes(profile) == before
    assert desk.reembedding.plan("wide").done == 0
    found = desk.retrieval.search(QUESTION, cancel=NOW)
    assert any(passage.similarity is not None for passage in found)


def test_a_cancelled_switch_is_told_to_be_over_after_all_other_news_of_it(desk: Desk) -> None:
    desk.reembedding.begin("wide")
    told: list[object] = []
    over = threading.Event()
    cancelling = threading.Thread(target=desk.reembedding.cancel)

    def hear(moved: object) -> None:
        if moved is None:
            over.set()
        elif not cancelling.is_alive() and not over.is_set():
            cancelling.start()
            assert over.wait(WAIT)  # the news that is on its way is overtaken
        told.append(moved)

    unlisten = desk.reembedding.changed.listen(hear)
    desk.reembedding.work(NOW)
    cancelling.join()
    unlisten()
    assert len(told) > 1
    assert told[-1] is None


def test_what_documents_are_searched_with_stays_on_the_shelf(bare: Desk) -> None:
    bare.reembedding.begin("narrow")
    with pytest.raises(SearchedWith):
        bare.shelf.remove("narrow")
    bare.shelf.remove("wide")
    with pytest.raises(NotAModel):
        bare.reembedding.begin("judge")


def test_a_reranker_puts_what_was_found_in_its_own_order(bare: Desk, tmp_path: Path) -> None:
    varied = ["The cat paid.", "A nurse of the night rent.", "Rent, rent: query 7!", "Rents 12-34."]
    bare.library.add([write_pdf(tmp_path / "varied.pdf", varied)])
    bare.library.work(NOW)

    def search(cancel: Cancellation = NOW) -> list[Passage]:
        return bare.retrieval.search("rent of the cat", top=3, cancel=cancel)

    plain = search()
    assert all(passage.reranked is None for passage in plain)
    bare.search_models.choose_reranker("judge")
    ordered = search()
    assert bare.retrieval.not_reranked is None
    scores = [passage.reranked for passage in ordered if passage.reranked is not None]
    assert len(set(scores)) == len(ordered) == 3
    assert scores == sorted(scores, reverse=True)
    assert [p.chunk_id for p in ordered] != [p.chunk_id for p in plain]
    with pytest.raises(SearchedWith):
        bare.shelf.remove("judge")
    stop = Cancellation()
    stop.cancel()
    with pytest.raises(Cancelled):
        search(stop)
    bare.search_models.set_reranking(False)
    assert search() == plain


def test_a_reranker_that_stalls_is_waited_for_once_and_that_is_said(
    bare: Desk, tmp_path: Path
) -> None:
    bare.library.add([write_pdf(tmp_path / "rents.pdf", PAGES[:3])])
    bare.library.work(NOW)
    bare.search_models.choose_reranker("judge")
    asked: list[str] = []

    class Impatient(RerankerAdapter):
        def rerank(
            self, reranker: RerankerFiles, query: str, texts: Sequence[str], *, cancel: Cancellation
        ) -> list[float]:
            asked.append(query)
            return super().rerank(reranker, query, texts, cancel=cancel)

    client = bare.retrieval._reranker._client  # type: ignore[union-attr]
    bare.retrieval._reranker = Impatient(client, stall_s=0.001)
    bare.warm_up(NOW)
    assert len(asked) == 1
    for _ in range(2):
        assert bare.retrieval.search("rent of house 1", cancel=NOW)
        assert isinstance(bare.retrieval.not_reranked, RerankerLeftOut)
    assert len(asked) == 1
    answer = bare.answering.ask("Who paid the rent of house 1?", mode=AnswerMode.QUOTE, cancel=NOW)
    *_, turn = _to_the_end(answer)
    assert turn.record.not_reranked.code == RerankerLeftOut.code
    assert turn.record.not_reranked.facts == {"model": "judge"}
    assert bare.conversations.turns(turn.conversation_id)[-1] == turn


def test_warming_up_loads_the_reranker_that_is_chosen(bare: Desk) -> None:
    bare.search_models.choose_reranker("judge")
    bare.warm_up(NOW)
    client = bare.retrieval._reranker._client  # type: ignore[union-attr]
    bare.retrieval._reranker = RerankerAdapter(client, stall_s=5.0)
    (folder,) = [part.path.parent for part in bare.shelf.find("judge").parts][:1]
    for file in folder.iterdir():
        file.unlink()  # whoever loads it now finds nothing
    files = RerankerFiles("judge", folder)
    assert len(bare.retrieval._reranker.rerank(files, "rent", ["a", "b"], cancel=NOW)) == 2


def _to_the_end(answer: Generator[AnswerEvent, None, Turn]) -> list[object]:
    events: list[object] = []
    while True:
        try:
            events.append(next(answer))
        except StopIteration as end:
            return [*events, end.value]


def test_a_folder_that_came_to_hold_more_is_not_loaded(
    bare: Desk, models: Path, tmp_path: Path
) -> None:
    own = shutil.copytree(models / "wide", tmp_path / "elsewhere")
    brought = bare.shelf.add([own], Way.IN_PLACE, cancel=NOW)
    assert [model.name for model in brought.models] == ["elsewhere"]
    assert bare.reembedding.plan("elsewhere").passages == 0
    (own / "added_tokens.json").write_text("{}")
    with pytest.raises(ModelChanged):
        bare.reembedding.plan("elsewhere")


def test_an_embedder_that_changed_while_it_serves_leaves_the_words_to_search_by(
    bare: Desk, models: Path, tmp_path: Path, profile: Path
) -> None:
    own = shutil.copytree(models / "wide", tmp_path / "elsewhere")
    bare.shelf.add([own], Way.IN_PLACE, cancel=NOW)
    bare.reembedding.begin("elsewhere")
    bare.library.add([write_pdf(tmp_path / "rents.pdf", PAGES)])
    bare.library.work(NOW)
    bare.close()
    (own / "added_tokens.json").write_text("{}")
    again = open_desk(profile, PASSPHRASE)
    try:
        again.prepare(NOW)
        assert again.retrieval.search("rent", cancel=NOW)
    finally:
        again.close()


def test_the_switch_that_the_user_began_outlives_a_start_without_the_one_before(
    bare: Desk, models: Path, tmp_path: Path, profile: Path
) -> None:
    own = shutil.copytree(models / "wide", tmp_path / "stick")
    bare.shelf.add([own], Way.IN_PLACE, cancel=NOW)
    bare.reembedding.begin("stick")
    bare.library.add([write_pdf(tmp_path / "rents.pdf", PAGES)])
    bare.library.work(NOW)
    bare.reembedding.begin("narrow")
    bare.close()
    own.rename(tmp_path / "unplugged")
    again = open_desk(profile, PASSPHRASE)
    try:
        assert again.search_models.coming() == "narrow"
    finally:
        again.close()


def test_prefixes_come_from_the_models_own_settings(bare: Desk) -> None:
    wide = bare.search_models.embedder("wide")
    assert (wide.query_prefix, wide.passage_prefix) == ("query: ", "passage: ")
    narrow = bare.search_models.embedder("narrow")
    assert (narrow.query_prefix, narrow.passage_prefix) == ("", "")
    assert (narrow.dimensions, wide.dimensions) == (32, 64)
    assert narrow.key != wide.key
