"""What an exported conversation says itself: in English, or as the window gives it.

Strings and figures alone; what was asked and answered is not touched here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from desktop.domain.chat import (
    AnswerKind,
    AnswerRecord,
    Citation,
    Role,
    SentenceSupport,
    Turn,
    TurnState,
)
from desktop.domain.documents import whereabouts


def facts_of(record: AnswerRecord) -> list[tuple[str, str]]:
    """(name, value) of what it takes to judge an answer and to get the same one again."""
    made = {
        AnswerKind.GROUNDED: "Written by a model from passages of the documents",
        AnswerKind.QUOTED: "Passages of the documents, word for word; no model was used",
        AnswerKind.SUMMARISED: "A summary by a model of what the documents say, and no more",
        AnswerKind.COMPARED: "What each document says by itself",
        AnswerKind.NOT_FOUND: "No passage was relevant; no model was used",
    }
    found = [
        ("Made from", made[record.kind]),
        ("Document", record.of_document),
        ("Chat", _recalled_in_words(record)),
    ]
    if record.model:
        sampling, timings = record.sampling, record.timings
        found += [
            ("Model", record.model),
            ("SHA-256", record.model_sha256),
            ("Sampling", sampling_in_figures(record)),
            ("Seed", str(sampling.seed)),
            ("Prompt", f"{timings.prompt_tokens} tokens, {timings.cached_tokens} read before"),
            ("First word", f"after {timings.first_token_s:.1f} s"),
            ("Answer", f"{timings.tokens} tokens, {timings.tokens_per_s:.1f} a second"),
        ]
    if record.words_only is not None:
        found.append(("Searched", "By words alone, not by meaning"))
    if record.not_reranked is not None:
        found.append(("Order", "What was found was not put in order once more"))
    if record.scope_incomplete:
        found.append(("Incomplete", "Some documents were still being indexed"))
    return [(name, value) for name, value in found if value]


def _recalled_in_words(record: AnswerRecord) -> str:
    """What the model did not read, or not word by word, of the questions before."""
    told = []
    if record.summarised:
        told.append(f"Questions read as a summary: {record.summarised}")
    if record.left_out:
        told.append(f"Questions not read: {record.left_out}")
    return ", ".join(told)


def sampling_in_figures(record: AnswerRecord) -> str:
    """The settings by the names that the field has for them."""
    left_out = ("seed", "stop_repeating", "draft_from_prompt")
    return ", ".join(
        f"{name} {value:g}"
        for name, value in asdict(record.sampling).items()
        if name not in left_out
    )


def english_time(seconds: float) -> str:
    """A time of this computer's clock: "25 November 2026, 14:05"."""
    local = datetime.fromtimestamp(seconds, UTC).astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"


@dataclass(frozen=True, slots=True)
class Words:
    """What an export says itself; in English, unless the window gives its own."""

    question: str = "Question"
    answer: str = "Answer"
    unsupported: str = "No passage supports this sentence."
    unsupported_below: str = "No passage supports a sentence with a dotted line."
    stopped: str = "This answer was stopped before it was finished."
    failed: str = "This answer failed."
    sources: str = "Sources"
    text_of: Callable[[Turn], tuple[str, tuple[SentenceSupport, ...]]] = field(
        default=lambda turn: (turn.text, turn.sentences)
    )
    place_of: Callable[[Citation], str] = field(default=whereabouts)
    record_of: Callable[[AnswerRecord], Sequence[tuple[str, str]]] = field(default=facts_of)
    time_of: Callable[[float], str] = field(default=english_time)

    def state_of(self, turn: Turn) -> str:
        """What is to be said of how an answer ended; "" for a complete one."""
        if turn.role is Role.USER or turn.state is TurnState.COMPLETE:
            return ""
        return self.failed if turn.state is TurnState.FAILED else self.stopped
