"""escritoire doctor: what this computer offers, what it locks down, and what is missing.

Needs no profile: the children are started, asked, and ended. What is printed about them is what
they found the operating system to refuse, not what we asked it for.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from desktop import __version__
from desktop.cli.main import DONE
from desktop.cli.session import profile_of
from desktop.cli.terminal import say, say_json
from desktop.domain.errors import EscritoireError, Offline
from desktop.domain.hub import Request
from desktop.domain.jobs import Cancellation
from desktop.storage.keyring_access import keyring_name
from desktop.storage.models import installed
from desktop.storage.paths import Paths, handbook, installation_models
from desktop.workers import protocol
from desktop.workers.client import WorkerClient
from desktop.workers.downloader.adapter import downloader_client
from desktop.workers.generator.adapter import generator_client
from desktop.workers.lockdown import PROTECTIONS
from desktop.workers.reader.adapter import reader_client
from desktop.workers.retriever.adapter import retriever_client

GIB = 1024**3


def run(options: argparse.Namespace) -> int:
    """Print the report. What is missing is said in it; finding that out is no error."""
    report = examine(profile_of(options))
    if options.json:
        say_json(report)
    else:
        say("\n".join(_lines(report)))
    return DONE


def examine(profile: Path) -> dict[str, Any]:
    """Everything the report says, as plain values."""
    folders = (Paths(profile).models, installation_models())
    chat, embedders = installed(folders)
    keyring = keyring_name()
    protections, backend = _children()
    return {
        "version": __version__,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "hardware": _hardware(),
        "backend": backend,
        "profile": str(profile),
        "keyring": keyring,
        "models": chat,
        "embedders": embedders,
        "protections": protections,
        "missing": _missing(chat, embedders, keyring),
    }


def _hardware() -> dict[str, Any]:
    memory = psutil.virtual_memory()
    return {
        "processor": _processor(),
        "architecture": platform.machine(),
        "cores": psutil.cpu_count(logical=False) or psutil.cpu_count() or 1,
        "threads": psutil.cpu_count() or 1,
        "memory_gib": round(memory.total / GIB, 1),
        "free_memory_gib": round(memory.available / GIB, 1),
    }


def _processor() -> str:
    """The processor's name; `platform` knows only its architecture on Linux."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _children() -> tuple[dict[str, dict[str, str]], str]:
    """Each child's protections, and what llama.cpp can use here."""
    protections: dict[str, dict[str, str]] = {}
    backend = ""
    with tempfile.TemporaryDirectory() as folder:
        clients = {
            "reader": reader_client(),
            "retriever": retriever_client(Path(folder) / "vectors", None),
            "generator": generator_client(),
            "downloader": downloader_client(Path(folder) / "downloads", _NothingAsked()),
        }
        for name, client in clients.items():
            with _ended(client):
                try:
                    protections[name] = client.protections()
                    if name == "generator":
                        backend = _features(client)
                except EscritoireError as error:
                    protections.setdefault(name, {})["started"] = str(error)
    return protections, backend


def _features(client: WorkerClient) -> str:
    warm = client.call(protocol.WarmUp(), cancel=Cancellation())
    return warm.description if isinstance(warm, protocol.Warm) else ""


class _NothingAsked:
    """The ledger of a downloader that is only looked at: a request would end its job."""

    def begin_request(self, request: Request) -> int:
        raise Offline(host=request.host)

    def end_request(self, request_id: int, *, status: int, received: int, outcome: str) -> None:
        """None was begun."""


@contextmanager
def _ended(client: WorkerClient) -> Iterator[None]:
    try:
        yield
    finally:
        client.stop()


def _missing(chat: list[str], embedders: list[str], keyring: str | None) -> list[str]:
    setup = "run python3 installers/dev.py setup"
    missing = []
    if not chat:
        missing.append(f"No chat model: answers quote your documents. To install one, {setup}.")
    if not embedders:
        missing.append(f"No embedding model: words alone are searched. To install one, {setup}.")
    if keyring is None:
        missing.append("No keyring: a passphrase protects the profile instead.")
    if not handbook().exists():
        missing.append(f"No handbook: {setup}.")
    return missing


def _lines(report: dict[str, Any]) -> Iterator[str]:
    hardware = report["hardware"]
    yield f"Escritoire {report['version']} on {report['system']}, Python {report['python']}"
    yield f"Processor    {hardware['processor']}, {hardware['cores']} cores"
    yield (
        f"Memory       {hardware['memory_gib']} GiB, {hardware['free_memory_gib']} GiB of it free"
    )
    yield f"Backend      {report['backend'] or 'llama.cpp could not be started'}"
    yield f"Profile      {report['profile']}"
    yield f"Keyring      {report['keyring'] or 'none'}"
    yield f"Chat models  {', '.join(report['models']) or 'none'}"
    yield f"Embedders    {', '.join(report['embedders']) or 'none'}"
    yield ""
    yield "What the operating system enforces on each child process:"
    children = report["protections"]
    yield f"  {'':<17}" + "".join(f"{child:<15}" for child in children)
    for name in PROTECTIONS:
        states = (children[child].get(name, "not asked for") for child in children)
        yield f"  {name:<17}" + "".join(f"{state:<15}" for state in states)
    for child, states in children.items():
        if "started" in states:
            yield f"  The {child} could not be started: {states['started']}"
    if report["missing"]:
        yield ""
        yield "Missing:"
        yield from (f"  {sentence}" for sentence in report["missing"])
