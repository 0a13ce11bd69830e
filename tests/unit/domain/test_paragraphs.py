"""Prose is told from what a rewrite must leave alone, in plain text, Markdown and mail."""

from __future__ import annotations

import random

import pytest

from desktop.domain.chunking import estimate_tokens
from desktop.domain.language import language_of
from desktop.domain.paragraphs import BlockKind, blocks
from desktop.domain.pieces import joined, pieces, wrapped_like

MAIL = """\
Dear Ms Ünal,

we got your letter. The rent of 1,200 euros is due on 3 May 2021, and we
ask you to pay it on time because the bank is waiting for it as well.

- First item, please pay now.
- Second item goes
  over two lines.

| Name | Amount |
|------|--------|
| Rent | 1,200  |

```python
print("x")
```

Scope of Work

thanks for your help

Acme Ltd
12 High Street
London

Kind regards,
Bob Smith
Director

On Mon, 3 May 2021, Jo wrote:
> please pay
> the rent
"""


def kinds(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks(text)]


def test_a_mail_is_taken_apart() -> None:
    found = kinds(MAIL)
    prose = [text for kind, text in found if kind is BlockKind.PROSE]
    assert [text[:12] for text in prose] == [
        "we got your ", "First item, ", "Second item ", "thanks for y",
    ]  # fmt: skip
    others = [(kind, text.split("\n")[0]) for kind, text in found if kind is not BlockKind.PROSE]
    assert others == [
        (BlockKind.SALUTATION, "Dear Ms Ünal,"),
        (BlockKind.TABLE, "| Name | Amount |"),
        (BlockKind.CODE, "```python"),
        (BlockKind.HEADING, "Scope of Work"),
        (BlockKind.LAYOUT, "Acme Ltd"),
        (BlockKind.CLOSING, "Kind regards,"),
        (BlockKind.LAYOUT, "Bob Smith"),
        (BlockKind.QUOTED, "On Mon, 3 May 2021, Jo wrote:"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Name      Amount\nRent      1,200\nFuel        300", BlockKind.TABLE),
        ("a\tb\tc\n1\t2\t3", BlockKind.TABLE),
        ("def f(x):\n    return x + 1", BlockKind.CODE),
        ("$ ls -l\n$ rm x", BlockKind.CODE),
        ("~~~\nanything at all. Even prose.\n~~~", BlockKind.CODE),
        ("# A title", BlockKind.HEADING),
        ("A title\n=======", BlockKind.HEADING),
        ("From: a@b.example\nTo: c@d.example\nSubject: rent", BlockKind.LAYOUT),
        ("-- \nBob\nAcme", BlockKind.LAYOUT),
        ("---\ntitle: x\n---", BlockKind.LAYOUT),
        ("https://example.org/a/b", BlockKind.LAYOUT),
        ("x" * 400 + " y z", BlockKind.LAYOUT),
        ("-----Original Message-----\nFrom: x\n\nplease do it", BlockKind.QUOTED),
        ("Sehr geehrte Frau Ünal,", BlockKind.SALUTATION),
        ("Mit freundlichen Grüßen", BlockKind.CLOSING),
        ("please send it today", BlockKind.PROSE),
        ("Das Büro ist am 3. Mai geschlossen.", BlockKind.PROSE),
        ("请尽快付款。谢谢您的配合。", BlockKind.PROSE),
        ("Hello there, we have got your invoice; please wait for the answer.", BlockKind.PROSE),
    ],
)
def test_each_kind_is_known(text: str, kind: BlockKind) -> None:
    assert [block.kind for block in blocks(text)] == [kind]


@pytest.mark.parametrize("seed", range(30))
def test_blocks_are_in_order_and_between_them_is_no_prose(seed: int) -> None:
    rng = random.Random(seed)
    lines = [
        *MAIL.split("\n"),
        "",
        "> x",
        "```",
        "-- ",
        "---",
        "Dear X,",
        "# y",
        "a\tb",
        "\0",
        "\ud800",
    ]
    text = "".join(rng.choice(lines) + rng.choice(("\n", "\r\n", "\r")) for _ in range(40))
    end = 0
    for block in blocks(text):
        assert end <= block.start < block.end
        between = text[end : block.start]
        assert len(between.split()) <= 2, between  # an item's mark
        end = block.end
    assert not text[end:].strip()


@pytest.mark.parametrize(
    "line",
    ["a\n", "x", "> ", "- a b\n", "Dear ", "(1) ", "<a ", "Dear A,\n", "# a\n", "\t", "a.b("],
)
def test_a_long_text_of_anything_is_taken_apart(line: str) -> None:
    assert sum(block.end - block.start for block in blocks(line * (300_000 // len(line)))) >= 0


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    text = "We have looked into the matter with care. " * 200
    spans = pieces(text, 0, len(text), 100, estimate_tokens)
    assert len(spans) > 10
    assert all(text[start:end].endswith(".") for start, end in spans)
    assert all(estimate_tokens(text[start:end]) <= 100 for start, end in spans)
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(
        " ", ""
    )


def test_a_sentence_without_end_is_cut_all_the_same() -> None:
    text = "word " * 3_000
    spans = pieces(text, 0, len(text), 100, estimate_tokens)
    assert " ".join(text[start:end] for start, end in spans).split() == text.split()
    assert max(estimate_tokens(text[start:end]) for start, end in spans) < 150


def test_wrapped_lines_are_joined_and_wrapped_again() -> None:
    paragraph = "We have looked into the matter with great care now\r\n  and we agree."
    assert joined(paragraph) == "We have looked into the matter with great care now and we agree."
    rewritten = wrapped_like(paragraph, "We have examined the matter most carefully, and we agree.")
    assert rewritten == "We have examined the matter most carefully, and we\r\n  agree."
    assert joined("Yes.\nNo.") == "Yes.\nNo."
    assert wrapped_like("Yes.\nNo.", "Yes; no.") == "Yes; no."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The rent is due on Monday and we will pay it.", "English"),
        ("Die Miete ist am Montag fällig und wird bezahlt.", "German"),
        ("La renta se paga el lunes y no más tarde.", "Spanish"),
        ("Nous vous prions de payer le loyer pour les mois passés.", "French"),
        ("OK", ""),
        ("1,200.00 = 3", ""),
    ],
)
def test_function_words_tell_the_language(text: str, language: str) -> None:
    assert language_of(text) == language
