"""What of a text is prose to be rewritten, and what is left as it stands.

A text is read line by line into blocks: paragraphs and list items on one side; headings, tables,
code, quoted mail, headers, addresses and signatures on the other. What lies between the blocks
(blank lines, the marks of list items) belongs to none and is never touched. Plain text, Markdown
and mail are told apart by what is there, not by a file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.sentences import trimmed


class BlockKind(StrEnum):
    PROSE = "prose"
    SALUTATION = "salutation"  # "Dear Ms Ünal,"
    CLOSING = "closing"  # "Kind regards,"
    HEADING = "heading"
    TABLE = "table"
    CODE = "code"
    QUOTED = "quoted"  # of an earlier mail
    LAYOUT = "layout"  # headers, addresses, signatures, rules, links


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of one kind, from `start` to `end` in characters, no white space at either end."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int  # before the line end
    text: str  # its beginning
    blank: bool


_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_ITEM = re.compile(r"\s*(?:[-*+•–]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
_ATX = re.compile(r"\s{0,3}#{1,6}\s")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{3,})\s*")
_RULE = re.compile(r"\s{0,3}([-*_=~.])(?:\s*\1){2,}\s*")
_QUOTED = re.compile(r"\s{0,3}>")
_WROTE = re.compile(
    r"(?:On|Am|El|Le)\s.{3,120}\b(?:wrote|schrieb|escribió|a écrit)\b.{0,80}:?\s*", re.IGNORECASE
)
_FORWARDED = re.compile(
    r"-{2,}\s*(?:Original Message|Forwarded message|Ursprüngliche Nachricht|"
    r"Weitergeleitete Nachricht|Mensaje original|Message d'origine)\s*-{2,}\s*",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?:From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Von|An|Betreff|Datum|Gesendet|De|Para|Asunto|"
    r"Fecha|Our ref|Your ref|Unser Zeichen|Ihr Zeichen)\s*:\s",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"--\s?")
_SALUTATION = re.compile(
    r"(?:Dear|Hi|Hello|Hey|Good (?:morning|afternoon|evening)|Sehr geehrte[rs]?|Liebe[rs]?|Hallo|"
    r"Guten (?:Tag|Morgen|Abend)|Estimad[oa]s?|Querid[oa]s?|Hola|Bonjour|Cher|Chère)\b"
    r"[^.?!;]{0,70}[,!:]?\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:(?:with )?(?:kind|best|warm|kindest|warmest) (?:regards|wishes)|regards|sincerely|"
    r"yours(?: (?:sincerely|faithfully|truly|respectfully))?|best|cheers|many thanks|thanks|"
    r"thank you|mit (?:freundlichen|besten|vielen|herzlichen) grü(?:ß|ss)en|"
    r"(?:viele|beste|freundliche|herzliche|liebe) grü(?:ß|ss)e(?: aus \w+)?|hochachtungsvoll|"
    r"atentamente|saludos(?: cordiales)?|un saludo|cordialement)[,.!]?)\s*",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\s*(?:(?:def|class|import|from \w+ import|function|const|let|var|public|private|return|"
    r"#include|SELECT|INSERT|UPDATE|sudo|git|pip|npm)\b.*|[$>]\s.*|//.*|.*[;{}]|</?\w[^>]*>.*|"
    r"[\w.]+\s*[:+\-*/]?=\s*\S.*|[\w.]+\([^)]*\)[;:]?)\s*"
)
_COLUMNS = re.compile(r"\S(?: {3,}|\t)+\S")
_LINK = re.compile(r"\s*(?:\[[^\]]+\]:\s*\S+.*|<?(?:https?://|www\.)\S+>?)\s*")
_NUMBERED = re.compile(r"(?:§\s*)?\d+(?:\.\d+)*\.?\s+\S")
_LETTERS = re.compile(r"[^\W\d_]{2,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_ENDING = re.compile(r"[.!?…:;,。！？][\"'“”’)\]]*\s*$")

MOST = 0.6  # of the lines of a paragraph
ADDRESS_WIDTH = 40  # characters; lines of an address are no longer
HEADING_WIDTH = 70
HEADING_WORDS = 9
LOOKED_AT = 300  # characters of a line; what is longer is prose, or nothing that has a name
LONGEST_WORD = 200  # characters; no prose has longer ones, encoded files do


def blocks(text: str, *, goes_on: bool = False) -> list[Block]:
    """The blocks of `text` in order; they do not overlap, and between them is no prose.

    It `goes_on` if it is a part that something follows: its last line may be a heading then.
    """
    lines = [
        _Line(match.start(1), match.end(1), match[1][:LOOKED_AT], not match[1].strip())
        for match in _LINE.finditer(text)
        if match.end() > match.start()
    ]
    found = list(_spread(lines, goes_on=goes_on))
    return [block for block in (_trimmed(text, block) for block in found) if block is not None]


def words_of(text: str) -> int:
    """How many words a text has; a character of a script without spaces counts as one."""
    return sum(1 for _ in _LETTERS.finditer(text))


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence or a clause does."""
    return bool(_ENDING.search(text))


# -- lines into blocks


def _spread(lines: Sequence[_Line], *, goes_on: bool) -> Iterator[Block]:
    n = _front_matter(lines)
    if n:
        yield _block(lines[:n], BlockKind.LAYOUT)
    while n < len(lines):
        line = lines[n]
        if line.blank:
            n += 1
            continue
        if fence := _FENCE.match(line.text):
            end = _after_fence(lines, n, fence[1])
            yield _block(lines[n:end], BlockKind.CODE)
        elif _SIGNATURE.fullmatch(line.text) or _FORWARDED.fullmatch(line.text):
            end = len(lines)
            kind = BlockKind.LAYOUT if _SIGNATURE.fullmatch(line.text) else BlockKind.QUOTED
            yield _block(lines[n:end], kind)
        else:
            end = _paragraph_end(lines, n)
            yield from _paragraph(lines[n:end], last=end >= len(lines) and not goes_on)
        n = end


def _front_matter(lines: Sequence[_Line]) -> int:
    """Lines that Markdown's front matter takes; 0 without any."""
    if not lines or lines[0].text.rstrip() not in ("---", "+++"):
        return 0
    for n, line in enumerate(lines[1:60], 1):
        if line.text.rstrip() == lines[0].text.rstrip():
            return n + 1
        if line.blank:
            return 0
    return 0


def _after_fence(lines: Sequence[_Line], n: int, fence: str) -> int:
    for end in range(n + 1, len(lines)):
        closing = lines[end].text.strip()
        if len(closing) >= len(fence) and not closing.strip(fence[0]):
            return end + 1
    return len(lines)


def _paragraph_end(lines: Sequence[_Line], n: int) -> int:
    """Where the lines from `n` on stop belonging together."""
    quoted = _is_quoted(lines[n], lines[n + 1 : n + 3])
    for end in range(n + 1, len(lines)):
        line = lines[end]
        if line.blank or _FENCE.match(line.text) or _SIGNATURE.fullmatch(line.text):
            return end
        if _FORWARDED.fullmatch(line.text) or _is_quoted(line, lines[end + 1 : end + 3]) != quoted:
            return end
    return len(lines)


def _is_quoted(line: _Line, following: Sequence[_Line]) -> bool:
    if _QUOTED.match(line.text):
        return True
    return bool(_WROTE.fullmatch(line.text)) and any(_QUOTED.match(f.text) for f in following)


def _paragraph(lines: Sequence[_Line], *, last: bool) -> Iterator[Block]:
    """Lines without a blank one among them, as one block or several."""
    n = 0
    for kind, count in _heads(lines):
        yield _block(lines[n : n + count], kind)
        n += count
    rest = lines[n:]
    if not rest:
        return
    kind_of_rest = _kind_of_whole(rest)
    if kind_of_rest is not None:
        yield _block(rest, kind_of_rest)
        return
    closes = next((at for at, line in enumerate(rest) if _CLOSING.fullmatch(line.text)), len(rest))
    if len(rest) == 1 and not last and _is_heading(rest[0].text):
        yield _block(rest, BlockKind.HEADING)
    elif closes:
        yield from _items(rest[:closes])
    if closes < len(rest):
        yield _block(rest[closes : closes + 1], BlockKind.CLOSING)
    if closes + 1 < len(rest):
        yield _block(rest[closes + 1 :], BlockKind.LAYOUT)


def _heads(lines: Sequence[_Line]) -> Iterator[tuple[BlockKind, int]]:
    """Headings and salutations that stand right above something else: kind, number of lines."""
    n = 0
    while n < len(lines):
        text = lines[n].text
        if _ATX.match(text):
            count, kind = 1, BlockKind.HEADING
        elif n + 1 < len(lines) and _UNDERLINE.fullmatch(lines[n + 1].text):
            count, kind = 2, BlockKind.HEADING
        elif _SALUTATION.fullmatch(text) and (n + 1 < len(lines) or words_of(text) < 9):
            count, kind = 1, BlockKind.SALUTATION
        else:
            return
        yield kind, count
        n += count


def _kind_of_whole(lines: Sequence[_Line]) -> BlockKind | None:
    """What all these lines are, if it is no prose."""
    texts = [line.text for line in lines]
    if _is_quoted(lines[0], lines[1:3]):
        return BlockKind.QUOTED
    if _are_table(texts):
        return BlockKind.TABLE
    if sum(_CODE.fullmatch(text) is not None for text in texts) >= len(texts) * MOST:
        return BlockKind.CODE
    return BlockKind.LAYOUT if _are_layout(texts) else None


def _are_layout(texts: Sequence[str]) -> bool:
    """Whether these lines are a mail's headers, links, rules or an address."""
    headers = sum(_HEADER.match(text) is not None for text in texts)
    if headers >= max(2, len(texts) * MOST):
        return True
    if all(_LINK.fullmatch(text) or _RULE.fullmatch(text) for text in texts):
        return True
    if len(texts) == 1 or any(_ITEM.match(text) for text in texts):
        return False
    return all(len(text.strip()) < ADDRESS_WIDTH for text in texts) and not any(
        _ENDING.search(text) for text in texts
    )


def _are_table(texts: Sequence[str]) -> bool:
    in_columns = sum(text.count("|") > 1 or bool(_COLUMNS.search(text.strip())) for text in texts)
    if len(texts) == 1:
        return texts[0].count("|") > 2
    return in_columns >= max(2, len(texts) * MOST)


def _is_heading(text: str) -> bool:
    text = text.strip()
    if len(text) > HEADING_WIDTH or _ENDING.search(text) or _ITEM.match(text) is not None:
        return bool(_NUMBERED.match(text)) and len(text) <= HEADING_WIDTH and text[-1] not in ".!?"
    words = [word for word in text.split() if word[0].isalpha()]
    if not words or len(words) > HEADING_WORDS:
        return False
    capital = sum(word[0].isupper() for word in words)
    return bool(_NUMBERED.match(text)) or capital * 2 >= len(words)


def _items(lines: Sequence[_Line]) -> Iterator[Block]:
    """List items each for itself, without their marks; lines before the first are a paragraph."""
    begin = 0
    for n in range(1, len(lines) + 1):
        if n == len(lines) or _ITEM.match(lines[n].text):
            yield _item(lines[begin:n])
            begin = n


def _item(lines: Sequence[_Line]) -> Block:
    mark = _ITEM.match(lines[0].text)
    start = lines[0].start + (mark.end() if mark else 0)
    return Block(start, lines[-1].end, BlockKind.PROSE)


def _block(lines: Sequence[_Line], kind: BlockKind) -> Block:
    return Block(lines[0].start, lines[-1].end, kind)


def _trimmed(text: str, block: Block) -> Block | None:
    start, end = trimmed(text, block.start, block.end)
    if start == end:
        return None
    kind = block.kind
    if kind is BlockKind.PROSE and not _is_prose(text[start:end]):
        kind = BlockKind.LAYOUT
    return Block(start, end, kind)


def _is_prose(text: str) -> bool:
    """Whether there is more than one word to it, and nothing that only machines read."""
    longest = max(map(len, text.split()), default=0)
    return words_of(text) > 1 and (longest <= LONGEST_WORD or _is_script_without_spaces(text))


def _is_script_without_spaces(text: str) -> bool:
    return sum(character > "\u3000" for character in text) * 2 > len(text)
