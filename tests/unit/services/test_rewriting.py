"""A text is rewritten paragraph by paragraph; its facts, its layout and its original are safe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.desk import Desk
from desktop.domain.changes import apply
from desktop.domain.chat import Message
from desktop.domain.errors import (
    AdapterMismatch,
    Cancelled,
    DiskFull,
    ModelMissing,
    TextEmpty,
    TextTooLong,
    TextTooShort,
    ToneUnknown,
    VoiceUnknown,
    WorkerCrashed,
)
from desktop.domain.facts import Kind
from desktop.domain.jobs import Cancellation
from desktop.domain.models import Adapter
from desktop.domain.originals import Original, OriginalKind, OriginalParagraph, Place
from desktop.domain.rewrites import Flaw, Rewritten, Wish
from desktop.domain.tone import Pair, Strength
from desktop.domain.voices import Voice
from desktop.services.answer_events import Loading, Prefilling, Wrote
from desktop.services.rewrite_events import (
    Comparing,
    Paragraph,
    Retrying,
    Rewrite,
    RewriteEvent,
    Settled,
)
from desktop.services.rewriting import MOST_CHARACTERS, Rewriting
from desktop.services.voices import Voices
from desktop.storage.database import Database
from desktop.storage.migrations import migrate
from desktop.storage.paths import Paths, installation_tones
from desktop.storage.store import Store
from desktop.storage.tones import ToneFiles
from desktop.storage.voice_files import VoiceFiles

from .scripted_model import NoRetriever, NoStates, OneModel, Script, ScriptedModel

MARK = ":\n\n"
LETTER = """\
# Rent

Dear Ms Ünal,

we gonna pay the rent of £900 on 3 May 2021. the keys are in the office.

- bring the old contract with you please
- and do not forget the two photographs

| Item | Amount |
|------|--------|
| Rent | £900   |

```
x = 1
```

Cheers,
Bob
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    paths = Paths(tmp_path)
    database = Database(paths, bytes(32))
    migrate(database, paths.profile, back_up=lambda: None)
    yield Store(database)
    database.close()


class Office:
    """The services around a scripted model."""

    def __init__(self, store: Store, script: Script, reason: str = "end") -> None:
        self.model = ScriptedModel(script, reason)
        self.store = store
        self.voices = Voices(store, NoRetriever(), VoiceFiles(Path("none")), NoStates())  # type: ignore[arg-type]
        tones = ToneFiles([installation_tones()])
        self.rewriting = Rewriting(
            store, self.model, self.model, OneModel(), tones, self.voices, NoStates()
        )

    def rewrite(
        self,
        text: str,
        wish: Wish | None = None,
        *,
        original: Original | None = None,
        keep: bool = True,
    ) -> tuple[Rewritten, list[RewriteEvent]]:
        return finish(
            self.rewriting.rewrite(
                text,
                wish or Wish(tone="formal"),
                original=original,
                keep=keep,
                cancel=Cancellation(),
            )
        )


def finish(rewrite: Rewrite) -> tuple[Rewritten, list[RewriteEvent]]:
    events: list[RewriteEvent] = []
    while True:
        try:
            events.append(next(rewrite))
        except StopIteration as end:
            return end.value, events


def given(messages: list[Message]) -> str:
    """The text that a prompt asks to rewrite."""
    return messages[-1].content.split(MARK, 1)[1].split("\n\nThese words must")[0]


def shout(messages: list[Message]) -> str:
    """Another text with the same facts."""
    return f"Kindly note the following matter: {given(messages)}"


# -- what is rewritten, and what is not


def test_prose_is_rewritten_and_the_rest_stands_as_it_was(store: Store) -> None:
    done, events = Office(store, shout).rewrite(LETTER)
    prose = ("we gonna pay", "bring the old", "and do not forget")
    expected = LETTER
    for words in prose:
        expected = expected.replace(words, f"Kindly note the following matter: {words}")
    assert done.output == expected
    assert done.facts == done.kept == ()
    assert apply(LETTER, done.changes, range(len(done.changes))) == done.output
    assert done.record.paragraphs == 3
    numbers = [(e.number, e.total) for e in events if isinstance(e, Paragraph)]
    assert numbers == [(1, 3), (2, 3), (3, 3)]


def test_events_tell_the_way(store: Store) -> None:
    _, events = Office(store, shout).rewrite("the keys are in the office")
    kinds = [type(event) for event in events]
    assert kinds == [Loading, Paragraph, Prefilling, Wrote, Settled, Comparing]


def test_the_beginning_of_the_prompt_is_the_same_for_every_paragraph(store: Store) -> None:
    office = Office(store, shout)
    office.rewrite(LETTER, Wish(tone="friendly", instruction="No jokes"))
    first, *others = office.model.prompts
    assert len(others) == 2
    assert all(prompt[:-1] == first[:-1] for prompt in others)
    assert "No jokes." in first[0].content
    assert all(sampling.temperature == 0 for sampling in office.model.samplings)


def test_line_ends_and_wrapping_come_back(store: Store) -> None:
    text = (
        "we gonna pay the rent of the office as soon as the\r\n"
        "bank lets us do so and not one day earlier.\r\n\r\nthe keys are here\r\n"
    )
    done, _ = Office(store, shout).rewrite(text)
    lines = done.output.split("\r\n")
    assert "\n" not in done.output.replace("\r\n", "")
    assert max(map(len, lines[:-2])) <= 50
    assert lines[-2:] == ["Kindly note the following matter: the keys are here", ""]


def test_a_text_without_prose_is_left_alone_without_a_model(store: Store) -> None:
    office = Office(store, shout)
    done, _ = office.rewrite("| a | b |\n|---|---|\n| 1 | 2 |")
    assert (done.output, office.model.prompts) == (done.text, [])
    assert done.record.model == ""


def test_a_long_paragraph_is_written_in_pieces(store: Store) -> None:
    text = "we have looked into the matter of the rent with care. " * 100
    office = Office(store, given)
    done, _ = office.rewrite(text)
    assert done.record.paragraphs > 2
    assert done.output == text


def test_a_megabyte_is_rewritten_to_its_end(store: Store) -> None:
    sentence = "We have looked into the matter of the rent, and the keys are in the office. "
    paragraph = f"{(sentence * 12).strip()}\n\n"
    text = paragraph * (1_000_000 // len(paragraph) + 1)
    assert len(text) > 1_000_000
    done, _ = Office(store, given).rewrite(text, keep=False)
    assert done.output == text


def test_each_paragraph_is_asked_for_in_its_own_language(store: Store) -> None:
    office = Office(store, given)
    office.rewrite(
        "The rent is due and we will pay it.\n\nDie Miete ist fällig und wird bezahlt.\n\nok ok"
    )
    asked = [question.split(MARK)[0] for question in office.model.asked]
    assert asked[0] == "Rewrite this text, in English"
    assert asked[1] == "Rewrite this text, in German"
    # An example in English would teach a small model to translate.
    assert len(office.model.prompts[1]) < len(office.model.prompts[0])


# -- a model that does not do as it is told


def test_an_introduction_is_stripped(store: Store) -> None:
    done, _ = Office(store, lambda m: f"Sure, here is the rewritten text:\n\n{given(m)}").rewrite(
        LETTER
    )
    assert done.output == LETTER


def test_a_changed_number_is_tried_once_more_with_the_number_pinned(store: Store) -> None:
    def script(messages: list[Message]) -> str:
        pinned = "must stand in your version" in messages[-1].content
        return (
            given(messages).replace("gonna", "will").replace("£900", "£900" if pinned else "£800")
        )

    office = Office(store, script)
    done, events = office.rewrite("we gonna pay the rent of £900.")
    assert done.output == "we will pay the rent of £900."
    assert (done.facts, done.kept, done.record.retried) == ((), (), 1)
    assert Retrying(1, Flaw.FACTS) in events
    assert "£900" in office.model.asked[1].rsplit(MARK[1:], 1)[1]


def test_a_number_changed_twice_leaves_the_original_sentence(store: Store) -> None:
    def script(messages: list[Message]) -> str:
        return (
            given(messages)
            .replace("gonna", "will")
            .replace("£900", "£800")
            .replace("keys", "key ring")
        )

    office = Office(store, script)
    text = "We gonna pay the rent of £900. The keys are in the office."
    done, _ = office.rewrite(text)
    assert done.output == "We gonna pay the rent of £900. The key ring are in the office."
    assert [(kept.text, kept.flaw) for kept in done.kept] == [
        ("We gonna pay the rent of £900.", Flaw.FACTS)
    ]
    assert done.facts == ()
    assert len(office.model.prompts) == 2


def test_an_invented_sentence_is_taken_out(store: Store) -> None:
    office = Office(store, lambda m: given(m) + " The word must is in the original sentence.")
    text = "We gonna pay the rent of £900. The keys are in the office."
    done, events = office.rewrite(text)
    assert Retrying(1, Flaw.FACTS) in events
    assert done.output == text
    assert done.facts == ()


def test_an_invented_sentence_stands_only_if_accepted_and_is_told(store: Store) -> None:
    invented = "The word must is in the original sentence."
    office = Office(store, lambda m: f"{given(m)} {invented}")
    done, _ = office.rewrite(
        "We gonna pay the rent of £900.", Wish(tone="formal", accept_facts=True)
    )
    assert [c.after.text for c in done.facts if c.after and c.kind is Kind.SENTENCE] == [invented]


def test_accepted_beforehand_a_changed_number_stands_and_is_told(store: Store) -> None:
    office = Office(store, lambda m: given(m).replace("£900", "£800"))
    done, _ = office.rewrite(
        "We gonna pay the rent of £900.", Wish(tone="formal", accept_facts=True)
    )
    assert done.output == "We gonna pay the rent of £800."
    (change,) = done.facts
    assert change.before is not None
    assert change.after is not None
    assert (change.before.text, change.after.text) == ("£900", "£800")
    assert done.kept == ()


@pytest.mark.parametrize(
    ("answer", "flaw"),
    [
        ("", Flaw.EMPTY),
        ("I'm sorry, but I can't assist with that request about the rent.", Flaw.TALKED),
        ("We will", Flaw.CUT_SHORT),
        ("so it goes on and on and on with the rent " * 40, Flaw.RAN_ON),
        ("Die Miete wird von uns bezahlt, und die Schlüssel sind im Büro zu finden.",
         Flaw.OTHER_LANGUAGE),
    ],
)  # fmt: skip
def test_what_is_no_rewrite_leaves_the_original(store: Store, answer: str, flaw: Flaw) -> None:
    text = "we gonna pay the rent and the keys are in the office, so you can have them."
    done, events = Office(store, lambda m: answer).rewrite(text)
    assert done.output == text
    assert [kept.flaw for kept in done.kept] == [flaw]
    assert Retrying(1, flaw) in events


def test_a_model_that_runs_out_of_tokens_leaves_the_original(store: Store) -> None:
    text = "we gonna pay the rent and the keys are in the office."
    done, _ = Office(store, given, reason="limit").rewrite(text)
    assert [kept.flaw for kept in done.kept] == [Flaw.CUT_SHORT]


# -- what goes in


def test_an_empty_text_and_a_single_word_are_said(store: Store) -> None:
    office = Office(store, shout)
    for text, error in (("", TextEmpty), (" \r\n\t", TextEmpty), (" yes ", TextTooShort)):
        with pytest.raises(error):
            office.rewrite(text)
    with pytest.raises(TextTooLong):
        office.rewrite("a " * MOST_CHARACTERS)
    assert office.rewriting.history() == []


def test_what_no_encoding_can_carry_comes_out_as_replacement_characters(store: Store) -> None:
    done, _ = Office(store, given).rewrite("the \ud800 keys\0 are here")
    assert done.text == done.output == "the \ufffd keys\ufffd are here"


def test_a_tone_voice_or_model_that_is_not_there_is_said(store: Store) -> None:
    office = Office(store, shout)
    with pytest.raises(ToneUnknown):
        office.rewrite("the keys are here", Wish(tone="grumpy"))
    with pytest.raises(VoiceUnknown):
        office.rewrite("the keys are here", Wish(voice="nobody"))
    with pytest.raises(ModelMissing):
        finish(
            office.rewriting.rewrite(
                "the keys are here", Wish(), model="none", cancel=Cancellation()
            )
        )
    assert office.rewriting.history() == []


def test_stopped_before_a_paragraph_is_done_nothing_is_kept(store: Store) -> None:
    office = Office(store, shout)
    cancel = Cancellation()
    rewriting = office.rewriting.rewrite(LETTER, Wish(tone="formal"), cancel=cancel)
    while not isinstance(next(rewriting), Paragraph):
        pass
    cancel.cancel()
    with pytest.raises(Cancelled):
        finish(rewriting)
    assert office.rewriting.history() == []


def test_a_stopped_rewrite_has_what_is_done_and_the_greeting_of_its_voice(store: Store) -> None:
    office = Office(store, shout)
    office.voices.save(Voice("ours", rules=("Shout.",), greeting="Hello {name},"))
    cancel = Cancellation()
    wish = Wish(tone="", voice="ours")
    rewriting = office.rewriting.rewrite(LETTER, wish, cancel=cancel)
    while not isinstance(next(rewriting), Settled):
        pass
    cancel.cancel()
    done, _ = finish(rewriting)
    assert len(office.model.prompts) == 1
    expected = LETTER.replace("Dear Ms Ünal,", "Hello Ms Ünal,").replace(
        "we gonna", "Kindly note the following matter: we gonna"
    )
    assert done.output == expected
    assert apply(LETTER, done.changes, range(len(done.changes))) == expected
    assert (done.record.paragraphs, done.record.unwritten, done.error) == (1, 2, None)
    (kept,) = office.rewriting.history()
    assert (kept.output, kept.record) == (expected, done.record)
    assert kept.record.model == "a script"


def test_a_failure_at_a_later_paragraph_does_not_lose_those_before(store: Store) -> None:
    crash = WorkerCrashed(worker="generator", cause="signal 9")

    def script(messages: list[Message]) -> str:
        if "old contract" in messages[-1].content:
            raise crash
        return shout(messages)

    done, _ = Office(store, script).rewrite(LETTER)
    assert done.output == LETTER.replace("we gonna", "Kindly note the following matter: we gonna")
    assert (done.record.unwritten, done.error) == (2, crash)


def test_what_the_history_cannot_take_is_not_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = DiskFull(path="store")

    def add(*_: object) -> None:
        raise full

    monkeypatch.setattr(store, "add_rewrite", add)
    done, _ = Office(store, shout).rewrite("the keys are in the office")
    assert done.output == "Kindly note the following matter: the keys are in the office"
    assert (done.record.unwritten, done.error) == (0, full)


# -- history and voices


def test_a_rewrite_is_remembered_unless_nothing_shall_be_kept(store: Store) -> None:
    office = Office(store, shout)
    office.rewrite("the cat is here", keep=False)
    wish = Wish(tone="formal", strength=Strength.STRONG, instruction="no idioms")
    done, _ = office.rewrite("the keys are here", wish)
    (kept,) = office.rewriting.history()
    assert (kept.text, kept.output, kept.record) == (done.text, done.output, done.record)
    assert (kept.record.wish, kept.record.model) == (wish, "a script")
    assert kept.record.timings.tokens == 4
    assert office.rewriting.forget() == [kept]
    assert office.rewriting.history() == []


def test_a_voice_is_told_with_its_nearest_pairs_and_greets_its_own_way(store: Store) -> None:
    office = Office(store, given)
    pairs = [
        Pair(f"hey about the {w}", f"Regarding the {w}.") for w in ("rent", "cat", "van", "key")
    ]
    office.voices.save(
        Voice(
            "ours", tuple(pairs), rules=("Be brief.",), greeting="Hello {name},", closing="Yours,"
        )
    )
    done, _ = office.rewrite(
        "Dear Tom,\n\nthe van is late again\n\nCheers,\nBob", Wish(tone="", voice="ours")
    )
    assert done.output == "Hello Tom,\n\nthe van is late again\n\nYours,\nBob"
    prompt = office.model.prompts[0]
    assert "- Be brief." in prompt[0].content
    assert len(prompt) == 2 + 2 * 3
    assert prompt[-2].content == "Regarding the van."


# -- a real model


def test_the_starter_model_writes_and_the_facts_are_safe(desk: Desk) -> None:
    text = "We got your invoice no. 4711 of 3 May 2021 for £1,200. We can't pay it before July."
    wish = Wish(tone="formal")
    done, events = finish(desk.rewriting.rewrite(text, wish, cancel=Cancellation()))
    assert any(isinstance(event, Wrote) for event in events)
    assert done.facts == ()
    assert "£1,200" in done.output
    assert done.record.model.startswith("SmolLM2")
    assert desk.rewriting.history(1)[0].output == done.output
    again, _ = finish(desk.rewriting.rewrite(text, wish, keep=False, cancel=Cancellation()))
    assert again.output == done.output  # greedy: the same prompt, the same answer
    timings = again.record.timings
    assert timings.cached_tokens > timings.prompt_tokens / 2  # system, rules and examples


# -- the history


def test_one_rewrite_is_removed_put_back_and_opened_again(store: Store) -> None:
    office = Office(store, shout)
    office.rewrite("We is late with the keys.")
    office.rewrite("The rent is 300 pounds a month.")
    newest, oldest = office.rewriting.history()
    office.rewriting.remove(newest)
    assert office.rewriting.history() == [oldest]
    office.rewriting.put_back(newest)
    assert office.rewriting.history() == [newest, oldest]
    again = office.rewriting.open_again(newest)
    assert (again.text, again.output, again.record) == (newest.text, newest.output, newest.record)
    assert again.changes
    assert again.facts == ()
    assert office.rewriting.keeps_history
    office.rewriting.keep_history(False)
    assert not office.rewriting.keeps_history


# -- an adapter


def test_a_voice_brings_its_adapter_or_one_sentence(store: Store, tmp_path: Path) -> None:
    adapter = Adapter(tmp_path / "ours.gguf", 0.5)
    office = Office(store, shout)
    office.voices.save(Voice("ours", rules=("Shout.",), adapter=adapter))
    office.rewrite("We is late with the keys.", Wish(tone="", voice="ours"))
    office.rewrite("We is late with the keys.", Wish(tone="formal"))
    assert office.model.adapters == [(adapter,), ()]
    office.model.refused = "it is for another kind"
    with pytest.raises(AdapterMismatch, match=r"ours\.gguf.*another kind"):
        office.rewrite("We is late with the keys.", Wish(tone="", voice="ours"))
    office.rewrite("We is late.", Wish(tone="", voice="ours", without_adapter=True))
    assert office.model.adapters[-1] == ()


# -- documents


def document(*paragraphs: str, fixed: str = "our website") -> Original:
    """A Word document with these paragraphs; the words `fixed` are a link in each."""
    text, found = "\n\n".join(paragraphs), []
    at = 0
    for paragraph in paragraphs:
        start = text.find(fixed, at, at + len(paragraph))
        spans = ((start, start + len(fixed)),) if start >= 0 else ()
        found.append(OriginalParagraph(at, at + len(paragraph), Place.BODY, spans))
        at += len(paragraph) + 2
    return Original(Path("a.docx"), OriginalKind.DOCX, text, "", paragraphs=tuple(found))


def test_the_changes_of_a_document_each_stay_within_a_paragraph(store: Store) -> None:
    def other(messages: list[Message]) -> str:
        return "Something of another kind is written here instead of it."

    original = document("we gonna pay the rent soon.", "the keys are in the office there.")
    done, _ = Office(store, other).rewrite(original.text, original=original)
    assert len(done.changes) == 2
    for change in done.changes:
        assert any(a <= change.start <= change.end <= b for a, b in original.spans)
    assert apply(original.text, done.changes, {0, 1}) == done.output


def test_a_link_is_pinned_once_it_was_changed(store: Store) -> None:
    asked: list[str] = []

    def forgetful(messages: list[Message]) -> str:
        asked.append(messages[-1].content)
        site = "our website" if "These words must" in asked[-1] else "the website"
        return f"Kindly consult {site} for the forms."

    original = document("look at our website for the forms.")
    done, events = Office(store, forgetful).rewrite(original.text, original=original)
    assert done.output == "Kindly consult our website for the forms."
    assert done.record.retried == 1
    assert [event.flaw for event in events if isinstance(event, Retrying)] == [Flaw.FIXED]
    assert "our website" in asked[1].rpartition("These words must")[2]


def test_a_link_that_is_changed_again_brings_its_sentence_back(store: Store) -> None:
    def stubborn(messages: list[Message]) -> str:
        return "Kindly consult the website for the forms. Kindly bring them to the office."

    text = "Look at our website for the forms. Then bring them to the office."
    original = document(text)
    done, _ = Office(store, stubborn).rewrite(original.text, original=original)
    assert done.output == "Look at our website for the forms. Kindly bring them to the office."
    assert [(kept.text, kept.flaw) for kept in done.kept] == [
        ("Look at our website for the forms.", Flaw.FIXED)
    ]
    # Facts may be taken changed; a link may not.
    wish = Wish(tone="formal", accept_facts=True)
    done, _ = Office(store, stubborn).rewrite(original.text, wish, original=original)
    assert done.output.startswith("Look at our website for the forms.")
