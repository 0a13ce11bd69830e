"""Bad input and bad luck on the command line: one sentence a user can act on, and nothing lost.

No case may show a traceback, hang, or end as a bug of ours; afterwards the profile is as usable
as before. Most need no model, so that they cost no seconds of loading one.
"""

from __future__ import annotations

import ctypes
import functools
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from desktop.storage.profile import open_profile
from tests.samples import assemble_pdf, write_pdf, write_report
from tests.unit.cli.commanding import (
    PASSPHRASE,
    PATIENCE_S,
    ROOT,
    Outcome,
    Terminal,
    command,
    on_a_terminal,
    passphrase_file,
    start,
)
from tests.unit.workers.generator.gguf_files import STARTER, number, rewrite

if sys.platform != "win32":
    import resource

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")

LEASE = "The lease of the warehouse was signed by Mira Quist on 4 May 2021."
SIGNED = "Who signed the lease of the warehouse?"


@pytest.fixture(scope="module")
def no_models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation without models: words alone are searched, and answers quote."""
    folder = tmp_path_factory.mktemp("no-models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESCRITOIRE_MODELS", str(folder))
        yield folder


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, no_models: Path) -> Path:
    """A folder with a lease and a profile in which it is indexed, for tests to copy."""
    folder = tmp_path_factory.mktemp("office")
    lease = write_pdf(folder / "lease.pdf", [LEASE])
    key = passphrase_file(folder)
    words = ("--profile", folder / "profile", "--passphrase-file", key, "index", lease)
    assert start(*words).code == 0
    return folder


@pytest.fixture
def lease(office: Path) -> Path:
    return office / "lease.pdf"


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path, office: Path) -> Terminal:
    """A terminal with a profile of its own, in which the lease is indexed, and no models."""
    shutil.copytree(office / "profile", tmp_path / "profile")
    return Terminal(capsys, tmp_path)


def assert_usable(terminal: Terminal) -> None:
    """The profile opens, and the lease that was indexed into it is found."""
    found = terminal.type("search", "--json", SIGNED)
    assert (found.code, found.err) == (0, "")
    assert LEASE in [passage["text"] for passage in found.json["passages"]]


# -- documents


def bad_documents(folder: Path) -> dict[str, str]:
    """Files that cannot be read, made in `folder`: name -> code of the error."""
    report = write_report(folder / "whole.pdf", 6).read_bytes()
    (folder / "whole.pdf").unlink()
    (folder / "cut.pdf").write_bytes(report[: len(report) // 2])
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "page.pdf").write_bytes(b"<!DOCTYPE html><title>Rent</title>")
    (folder / "noise.pdf").write_bytes(b"%PDF-1.7\n" + random.Random(1).randbytes(9000))
    pages = b"<</Type/Pages/Kids[]/Count 0>>"
    (folder / "none.pdf").write_bytes(assemble_pdf([b"<</Type/Catalog/Pages 2 0 R>>", pages]))
    write_pdf(folder / "locked.pdf", ["The rent is 900 pounds."], password="open sesame")
    (folder / "letter.docx").write_bytes(b"PK\3\4")
    (folder / "film.mp4").write_bytes(bytes(4) + b"ftypisom" + bytes(64))
    os.mkfifo(folder / "pipe.pdf")
    (folder / "loop.pdf").symlink_to("loop.pdf")
    (folder / "nothing").mkdir()
    (folder / "~$lease.pdf").write_bytes(b"\x0bMira Quist")
    write_pdf(folder / os.fsdecode(b"caf\xe9.pdf"), ["Coffee is served at eleven."])
    return {
        "cut.pdf": "document_damaged",
        "empty.pdf": "not_a_pdf",
        "page.pdf": "not_a_pdf",
        "noise.pdf": "document_damaged",
        "none.pdf": "no_pages",
        "locked.pdf": "password_needed",
        "letter.docx": "document_damaged",
        "film.mp4": "format_not_supported",
        "pipe.pdf": "format_not_supported",
        "loop.pdf": "document_unreadable",
        "missing.pdf": "document_missing",
        "nothing": "nothing_to_read",
        "~$lease.pdf": "not_a_pdf",
        "caf": "document_unreadable",
        "x" * 300: "document_unreadable",
        "nul\0.pdf": "document_missing",
    }


def test_bad_documents_are_named_and_the_batch_goes_on(
    terminal: Terminal, tmp_path: Path, lease: Path
) -> None:
    folder = tmp_path / "matter"
    folder.mkdir()
    expected = bad_documents(folder)
    names = [os.fsdecode(b"caf\xe9.pdf") if name == "caf" else name for name in expected]
    typed = [folder / name for name in names if "\0" not in name]
    outcome = terminal.type("index", "--json", *typed, lease)
    assert outcome.code == 3
    said = outcome.json
    ready = [each for each in said["documents"] if each["state"] == "ready"]
    assert [each["document"] for each in ready] == ["lease.pdf"]
    errors = [*said["refused"], *(each["error"] for each in said["documents"] if each["error"])]
    assert len(errors) == len(typed)
    for name, code in expected.items():
        if "\0" not in name:
            (error,) = [each for each in errors if name in each["sentence"]]
            assert error["code"] == code, error
            assert error["remedy"]
    complaints = outcome.err.splitlines()
    assert sorted(complaints) == sorted(
        f"{each['sentence']} {each['remedy']}".replace("\udce9", "�") for each in errors
    )
    assert_usable(terminal)
    outcome = terminal.type("ask", "--file", folder / "cut.pdf", SIGNED)
    outcome.complains("cut.pdf is damaged or cut short", "Fetch it again")


def test_a_password_opens_what_it_fits(terminal: Terminal, tmp_path: Path) -> None:
    locked = write_pdf(tmp_path / "locked.pdf", [LEASE], password="open sesame")
    key, wrong = tmp_path / "key.txt", tmp_path / "wrong.txt"
    key.write_text("open sesame\n", encoding="utf-8")
    wrong.write_text("open barley\n", encoding="utf-8")
    terminal.type("index", locked).complains("locked.pdf is protected by a password")
    refused = terminal.type("index", locked, "--password-file", wrong)
    refused.complains("That password does not open locked.pdf")
    opened = terminal.type("index", locked, "--password-file", key)
    assert (opened.code, opened.err) == (0, "")
    assert_usable(terminal)


# -- places


def without_the_rights_of_root() -> None:
    """Before the command starts: give up what lets root read and write everywhere."""
    drop, override, read_search = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_*: linux/capability.h
    library = ctypes.CDLL(None, use_errno=True)
    for capability in (override, read_search):
        if library.prctl(drop, capability, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


def start_without_rights(*words: str | Path) -> Outcome:
    if os.geteuid() != 0:
        return start(*words)
    if not sys.platform.startswith("linux"):
        pytest.skip("root may read everything here")
    try:
        return start(*words, preexec_fn=without_the_rights_of_root)
    except subprocess.SubprocessError:
        pytest.skip("root cannot give up its rights here")


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Callable[[Path, int], Path]]:
    """Take rights from a folder; they come back at the end."""
    changed: list[Path] = []

    def close(folder: Path, mode: int) -> Path:
        folder.chmod(mode)
        changed.append(folder)
        return folder

    yield close
    for folder in changed:
        folder.chmod(0o700)


def test_unreadable_places_are_named(
    terminal: Terminal, tmp_path: Path, lease: Path, closed: Callable[[Path, int], Path]
) -> None:
    matter = tmp_path / "matter"
    for name in ("shut", "listed"):
        (matter / name).mkdir(parents=True)
        write_pdf(matter / name / "a.pdf", [LEASE])
    closed(matter / "shut", 0o000)
    closed(matter / "listed", 0o400)  # its names can be seen, its files cannot
    private = write_pdf(tmp_path / "private.pdf", ["Nobody reads this."])
    private.chmod(0o000)
    outcome = start_without_rights(*terminal.unlocking, "index", "--json", matter, private, lease)
    assert outcome.code == 3
    said = outcome.json
    assert "lease.pdf" in [each["document"] for each in said["documents"] if not each["error"]]
    complaints = outcome.err.splitlines()
    assert len(complaints) == 3
    assert all("may not be read: permission denied. Ask for the right" in c for c in complaints)
    for name in ("shut", "a.pdf", "private.pdf"):
        assert sum(name in each for each in complaints) == 1
    assert_usable(terminal)


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("file.txt", "file exists"),
        ("file.txt/profile", "not a directory"),
        ("shut/profile", "permission denied"),
        ("n" * 300, "file name too long"),
    ],
)
def test_a_profile_that_cannot_be_kept_is_refused(
    terminal: Terminal,
    tmp_path: Path,
    closed: Callable[[Path, int], Path],
    place: str,
    reason: str,
) -> None:
    (tmp_path / "file.txt").write_text("Not a folder.", encoding="utf-8")
    (tmp_path / "shut").mkdir()
    closed(tmp_path / "shut", 0o500)
    words = ("--profile", tmp_path / place, "--passphrase-file", terminal.passphrase_file)
    run = start_without_rights if place.startswith("shut") else terminal.type_plainly
    outcome = run(*words, "search", "rent")
    outcome.complains(f"cannot be used: {reason}.", "Choose a folder that you may write to")
    assert (tmp_path / "file.txt").read_text(encoding="utf-8") == "Not a folder."


# -- profiles and their secrets


def test_a_profile_that_another_copy_has_open(terminal: Terminal, lease: Path) -> None:
    with open_profile(terminal.profile, PASSPHRASE):
        for words in (["index", lease], ["search", "rent"], ["ask", "--json", "Who?"]):
            outcome = terminal.type(*words)
            outcome.complains("Another copy of Escritoire has the profile", "Close that copy")
    assert_usable(terminal)


def test_a_passphrase_that_does_not_fit(terminal: Terminal, tmp_path: Path, lease: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("an open desk\n", encoding="utf-8")
    words = ("--profile", terminal.profile, "--passphrase-file")
    wrong = terminal.type_plainly(*words, other, "search", "rent")
    wrong.complains("That passphrase does not open the profile", "Check capitals")
    for content in (b"", b"\n", b"\xff\xfe\0", b"\0"):
        other.write_bytes(content)
        unreadable = terminal.type_plainly(*words, other, "search", "rent")
        unreadable.complains(f"{other} cannot be read")
    missing = terminal.type_plainly(*words, tmp_path / "lost.txt", "search", "rent")
    missing.complains("lost.txt cannot be read: no such file or directory")
    assert_usable(terminal)


def test_no_keyring_no_passphrase_and_nobody_to_ask(tmp_path: Path, no_models: Path) -> None:
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    words = ("--profile", tmp_path / "profile", "search", "rent")
    outcome = start(*words, stdin=subprocess.DEVNULL, env=environment)
    outcome.complains("needs a passphrase", "--passphrase-file PATH")
    closed_input = ["sh", "-c", 'exec "$@" <&-', "sh", *command(*words)]
    done = subprocess.run(
        closed_input,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    Outcome(done.returncode, done.stdout, done.stderr).complains("needs a passphrase")


def test_a_damaged_store_is_refused_and_left_alone(terminal: Terminal, lease: Path) -> None:
    store = terminal.profile / "store.db"
    content = bytearray(store.read_bytes())
    content[len(content) // 2] ^= 0x10
    store.write_bytes(content)
    for words in (["search", "rent"], ["index", lease], ["ask", "Who?"]):
        outcome = terminal.type(*words)
        outcome.complains("is damaged; it has not been changed", "backups")
    assert store.read_bytes() == bytes(content)
    content[len(content) // 2] ^= 0x10
    store.write_bytes(content)
    assert_usable(terminal)


def test_a_full_disk_is_named_and_nothing_is_lost(
    terminal: Terminal, tmp_path: Path, lease: Path
) -> None:
    report = write_report(tmp_path / "report.pdf", 40)

    def with_little_room() -> None:
        room = (terminal.profile / "store.db").stat().st_size + 20_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    full = start(*terminal.unlocking, "index", report, preexec_fn=with_little_room)
    full.complains("The disk is full", "Free some space and try again")
    new = ("--profile", tmp_path / "new", "--passphrase-file", terminal.passphrase_file)
    none = functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (4096, 4096))
    start(*new, "index", report, preexec_fn=none).complains("The disk is full")
    assert_usable(terminal)  # and takes up the report where it stopped
    again = terminal.type("index", "--json", report)
    assert (again.code, again.err) == (0, "")
    assert again.json["documents"][0]["pages"] == 40
    assert start(*new, "search", "--json", "rent").code == 0


# -- questions and queries


@pytest.mark.parametrize(
    ("question", "too_long"),
    [
        ("lease " * 170_000, True),
        ('"lease* NEAR( \0 signed \udcff - \ud83d' + "🐦" * 99, False),
    ],
    ids=["a megabyte", "no words"],
)
def test_any_text_is_a_question(terminal: Terminal, question: str, too_long: bool) -> None:
    asked = terminal.type("ask", "--json", question)
    if too_long:
        asked.complains("1020000 characters", "100000")
    else:
        assert asked.code == 0
        assert asked.json["kind"] in ("quoted", "not_found")
    found = terminal.type("search", "--json", question)
    assert (found.code, found.err) == (0, "")
    assert found.json["query"] == question
    assert found.json["passages"][0]["text"] == LEASE


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("latin.jsonl", b'{"id": 1, "query": "caf\xe9"}\n', "not text in UTF-8"),
        ("wide.jsonl", '{"id": 1, "query": "rent"}\n'.encode("utf-16"), "not text in UTF-8"),
        ("missing.jsonl", None, "no such file or directory"),
        ("", None, "is a directory"),
    ],
)
def test_a_file_of_queries_that_cannot_be_read(
    terminal: Terminal, tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    outcome = terminal.type("search", "--queries", tmp_path / name)
    outcome.complains(str(tmp_path / name), reason)


def test_the_answers_before_a_bad_line_are_given(terminal: Terminal, tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"id": "a", "query": "rent"}\n\nnonsense\n', encoding="utf-8")
    outcome = terminal.type("search", "--queries", queries)
    assert outcome.code == 3
    assert [line["id"] for line in outcome.lines] == ["a"]
    assert outcome.err.startswith("Line 3 of")
    assert len(outcome.err.splitlines()) == 1


# -- models


def test_a_model_that_cannot_answer_is_named(
    terminal: Terminal, tmp_path: Path, lease: Path
) -> None:
    garbage, page = tmp_path / "noise.gguf", tmp_path / "page"
    garbage.write_bytes(random.Random(2).randbytes(100_000))
    page.write_bytes(b"<!DOCTYPE html>")
    for reference, said in (
        (page, "page is not a model that can be used: it is a web page"),
        (tmp_path / "missing.gguf", "missing.gguf is not on this computer"),
        ("~nobody-at-all.gguf", "nobody-at-all.gguf is not on this computer"),
    ):
        outcome = terminal.type("ask", "--model", reference, SIGNED)
        outcome.complains(said)
    failed = terminal.type("ask", "--json", "--model", garbage, SIGNED)
    assert failed.code == 3
    assert failed.json["model"] is None or failed.json["answer"] == ""


@pytest.mark.skipif(not STARTER.exists(), reason="the starter models are not installed")
def test_a_model_that_would_kill_its_reader_is_named(
    terminal: Terminal, tmp_path: Path, lease: Path
) -> None:
    # llama.cpp aborts its whole process at so many layers.
    aborting = rewrite(tmp_path / "tall.gguf", {"llama.block_count": number(600)})
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(STARTER.read_bytes()[: STARTER.stat().st_size // 2])
    for model in (aborting, cut):
        outcome = terminal.type("ask", "--file", lease, "--model", model, SIGNED)
        outcome.complains(f"{model.name} is not a model that can be used", "Choose a GGUF file")
    assert_usable(terminal)


# -- ended early


def assert_gone(children: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(children, timeout=10)
    assert [child for child in alive if child.status() != psutil.STATUS_ZOMBIE] == []


def test_ctrl_c_while_a_document_is_read(terminal: Terminal, tmp_path: Path) -> None:
    report = write_report(tmp_path / "report.pdf", 300)
    with on_a_terminal(*terminal.unlocking, "index", "--json", report) as running:
        running.await_words("report.pdf: reading")
        children = running.interrupt()
        outcome = running.end()
    assert len(children) >= 2
    assert (outcome.code, outcome.out) == (130, "")
    assert outcome.err.endswith("\r\033[KStopped.\r\n")
    assert outcome.err.count("\n") == 1
    assert "Traceback" not in outcome.err
    assert_gone(children)
    assert_usable(terminal)  # and finishes what was begun
    again = terminal.type("index", "--json", report)
    assert (again.code, again.json["documents"][0]["pages"]) == (0, 300)


@pytest.mark.skipif(not STARTER.exists(), reason="the starter models are not installed")
def test_ctrl_c_while_an_answer_is_written(
    terminal: Terminal, tmp_path: Path, lease: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on_a_terminal(*terminal.unlocking, "ask", "--json", "--model", STARTER, SIGNED) as running:
        running.await_words("Loading the model")
        children = running.interrupt()
        outcome = running.end()
    assert outcome.code == 130
    assert json.loads(outcome.out)["answer"] == ""
    assert outcome.err.endswith("\r\033[KStopped.\r\n")
    assert outcome.err.count("\n") == 1
    assert_gone(children)
    assert_usable(terminal)


def test_ctrl_c_at_any_moment_is_one_word(terminal: Terminal, lease: Path) -> None:
    """From the first import on: what is not yet ready to be interrupted says no more either."""
    chance = random.Random(4)
    for _ in range(4):
        process = subprocess.Popen(
            command(*terminal.unlocking, "index", lease),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        with pytest.raises(subprocess.TimeoutExpired):
            process.communicate(timeout=chance.uniform(0.15, 0.7))
        os.killpg(process.pid, 2)
        out, err = process.communicate(timeout=PATIENCE_S)
        assert (process.returncode, out, err) == (130, "", "Stopped.\n")


@pytest.mark.skipif(not STARTER.exists(), reason="the starter models are not installed")
def test_ctrl_c_leaves_the_paragraphs_that_are_rewritten(
    terminal: Terminal, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    rest = "\n\n".join(f"The tenant of flat {n} must return the keys soon." for n in range(3, 20))
    letter.write_text(f"We is glad that you has come to us.\n\n{rest}\n", encoding="utf-8")
    with on_a_terminal(
        *terminal.unlocking, "rewrite", "--tone", "proofread", "--model", STARTER, letter
    ) as running:
        running.await_words("Paragraph 2 of 18")
        children = running.interrupt()
        outcome = running.end()
    assert outcome.code == 130
    assert outcome.out.endswith("The tenant of flat 19 must return the keys soon.\n")
    assert "of 18; the rest is as it was." in outcome.err
    assert_gone(children)
    (past,) = terminal.type("rewrite", "--history", "--json").json
    assert past["output"] == outcome.out
    assert past["paragraphs"] + past["unwritten"] == 18
    assert past["model"]["name"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_while_a_text_is_run_as_code_ends_with_our_code(tmp_path: Path) -> None:
    """Which is what dataclasses do to be made; Python would end by a signal to itself."""
    (tmp_path / "interrupted.py").write_text(
        "import sys\nfrom desktop import __main__ as entry\n"
        "entry._run = lambda _: exec('raise KeyboardInterrupt')\nsys.exit(entry.main())\n",
        encoding="utf-8",
    )
    run = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (130, "Stopped.\n")


def test_a_reader_that_leaves_early_is_no_error(terminal: Terminal, tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    lines = [json.dumps({"id": number, "query": SIGNED}) for number in range(2000)]
    queries.write_text("\n".join(lines), encoding="utf-8")
    process = subprocess.Popen(
        command(*terminal.unlocking, "search", "--queries", queries),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert json.loads(process.stdout.readline())["id"] == 0
    process.stdout.close()
    with process.stderr as complaints:
        assert complaints.read() == b""
    assert process.wait(PATIENCE_S) == 0
    assert_usable(terminal)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_output_to_a_full_disk_is_a_known_error(terminal: Terminal, lease: Path) -> None:
    for words in (["search", "--json", "lease"], ["ask", SIGNED]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                command(*terminal.unlocking, *words),
                cwd=ROOT,
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                timeout=PATIENCE_S,
                check=False,
            )
        Outcome(done.returncode, "", done.stderr).complains("The disk is full", "Free some space")


# -- on a terminal


def test_progress_is_one_line_that_fits_and_goes(terminal: Terminal, tmp_path: Path) -> None:
    name = "Lease of the warehouse between Aldermoor Timber and Garrowby Water, countersigned.pdf"
    report = write_report(tmp_path / name, 60)
    with on_a_terminal(*terminal.unlocking, "index", report, columns=40) as running:
        outcome = running.end()
    assert (outcome.code, outcome.out) == (0, f"{name}: ready, 60 pages, found by word only\n")
    start_of_line, *updates = outcome.err.split("\r\033[K")
    assert (start_of_line, updates[-1]) == ("", "")
    assert "\n" not in outcome.err
    assert max(map(len, updates)) <= 39
    pages = [update for update in updates if update.endswith(" of 60 pages")]
    assert pages
    for update in pages:
        document, _, state = update.partition(": ")
        assert document.startswith("Lease")
        assert document.endswith("d.pdf")
        assert state.startswith(("reading, ", "indexing, "))
