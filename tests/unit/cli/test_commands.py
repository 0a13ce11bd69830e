"""The contract of the command line, word by word, on a real profile with the starter models."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from tests.ggufs import write_gguf
from tests.samples import write_pdf

from .commanding import Outcome, Terminal, passphrase_file, start

LEASE = [
    "The lease of the warehouse was signed by Mira Quist on 4 May 2021.",
    "The rent is 900 pounds a month, due on the first day. The tenant keeps the garden.",
]
MINUTES = ["The board of Dunmere Optics approved the sale of two delivery vans in week 12."]
NARROW = 'One "lamp"\n\x1b[31mburns in the Straße 5.'
NO_EMBEDDER = (
    "No embedding model is installed, so meaning cannot be searched. "
    "Run the installation again; words are searched until then.\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two documents beside the profile they are indexed in."""
    folder = tmp_path_factory.mktemp("office")
    write_pdf(folder / "lease.pdf", LEASE)
    (folder / "board").mkdir()
    write_pdf(folder / "board" / "minutes.pdf", MINUTES)
    passphrase_file(folder)
    return folder


@pytest.fixture(scope="module")
def indexed(folder: Path) -> Outcome:
    """What `index --json` said; run once, in a process of its own, as a script would."""
    unlocking = ("--profile", folder / "profile", "--passphrase-file", folder / "passphrase")
    no_models = {**os.environ, "ESCRITOIRE_MODELS": str(folder)}
    words = ("index", "--json", "--collection", "Leases", folder / "lease.pdf")
    leases = start(*words, *unlocking, env=no_models)
    assert (leases.code, leases.err) == (0, "")
    assert leases.json["documents"][0]["pages_indexed"] == 0  # by meaning; that follows now
    return start("index", "--json", folder, *unlocking)


@pytest.fixture
def office(capsys: pytest.CaptureFixture[str], folder: Path, indexed: Outcome) -> Terminal:
    """A terminal at the profile with both documents indexed."""
    assert indexed.code == 0
    return Terminal(capsys, folder)


def page_texts(folder: Path) -> dict[tuple[str, int], str]:
    texts = {("lease.pdf", number): text for number, text in enumerate(LEASE, 1)}
    texts["minutes.pdf", 1] = MINUTES[0]
    return texts


def test_index_says_of_each_document_what_became_of_it(folder: Path, indexed: Outcome) -> None:
    assert (indexed.code, indexed.err) == (0, "")
    said = indexed.json
    assert said["refused"] == []
    by_name = {each["document"]: each for each in said["documents"]}
    assert by_name.keys() == {"lease.pdf", "minutes.pdf"}
    lease = by_name["lease.pdf"]
    assert lease["path"] == str(folder / "lease.pdf")
    assert (lease["state"], lease["error"]) == ("ready", None)
    assert (lease["pages"], lease["pages_indexed"], lease["pages_without_text"]) == (2, 2, 0)
    assert lease["sha256"] == hashlib.sha256((folder / "lease.pdf").read_bytes()).hexdigest()


def test_index_again_is_a_line_a_document(office: Terminal, folder: Path) -> None:
    outcome = office.type("index", folder)
    assert (outcome.code, outcome.err) == (0, "")
    assert sorted(outcome.out.splitlines()) == [
        "lease.pdf: ready, 2 pages",
        "minutes.pdf: ready, 1 page",
    ]


def test_search_finds_a_passage_at_its_place(office: Terminal) -> None:
    outcome = office.type("search", "--json", "--top", "2", "monthly payment of the tenant")
    assert (outcome.code, outcome.err) == (0, "")
    passages = outcome.json["passages"]
    assert 1 <= len(passages) <= 2
    first = passages[0]
    assert first.keys() == {"document", "page", "start", "end", "score", "text"}
    assert (first["document"], first["page"]) == ("lease.pdf", 2)
    assert first["text"] == LEASE[1][first["start"] : first["end"]]
    scores = [passage["score"] for passage in passages]
    assert scores == sorted(scores, reverse=True)


def test_a_query_of_a_terminal_is_answered_in_words(office: Terminal, no_models: Path) -> None:
    outcome = office.type("search", "--top", "1", "delivery vans")
    assert outcome.code == 0
    assert outcome.err.startswith("No embedding model is installed, so meaning cannot be searched.")
    assert outcome.out == f"[1] minutes.pdf, page 1\n{MINUTES[0]}\n\n"


def test_queries_are_answered_line_by_line_in_their_scope(
    office: Terminal, folder: Path, tmp_path: Path
) -> None:
    queries = tmp_path / "queries.jsonl"
    lines = [
        {"id": "vans", "query": "delivery vans"},
        {"id": 7, "query": "delivery vans", "document": "lease.pdf"},
        {"id": "path", "query": "rent", "document": str(folder / "lease.pdf")},
        {"id": "empty", "query": " "},
        {"id": "half", "query": 'who signed? \ud83d \0 NEAR("', "document": "lease"},
        {"id": "long", "query": "warehouse " * 3_600_000},  # more than a message holds
    ]
    text = "\n\n".join(json.dumps(line) for line in lines)
    queries.write_text(f"\ufeff{text}\n", encoding="utf-8")
    outcome = office.type("search", "--queries", queries, "--top", "1")
    assert (outcome.code, outcome.err) == (0, "")
    answers = {line["id"]: line["passages"] for line in outcome.lines}
    assert list(answers) == ["vans", 7, "path", "empty", "half", "long"]
    assert all(line.keys() == {"id", "passages"} for line in outcome.lines)
    found = {key: [(p["document"], p["page"]) for p in each] for key, each in answers.items()}
    assert found["vans"] == [("minutes.pdf", 1)]
    assert found["path"] == [("lease.pdf", 2)]
    assert found["empty"] == []
    assert found["half"] == [("lease.pdf", 1)]
    assert found["long"] == [("lease.pdf", 1)]
    assert {document for document, _ in found[7]} == {"lease.pdf"}


def test_a_collection_is_searched_alone(office: Terminal, no_models: Path) -> None:
    outcome = office.type("search", "--json", "--collection", "Leases", "vans for the warehouse")
    assert (outcome.code, outcome.err) == (0, "")
    assert {passage["document"] for passage in outcome.json["passages"]} == {"lease.pdf"}


def test_documents_of_a_type_of_an_author_or_of_a_time_are_searched_alone(
    office: Terminal, no_models: Path
) -> None:
    query = ("--json", "--collection", "Leases", "the warehouse")
    assert office.type("search", *query, "--type", "mail", "--type", "pdf").json["passages"]
    assert office.type("search", *query, "--type", "mail").json["passages"] == []
    assert office.type("search", *query, "--author", "nobody").json["passages"] == []
    assert office.type("search", *query, "--until", "1999").json["passages"] == []
    said = office.type("ask", *query, "--type", "mail").json
    assert (said["kind"], said["searched"]["documents"]) == ("not_found", 0)


def test_ask_answers_with_checked_citations(office: Terminal, folder: Path) -> None:
    outcome = office.type(
        "ask", "--json", "--file", folder / "lease.pdf", "Who signed the lease of the warehouse?"
    )
    assert (outcome.code, outcome.err) == (0, "")
    said = outcome.json
    assert {"answer", "citations", "supported", "model", "timings"} <= said.keys()
    assert "Quist" in said["answer"]
    assert said["citations"]
    for citation in said["citations"]:
        assert citation.keys() == {"document", "page", "start", "end", "text"}
        page = page_texts(folder)[citation["document"], citation["page"]]
        assert citation["text"] == page[citation["start"] : citation["end"]]
        assert citation["document"] == "lease.pdf"
    assert len(said["supported"]) == len(said["sentences"])
    assert True in said["supported"]
    assert said["model"]["name"].startswith("SmolLM2")
    assert len(bytes.fromhex(said["model"]["sha256"])) == 32
    timings = said["timings"]
    assert timings.keys() == {
        "prompt_tokens",
        "cached_tokens",
        "first_token_s",
        "tokens",
        "tokens_per_s",
    }
    assert timings["prompt_tokens"] > 20
    assert timings["tokens"] > 3
    assert timings["tokens_per_s"] > 0


def test_ask_in_words_says_where_it_says_that(office: Terminal, no_models: Path) -> None:
    outcome = office.type(
        "ask", "--quote", "--collection", "Leases", "Who signed the lease of the warehouse?"
    )
    assert (outcome.code, outcome.err) == (0, NO_EMBEDDER)
    assert LEASE[0] in outcome.out
    assert "[1] lease.pdf, page 1" in outcome.out.splitlines()


def test_ask_summarises_what_is_found_and_says_so(office: Terminal) -> None:
    outcome = office.type("ask", "--json", "--summarise", "--collection", "Leases", "the rent")
    assert (outcome.code, outcome.err) == (0, "")
    said = outcome.json
    assert said["kind"] == "summarised"
    assert "900" in said["answer"]
    assert said["citations"]
    assert office.type("ask", "--summarise", "--quote", "the rent").code == 2


def test_two_files_are_compared_in_the_order_they_were_named(
    office: Terminal, folder: Path, no_models: Path
) -> None:
    files = ("--file", folder / "board" / "minutes.pdf", "--file", folder / "lease.pdf")
    outcome = office.type("compare", "--json", "Who signed the lease of the warehouse?", *files)
    assert outcome.code == 0
    said = outcome.json
    assert said["kind"] == "compared"
    columns = {one["document"]: one for one in said["columns"]}
    assert list(columns) == ["minutes.pdf", "lease.pdf"]
    assert [one["found"] for one in columns.values()] == [False, True]
    lease = columns["lease.pdf"]
    assert said["answer"][lease["start"] : lease["end"]].startswith(LEASE[0])
    for words in (files[:2], (*files[:2], *files[:2])):
        assert office.type("compare", "Who signed?", *words).code == 2


def test_a_question_that_nothing_answers_is_told_so(office: Terminal, no_models: Path) -> None:
    outcome = office.type("ask", "--json", "How many moons circle Saturn?")
    assert (outcome.code, outcome.err) == (0, "")
    said = outcome.json
    assert (said["kind"], said["citations"], said["model"]) == ("not_found", [], None)
    assert said["answer"]
    searched = said["searched"]
    assert searched["documents"] > 0
    assert searched["pages"] >= searched["documents"]
    assert (searched["collection"], searched["unfinished"]) == (None, 0)
    assert searched["chosen"] is False


def test_a_question_that_nothing_answers_is_told_the_closest_places(
    office: Terminal, no_models: Path
) -> None:
    outcome = office.type(
        "ask", "--collection", "Leases", "How many moons circle Saturn and its warehouse?"
    )
    assert outcome.code == 0
    assert "Searched in Leases: " in outcome.out
    assert "Closest places:" in outcome.out.splitlines()


def test_a_collection_that_is_not_there(office: Terminal, no_models: Path) -> None:
    for words in (["search", "rent"], ["ask", "Who?"], ["ask", "--json", "Who?"]):
        outcome = office.type(*words, "--collection", "Wills")
        outcome.complains("no collection named Wills", "escritoire index --collection")


def test_a_document_that_is_not_there_is_named_with_its_line(
    office: Terminal, tmp_path: Path, no_models: Path
) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text('\n{"id": 1, "query": "rent", "document": "will.pdf"}\n', encoding="utf-8")
    outcome = office.type("search", "--queries", queries)
    outcome.complains("Line 2 of", "there is no document will.pdf")


def test_a_hostile_text_cannot_write_on_the_terminal(
    terminal: Terminal, tmp_path: Path, no_models: Path
) -> None:
    name = "lease\n\x1b[2Jsigned.pdf"
    write_pdf(tmp_path / name, ["The lamp burns in the hall."])
    indexed = terminal.type("index", tmp_path / name)
    assert indexed.code == 0
    assert indexed.out == "lease �[2Jsigned.pdf: ready, 1 page, found by word only\n"
    asked = terminal.type("ask", "Where does the lamp burn?")
    assert asked.code == 0
    no_model = "No model for answers is installed, so the best passages are quoted.\n"
    assert asked.err == NO_EMBEDDER + no_model
    assert "\x1b" not in asked.out
    assert "[1] lease �[2Jsigned.pdf, page 1" in asked.out.splitlines()
    found = terminal.type("search", "--json", "lamp")
    assert found.json["passages"][0]["document"] == name


def test_doctor_tells_what_there_is_and_what_is_missing(terminal: Terminal) -> None:
    outcome = terminal.type_plainly("doctor", "--json", "--profile", terminal.profile)
    assert (outcome.code, outcome.err) == (0, "")
    report = outcome.json
    assert report["profile"] == str(terminal.profile)
    hardware = report["hardware"]
    assert hardware["processor"]
    assert hardware["threads"] >= hardware["cores"] >= hardware["performance_cores"] >= 1
    assert hardware["memory"] >= hardware["free_memory"] > 2**20
    for gpu in hardware["gpus"]:
        assert gpu.keys() >= {"name", "description", "backend", "memory", "free"}
    assert "CPU" in hardware["build"]["backends"]
    assert report["protections"].keys() == {
        *("reader", "reviser", "retriever", "generator", "downloader"),
    }
    assert report["models"]
    assert report["embedders"]
    assert all("started" not in states for states in report["protections"].values())
    assert not terminal.profile.exists()


def test_doctor_without_models_names_them(terminal: Terminal, no_models: Path) -> None:
    outcome = terminal.type_plainly("doctor", "--profile", terminal.profile)
    assert (outcome.code, outcome.err) == (0, "")
    assert "\nProcessor    " in outcome.out
    assert "\nllama.cpp    llama-cpp-python " in outcome.out
    missing = outcome.out.partition("Missing:\n")[2]
    assert "No chat model" in missing
    assert "No embedding model" in missing


def test_doctor_looks_at_all_models_of_a_profile_that_opens(
    terminal: Terminal, tmp_path: Path
) -> None:
    own = write_gguf(tmp_path / "Heron.gguf")
    assert terminal.type("models", "import", "--in-place", own).code == 0
    shelf = {model["name"]: model for model in terminal.type("doctor", "--json").json["shelf"]}
    assert shelf["Heron"] == {"name": "Heron", "kind": "chat", "hash": "verified", "fit": "fits"}
    starter = next(model for name, model in shelf.items() if name.startswith("SmolLM2"))
    assert (starter["kind"], starter["fit"]) == ("chat", "fits")
    own.write_bytes(own.read_bytes() + b"more")
    assert "\nModel        Heron: chat, changed\n" in terminal.type("doctor").out
    shut = terminal.type_plainly("doctor", "--json", "--profile", terminal.profile)
    assert shut.json["shelf"] is None
    assert "passphrase" in shut.json["locked"]
