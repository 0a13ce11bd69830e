"""A model's vocabulary: text -> tokens, tokens -> bytes. Evaluates nothing.

Content is never searched for special tokens. The markup around it is, here, so that a stretch of
markup and the content next to it can be tokenised together: the tokens are those that the model
was trained on, without a token border or a space that only our cutting would bring in.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from desktop.workers.generator.binding import llama
from desktop.workers.generator.template import Segment

CONTROL = llama.LLAMA_TOKEN_ATTR_CONTROL | llama.LLAMA_TOKEN_ATTR_UNKNOWN
SPECIAL = CONTROL | llama.LLAMA_TOKEN_ATTR_USER_DEFINED
BLANKS = " \t\r\n▁"  # some vocabularies define runs of these as tokens of their own
LONGEST_PIECE = 1_024  # bytes, to begin with


class Vocabulary:
    """The vocabulary of a loaded model; `handle` is its llama_vocab, owned by the model."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self._piece = ctypes.create_string_buffer(LONGEST_PIECE)
        self.size: int = llama.llama_vocab_n_tokens(handle)
        self._bos: int = llama.llama_vocab_bos(handle)
        self._adds_bos: bool = llama.llama_vocab_get_add_bos(handle)
        self._leads_with_space = llama.llama_vocab_type(handle) == llama.LLAMA_VOCAB_TYPE_SPM

    @property
    def bos(self) -> str:
        """The text of the token that begins a prompt ("" if there is none)."""
        return self.text(self._bos)

    @property
    def eos(self) -> str:
        """The text of the token that ends one ("" if there is none)."""
        return self.text(llama.llama_vocab_eos(self._handle))

    def text(self, token: int) -> str:
        """The token as the vocabulary writes it."""
        if token < 0:
            return ""
        raw: bytes = llama.llama_vocab_get_text(self._handle, token) or b""
        return raw.decode(errors="replace")

    def is_end(self, token: int) -> bool:
        """Whether the model ends its answer with `token`."""
        return bool(llama.llama_vocab_is_eog(self._handle, token))

    def is_control(self, token: int) -> bool:
        """Whether `token` is one that only markup may contain."""
        return bool(self._attributes(token) & CONTROL)

    def piece(self, token: int, *, first: bool = False) -> bytes:
        """The bytes that `token` adds to an answer; none for special ones.

        They need not be whole characters. SentencePiece puts a space in front of the `first`.
        """
        lead = 1 if first and self._leads_with_space else 0
        size = llama.llama_token_to_piece(
            self._handle, token, self._piece, len(self._piece), lead, False
        )
        if size < 0:
            self._piece = ctypes.create_string_buffer(-size)
            return self.piece(token, first=first)
        return self._piece.raw[:size]

    def plain(self, text: str) -> list[int]:
        """The tokens of `text`, none of them a control token."""
        return self._tokenized(text, special=False)

    def tokens(self, segments: Iterable[Segment]) -> list[int]:
        """The tokens of a prompt, with one beginning-of-sequence token where the model wants it."""
        parts = list(self._cut(segments))
        markup = {part for part in parts if isinstance(part, int)}
        tokens: list[int] = []
        strips = 0  # how the special token before treats the blanks after it
        for at, part in enumerate(parts):
            if isinstance(part, int):
                tokens.append(part)
                strips = self._attributes(part)
                continue
            text = part.lstrip() if strips & llama.LLAMA_TOKEN_ATTR_RSTRIP else part
            after = parts[at + 1] if at + 1 < len(parts) else None
            if isinstance(after, int) and self._attributes(after) & llama.LLAMA_TOKEN_ATTR_LSTRIP:
                text = text.rstrip()
            tokens += self._content(text, markup)
            strips = 0
        while tokens[:2] == [self._bos, self._bos]:
            del tokens[0]
        if self._adds_bos and tokens[:1] != [self._bos]:
            tokens.insert(0, self._bos)
        return tokens

    def _cut(self, segments: Iterable[Segment]) -> Iterable[int | str]:
        """Special tokens of the markup, and between them the text, whoever wrote it."""
        run: list[str] = []
        for segment in segments:
            if not segment.markup:
                run.append(segment.text)
                continue
            special = self._special_in(segment.text)
            longest_first = sorted(special, key=len, reverse=True)
            names = "|".join(map(re.escape, longest_first)) or "(?!)"
            for odd, part in enumerate(re.split(f"({names})", segment.text)):
                if odd % 2:
                    if any(run):
                        yield "".join(run)
                    run = []
                    yield special[part]
                else:
                    run.append(part)
        if any(run):
            yield "".join(run)

    def _special_in(self, markup: str) -> dict[str, int]:
        """The special tokens that `markup` names, by their text.

        llama.cpp is asked for each prompt what it finds. To look through the vocabulary once for
        all that it might find takes a tenth of loading a model: some have 150,000 tokens.
        """
        special: dict[str, int] = {}
        for token in set(self._tokenized(markup, special=True)):
            attributes = self._attributes(token)
            text = self.text(token)
            if attributes & CONTROL or (attributes & SPECIAL and text.strip(BLANKS)):
                special[text] = token
        special.pop("", None)
        return special

    def _attributes(self, token: int) -> int:
        return int(llama.llama_vocab_get_attr(self._handle, token))

    def _tokenized(self, text: str, *, special: bool) -> list[int]:
        """The tokens of `text`; with `special`, its control tokens are taken for what they are."""
        if not text:
            return []
        raw = text.encode(errors="replace")
        room = len(raw) + 2  # hardly ever more tokens than bytes, but for a leading space
        tokens = (ctypes.c_int32 * room)()
        ask = partial(llama.llama_tokenize, self._handle, raw, len(raw))
        count = ask(tokens, room, False, special)
        if count < 0:
            tokens = (ctypes.c_int32 * -count)()
            count = ask(tokens, -count, False, special)
        return tokens[:count]

    def _content(self, text: str, markup: set[int]) -> list[int]:
        """The tokens of `text`, none of them one of `markup`.

        llama.cpp leaves control tokens alone in plain text, but not those that a careless
        conversion declared user-defined: their names are cut in two.
        """
        tokens = self.plain(text)
        if markup.isdisjoint(tokens):
            return tokens
        pieces = [text]
        for token in markup:
            pieces = [part for piece in pieces for part in _halved(piece, self.text(token))]
        return [token for piece in pieces for token in self.plain(piece)]


def _halved(text: str, name: str) -> list[str]:
    """`text` in pieces, cut after the first letter of every `name` in it."""
    parts = text.split(name)
    for at in range(len(parts) - 1):
        parts[at] += name[:1]
        parts[at + 1] = name[1:] + parts[at + 1]
    return parts
