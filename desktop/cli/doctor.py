"""escritoire doctor: what this computer offers, what it locks down, and what is missing.

Needs no profile, and looks at the models of one that it can open. The children are started, asked,
and ended. What is printed about them is what they found the operating system to refuse, not what we
asked it for.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from desktop import __version__
from desktop.cli.main import DONE
from desktop.cli.session import first_line, profile_of
from desktop.cli.terminal import one_line, say, say_json
from desktop.desk import Desk, open_desk
from desktop.domain.errors import EscritoireError, ModelError, Offline
from desktop.domain.hardware import Computer
from desktop.domain.hub import Request
from desktop.domain.jobs import Cancellation
from desktop.domain.models import InstalledModel, ModelKind
from desktop.storage.keyring_access import keyring_name
from desktop.storage.paths import Paths, handbook, installation_models
from desktop.storage.pins import installed
from desktop.workers.client import WorkerClient
from desktop.workers.downloader.adapter import downloader_client
from desktop.workers.generator.adapter import LlamaGenerator, generator_client
from desktop.workers.lockdown import PROTECTIONS
from desktop.workers.reader.adapter import reader_client
from desktop.workers.retriever.adapter import retriever_client
from desktop.workers.reviser.adapter import reviser_client

GIB = 1024**3


def run(options: argparse.Namespace) -> int:
    """Print the report. What is missing is said in it; finding that out is no error."""
    report = examine(profile_of(options), getattr(options, "passphrase_file", None))
    if options.json:
        say_json(report)
    else:
        say("\n".join(_lines(report)))
    return DONE


def examine(profile: Path, passphrase_file: Path | None = None) -> dict[str, Any]:
    """Everything the report says, as plain values; of a profile that opens, all its models."""
    folders = (Paths(profile).models, installation_models())
    chat, embedders = installed(folders)
    keyring = keyring_name()
    protections, computer = _children()
    return {
        "version": __version__,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "hardware": _hardware(computer),
        "profile": str(profile),
        "keyring": keyring,
        "models": chat,
        "embedders": embedders,
        **_shelf(profile, passphrase_file, computer),
        "protections": protections,
        "missing": _missing(chat, embedders, keyring),
    }


def _hardware(computer: Computer | None) -> dict[str, Any] | None:
    """The computer as plain values; memory in bytes."""
    if computer is None:
        return None
    processor = computer.processor
    return {
        "processor": processor.name,
        "architecture": processor.architecture,
        "features": list(processor.features),
        "cores": processor.cores,
        "performance_cores": processor.performance_cores,
        "threads": processor.threads,
        "memory": computer.memory,
        "free_memory": computer.free_memory,
        "gpus": [
            {
                "name": gpu.name,
                "description": gpu.description,
                "backend": gpu.backend.value,
                "memory": gpu.memory,
                "free": gpu.free,
                "integrated": gpu.integrated,
            }
            for gpu in computer.gpus
        ],
        "build": {
            "version": computer.build.version,
            "backends": list(computer.build.backends),
            "gpu_offload": computer.build.gpu_offload,
        },
    }


def _children() -> tuple[dict[str, dict[str, str]], Computer | None]:
    """Each child's protections, and the computer as the one with llama.cpp finds it."""
    protections: dict[str, dict[str, str]] = {}
    computer: Computer | None = None
    with tempfile.TemporaryDirectory() as folder:
        clients = {
            "reader": reader_client(),
            "reviser": reviser_client(),
            "retriever": retriever_client(Path(folder) / "vectors"),
            "generator": generator_client(),
            "downloader": downloader_client(Path(folder) / "downloads", _NothingAsked()),
        }
        for name, client in clients.items():
            with _ended(client):
                try:
                    protections[name] = client.protections()
                    if name == "generator":
                        computer = LlamaGenerator(client).examine(Cancellation())
                except EscritoireError as error:
                    protections.setdefault(name, {})["started"] = str(error)
    return protections, computer


def _shelf(
    profile: Path, passphrase_file: Path | None, computer: Computer | None
) -> dict[str, Any]:
    """`shelf`: what is known of each model of the profile; None, and `locked`: why, if it is shut.

    A profile that is not there is not made.
    """
    if not Paths(profile).key_file.exists():
        return {"shelf": None, "locked": "there is no profile yet"}
    try:
        passphrase = None if passphrase_file is None else first_line(passphrase_file)
        desk = open_desk(profile, passphrase)
    except EscritoireError as error:
        return {"shelf": None, "locked": str(error)}
    try:
        return {"shelf": [_model(desk, model, computer) for model in desk.shelf.installed()]}
    finally:
        desk.close()


def _model(desk: Desk, model: InstalledModel, computer: Computer | None) -> dict[str, Any]:
    """A model's kind, the state of its hash, and whether it fits; "" where that is not known."""
    trouble = desk.shelf.trouble_of(model)
    if trouble is not None:
        state, fit = trouble.code.removeprefix("model_"), ""
    else:
        state = "verified" if model.verified else "not verified yet"
        fit = ""
        if computer is not None and model.kind is ModelKind.CHAT:
            with suppress(ModelError):
                fit = desk.loader.judge(model, computer).fit.value.replace("_", " ")
    return {"name": model.name, "kind": model.kind.value, "hash": state, "fit": fit}


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
    yield f"Escritoire {report['version']} on {report['system']}, Python {report['python']}"
    yield from _hardware_lines(report["hardware"])
    yield f"Profile      {report['profile']}"
    yield f"Keyring      {report['keyring'] or 'none'}"
    yield f"Chat models  {', '.join(report['models']) or 'none'}"
    yield f"Embedders    {', '.join(report['embedders']) or 'none'}"
    if report["shelf"] is None:
        yield f"Other models not looked at: {report['locked']}"
    for model in report["shelf"] or ():
        said = (model["kind"], model["hash"], model["fit"])
        yield one_line(f"Model        {model['name']}: {', '.join(filter(None, said))}")
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


def _hardware_lines(hardware: dict[str, Any] | None) -> Iterator[str]:
    if hardware is None:
        yield "Processor    not known, as the generator could not be started"
        return
    counted = f"{hardware['cores']} cores"
    if hardware["performance_cores"] < hardware["cores"]:
        counted += f", {hardware['performance_cores']} of them for performance"
    yield f"Processor    {hardware['processor']}, {counted}, {hardware['threads']} threads"
    yield f"Uses         {' '.join(hardware['features']) or hardware['architecture']}"
    yield f"Memory       {_gib(hardware['memory'])}, {_gib(hardware['free_memory'])} of it free"
    build = hardware["build"]
    for gpu in hardware["gpus"]:
        whose = "of the computer's memory" if gpu["integrated"] else "of its own"
        yield (
            f"GPU          {gpu['name']}: {gpu['description']}, {gpu['backend']}, "
            f"{_gib(gpu['memory'])} {whose}, {_gib(gpu['free'])} free"
        )
    if not hardware["gpus"]:
        reason = "none found" if build["gpu_offload"] else "this build of llama.cpp uses none"
        yield f"GPU          {reason}"
    yield f"llama.cpp    llama-cpp-python {build['version']} for {', '.join(build['backends'])}"


def _gib(size: int) -> str:
    return f"{size / GIB:.1f} GiB"
