"""What a wording says, in whatever language."""

from __future__ import annotations

MUST, SHOULD, MAY = "must", "should", "may"
MUST_NOT, SHOULD_NOT, CANNOT, NEED_NOT = "must not", "should not", "can not", "need not"
NOT, WITHOUT, ONLY = "not", "without", "only"

Wordings = tuple[tuple[str, str], ...]  # what each says with its mark, and its pattern
