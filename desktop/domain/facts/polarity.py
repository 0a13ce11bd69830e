"""What a text denies, demands, advises and allows, each with what it is said of.

"Must not", "is not permitted to" and "is prohibited" are one thing, and so are "need not" and "does
not have to". German puts its "nicht" far behind the verb: there the two are joined within a clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from desktop.domain.facts import wordings
from desktop.domain.facts.fact import Fact, Kind
from desktop.domain.facts.roots import root
from desktop.domain.words import FUNCTION_WORDS

Span = tuple[int, int]
NEGATIONS = (wordings.NOT, wordings.WITHOUT, wordings.ONLY)

_CLAUSE_END = re.compile(
    r"[,;:()\n–—]|(?<!\w)(?:but|however|aber|sondern|jedoch|pero|mais)(?!\w)", re.IGNORECASE
)
_NEW_VERB = re.compile(
    r"\s(?:und|oder)\s(?!(?:de[rmns]|die|das|eine?|zu|im|am|in|an|auf|bei|ihre?|seine?|andere|auch)"
    r"[a-z]{0,2}\s)[a-zäöü]"
)
_WORD = re.compile(r"[^\W\d_]++")
_PREFIX = re.compile(r"(?:non-?|nicht|un|in|im|ir|il)(?=\w{4})", re.IGNORECASE)
# What stands before the "not" of a command, or of a heading such as "No smoking".
_COMMAND = re.compile(
    r"\W{0,9}(?:and\s|but\s|please\s|bitte\s)?(?:do\s|\w{2,20}en\sSie\s[^.;,:?]{0,80})?",
    re.IGNORECASE,
)
# `words` is for searching too, where "car" and "son" are English words.
_FRENCH_WORDS = frozenset(
    """
    le les des du et est dans pour par sur avec qui ne pas au aux ce cette ces vous nous il elle ils
    sont sera seront été avant sans votre notre vos nos leur leurs on ont avons avez je mais plus
    lui été était être cela donc ou où dont dès qu
    """.split()
)
_PASSED = FUNCTION_WORDS | _FRENCH_WORDS
_NOTE = 90  # characters of a sentence that may be a note
_FORMAL = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|do|does|did|i|you|he|she|it|we|they|the|a|an"
    r"|ist|sind|war|waren|wird|werden|wurden?|hat|haben|hatte[n]?|ich|sie|er|es|wir|der|die|das|den|dem"
    r"|es|son|fue|ha|han|hay|el|la|los|las|est|sont|été|ont|le|les|il|elle|nous|vous)\b",
    re.IGNORECASE,
)
_SCOPE = 8  # stems that a negation or modality remembers
_AFTER = 5  # of these at most so many that follow it
_JOINED = {
    wordings.MAY: wordings.MUST_NOT,
    wordings.MUST: wordings.NEED_NOT,
    wordings.SHOULD: wordings.SHOULD_NOT,
}
# `Fact.loose` of a ban that a plain "not" may say as well, and of "no later than"
PLAIN, OF_NUMBER = "(plain)", "(of a number)"
OF = "(of)"  # followed by the beginnings of the words that alone it denies


def polarity(
    text: str, small: str, sentence: Span, language: str, free: Callable[[int, int], bool]
) -> Iterator[Fact]:
    """The negations and modalities of one sentence, in order; `small` is `lowered(text)`."""
    pattern, said = wordings.WORDINGS[language]
    cuts = [sentence[0], *(m.end() for m in _CLAUSE_END.finditer(text, *sentence)), sentence[1]]
    found: list[tuple[int, Fact]] = []  # the clause's number, the fact
    clause = 0
    for match in pattern.finditer(small, *sentence):
        wording = said[int((match.lastgroup or "w0")[1:])]
        if not wording or not free(*match.span()):
            continue
        while cuts[clause + 1] <= match.start():
            clause += 1
        commands = wording.startswith(wordings.NOT) and (
            is_note(small, sentence)
            or any(
                _COMMAND.fullmatch(text, at, match.start()) for at in {sentence[0], cuts[clause]}
            )
        )
        found.append((clause, _fact(text, match, wording, commands)))
    if language == "de":
        found = _joined(text, found)
    stems: dict[int, list[tuple[int, str]]] = {}
    for clause, fact in found:
        if clause not in stems:
            stems[clause] = _stems(text, cuts[clause], cuts[clause + 1])
        yield replace(fact, scope=_scope(fact, stems[clause]))


def is_note(small: str, sentence: Span) -> bool:
    """Whether a sentence is a note, such as "Car not to leave the site": it has no verb of form."""
    start, end = sentence
    return end - start <= _NOTE and _FORMAL.search(small, start, end) is None


def lowered(text: str) -> str:
    """`text` in small letters, every one at its place: "İ" in small letters would be two."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(c if len(low := c.lower()) != 1 else low for c in text)


def stems_of(text: str, start: int, end: int) -> list[str]:
    """The stems of the content words in `text[start:end]`."""
    return [one for _, one in _stems(text, start, end)]


def content_stem(word: str) -> str:
    """The stem of a word that carries meaning; empty for any other and for figures."""
    small = word.lower()
    return root(small) if word.isalpha() and len(word) > 1 and small not in _PASSED else ""


def _fact(text: str, match: re.Match[str], wording: str, commands: bool) -> Fact:
    normal = wording.rstrip("?!~^")
    kind = Kind.NEGATION if normal in NEGATIONS else Kind.MODALITY
    loose = PLAIN if wording.endswith("!") else ""
    if normal == wordings.NOT and commands:
        loose = PLAIN
    weak = wording.endswith(("?", "~", "^"))
    if wording.endswith("~"):
        loose = OF_NUMBER
    elif wording.endswith("^"):
        loose = f"{OF} {wordings.denied(match[0].lower())}"
    elif normal == wordings.NOT and weak and (prefix := _PREFIX.match(match[0])):
        loose = root(match[0][prefix.end() :].lower())
    return Fact(kind, *match.span(), text[match.start() : match.end()], normal, loose, weak)


def _joined(text: str, found: list[tuple[int, Fact]]) -> list[tuple[int, Fact]]:
    """ "Darf ... nicht" as one: a "nicht" goes to the nearest modal verb before, else after it."""
    gone: set[int] = set()
    result = list(found)
    last: dict[int, int] = {}  # the clause's latest modal verb that has no negation yet
    waiting: dict[int, int] = {}  # the clause's latest negation that has no modal verb yet
    for index, (clause, fact) in enumerate(found):
        if fact.normal in _JOINED and not _asks(fact):
            denied = waiting.pop(clause, None)
            if denied is not None and _is_one_clause(text, found[denied][1], fact):
                gone.add(denied)
                result[index] = (clause, _negative(fact))
            else:
                last[clause] = index
        elif fact.normal == wordings.NOT and not fact.weak:
            verb = last.pop(clause, None)
            if verb is not None and _is_one_clause(text, found[verb][1], fact):
                gone.add(index)
                result[verb] = (clause, _negative(found[verb][1]))
            else:
                waiting[clause] = index
    return [one for index, one in enumerate(result) if index not in gone]


def _is_one_clause(text: str, one: Fact, other: Fact) -> bool:
    """Whether no "und" with a verb of its own stands between the two."""
    until = other.start if other.normal == wordings.NOT else other.end
    return _NEW_VERB.search(text, one.end, until) is None


def _asks(fact: Fact) -> bool:
    """Whether it is "bitte" or a command, which no "nicht" turns into another wording."""
    commands = fact.normal == wordings.MUST and fact.text.casefold().endswith(" sie")
    return fact.weak and (commands or fact.normal == wordings.SHOULD)


def _negative(fact: Fact) -> Fact:
    normal = _JOINED[fact.normal]
    if fact.text.casefold() in ("ist", "sind"):  # "ist nicht zu halten"
        return replace(fact, normal=wordings.CANNOT, weak=False, loose=PLAIN)
    if fact.normal == wordings.MAY and fact.weak:
        normal = wordings.CANNOT
    return replace(fact, normal=normal, weak=False)


def _scope(fact: Fact, stems: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """The stems after the cue first, then those before it, the nearest first."""
    first = bisect_left(stems, (fact.start, ""))
    after = bisect_left(stems, (fact.end, ""))
    nearest = [*stems[after : after + _AFTER], *reversed(stems[max(0, first - _SCOPE) : first])]
    return tuple(one for _, one in nearest[:_SCOPE])


def _stems(text: str, start: int, end: int) -> list[tuple[int, str]]:
    return [
        (match.start(), root(word))
        for match in _WORD.finditer(text, start, end)
        if (word := match[0].lower()) not in _PASSED and len(word) > 1
    ]
