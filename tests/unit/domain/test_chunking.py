"""Chunks are spans of their page, of the right size, cut where a reader would cut."""

from __future__ import annotations

import json
import random
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from desktop.domain.chunking import LIMIT, chunk_page, estimate_tokens, looks_english
from desktop.domain.contexts import Surroundings
from desktop.domain.documents import Chunk, Page, in_context
from desktop.storage.paths import installation_models

if TYPE_CHECKING:
    from tokenizers import Tokenizer

XQUAD = Path(__file__).parents[3].parent / "shared" / "data"

PROSE = {
    "en": (
        "The tenant shall keep the premises in good repair and shall allow the landlord to enter "
        "at any reasonable time to inspect them. If repairs are needed, the landlord gives notice "
        "in writing, and the tenant begins the work within four weeks of receiving it."
    ),
    "de": (
        "Der Mieter hat die Räume in gutem Zustand zu halten und dem Vermieter zu angemessenen "
        "Zeiten Zutritt zur Besichtigung zu gewähren. Sind Reparaturen erforderlich, so teilt der "
        "Vermieter dies schriftlich mit, und der Mieter beginnt innerhalb von vier Wochen damit."
    ),
    "es": (
        "El arrendatario mantendrá el local en buen estado y permitirá al arrendador la entrada "
        "para inspeccionarlo en cualquier momento razonable. Si fueran necesarias reparaciones, el "
        "arrendador lo comunicará por escrito y las obras comenzarán en cuatro semanas."
    ),
}


def chunks_of(text: str) -> list[Chunk]:
    return chunk_page(Page(7, "vii", text))


def check_spans(text: str, chunks: list[Chunk]) -> None:
    """Exact offsets, trimmed, in order, without overlap, leaving out nothing but white space."""
    for chunk in chunks:
        assert chunk.page == 7
        assert text[chunk.start : chunk.end] == chunk.text == chunk.text.strip() != ""
    assert all(one.end <= other.start for one, other in pairwise(chunks))
    assert "".join("".join(chunk.text for chunk in chunks).split()) == "".join(text.split())


def test_a_short_page_is_one_chunk() -> None:
    (chunk,) = chunks_of("  The rent is due on Monday.\n\nIt is £900. \n")
    assert chunk == Chunk(7, 2, 41, "The rent is due on Monday.\n\nIt is £900.")


@pytest.mark.parametrize("text", ["", " ", "\n\f\n", "\u2003\r\n"])
def test_a_page_without_text_has_no_chunk(text: str) -> None:
    assert chunks_of(text) == []


@pytest.mark.parametrize("language", PROSE)
def test_running_text_is_cut_evenly_at_sentences(language: str) -> None:
    text = " ".join([PROSE[language]] * 12)
    chunks = chunks_of(text)
    check_spans(text, chunks)
    assert all(chunk.text.endswith(".") for chunk in chunks)
    sizes = [estimate_tokens(chunk.text) for chunk in chunks]
    assert min(sizes) > 130
    assert max(sizes) <= LIMIT + 1


def test_a_chunk_leaves_room_for_the_context_that_is_put_in_front_of_it() -> None:
    text = " ".join(["The rent of the house is due on Monday."] * 90)
    page = Page(7, "vii", text, heading=" › ".join(["Repairs and their inspection"] * 9))
    around = Surroundings(page.heading, text)
    chunks = chunk_page(page)
    check_spans(text, chunks)
    sizes = [
        estimate_tokens(in_context(around.at(chunk.start, chunk.end), chunk.text))
        for chunk in chunks
    ]
    assert max(sizes) <= LIMIT + 1
    assert len(chunks) > len(chunks_of(text))


def test_a_paragraph_is_preferred_to_a_sentence() -> None:
    paragraphs = [" ".join([PROSE["en"]] * 3), " ".join([PROSE["en"]] * 3)]
    assert [chunk.text for chunk in chunks_of("\n\n".join(paragraphs))] == paragraphs


def test_a_small_rest_is_not_left_alone() -> None:
    text = " ".join([PROSE["en"]] * 5) + " It ends here."
    sizes = [estimate_tokens(chunk.text) for chunk in chunks_of(text)]
    assert len(sizes) > 1
    assert min(sizes) > 80


def test_a_heading_stays_with_what_it_is_above() -> None:
    text = "\n\n".join(f"{n}. Heading\n\n" + " ".join([PROSE["en"]] * 4) for n in range(1, 5))
    chunks = chunks_of(text)
    check_spans(text, chunks)
    assert [chunk.text.split("\n")[0] for chunk in chunks] == [f"{n}. Heading" for n in range(1, 5)]


def test_a_table_is_cut_between_its_rows() -> None:
    rows = [f"Ward {n}   beds {n * 3}   nurses {n * 2}   cost {n},{n:03}" for n in range(1, 120)]
    chunks = chunks_of("\n".join(rows))
    assert len(chunks) > 5
    assert [row for chunk in chunks for row in chunk.text.split("\n")] == rows


@pytest.mark.parametrize(
    "text",
    [
        "and the party of the first part, being the lessor, " * 60,
        "word " * 2_000,
        "x" * 20_000,
        "条約は両国の間で結ばれた" * 200,
        "계약은두나라사이에체결되었다" * 100,
        "e\u0301" * 3_000,
    ],
    ids=["clauses", "words", "letters", "Japanese", "Korean", "accents"],
)
def test_what_has_no_sentences_is_cut_all_the_same(text: str) -> None:
    chunks = chunks_of(text)
    check_spans(text, chunks)
    assert all(estimate_tokens(chunk.text) <= LIMIT + 2 for chunk in chunks)
    assert not any(chunk.text.startswith("\u0301") for chunk in chunks)


def test_clauses_are_kept_whole_where_there_are_any() -> None:
    chunks = chunks_of("and the party of the first part, being the lessor, " * 60)
    assert all(chunk.text.endswith(",") for chunk in chunks)


@pytest.mark.parametrize("seed", range(20))
def test_any_text_is_covered_exactly(seed: int) -> None:
    chance = random.Random(seed)
    pieces = ["word", "Überschrift", "1.", ".", "?", ",", "\n", "\n\n", "\f", "\r\n", "。", "漢字"]
    pieces += [" ", " ", "\x00", "\U0001f600", "a" * 300, "12,345", "\u00a0", "e\u0301"]
    text = "".join(chance.choice(pieces) for _ in range(1_500))
    check_spans(text, chunks_of(text))


@pytest.mark.parametrize("piece", ["a. ", "x\n\n", "1 ", ", ", "long " * 300 + ".\n", "y"])
def test_time_is_bounded_on_a_hostile_page(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    chunks_of(text)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("language", PROSE)
def test_languages_are_told_apart(language: str) -> None:
    assert looks_english(PROSE[language]) is (language == "en")


# -- against the tokenizer itself


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    file = installation_models() / "all-MiniLM-L6-v2" / "tokenizer.json"
    if not file.exists():
        pytest.skip("the embedding model is not installed")
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def token_count(tokenizer: Tokenizer, text: str) -> int:
    return len(tokenizer.encode(text, add_special_tokens=False).ids)


@pytest.mark.parametrize("language", PROSE)
def test_the_estimate_is_near_the_tokenizer(language: str, tokenizer: Tokenizer) -> None:
    ratio = estimate_tokens(PROSE[language]) / token_count(tokenizer, PROSE[language])
    assert 0.85 < ratio < 1.15


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_chunks_of_real_text_fit_the_embedding_model(language: str, tokenizer: Tokenizer) -> None:
    file = XQUAD / f"xquad.{language}.json"
    if not file.exists():
        pytest.skip("the evaluation data is not here")
    loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    contexts = [p["context"] for article in loaded["data"] for p in article["paragraphs"]]
    ratios = sorted(estimate_tokens(text) / token_count(tokenizer, text) for text in contexts)
    assert 0.95 < sum(ratios) / len(ratios) < 1.06
    assert ratios[len(ratios) // 20] > 0.85
    pages = ["\n".join(contexts[begin : begin + 5]) for begin in range(0, len(contexts), 5)]
    sizes = sorted(token_count(tokenizer, c.text) for page in pages for c in chunks_of(page))
    assert sum(size > 250 for size in sizes) <= 0.02 * len(sizes)
    assert 175 <= sum(sizes) / len(sizes) <= 230
