"""A conversation with everything that an export has to carry, as the store would give it."""

from __future__ import annotations

from desktop.domain.chat import (
    AnswerKind,
    AnswerRecord,
    Citation,
    Conversation,
    Role,
    SentenceSupport,
    Timings,
    Turn,
    TurnState,
)
from desktop.domain.documents import PageImage, Rect, Unit

SHA256 = "ab" * 32
QUESTION = "What is the *fee*?\n1. now\n\n- later"
ANSWER = """# Terms

The fee is 900 euros. It rises on **1 July**.

- Nobody pays twice.
- See [the list](http://example.org/x) and ![x](//host/x.png) <img src=a>.

3. three
4. `four`

| when | much |
|---|---|
| now | 900 |

```
print("[^1] <b>")
```

The fee is 900 euros after all."""
CONVERSATION = Conversation(4, "Fees & <b>terms</b>", 1_700_000_000.0, 1_700_000_100.0)


def support(text: str, sentence: str, citation: int | None) -> SentenceSupport:
    start = text.index(sentence)
    return SentenceSupport(start, start + len(sentence), citation, 0.9)


def cited(number: int, document_id: int, document: str, page: int, text: str) -> Citation:
    return Citation(number, document_id, document, page, str(page), 0, len(text), text)


def turns() -> list[Turn]:
    """Two questions: an answer that a model wrote, and one that quotes."""
    cells = Citation(2, 8, "fees.xlsx", 1, "2026!A1:B3", 0, 9, "rise <b> * 2", "", Unit.CELLS)
    return [
        Turn(1, 4, Role.USER, QUESTION, TurnState.COMPLETE, 1_700_000_000.0),
        Turn(
            2,
            4,
            Role.ASSISTANT,
            ANSWER,
            TurnState.COMPLETE,
            1_700_000_010.0,
            citations=(cited(1, 7, "lease.pdf", 2, "The fee is 900\neuros."), cells),
            sentences=(
                support(ANSWER, "The fee is 900 euros.", 1),
                support(ANSWER, "It rises on **1 July**.", 2),
                support(ANSWER, "- Nobody pays twice.", None),
                support(ANSWER, 'print("[^1] <b>")', 1),
                support(ANSWER, "The fee is 900 euros after all.", 1),
            ),
            record=AnswerRecord(
                AnswerKind.GROUNDED, "Small Model", SHA256, timings=Timings(900, 300, 1.5, 40, 9)
            ),
        ),
        Turn(3, 4, Role.USER, "And the garden?", TurnState.COMPLETE, 1_700_000_020.0),
        Turn(
            4,
            4,
            Role.ASSISTANT,
            "[1] The garden is * kept.\n\n[2] It is green.",
            TurnState.STOPPED,
            1_700_000_030.0,
            citations=(
                cited(1, 7, "lease.pdf", 2, "The garden is * kept."),
                cited(2, 0, "gone.pdf", 1, "It is green."),
            ),
            sentences=(SentenceSupport(4, 25, 1, 1.0), SentenceSupport(31, 43, 2, 1.0)),
            record=AnswerRecord(AnswerKind.QUOTED),
        ),
    ]


def page_image() -> PageImage:
    """A white page with one place lit."""
    return PageImage(60, 80, b"\xff" * 60 * 80 * 3, (Rect(5, 5, 30, 10),))
