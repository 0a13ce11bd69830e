"""Rewrites and facts as scripts read them: the JSON of `escritoire rewrite`."""

from __future__ import annotations

from typing import Any

from desktop.domain.changes import Change
from desktop.domain.facts import Fact, FactChange
from desktop.domain.originals import Original, Saved
from desktop.domain.rewrites import Kept, RewriteRecord, Rewritten


def rewritten(done: Rewritten, original: Original, saved: Saved | None) -> dict[str, Any]:
    return {
        "output": done.output,
        "saved": None if saved is None else str(saved.path.absolute()),
        "left": {reason.name.lower(): count for reason, count in original.closed}
        | ({"refused": saved.refused} if saved is not None and saved.refused else {}),
        "changes": [_change_json(change) for change in done.changes],
        "facts": [fact_change(change) for change in done.facts],
        "kept": [_kept_json(kept) for kept in done.kept],
        **about(done.record),
    }


def about(record: RewriteRecord) -> dict[str, Any]:
    timings = record.timings
    return {
        "tone": record.wish.tone or None,
        "voice": record.wish.voice or None,
        "instruction": record.wish.instruction,
        "strength": int(record.wish.strength),
        "keep_length": record.wish.keep_length,
        "paragraphs": record.paragraphs,
        "retried": record.retried,
        "unwritten": record.unwritten,
        "model": {"name": record.model, "sha256": record.model_sha256} if record.model else None,
        "timings": {
            "prompt_tokens": timings.prompt_tokens,
            "cached_tokens": timings.cached_tokens,
            "first_token_s": round(timings.first_token_s, 3),
            "tokens": timings.tokens,
            "tokens_per_s": round(timings.tokens_per_s, 1),
        },
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "start": change.start,
        "end": change.end,
        "new_start": change.new_start,
        "new_end": change.new_end,
        "old": change.old,
        "new": change.new,
    }


def fact_change(change: FactChange) -> dict[str, Any]:
    return {
        "outcome": change.outcome.value,
        "kind": change.kind.value,
        "doubtful": change.doubtful,
        "before": fact_found(change.before),
        "after": fact_found(change.after),
    }


def fact_found(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {"kind": fact.kind.value, "start": fact.start, "end": fact.end, "text": fact.text}


def _kept_json(kept: Kept) -> dict[str, Any]:
    return {
        "paragraph": kept.paragraph,
        "text": kept.text,
        "reason": kept.flaw.value,
        "facts": [fact_change(change) for change in kept.facts],
    }
