"""escritoire rewrite and escritoire voices, word by word, with the starter model."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.cli import clipboard
from desktop.domain.errors import WorkerCrashed
from desktop.domain.rewrites import RewriteRecord, Rewritten
from desktop.services.rewriting import Rewriting
from tests.letters import marks, readings, word_document
from tests.unit.workers.generator.gguf_files import write_lora

from .commanding import Terminal, passphrase_file, start

LETTER = "We got your invoice of 3 May 2021 for £1,200. We can't pay it before July."
VOICE = {
    "format": "escritoire voice 1",
    "name": "Ours",
    "pairs": [
        {"before": "Please utilise form 1.", "after": "Please use form 1."},
        {"before": "Please utilise form 2.", "after": "Please use form 2."},
    ],
    "greeting": "Hello {name},",
}


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def feed(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    """These bytes on standard input."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw), isatty=lambda: False))


# -- with a model


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A profile that several commands share."""
    folder = tmp_path_factory.mktemp("rewriting")
    return ["--profile", str(folder / "profile"), "--passphrase-file", str(passphrase_file(folder))]


def test_json_has_everything_and_the_history_remembers(letter: Path, office: list[str]) -> None:
    done = start(*office, "rewrite", "--json", "--tone", "formal", letter)
    assert done.code == 0, done
    told = done.json
    assert set(told) == {
        "output", "saved", "left", "changes", "facts", "kept", "tone", "voice", "instruction",
        "strength", "keep_length", "paragraphs", "retried", "unwritten", "model", "timings",
    }  # fmt: skip
    assert (told["tone"], told["voice"], told["strength"], told["facts"]) == ("formal", None, 2, [])
    assert told["model"]["name"].startswith("SmolLM2")
    assert told["timings"]["tokens"] > 0
    assert "£1,200" in told["output"]
    text = LETTER
    for change in reversed(told["changes"]):
        assert text[change["start"] : change["end"]] == change["old"]
        text = text[: change["start"]] + change["new"] + text[change["end"] :]
    assert text == told["output"]
    assert letter.read_text(encoding="utf-8") == LETTER

    start(*office, "rewrite", "--keep-nothing", "--tone", "concise", letter)
    history = start(*office, "rewrite", "--history", "--json").json
    assert [(past["text"], past["output"]) for past in history] == [(LETTER, told["output"])]
    assert start(*office, "rewrite", "--forget-history").out == "1 rewrite forgotten.\n"
    assert start(*office, "rewrite", "--history").out == ""


def test_standard_input_is_rewritten_to_standard_output(office: list[str]) -> None:
    table = "| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n"
    done = start(*office, "rewrite", "-", input=b"\xff\xfe" + table.encode("utf-16-le"))
    assert (done.code, done.out) == (0, table.replace("\r\n", "\n"))
    assert "no prose" in done.err


# -- facts


def test_the_facts_to_keep_are_listed_without_a_profile(terminal: Terminal, letter: Path) -> None:
    listed = terminal.type_plainly("rewrite", "--check-only", letter)
    assert listed.code == 0
    assert "amount: £1,200" in listed.out.splitlines()
    facts = terminal.type_plainly("rewrite", "--check-only", "--json", letter).json["facts"]
    assert {"£1,200", "3 May 2021"} <= {fact["text"] for fact in facts}
    assert all(LETTER[fact["start"] : fact["end"]] == fact["text"] for fact in facts)
    assert not terminal.profile.exists()


def test_a_rewrite_of_somebody_elses_is_compared(
    terminal: Terminal, letter: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(LETTER.replace("£1,200", "£1,300"), encoding="utf-8")
    compared = terminal.type_plainly("rewrite", "--check-against", other, letter)
    assert (compared.code, compared.err) == (3, "")
    assert compared.out == 'Fact changed (amount): "£1,200" became "£1,300".\n'
    accepted = terminal.type_plainly("rewrite", "--accept-facts", "--check-against", other, letter)
    assert accepted.code == 0
    other.write_text("You must sign it. Thank you.", encoding="utf-8")
    letter.write_text("You sign it. Thank you.", encoding="utf-8")
    doubtful = terminal.type_plainly("rewrite", "--check-against", letter, other)
    assert doubtful.out == 'Worth a look (modality): "must" is gone, or said in other words.\n'
    assert (doubtful.code, doubtful.err) == (0, "")
    same = terminal.type_plainly("rewrite", "--json", "--check-against", letter, letter)
    assert (same.code, same.json) == (0, {"facts": []})


def test_a_fact_that_changed_ends_with_3_unless_it_was_accepted(
    terminal: Terminal, letter: Path, monkeypatch: pytest.MonkeyPatch, no_models: Path
) -> None:
    from desktop.domain.changes import changes
    from desktop.domain.facts import compare

    output = LETTER.replace("£1,200", "£1,300")

    def rewrite(self, text, wish, **how):  # type: ignore[no-untyped-def]
        yield from ()
        record = RewriteRecord(wish, paragraphs=1)
        return Rewritten(
            text, output, tuple(changes(text, output)), tuple(compare(text, output)), (), record
        )

    monkeypatch.setattr(Rewriting, "rewrite", rewrite)
    changed = terminal.type("rewrite", letter)
    assert (changed.code, changed.out) == (3, f"{output}\n")
    assert changed.err == 'Fact changed (amount): "£1,200" became "£1,300".\n'
    accepted = terminal.type("rewrite", "--accept-facts", letter)
    assert (accepted.code, accepted.out, accepted.err) == (0, changed.out, changed.err)


def test_what_is_done_before_a_failure_is_written_out(
    terminal: Terminal, letter: Path, monkeypatch: pytest.MonkeyPatch, no_models: Path
) -> None:
    crash = WorkerCrashed(worker="generator", cause="signal 9")

    def rewrite(self, text, wish, **how):  # type: ignore[no-untyped-def]
        yield from ()
        record = RewriteRecord(wish, paragraphs=40, unwritten=2)
        return Rewritten(text, text, (), (), (), record, crash)

    monkeypatch.setattr(Rewriting, "rewrite", rewrite)
    failed = terminal.type("rewrite", letter)
    assert (failed.code, failed.out) == (3, f"{LETTER}\n")
    assert "Stopped after paragraph 40 of 42" in failed.err
    assert "signal 9" in failed.err


@pytest.mark.parametrize("against", ["-", None])
def test_the_clipboard_is_read_and_no_file_of_that_name(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, against: str | None
) -> None:
    monkeypatch.setattr(clipboard, "at_hand", lambda source: source)
    monkeypatch.setattr(clipboard, "read", lambda source: f"The {source} of 3 May 2021.")
    feed(monkeypatch, b"The clipboard of 4 May 2021.")
    how = ["--check-only"] if against is None else ["--check-against", against]
    told = terminal.type_plainly("rewrite", "--clipboard", *how)
    assert "3 May 2021" in told.out
    assert told.code == (0 if against is None else 3)


# -- files


def test_a_document_comes_back_with_tracked_changes_beside_it(
    office: list[str], tmp_path: Path
) -> None:
    path = word_document(tmp_path / "letter.docx")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    done = start(*office, "rewrite", "--json", "--tone", "formal", "--author", "Ana B", path)
    assert done.code == 0, done
    told = done.json
    assert told["saved"] == str(tmp_path / "letter-rewritten.docx")
    assert told["left"] == {}
    assert told["changes"], "the starter model changed nothing at all"
    new = Path(told["saved"])
    assert readings(new, taken=False) == readings(path, taken=False)
    assert readings(new, taken=True) == told["output"].split("\n\n")
    assert {mark[1] for mark in marks(new)} == {"Ana", "Ana B"}
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_where_a_result_may_go_is_said_before_the_model_is_asked(
    terminal: Terminal, letter: Path, tmp_path: Path, no_models: Path
) -> None:
    path = word_document(tmp_path / "letter.docx")
    there = tmp_path / "there.docx"
    there.write_bytes(b"mine")
    terminal.type("rewrite", path, "--output", path).complains("is the original", "rewritten.docx")
    terminal.type("rewrite", path, "--output", there).complains("there.docx", "already")
    terminal.type("rewrite", path, "--output", tmp_path / "a.pdf").complains("a.pdf", ".docx")
    terminal.type("rewrite", letter, "--output", tmp_path / "a.docx").complains("a.docx", "text")
    assert there.read_bytes() == b"mine"
    assert sorted(file.name for file in tmp_path.glob("*.docx")) == ["letter.docx", "there.docx"]


def test_a_text_without_prose_is_saved_in_its_own_encoding(
    terminal: Terminal, tmp_path: Path
) -> None:
    path, target = tmp_path / "table.txt", tmp_path / "new.txt"
    raw = "| ä | b |\r\n|---|---|\r\n| 1 | 2 |\r\n".encode("utf-16")
    path.write_bytes(raw)
    done = terminal.type("rewrite", path, "--output", target)
    assert (done.code, done.out) == (0, f"{target}\n")
    assert target.read_bytes() == raw


def test_a_mail_without_prose_is_saved_with_its_headers(terminal: Terminal, tmp_path: Path) -> None:
    path, target = tmp_path / "mail.eml", tmp_path / "new.eml"
    path.write_bytes(b"Subject: Rent\r\nFrom: a@example.org\r\n\r\n> You wrote this to me.\r\n")
    shown = terminal.type("rewrite", path)
    assert (shown.code, shown.out) == (0, "> You wrote this to me.\n")
    saved = terminal.type("rewrite", "--json", path, "--output", target)
    assert (saved.code, saved.json["saved"]) == (0, str(target))
    assert target.read_bytes().startswith(b"Subject: Rent\r\nFrom: a@example.org\r\n")
    assert target.read_bytes().endswith(b"\r\n\r\n> You wrote this to me.\r\n")


def test_facts_are_listed_of_a_document_too(terminal: Terminal, tmp_path: Path) -> None:
    path = word_document(tmp_path / "letter.docx")
    listed = terminal.type("rewrite", "--check-only", path)
    assert (listed.code, listed.err) == (0, "")
    assert "date: 3 May 2021" in listed.out.splitlines()


# -- what is said of bad input


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no text to rewrite"),
        (b" \r\n", "no text to rewrite"),
        (b"\xef\xbb\xbf", "no text to rewrite"),
        (b"yes", "single word"),
        (bytes(range(256)) * 9, "no text"),
        (b"%PDF-1.7 and so on", "a PDF"),
        (b"a " * 1_100_000, "more than the 2000000"),
    ],
)
def test_what_cannot_be_rewritten_is_said_before_the_profile_is_opened(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, raw: bytes, words: str
) -> None:
    feed(monkeypatch, raw)
    terminal.type("rewrite").complains(words)
    assert not terminal.profile.exists()


def bad_documents(folder: Path) -> dict[Path, tuple[str, ...]]:
    """Files that cannot be rewritten, and what is said of each."""
    good = word_document(folder / "good.docx").read_bytes()
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    files = {
        "empty.docx": b"",
        "cut.docx": good[: len(good) // 2],
        "old.docx": ole,
        "locked.docx": ole + "EncryptedPackage".encode("utf-16-le"),
        "macros.docm": good,
    }
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    word_document(folder / "renamed.docx", kind=macros)
    word_document(folder / "many.docx", "<w:p/>" * 12_000_000)
    return {
        folder / "empty.docx": ("empty.docx", "it is empty"),
        folder / "cut.docx": ("cut.docx", "damaged"),
        folder / "old.docx": ("old.docx", "an old Office document"),
        folder / "locked.docx": ("locked.docx", "password"),
        folder / "macros.docm": ("macros.docm", "macros"),
        folder / "renamed.docx": ("renamed.docx", "macros"),
        folder / "many.docx": ("many.docx", "more memory"),
    }


def test_bad_documents_are_named_in_a_sentence_and_left_alone(
    terminal: Terminal, tmp_path: Path, no_models: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for path, words in bad_documents(folder).items():
        before = (path.read_bytes(), path.stat().st_mtime_ns)
        files = sorted(folder.iterdir())
        terminal.type("rewrite", path).complains(*words)
        assert (path.read_bytes(), path.stat().st_mtime_ns) == before
        assert sorted(folder.iterdir()) == files


def test_formats_and_names_that_are_not_known_are_said(
    terminal: Terminal, letter: Path, no_models: Path
) -> None:
    document = letter.with_suffix(".docx")
    document.write_bytes(b"PK\x03\x04")
    terminal.type("rewrite", document).complains("letter.docx", "damaged")
    terminal.type("rewrite", letter.with_name("absent.txt")).complains("absent.txt")
    terminal.type("rewrite", "--tone", "grumpy", letter).complains("grumpy", "formal")
    terminal.type("rewrite", "--voice", "nobody", letter).complains("nobody")
    terminal.type("rewrite", letter).complains("not on this computer")
    assert terminal.type("rewrite", "--tone", "formal", "--voice", "x", letter).code == 2
    assert terminal.type("rewrite", "--strength", "4", letter).code == 2


def test_tones_of_ones_own_are_listed_and_a_damaged_one_is_named(
    terminal: Terminal, letter: Path, no_models: Path
) -> None:
    listed = terminal.type("rewrite", "--tones")
    assert listed.out.splitlines()[0].startswith("plain: ")
    folder = terminal.profile / "tones"
    folder.mkdir()
    (folder / "mine.toml").write_text("keep_length = 7", encoding="utf-8")
    terminal.type("rewrite", "--tone", "mine", letter).complains("mine.toml")
    again = terminal.type("rewrite", "--tones")
    assert (again.code, again.out) == (3, listed.out)
    assert "mine.toml" in again.err


# -- voices


def test_a_voice_comes_in_is_shown_goes_out_and_is_gone(
    terminal: Terminal, tmp_path: Path, no_models: Path
) -> None:
    path = tmp_path / "voice.json"
    path.write_text(json.dumps(VOICE), encoding="utf-8")
    added = terminal.type("voices", "add", path)
    assert added.code == 0
    assert '- Write "use" instead of "utilise".' in added.out.splitlines()
    terminal.type("voices", "add", path).complains("Ours", "already")
    assert terminal.type("voices", "add", "--replace", path).code == 0
    assert terminal.type("voices", "list").out == "Ours: 2 pairs, 1 rule\n"
    assert terminal.type("voices", "show", "--json", "Ours").json["greeting"] == "Hello {name},"

    exported = terminal.type("voices", "export", "Ours")
    assert exported.json["rules"] == ['Write "use" instead of "utilise".']
    target = tmp_path / "again.json"
    assert terminal.type("voices", "export", "Ours", "--to", target).code == 0
    assert json.loads(target.read_text(encoding="utf-8")) == exported.json
    terminal.type("voices", "export", "Ours", "--to", target).complains("again.json")

    terminal.type("voices", "fit", "Ours").complains("2 pairs", "at least 4")
    assert terminal.type("voices", "remove", "Ours").code == 0
    terminal.type("voices", "show", "Ours").complains("Ours")
    assert terminal.type("voices", "list", "--json").json == []


def test_a_voice_grows_by_pairs_from_two_files(
    terminal: Terminal, tmp_path: Path, no_models: Path
) -> None:
    before, after = tmp_path / "before.txt", tmp_path / "after.txt"
    for number, thing in enumerate(("lift", "ramp"), 1):
        before.write_text(f"We utilise the {thing}.\n", encoding="utf-8")
        after.write_text(f"We use the {thing}.\n", encoding="utf-8")
        added = terminal.type("voices", "pair", "Ours", "--before", before, "--after", after)
        assert added.out.splitlines()[0].startswith(f"Ours: {number} pair")
    assert '- Write "use" instead of "utilise".' in added.out.splitlines()
    terminal.type("voices", "examples", "Theirs").complains("Theirs", "Ours")
    terminal.type("voices", "adapter", "Ours", tmp_path / "none.gguf").complains("not on this")
    assert terminal.type("voices", "adapter", "Ours", "--none").code == 0
    assert terminal.type("voices", "adapter", "Ours").code == 2
    assert terminal.type("voices", "adapter", "Ours", before, "--strength", "9").code == 2


def test_examples_are_proposed_and_an_adapter_has_to_fit(
    letter: Path, office: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "voice.json"
    path.write_text(json.dumps(VOICE), encoding="utf-8")
    start(*office, "voices", "add", path)
    texts = tmp_path / "texts.txt"
    texts.write_text("Kindly note that we has moved to the first floor.\n", encoding="utf-8")
    told = start(*office, "voices", "examples", "--json", "Ours", "--from", texts).json
    assert len(told["proposals"]) + told["missed"] == 1
    assert start(*office, "voices", "show", "--json", "Ours").json["pairs"] == VOICE["pairs"]

    fitting = write_lora(tmp_path / "fits.gguf", noise=0.01)
    shown = start(*office, "voices", "adapter", "--json", "Ours", fitting, "--strength", "0.5").json
    assert shown["adapter"] == {"file": str(fitting), "strength": 0.5}
    other = write_lora(tmp_path / "other.gguf", width=64)
    start(*office, "voices", "adapter", "Ours", other).complains("other.gguf", "another size")
    exported = start(*office, "voices", "export", "Ours", "--to", tmp_path / "bare.json")
    assert "--with-adapter" in exported.err
    write_lora(fitting, width=64)
    refused = start(*office, "rewrite", "--voice", "Ours", letter)
    assert (refused.code, refused.out) == (3, "")
    assert "fits.gguf was not made for" in refused.err
    assert "--without-adapter" in refused.err
    assert start(*office, "rewrite", "--voice", "Ours", "--without-adapter", letter).code == 0


def test_a_file_that_is_no_voice_is_said(terminal: Terminal, letter: Path, no_models: Path) -> None:
    terminal.type("voices", "add", letter).complains("letter.txt")
    terminal.type("voices", "add", letter.with_name("absent")).complains("absent")
    assert terminal.type("voices").code == 2
