"""What carries the messages of all children: the jobs' own envelope, and the codec.

What a child is asked and answers is in its own file; here is what holds for every one of them.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from desktop.workers.protocol import downloader, dummy, generator, reader, retriever, reviser
from desktop.workers.protocol.bounds import Name, Number

Request = (
    reader.Request
    | reviser.Request
    | retriever.Request
    | generator.Request
    | downloader.Request
    | dummy.Request
)
Body = reader.Body | reviser.Body | retriever.Body | generator.Body | downloader.Body | dummy.Body


class Start(Struct, tag="start", frozen=True):
    """Begin a job. Jobs with `background` set give way to others between their steps.

    With `max_ahead`, the job rests while that many of its outputs are not `Taken`, and others run.
    """

    job: int
    request: Request
    background: bool = False
    max_ahead: int = 0  # 0: no bound


class Taken(Struct, tag="taken", frozen=True):
    """One more output of the job was taken by whoever asked for it."""

    job: int


class Heard(Struct, tag="heard", frozen=True):
    """What the job told the parent's witness was written down."""

    job: int


class Cancel(Struct, tag="cancel", frozen=True):
    job: int


class Shutdown(Struct, tag="shutdown", frozen=True):
    """End in good order once the running step is over."""


class Ready(Struct, tag="ready", frozen=True):
    """The first message of a child: what the operating system enforces on it, as it found out.

    `protections`: name -> "enforced", or why not.
    """

    protections: Annotated[dict[Name, Name], Meta(max_length=50)]


class Progress(Struct, tag="progress", frozen=True):
    job: Number
    done: Number
    total: Number


class AtWork(Struct, tag="at_work", frozen=True):
    """A long step gets on, whosever it is."""


class Output(Struct, tag="output", frozen=True):
    job: Number
    body: Body


class Done(Struct, tag="done", frozen=True):
    job: Number
    body: Body


class Failed(Struct, tag="failed", frozen=True):
    """`code` names an error of `domain.errors`; the parent owns the words."""

    job: Number
    code: Annotated[str, Meta(max_length=100)]
    facts: Annotated[dict[Name, Name | Number], Meta(max_length=20)] = {}


class Cancelled(Struct, tag="cancelled", frozen=True):
    job: Number


ToChild = Start | Taken | Heard | Cancel | Shutdown
FromChild = Ready | Progress | AtWork | Output | Done | Failed | Cancelled

T = TypeVar("T")

_encoder = msgspec.msgpack.Encoder()
_to_child: msgspec.msgpack.Decoder[ToChild] = msgspec.msgpack.Decoder(ToChild)
_from_child: msgspec.msgpack.Decoder[FromChild] = msgspec.msgpack.Decoder(FromChild)


def encode(message: ToChild | FromChild) -> bytes:
    """The message as bytes."""
    return _encoder.encode(message)


def decode_to_child(raw: bytes) -> ToChild:
    """What the parent said. Raises msgspec.DecodeError if it is no such message."""
    return _decode(_to_child, raw)


def decode_from_child(raw: bytes) -> FromChild:
    """What a child said. Raises msgspec.DecodeError if it is no such message within bounds."""
    return _decode(_from_child, raw)


def _decode(decoder: msgspec.msgpack.Decoder[T], raw: bytes) -> T:
    try:
        return decoder.decode(raw)
    except (UnicodeDecodeError, RecursionError) as error:  # which msgspec lets through
        raise msgspec.DecodeError(str(error)) from error
