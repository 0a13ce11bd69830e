"""escritoire models search, get, token and hub: the hub from the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from desktop.cli.main import DONE
from desktop.cli.session import first_line, session
from desktop.cli.terminal import StatusLine, ask_secret, note, one_line, say, say_json
from desktop.desk import Desk
from desktop.domain.errors import RepositoryUnknown, TokenNeeded, error_from
from desktop.domain.hub import Download, DownloadState, Repository, Variant

MB = 1_000_000


def search(options: argparse.Namespace) -> int:
    """Print repositories, the most fetched first."""
    with session(options, documents=False) as (desk, cancel):
        found = desk.hub.search(options.text, cancel, limit=options.top)
    if options.json:
        say_json({"repositories": [_repository_json(repository) for repository in found]})
        return DONE
    for repository in found:
        terms = ", ".join(filter(None, (repository.licence, "gated" if repository.gated else "")))
        say(one_line(f"{repository.name}  {repository.downloads} downloads  {terms}".rstrip()))
    if not found:
        note("Nothing was found.")
    return DONE


def get(options: argparse.Namespace) -> int:
    """Fetch one model, going on with what an interrupted run left; or list what there is."""
    with session(options, documents=False) as (desk, cancel):
        repository = desk.hub.look_at(options.repository, cancel)
        if options.wanted is None:
            _list(repository, as_json=options.json)
            return DONE
        variant = _chosen(repository, options.wanted)
        download = desk.downloads.fetch(repository, variant)
        with _progress(desk, download):
            desk.downloads.work(cancel)
        left = {known.id: known for known in desk.downloads.downloads()}.get(download.id)
        if left is not None and left.state is DownloadState.FAILED:
            raise error_from(left.error_code, dict(left.error_facts))
        name = _name_of(desk, download)
    if options.json:
        say_json(_repository_json(repository) | {"model": name, "size": variant.size})
    else:
        say(one_line(f"{name}: fetched and verified, {_size(variant.size)}"))
    return DONE


def newer(options: argparse.Namespace) -> int:
    """Say which models that came from the hub are there in a newer version; fetch none."""
    with session(options, documents=False) as (desk, cancel):
        models = desk.shelf.installed() if options.name is None else [desk.shelf.find(options.name)]
        from_hub = [model for model in models if model.provenance.repository]
        commits = {model.name: desk.hub.newer(model.provenance, cancel) for model in from_hub}
    if options.json:
        say_json({"newer": {name: commit for name, commit in commits.items() if commit}})
        return DONE
    for model in from_hub:
        source = model.provenance
        if commits[model.name]:
            say(
                one_line(
                    f"{model.name}: {source.repository} is at {commits[model.name]} now, "
                    f"this model is of {source.commit}"
                )
            )
        else:
            say(one_line(f"{model.name}: as {source.repository} has it now"))
    if not from_hub:
        note("No model here came from the hub.")
    return DONE


def token(options: argparse.Namespace) -> int:
    """Keep an access token in the keyring once the hub has said whose it is, or forget it."""
    given = first_line(options.token_file) if options.token_file is not None else None
    with session(options, documents=False) as (desk, cancel):
        if options.remove:
            desk.hub.remove_token()
            say("The token is forgotten. Revoke it at the hub, too, if nobody else uses it.")
            return DONE
        if given is None:
            given = ask_secret("Access token: ")
        if not given:
            raise TokenNeeded(repository=desk.hub.endpoint)
        owner = desk.hub.set_token(given, cancel)
    say(one_line(f"The token of {owner} is kept in the keyring."))
    return DONE


def settings(options: argparse.Namespace) -> int:
    """Set what was given, then print where models come from."""
    with session(options, documents=False) as (desk, _):
        if options.endpoint is not None:
            desk.hub.set_endpoint(options.endpoint)
        if options.allow is not None:
            desk.hub.set_hosts(tuple(options.allow))
        if options.offline is not None:
            desk.hub.set_offline(options.offline == "on")
        endpoint, hosts, offline = desk.hub.endpoint, desk.hub.hosts, desk.hub.offline
    if options.json:
        say_json({"endpoint": endpoint, "allowed": list(hosts), "offline": offline})
    else:
        say(one_line(f"Hub      {endpoint}"))
        say(one_line(f"Allowed  {', '.join(hosts) or 'its own hosts alone'}"))
        say(f"Offline  {'on' if offline else 'off'}")
    return DONE


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "search": search,
    "get": get,
    "newer": newer,
    "token": token,
    "hub": settings,
}


def _name_of(desk: Desk, download: Download) -> str:
    """What a fetched model is called here: another version of it may have had its name."""
    for model in desk.shelf.installed():
        source = model.provenance
        if (source.repository, source.commit) == (download.repository, download.commit) and (
            model.parts[0].sha256 == download.files[0].sha256
        ):
            return model.name
    return download.name


def _chosen(repository: Repository, wanted: str) -> Variant:
    """The variant with that quantization or file. Raises RepositoryUnknown."""
    variant = repository.variant(wanted)
    if variant is None:
        raise RepositoryUnknown(repository=f"{repository.name} {wanted}")
    return variant


def _list(repository: Repository, *, as_json: bool) -> None:
    if as_json:
        say_json(_repository_json(repository))
        return
    for variant in repository.variants:
        shards = f", {len(variant.files)} files" if len(variant.files) > 1 else ""
        say(
            one_line(
                f"{variant.quantization or '-':<12} {_size(variant.size):>10}  "
                f"{variant.files[0].path}{shards}"
            )
        )
    if not repository.variants:
        note("There is no model in it that could be used.")


@contextmanager
def _progress(desk: Desk, wanted: Download) -> Iterator[None]:
    """A status line that follows one download."""

    def show(download: Download | None) -> None:
        if download is not None and download.id == wanted.id:
            line.show(download.name, f": {_progress_of(download)}")

    with StatusLine() as line:
        unlisten = desk.downloads.changed.listen(show)
        try:
            yield
        finally:
            unlisten()


def _progress_of(download: Download) -> str:
    state = f"{download.done * 100 // max(1, download.size)} % of {_size(download.size)}"
    if download.seconds_left is not None:
        state += f", {download.bytes_per_s / MB:.1f} MB/s, {download.seconds_left:.0f} s left"
    return state


def _size(size: int) -> str:
    return f"{size / (1000 * MB):.1f} GB" if size >= 1000 * MB else f"{size / MB:.1f} MB"


def _repository_json(repository: Repository) -> dict[str, Any]:
    return {
        "repository": repository.name,
        "commit": repository.commit,
        "licence": repository.licence,
        "gated": repository.gated,
        "downloads": repository.downloads,
        "variants": [
            {
                "quantization": variant.quantization,
                "size": variant.size,
                "files": [
                    {"path": file.path, "size": file.size, "sha256": file.sha256}
                    for file in variant.files
                ],
            }
            for variant in repository.variants
        ],
    }
