"""Voices are kept, compiled, exported, and measured over pairs that were held back."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import pytest

from desktop.desk import Desk
from desktop.domain.chat import Message
from desktop.domain.errors import (
    ExamplesWanting,
    PairsTooFew,
    VoiceKnown,
    VoiceTooLong,
    VoiceUnknown,
)
from desktop.domain.jobs import Cancellation
from desktop.domain.models import Adapter
from desktop.domain.tone import Pair
from desktop.domain.voice_fit import Fit
from desktop.domain.voices import Voice
from desktop.services.example_proposing import ExampleProposing, Proposal
from desktop.services.voice_fitting import Measuring, VoiceFitting
from desktop.services.voices import Voices
from desktop.storage.database import Database
from desktop.storage.migrations import migrate
from desktop.storage.paths import Paths
from desktop.storage.store import Store
from desktop.storage.voice_files import VoiceFiles

from .scripted_model import NoRetriever, NoStates, OneModel, ScriptedModel

THINGS = ("invoice", "letter", "contract", "report", "parcel")
PAIRS = tuple(
    Pair(f"Hey guys, we utilise the {thing} now!", f"Good day. We use the {thing} now.")
    for thing in THINGS
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    paths = Paths(tmp_path)
    database = Database(paths, bytes(32))
    migrate(database, paths.profile, back_up=lambda: None)
    yield Store(database)
    database.close()


@pytest.fixture
def voices(store: Store) -> Voices:
    return Voices(store, NoRetriever(), VoiceFiles(Path("none")), NoStates())  # type: ignore[arg-type]


def test_a_voice_without_rules_gets_those_its_pairs_speak_for(voices: Voices) -> None:
    kept = voices.save(Voice("ours", PAIRS))
    assert 'Write "use" instead of "utilise".' in kept.rules
    assert voices.voice("ours") == kept
    edited = voices.save(Voice("ours", PAIRS, rules=("Mine.",)), replacing=True)
    assert edited.rules == ("Mine.",)


def test_a_voice_is_replaced_only_on_purpose(voices: Voices) -> None:
    voices.save(Voice("ours", PAIRS))
    with pytest.raises(VoiceKnown):
        voices.save(Voice("ours"))
    voices.remove("ours")
    for gone in (voices.remove, voices.voice):
        with pytest.raises(VoiceUnknown):
            gone("ours")


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        (Voice("n" * 81), "the name may have 80 characters"),
        (Voice("ours", (Pair("a", "b" * 20_001),)), "each text of a pair may have 20000 char"),
        (Voice("ours", rules=("r",) * 61), "the list of rules may have 60 entries"),
        (Voice("ours", use=("u" * 201,)), "each word to use may have 200 characters"),
        (Voice("ours", guideline="g" * 200_001), "the house style may have 200000 characters"),
    ],
)
def test_what_no_file_could_hold_is_not_kept(voices: Voices, voice: Voice, said: str) -> None:
    kept = voices.save(Voice("before", rules=("Mine.",)))
    with pytest.raises(VoiceTooLong, match=said):
        voices.save(voice)
    with pytest.raises(VoiceTooLong, match=said):
        voices.change("before", voice)
    assert voices.all() == [kept]


def test_a_voice_up_to_its_bounds_comes_back_from_a_file(voices: Voices, tmp_path: Path) -> None:
    full = Voice("n" * 80, guideline="g" * 200_000, rules=("r" * 500,) * 60, use=("u" * 200,) * 200)
    kept = voices.save(full)
    voices.export(kept.name, tmp_path / "full.json")
    assert voices.add_file(tmp_path / "full.json", replacing=True) == kept


def test_a_voice_travels_as_a_file(voices: Voices, tmp_path: Path) -> None:
    kept = voices.save(Voice("ours", PAIRS, greeting="Hello {name},"))
    voices.export("ours", tmp_path / "ours.json")
    voices.remove("ours")
    assert voices.add_file(tmp_path / "ours.json") == kept
    assert voices.all() == [kept]


def test_without_an_embedding_model_shared_words_choose_the_examples(voices: Voices) -> None:
    voice = Voice("ours", PAIRS)
    examples = voices.examples(voice, "the parcel and the contract", Cancellation())
    assert {pair.before.split()[-2] for pair in examples[-2:]} == {"parcel", "contract"}


def test_meaning_chooses_the_examples(desk: Desk) -> None:
    befores = (
        "The vet has vaccinated the kitten.",
        "The court has dismissed the appeal.",
        "The oven bakes bread.",
        "Our tyres are worn out.",
    )
    voice = Voice("by meaning", tuple(Pair(before, "x") for before in befores))
    examples = desk.voices.examples(voice, "The judge rejected the lawsuit.", Cancellation())
    assert examples[-1].before == befores[1]


# -- fit


def measured(fitting: VoiceFitting, name: str) -> tuple[Fit, list[object]]:
    steps: Generator[object, None, Fit] = fitting.measure(name, cancel=Cancellation())
    events: list[object] = []
    while True:
        try:
            events.append(next(steps))
        except StopIteration as end:
            return end.value, events


def heeding(messages: Sequence[Message]) -> str:
    """A model that writes in the voice if it is told one, and repeats the text otherwise."""
    text = messages[-1].content.split(":\n\n", 1)[1].split("\n\n")[0]
    if "instead of" not in messages[0].content:
        return text
    return text.replace("Hey guys, we", "Good day. We").replace("utilise", "use").replace("!", ".")


def test_a_voice_that_is_heeded_fits_better_than_none(store: Store, voices: Voices) -> None:
    voices.save(Voice("ours", PAIRS, avoid=("utilise",)))
    model = ScriptedModel(heeding)
    fit, events = measured(VoiceFitting(model, model, OneModel(), voices), "ours")
    assert fit.with_voice.score == 1.0
    assert fit.without.score < 0.8
    assert "closer to how you write: 100 of 100" in fit.words
    assert [event for event in events if isinstance(event, Measuring)][-1] == Measuring(10, 10)


def test_the_pair_that_is_measured_is_not_among_the_examples(voices: Voices) -> None:
    voices.save(Voice("ours", PAIRS))
    model = ScriptedModel(heeding)
    measured(VoiceFitting(model, model, OneModel(), voices), "ours")
    for prompt in model.prompts:
        shown = [message.content for message in prompt[1:-1] if message.role == "user"]
        asked = prompt[-1].content.split(":\n\n", 1)[1]
        assert not any(asked in example for example in shown)


def test_too_few_pairs_cannot_be_measured(voices: Voices) -> None:
    voices.save(Voice("ours", PAIRS[:3]))
    with pytest.raises(PairsTooFew, match="at least 4"):
        measured(VoiceFitting(*[ScriptedModel(heeding)] * 2, OneModel(), voices), "ours")


# -- changing


def test_a_voice_is_changed_under_its_name_or_another(voices: Voices) -> None:
    voices.save(Voice("ours", PAIRS))
    voices.save(Voice("theirs"))
    rules = (*voices.voice("ours").rules, "Mine.")
    more = (*PAIRS, Pair("We commence at once.", "We start at once."),
            Pair("They commence today.", "They start today."))  # fmt: skip
    changed = voices.change("ours", Voice("our office", more, rules=rules))
    assert 'Write "start" instead of "commence".' in changed.rules
    assert "Mine." in changed.rules
    assert [voice.name for voice in voices.all()] == ["our office", "theirs"]
    with pytest.raises(VoiceKnown):
        voices.change("our office", Voice("theirs"))
    with pytest.raises(VoiceUnknown, match="our office, theirs"):
        voices.change("ours", Voice("ours"))


def test_an_adapter_is_kept_with_its_strength(voices: Voices, tmp_path: Path) -> None:
    voice = Voice("ours", PAIRS, rules=("r",), adapter=Adapter(tmp_path / "a.gguf", 0.5))
    voices.save(voice)
    assert voices.voice("ours") == voice


# -- more examples


def proposed(
    proposing: ExampleProposing, texts: Sequence[str] = (), **how: int
) -> tuple[list[Pair], int]:
    steps = proposing.propose("ours", texts, cancel=Cancellation(), **how)
    pairs: list[Pair] = []
    while True:
        try:
            event = next(steps)
        except StopIteration as end:
            return pairs, end.value
        if isinstance(event, Proposal):
            pairs.append(event.pair)


def test_texts_become_pairs_but_those_whose_facts_the_model_changes(voices: Voices) -> None:
    voices.save(Voice("ours", PAIRS))

    def script(messages: Sequence[Message]) -> str:
        text = messages[-1].content.split(":\n\n", 1)[1].split("\n\nThese words")[0]
        if "ladder" in text:
            return text.replace("12 May", "13 May")
        return heeding(messages)

    model = ScriptedModel(script)
    letter = (
        "In short, we utilise the ramp every day!\n\n"
        f"{PAIRS[0].before}\n\n"
        "As agreed, we utilise the ladder until 12 May!\n\n| a | b |\n|---|---|\n"
    )
    pairs, missed = proposed(ExampleProposing(model, model, OneModel(), voices), [letter])
    assert pairs == [
        Pair("In short, we utilise the ramp every day!", "In short, we use the ramp every day.")
    ]
    assert missed == 1
    assert voices.voice("ours").pairs == PAIRS  # nothing is kept that nobody accepted


def test_without_texts_the_model_writes_some_of_the_same_kind(voices: Voices) -> None:
    voices.save(Voice("ours", PAIRS))
    things = iter(("tent", "boat", "tent", "oven", "tent"))

    def script(messages: Sequence[Message]) -> str:
        if "practice texts" in messages[0].content:
            thing = next(things)
            return f"We utilise the {thing} on every weekday!\n\nAnd so does everybody else."
        return heeding(messages)

    model = ScriptedModel(script)
    pairs, missed = proposed(ExampleProposing(model, model, OneModel(), voices), count=3)
    assert [pair.after.split()[3] for pair in pairs] == ["tent", "boat", "oven"]
    assert missed == 1  # one came twice


def test_a_voice_without_pairs_needs_texts(voices: Voices) -> None:
    voices.save(Voice("ours", rules=("Be brief.",)))
    model = ScriptedModel(heeding)
    with pytest.raises(ExamplesWanting):
        proposed(ExampleProposing(model, model, OneModel(), voices))
