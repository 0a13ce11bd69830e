"""A real process that works on a profile, to be killed or starved by `test_store.py`.

    python -m tests.faults.store_child write PROFILE    writes until it is killed
    python -m tests.faults.store_child starve PROFILE   writes with no room, then with room again
    python -m tests.faults.store_child read PROFILE     opens it with no room, and reads
    python -m tests.faults.store_child hold PROFILE     keeps the profile open

Everything it says is a line on standard output; a line after a write acknowledges it.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from desktop.domain.chat import Role, TurnState
from desktop.domain.documents import Chunk, DocumentFacts, DocumentState, Page
from desktop.domain.errors import DiskFull
from desktop.storage.profile import Profile, open_profile

PASSPHRASE = "blue heron"
EMBEDDER = "an embedder"
VECTOR = bytes(768)


def page(number: int) -> tuple[Page, list[Chunk]]:
    """A page of three chunks; its text follows from its number."""
    text = f"Page {number} speaks of herons. " * 60
    third = len(text) // 3
    cuts = [(0, third), (third, 2 * third), (2 * third, len(text))]
    chunks = [Chunk(number, start, end, text[start:end]) for start, end in cuts]
    return Page(number, str(number), text), chunks


def say(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def write(profile: Profile) -> None:
    """One page, its vectors and one message a round, acknowledged one by one."""
    store = profile.store
    collection = store.add_collection("Matter")
    document = store.add_document(Path("/files/a.pdf"), collection.id)
    conversations = store.conversations() or [store.add_conversation("Herons")]
    known = store.document(document.id)
    assert known is not None
    for number in count(known.pages_read + 1):
        store.add_page(document.id, *page(number))
        say(f"page {number}")
        chunks = store.chunks_without_vector(document.id, EMBEDDER)
        store.add_vectors(EMBEDDER, [(chunk.id, VECTOR) for chunk in chunks])
        say(f"vectors {number}")
        store.add_turn(conversations[0].id, Role.USER, f"message {number}", TurnState.COMPLETE)
        say(f"message {number}")


def starve(profile: Profile) -> None:
    """Try every way of writing while no file may grow; then, with room again, do it."""
    store = profile.store
    collection = store.add_collection("Matter")
    document = store.add_document(Path("/files/a.pdf"), collection.id)
    store.add_page(document.id, *page(1))
    chunks = store.chunks_without_vector(document.id, EMBEDDER)
    conversation = store.add_conversation("Herons")
    turn = store.add_turn(conversation.id, Role.ASSISTANT, "", TurnState.STREAMING)
    store.begin_risk("read", "1")
    long = "heron " * 10_000
    writes: dict[str, Callable[[], object]] = {
        "add_collection": lambda: store.add_collection("Another"),
        "add_document": lambda: store.add_document(Path("/files/b.pdf"), collection.id),
        "set_state": lambda: store.set_state(document.id, DocumentState.READING),
        "set_facts": lambda: store.set_facts(document.id, DocumentFacts(3, "Herons")),
        "add_page": lambda: store.add_page(document.id, *page(2)),
        "add_vectors": lambda: store.add_vectors(EMBEDDER, [(c.id, VECTOR) for c in chunks]),
        "add_conversation": lambda: store.add_conversation("Another"),
        "rename_conversation": lambda: store.rename_conversation(conversation.id, "Storks"),
        "add_turn": lambda: store.add_turn(
            conversation.id, Role.USER, "Which?", TurnState.COMPLETE
        ),
        "save_text": lambda: store.save_text(turn.id, long),
        "finish_turn": lambda: store.finish_turn(turn.id, text=long, state=TurnState.COMPLETE),
        "begin_risk": lambda: store.begin_risk("read", "2"),
        "end_risk": lambda: store.end_risk("read", "1"),
        "set_setting": lambda: store.set_setting("name", "value"),
        "set_passphrase": lambda: profile.set_passphrase(PASSPHRASE),
        "back_up": profile.back_up,
        "set_file": lambda: store.set_file(document.id, sha256="11", size=1),
        "remove_document": lambda: store.remove_document(document.id),
        "remove_conversation": lambda: store.remove_conversation(conversation.id),
    }
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    for name, attempt in writes.items():
        try:
            attempt()
        except DiskFull as error:
            say(f"full {name} {Path(str(error.facts['path'])).name}")
        else:
            say(f"written {name}")
        readable = (
            store.page(document.id, 1) == page(1)[0]
            and store.turns(conversation.id) == [turn]
            and len(store.search_words("herons", limit=9, document_ids=None)) == len(chunks)
        )
        say(f"readable {name}" if readable else f"lost {name}")
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    for name, attempt in writes.items():
        attempt()
        say(f"done {name}")


def read(profile: Profile) -> None:
    """Read and write in a profile that was opened without room for a single byte."""
    store = profile.store
    (conversation,) = store.conversations()
    say([turn.text for turn in store.turns(conversation.id)])
    try:
        store.set_setting("name", "value")
    except DiskFull:
        say("full")
    try:
        profile.back_up()
    except DiskFull:
        say("full")


def hold(_profile: Profile) -> None:
    say("open")
    sys.stdin.read()


if __name__ == "__main__":
    act = {"write": write, "starve": starve, "read": read, "hold": hold}[sys.argv[1]]
    if act is read:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    with open_profile(Path(sys.argv[2]), PASSPHRASE) as opened:
        act(opened)
