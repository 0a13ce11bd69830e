"""What a model wrote, without what it wrote around it: "Sure, here is the rewritten text:".

Only what the text itself does not have is taken away, and never all of it. Pure rules.
"""

from __future__ import annotations

import re

LONGEST_PREAMBLE = 160  # characters

_FENCED = re.compile(r"\s*(```+|~~~+)[^\n]*\n(?P<inner>.*?)\n?[ \t]*\1\s*", re.DOTALL)
_TAG = re.compile(r"<(think|output|text|rewritten|rewrite)>\s*(?P<inner>.*?)\s*</\1>\s*", re.DOTALL)
_THOUGHT = re.compile(r"\s*<think>.*?</think>\s*", re.DOTALL)
# A line that speaks of a version and ends in a colon, whatever politeness stands before it.
_PREAMBLE = re.compile(
    r"""
    \s*(?:\*\*|[#>\s])*
    (?:(?:sure(?:\ thing)?|certainly|of\ course|absolutely|okay|ok|great|gerne?|natürlich|klar|
        selbstverständlich|claro(?:\ que\ sí)?|por\ supuesto|bien\ sûr)\b
        [^\n:]{0,40}?[,!.:—–-]*\s*)?
    (?:
        (?:here(?:'s|’s|\ is|\ are)|(?:below|this)\ is|hier\ (?:ist|sind|kommt)|
           aquí\ (?:está|tiene)|voici|the|my|die|der|das|la|el)\b
        (?=[^\n:]{0,110}\b(?:version|rewrit|rewrote|revis|correct|proofread|rephras|improv|text|
           überarbeit|umgeschrieb|umformul|korrig|fassung|reescrit|corregid|réécri|corrigé))
      |
        (?:rewritten|revised|corrected|proofread|rephrased|improved|reworded|rewrite|revision|
           output|answer|result|version|überarbeitung|umformulierung|korrigiert)
    )
    [^\n:]{0,110}:(?:\*\*)?\s*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_POLITE = re.compile(
    r"\s*(?:sure|certainly|of course|absolutely|gerne?|natürlich)[!.,]*\s*\n+\s*", re.IGNORECASE
)
_POSTSCRIPT = re.compile(
    r"""
    \n\s*(?:---+\s*\n\s*)?(?:\*\*|[*_(\[])*
    (?:notes?:|explanation:|changes(?:\ made)?:|let\ me\ know|i\ hope\ (?:this|that)|
       hope\ this\ helps|feel\ free|(?:in\ )?this\ (?:version|rewrite|rewritten)|
       i(?:'ve|’ve|\ have)\ (?:made|kept|rewritten|changed|corrected)|
       the\ (?:rewritten|revised)\ (?:text|version)|these\ words\ must\ stand|rewrite\ this\ text|
       hinweis:|anmerkung:|änderungen:|ich\ hoffe,\ (?:das|dies)|lassen\ sie\ mich\ wissen|
       falls\ sie\ weitere)
    .*\Z
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("»", "«"), ("'", "'"), ("‘", "’"))
# An answer about the text, or a refusal, instead of the text.
_TALKS = re.compile(
    r"\s*(?:i(?:'m|’m|\ am)\ sorry\b|i\ (?:cannot|can't|can’t)\ (?:rewrite|assist|help|fulfil)|"
    r"as\ an\ ai\b|as\ a\ language\ model|es\ tut\ mir\ leid,\ aber|als\ ki\b|lo\ siento,\ pero|"
    r"please\ provide\ (?:me\ with\ )?the\ text)",
    re.IGNORECASE | re.VERBOSE,
)


def cleaned(written: str, original: str) -> str:
    """What is the rewrite in `written`, a model's answer to `original`; "" if nothing is."""
    text = _THOUGHT.sub("", written, count=1).strip()
    before = None
    while text != before:  # a quotation inside a fence behind a preamble
        before = text
        text = _unfenced(text, original)
        text = _unprefaced(text, original)
        text = _unquoted(text, original)
    if not _POSTSCRIPT.search(f"\n{original}"):
        text = _POSTSCRIPT.sub("", text).strip() or text
    return text


def talks_about(text: str, original: str) -> bool:
    """Whether `text` refuses or asks for the text, where the original does nothing of the kind."""
    return bool(_TALKS.match(text)) and not _TALKS.match(original)


def _unfenced(text: str, original: str) -> str:
    if original.lstrip().startswith(("```", "~~~")):
        return text
    for pattern in (_FENCED, _TAG):
        match = pattern.fullmatch(text)
        if match and match["inner"].strip():
            return match["inner"].strip()
    return text


def _unprefaced(text: str, original: str) -> str:
    for pattern in (_PREAMBLE, _POLITE):
        match = pattern.match(text)
        if (
            match
            and match.end() <= LONGEST_PREAMBLE
            and not pattern.match(original)
            and text[match.end() :].strip()
        ):
            return text[match.end() :].strip()
    return text


def _unquoted(text: str, original: str) -> str:
    for opening, closing in _QUOTES:
        quoted = len(text) > 2 and text.startswith(opening) and text.endswith(closing)
        # "A" and "B" begins and ends with quotation marks and is not one quotation.
        if quoted and not original.lstrip().startswith(opening):
            inner = text[1:-1]
            if opening not in inner and closing not in inner:
                return inner.strip()
    return text
