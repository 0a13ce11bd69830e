"""Messages -> prompt text, by the model's own chat template, which is not trusted.

A template is a program that came with a file from the internet. It is rendered in jinja2's sandbox,
under a time limit and with its output bounded, and it never sees what the messages say: it is given
unguessable words in their place, and the rendering is cut at those words. So what is markup and
what is content stays known, and no document can pose as markup.

Knows nothing of tokens. The dialect is that of transformers:
https://huggingface.co/docs/transformers/chat_templating_writing
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateError

from desktop.domain import reasoning
from desktop.domain.errors import TemplateFailed
from desktop.workers.generator.sandbox import Refused, Sandbox, TooSlow, time_limit
from desktop.workers.protocol import ChatMessage

ROLES = ("system", "user", "assistant")
LONGEST_SOURCE = 500_000  # characters; the longest known templates have about 20,000
LONGEST_MARKUP = 200_000  # characters of rendering, the messages' words aside
LONGEST_REASON = 200

CHATML = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


class Segment(NamedTuple):
    """A stretch of a prompt: markup that the template wrote, or the content of a message."""

    text: str
    markup: bool


class ChatTemplate:
    """A compiled template. `source` None stands for ChatML, which most chat models understand."""

    def __init__(
        self, source: str | None, *, model: str, bos: str = "", eos: str = "", limit_s: float = 2.0
    ) -> None:
        """Compile `source`. Raises TemplateFailed."""
        self._model = model
        self._limit_s = limit_s
        self.reasons = any(opening in (source or "") for opening, _ in reasoning.TAGS)
        self._words = {"bos_token": bos, "eos_token": eos, "tools": None, "documents": None}
        source = CHATML if source is None else source
        if len(source) > LONGEST_SOURCE:
            raise self._failed("it is too long")
        try:
            with time_limit(limit_s):
                self._template = _compiled(source)
        except TooSlow:
            raise self._too_slow() from None
        except Exception as error:  # noqa: BLE001 - whatever a foreign program raises is its fault
            raise self._failed(_reason(error)) from None

    def render(self, messages: Sequence[ChatMessage], *, answer: bool) -> list[Segment]:
        """The prompt for `messages`; with `answer`, up to where the model begins to write.

        Many templates refuse a system message or two of one role in a row. They are asked a second
        time with the system's words in front of the first user message, and neighbours joined.
        Raises TemplateFailed, and ValueError for a role that is none.
        """
        for message in messages:
            if message.role not in ROLES:
                raise ValueError(f"no role: {message.role!r}")
        given = [ChatMessage(message.role, message.content.strip()) for message in messages]
        try:
            try:
                return self._rendered(given, answer)
            except Exception:
                if (plain := _plain(given)) == given:
                    raise
                return self._rendered(plain, answer)
        except TooSlow:
            raise self._too_slow() from None
        except Exception as error:  # noqa: BLE001 - as above
            raise self._failed(_reason(error)) from None

    def _rendered(self, messages: list[ChatMessage], answer: bool) -> list[Segment]:
        salt = secrets.token_hex(8)
        words = [f"content{salt}n{number}n" for number in range(len(messages))]
        shown = [
            {"role": message.role, "content": word if message.content else ""}
            for message, word in zip(messages, words, strict=True)
        ]
        text = self._run(messages=shown, add_generation_prompt=answer)
        segments = []
        seen = set()
        for odd, part in enumerate(re.split(f"content{salt}n(\\d+)n", text)):
            if odd % 2:
                seen.add(int(part))
                segments.append(Segment(messages[int(part)].content, markup=False))
            elif part:
                segments.append(Segment(part, markup=True))
        if any(message.content and at not in seen for at, message in enumerate(messages)):
            raise Refused("it leaves out a message")
        if not segments:
            raise Refused("it writes nothing")
        return segments

    def _run(self, **variables: object) -> str:
        parts: list[str] = []
        length = 0
        with time_limit(self._limit_s):
            for part in self._template.generate(**self._words, **variables):
                parts.append(part)
                length += len(part)
                if length > LONGEST_MARKUP:
                    raise Refused("it writes without end")
        return "".join(parts)

    def _failed(self, reason: str) -> TemplateFailed:
        return TemplateFailed(model=self._model, reason=reason)

    def _too_slow(self) -> TemplateFailed:
        return self._failed(f"it takes more than {self._limit_s:g} seconds")


@lru_cache(maxsize=8)
def _compiled(source: str) -> Template:
    """Kept, as compiling under a time limit takes a tenth of what loading a small model does."""
    sandbox = Sandbox()
    sandbox.globals["strftime_now"] = lambda form: datetime.now().astimezone().strftime(form)
    return sandbox.from_string(source)


def _plain(messages: list[ChatMessage]) -> list[ChatMessage]:
    """The messages as users and assistants that take turns."""
    system = [message.content for message in messages if message.role == "system"]
    plain: list[ChatMessage] = []
    for message in messages:
        if message.role == "system":
            continue
        content = message.content
        if system and message.role == "user":
            content = "\n\n".join([*system, content])
            system = []
        if plain and plain[-1].role == message.role:
            content = f"{plain.pop().content}\n\n{content}"
        plain.append(ChatMessage(message.role, content))
    if system:  # nobody has asked anything yet
        plain.append(ChatMessage("user", "\n\n".join(system)))
    return plain


def _reason(error: Exception) -> str:
    """What went wrong, in a few words; `error` may quote the template and is cut short."""
    match error:
        case SecurityError():
            return "it tries what a template may not do"
        case Refused() | TemplateError():
            words = " ".join(str(error).split())
            printable = "".join(letter for letter in words if letter.isprintable())
            return printable[:LONGEST_REASON] or type(error).__name__
        case MemoryError():
            return "it takes too much memory"
        case RecursionError():
            return "it is nested too deeply"
        case _:
            return f"it ends with {type(error).__name__}"
