"""What SECURITY.md promises of the program as a whole, held against the program as a whole.

Real processes on a real profile, from outside: what they send, what they listen on, what they leave
on the disk, what is left of them when they are killed.
"""

from __future__ import annotations

import ast
import json
import os
import platform
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.chat import Role, Turn, TurnState
from desktop.storage.profile import open_profile
from desktop.workers.client import WorkerClient
from desktop.workers.downloader.adapter import downloader_client
from desktop.workers.generator.adapter import generator_client
from desktop.workers.lockdown import PROTECTIONS
from desktop.workers.reader.adapter import reader_client
from desktop.workers.retriever.adapter import retriever_client
from desktop.workers.reviser.adapter import reviser_client
from tests.hub.room import Written
from tests.samples import write_pdf

ROOT = Path(__file__).parents[2]
PASSPHRASE = "boathouse keys, twice"

STORY = (
    "The tenancy of the boathouse at Quillfeather Reach was ended by Ottoline Brackish on 4 March, "
    "after the keys were lost twice. The landlord asked for the deposit of 1,850 pounds. "
    "The insurer refused to pay for the broken window. The harbour master counted eleven boats on "
    "the slipway. A surveyor measured the crack in the northern wall and found it four millimetres "
    "wide. The gardener cut back the willow that hung over the landing stage. The ferryman carried "
    "the furniture across the water in three journeys. The electrician replaced the fuse box and "
    "left a bill of 240 pounds. The painter chose a dark green for the doors. The new tenant is a "
    "teacher from Eastvale who keeps bees."
)
QUESTION = "Who ended the tenancy of the boathouse at Quillfeather Reach?"
LONG_QUESTION = "Repeat the whole story of the boathouse at Quillfeather Reach, word by word."
# Of the document's text, title and path, of the question, and of the answer that copies them.
SECRETS = ("quillfeather", "ottoline", "tenancy", "millimetres", "quarrel", "boathouse")

linux = pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture(scope="session")
def no_network() -> list[str]:
    """The beginning of a command that runs the rest of it where there is no network."""
    unshare = ["unshare", *([] if os.geteuid() == 0 else ["--map-root-user"]), "--net"]
    try:
        subprocess.run([*unshare, "true"], check=True, capture_output=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        pytest.skip("this user may not make a network namespace")
    return [*unshare, sys.executable, "-m", "tests.faults.no_network"]


@dataclass(frozen=True)
class Work:
    """A document taken in and a question asked, from the command line, in a home of its own."""

    home: Path  # holds nothing but what the program put there
    profile: Path  # in it
    passphrase_file: Path

    def command(self, *arguments: str | Path) -> list[str | Path]:
        place = ["--profile", self.profile, "--passphrase-file", self.passphrase_file]
        return [sys.executable, "-m", "desktop", *arguments, *place]

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "TMPDIR": str(self.home / "tmp"),
        }

    def assert_nothing_lies_open(self) -> None:
        files = [path for path in self.home.rglob("*") if path.is_file()]
        assert {"store.db", "keys.json", "index.json"} <= {path.name for path in files}
        for path in files:
            content = path.read_bytes().lower()
            for secret in (*SECRETS, PASSPHRASE):
                assert secret not in path.name.lower()
                for encoding in ("utf-8", "utf-16-le"):
                    assert secret.lower().encode(encoding) not in content, (path, secret)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    folder = tmp_path_factory.mktemp("work")
    home = folder / "home"
    (home / "tmp").mkdir(parents=True)
    (folder / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    work = Work(home, home / "profile", folder / "passphrase")
    document = write_pdf(folder / "quarrel.pdf", [STORY], "Quillfeather")
    run = subprocess.run(
        work.command("ask", "--json", "--file", document, QUESTION),
        cwd=ROOT,
        env=work.environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert answer["kind"] == "grounded"
    assert "Ottoline Brackish" in answer["citations"][0]["text"]
    return work


def told(report: Path, command: list[Any], **settings: Any) -> dict[str, Any]:
    """What `tests.faults.no_network` reports of a command."""
    subprocess.run(
        [*command[:-1], report, *command[-1]],
        cwd=ROOT,
        timeout=115,
        check=True,
        **settings,
    )
    found = json.loads(report.read_text())
    assert isinstance(found, dict)
    return found


# -- nothing leaves this computer, and nothing can come in

TRY_EVERYTHING = """
import socket
listening = socket.create_server(("127.0.0.1", 0))
for family, kind, address in (
    (socket.AF_INET, socket.SOCK_STREAM, "192.0.2.1"),  # RFC 5737: never routed
    (socket.AF_INET, socket.SOCK_DGRAM, "192.0.2.1"),
    (socket.AF_INET6, socket.SOCK_STREAM, "2001:db8::1"),  # RFC 3849
    (socket.AF_INET, socket.SOCK_STREAM, "127.0.0.1"),
):
    try:
        with socket.socket(family, kind) as tried:
            tried.connect((address, 9))
    except OSError:
        pass
socket.create_connection(listening.getsockname()).recv(1)
"""


@linux
def test_an_attempt_to_use_the_network_would_be_seen(no_network: list[str], tmp_path: Path) -> None:
    # The last line waits for ever; the port is seen meanwhile.
    command = ["timeout", "2", sys.executable, "-c", TRY_EVERYTHING]
    found = told(tmp_path / "report", [*no_network, command])

    assert found["attempts"] >= 5
    assert any(line.startswith("tcp ") for line in found["sockets"])


@linux
def test_a_command_tries_no_connection_and_opens_no_port(
    no_network: list[str], work: Work, tmp_path: Path
) -> None:
    document = write_pdf(tmp_path / "another.pdf", [STORY.replace("March", "April")])
    command = work.command("ask", "--json", "--file", document, QUESTION)
    found = told(tmp_path / "report", [*no_network, command], env=work.environment)

    assert found == {"status": 0, "attempts": 0, "sockets": []}


@linux
def test_the_window_tries_no_connection_and_opens_no_port(
    no_network: list[str], tmp_path: Path
) -> None:
    """The whole user action: drop, index, ask, look the passage up, close, open again."""
    walk = "tests/gui/test_whole_action.py::test_drop_ask_read_look_up_and_come_back"
    options = ["-q", "-p", "no:cacheprovider", "--basetemp", tmp_path / "walk"]
    command = [sys.executable, "-m", "pytest", *options, walk]
    variables = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    found = told(tmp_path / "report", [*no_network, command], env=variables)

    assert found == {"status": 0, "attempts": 0, "sockets": []}


NETWORK_MODULES = {
    *("aiohttp", "asyncio", "ftplib", "http", "httpx", "httpx2", "huggingface_hub", "imaplib"),
    *("requests", "smtplib", "socket", "socketserver", "ssl", "urllib", "urllib3", "xmlrpc"),
}
# These two try whether the system refuses them one.
TRY_A_SOCKET = {"workers/lockdown/posix.py", "workers/dummy/worker.py"}
# The child that may connect. What its room has on the parent's side may not.
DOWNLOADER = "workers/downloader/"
PARENTS_SIDE = {f"{DOWNLOADER}adapter.py", f"{DOWNLOADER}config.py"}


def test_no_room_of_the_program_imports_what_could_connect() -> None:
    found = set()
    rooms = ROOT / "desktop"
    for path in rooms.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(alias.name for alias in node.names)]
            names = [name for name in names if name != "urllib.parse"]  # which takes texts apart
            if any(name.partition(".")[0] in NETWORK_MODULES for name in names) or any(
                "QtNetwork" in name for name in names
            ):
                found.add(path.relative_to(rooms).as_posix())
    assert {room for room in found if not room.startswith(DOWNLOADER)} == TRY_A_SOCKET
    assert not found & PARENTS_SIDE


# -- nothing lies in the open


def test_neither_document_nor_question_nor_answer_lies_on_the_disk_in_the_clear(work: Work) -> None:
    work.assert_nothing_lies_open()


# -- what was sent survives


@pytest.fixture
def asking(work: Work) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.faults.asking_child"]
    with subprocess.Popen(
        [*command, str(work.profile), PASSPHRASE, LONG_QUESTION],
        cwd=ROOT,
        env=work.environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def last_turns(work: Work) -> tuple[Turn, Turn]:
    """Question and answer of the newest conversation, in a process that opens the profile anew."""
    work.assert_nothing_lies_open()  # nor in the log of the store that the crash left behind
    with open_profile(work.profile, PASSPHRASE) as opened:
        newest = max(opened.store.conversations(), key=lambda conversation: conversation.id)
        question, answer = opened.store.turns(newest.id)
    assert (question.role, question.text) == (Role.USER, LONG_QUESTION)
    assert question.state is TurnState.COMPLETE
    assert answer.role is Role.ASSISTANT
    assert answer.state is TurnState.STOPPED
    return question, answer


@posix
def test_a_message_survives_a_kill_right_after_it_was_sent(
    work: Work, asking: subprocess.Popen[str]
) -> None:
    assert asking.stdout is not None
    assert asking.stdout.readline() == "asked\n"
    asking.send_signal(signal.SIGKILL)
    asking.wait(30)

    assert last_turns(work)[1].text == ""


@posix
def test_an_answer_that_streams_loses_a_second_at_most(
    work: Work, asking: subprocess.Popen[str]
) -> None:
    assert asking.stdout is not None
    assert asking.stdout.readline() == "asked\n"
    said: list[tuple[float, str]] = []
    while not said or said[-1][0] < 1.2:
        line = asking.stdout.readline()
        assert line, "the answer was too short to be killed in the middle"
        seconds, text = json.loads(line)
        said.append((seconds, text))
    asking.send_signal(signal.SIGKILL)
    asking.wait(30)

    kept = last_turns(work)[1].text
    a_second_ago = [text for seconds, text in said if seconds <= said[-1][0] - 1.0]
    assert a_second_ago
    assert kept.startswith(a_second_ago[-1])
    assert kept.startswith(said[-1][1]) or said[-1][1].startswith(kept)


# -- the page itself


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_test_that_the_page_names_is_there(page: str) -> None:
    named = re.findall(r"`(?:tests/)?([\w/]+\.py)::(test_\w+)`", page)
    assert len(named) > 20
    for path, name in named:
        module = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
        functions = {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
        assert name in functions, f"{path}::{name}"


@pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="where the table was verified"
)
def test_the_table_for_linux_is_what_the_kernel_enforces_here(page: str, tmp_path: Path) -> None:
    head = "| | reader | reviser | retriever | generator | downloader |"
    rows = page.partition(head)[2].partition("\n\n")[0].splitlines()[2:]
    table = {wall: cells for wall, *cells in ([*map(str.strip, r.split("|")[1:-1])] for r in rows)}
    clients: dict[str, WorkerClient] = {
        "reader": reader_client(),
        "reviser": reviser_client(),
        "retriever": retriever_client(tmp_path / "vectors"),
        "generator": generator_client(),
        "downloader": downloader_client(tmp_path / "downloads", Written()),
    }
    found = {name: client.protections() for name, client in clients.items()}
    for client in clients.values():
        client.stop()

    assert table == {wall: [verdicts[wall] for verdicts in found.values()] for wall in PROTECTIONS}
