"""What is read of a Word document, and what stays of it when its words are changed."""

from __future__ import annotations

import random
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from desktop.domain.originals import Closed, Place
from desktop.workers.reviser.config import Config
from desktop.workers.reviser.document import Document
from desktop.workers.reviser.markup import STRICT
from desktop.workers.reviser.revising import Substitution
from tests.letters import PARAGRAPHS, W, marks, readings, word_document

DATE = "2026-01-02T03:04:05Z"
AUTHOR = "Escritoire"


def opened(path: Path) -> Document:
    return Document(path.read_bytes(), path.name, Config())


def revised(path: Path, edits: dict[int, list[Substitution]]) -> tuple[Path, list[int]]:
    document = opened(path)
    parts, refused = document.revised(edits, AUTHOR, DATE)
    new = path.with_name("new.docx")
    new.write_bytes(b"".join(document.with_parts(parts)))
    return new, refused


def at(number: int, words: str, new: str) -> dict[int, list[Substitution]]:
    """One substitution in a paragraph of the letter."""
    start = PARAGRAPHS[number].index(words)
    return {number: [Substitution(start, start + len(words), new)]}


def runs_of(path: Path, text: str) -> list[str]:
    """The run properties of the runs with this text, as XML without name spaces."""
    root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    found = []
    for run in root.iter(f"{{{W}}}r"):
        if "".join(t.text for t in run.iter(f"{{{W}}}t", f"{{{W}}}delText")) == text:
            properties = run.find(f"{{{W}}}rPr")
            found.append(
                "" if properties is None else ",".join(etree.QName(p).localname for p in properties)
            )
    return found


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    return word_document(tmp_path / "letter.docx")


def test_body_tables_and_notes_are_read_in_order(letter: Path) -> None:
    found = opened(letter).paragraphs
    assert tuple(p.text for p in found) == PARAGRAPHS
    assert [p.place for p in found] == [
        Place.TITLE, *[Place.BODY] * 4, Place.CELL, Place.CELL, Place.BODY, Place.NOTE,
    ]  # fmt: skip


def test_links_fields_and_others_changes_are_fixed(letter: Path) -> None:
    held = [
        [p.text[start:end] for start, end in p.fixed] for p in opened(letter).paragraphs if p.fixed
    ]
    assert held == [["our website"], ["3 May 2021"], ["still "]]


def test_all_refused_is_the_text_before_and_all_taken_the_text_after(letter: Path) -> None:
    edits = {
        **at(1, "able to pay the full amount before July", "going to pay everything by August"),
        **at(2, "for the forms", "to find the forms"),
        **at(3, "at the latest", "or before"),
        **at(4, "the old contract\nwith you", "your contract\twith you"),
        **at(6, "You have to pay", "Please pay"),
        **at(8, "have been changed", "changed"),
    }
    new, refused = revised(letter, edits)
    assert not refused
    assert readings(new, taken=False) == readings(letter, taken=False)
    assert readings(new, taken=True) == [
        "Rent for the year",
        "We are not going to pay everything by August.",
        "Please look at our website to find the forms.",
        "It is due on 3 May 2021 or before.",
        "Bring\tyour contract\twith you please.",
        "Rent due",
        "Please pay this by bank transfer.",
        "The keys are still in the office of the landlord.",
        " These forms changed last year.",
    ]


def test_a_new_word_has_the_format_of_the_words_around_it(letter: Path) -> None:
    new, _ = revised(letter, at(1, "not", "hardly"))
    assert runs_of(new, "hardly") == ["b"]
    assert runs_of(new, "not") == ["b"]  # and what goes keeps its own
    new, _ = revised(letter, at(1, "the full amount before", "all of it by"))
    assert runs_of(new, "all of it by") == ["i"]  # most of what it replaces
    new, _ = revised(letter, {1: [Substitution(6, 6, " today")]})
    assert runs_of(new, " today") == [""]
    new, _ = revised(letter, {2: [Substitution(26, 26, " today")]})  # behind a link
    assert runs_of(new, " today") == [""]


def test_signs_of_notes_comments_and_bookmarks_stay_in_their_order(letter: Path) -> None:
    kept = ("bookmarkStart", "bookmarkEnd", "hyperlink", "footnoteReference", "commentRangeStart",
            "commentRangeEnd", "commentReference", "fldChar", "instrText", "numPr", "tbl",
            "sectPr")  # fmt: skip

    def signs(path: Path) -> list[str]:
        root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
        return [
            etree.QName(element).localname
            for element in root.iter(*(f"{{{W}}}{name}" for name in kept))
        ]

    new, refused = revised(
        letter, {**at(2, " for the forms.", ", at the top."), **at(3, "It is due on", "Pay by")}
    )
    assert not refused
    assert signs(new) == signs(letter)
    assert ("ins", "Ana", "still ") in marks(new)
    assert ("del", "Ana", "now ") in marks(new)


def test_a_note_stays_behind_the_word_it_belongs_to(letter: Path) -> None:
    end = len(PARAGRAPHS[2]) - 1
    new, _ = revised(letter, {2: [Substitution(end, end, " and lists")]})
    root = etree.fromstring(zipfile.ZipFile(new).read("word/document.xml"))
    note = next(root.iter(f"{{{W}}}footnoteReference")).getparent()
    assert "".join(note.getprevious().itertext()) == " for the forms"
    assert "".join(note.getnext().itertext()) == " and lists"


def test_changes_are_signed_and_numbered_apart(letter: Path) -> None:
    new, _ = revised(letter, {**at(1, "able", "in a position"), **at(8, "changed", "altered")})
    ours = [mark for mark in marks(new) if mark[1] == AUTHOR]
    assert ours == [
        ("del", AUTHOR, "able"), ("ins", AUTHOR, "in a position"),
        ("del", AUTHOR, "changed"), ("ins", AUTHOR, "altered"),
    ]  # fmt: skip
    numbers = []
    for part in ("word/document.xml", "word/footnotes.xml"):
        root = etree.fromstring(zipfile.ZipFile(new).read(part))
        for mark in root.iter(f"{{{W}}}ins", f"{{{W}}}del"):
            numbers.append(mark.get(f"{{{W}}}id"))
            if mark.get(f"{{{W}}}author") == AUTHOR:
                assert mark.get(f"{{{W}}}date") == DATE
    assert len(set(numbers)) == len(numbers) == 6


def test_insertions_on_both_sides_of_a_paragraphs_end_are_dated_apart(tmp_path: Path) -> None:
    body = "".join(f"<w:p><w:r><w:t>{word}</w:t></w:r></w:p>" for word in ("One", "Two", "Three"))
    path = word_document(tmp_path / "ends.docx", body)
    edits = {
        0: [Substitution(3, 3, " b")],
        1: [Substitution(0, 0, "A "), Substitution(3, 3, " b")],
        2: [Substitution(0, 0, "A ")],
    }
    new, refused = revised(path, edits)
    assert not refused
    root = etree.fromstring(zipfile.ZipFile(new).read("word/document.xml"))
    dates = [mark.get(f"{{{W}}}date") for mark in root.iter(f"{{{W}}}ins")]
    assert dates == [DATE, "2026-01-02T03:02:05Z", "2026-01-02T03:02:05Z", DATE]
    assert readings(new, taken=True)[:3] == ["One b", "A Two b", "A Three"]


def test_what_touches_a_link_is_refused_and_leaves_the_paragraph_as_it_was(letter: Path) -> None:
    new, refused = revised(letter, {**at(2, "at our", "upon the"), **at(1, "July", "August")})
    assert refused == [2]
    assert readings(new, taken=True)[2] == PARAGRAPHS[2]
    assert readings(new, taken=True)[1].endswith("before August.")


def test_every_other_part_is_the_same_to_the_byte(letter: Path) -> None:
    word_document(letter, others={"word/media/image1.png": random.Random(1).randbytes(70_000)})
    new, _ = revised(letter, at(1, "able", "in a position"))
    before, after = zipfile.ZipFile(letter), zipfile.ZipFile(new)
    assert after.namelist() == before.namelist()
    assert after.testzip() is None
    for name in before.namelist():
        same = after.read(name) == before.read(name)
        assert same == (name != "word/document.xml"), name


def test_any_changes_whatever_can_be_taken_and_refused(letter: Path) -> None:
    chance = random.Random(4)
    for _ in range(60):
        edits: dict[int, list[Substitution]] = {}
        wished: list[str] = []
        for number, found in enumerate(opened(letter).paragraphs):
            places = sorted(chance.sample(range(len(found.text) + 1), 8))
            subs = [
                Substitution(start, end, chance.choice(["", "X", " two words", "a\tb\nc"]))
                for start, end in zip(places[::2], places[1::2], strict=True)
                if not any(first < end and last > start for first, last in found.fixed)
            ]
            text, done = "", 0
            for one in subs:
                text += found.text[done : one.start] + one.text
                done = one.end
            wished.append(text + found.text[done:])
            edits[number] = subs
        new, refused = revised(letter, edits)
        assert not refused
        assert readings(new, taken=False) == readings(letter, taken=False)
        assert readings(new, taken=True) == wished


def test_a_field_over_several_paragraphs_a_formula_and_a_locked_control_are_closed(
    tmp_path: Path,
) -> None:
    turn = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    maths = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    said = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{turn.format('begin')}{turn.format('separate')}{said.format('One 1')}</w:p>"
        f"<w:p>{said.format('Two 2')}</w:p><w:p>{said.format('Three 3')}{turn.format('end')}</w:p>"
        f'<w:p>{said.format("Sum")}<m:oMath xmlns:m="{maths}"/></w:p>'
        '<w:sdt><w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent>'
        f"<w:p>{said.format('Locked')}</w:p></w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtPr/><w:sdtContent>"
        f"<w:p>{said.format('Open')}</w:p></w:sdtContent></w:sdt>"
    )
    path = word_document(tmp_path / "contents.docx", body)
    document = opened(path)
    assert document.closed == {Closed.FIELD: 3, Closed.FORMULA: 1, Closed.LOCKED: 1}
    assert {p.text for p in document.paragraphs if not p.reason} >= {"Open"}
    edits = {n: [Substitution(0, 1, "X")] for n in range(6)}
    new, refused = revised(path, edits)
    assert refused == [0, 1, 2, 3, 4]
    assert readings(new, taken=True)[:6] == [
        "One 1", "Two 2", "Three 3", "Sum", "Locked", "Xpen",
    ]  # fmt: skip


def test_hidden_text_text_boxes_and_white_space_at_ends_are_not_read(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>  One </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        "<w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>"
        '</w:drawing></w:r><w:r><w:t xml:space="preserve"> two</w:t></w:r></w:p>'
    )
    path = word_document(tmp_path / "box.docx", body)
    assert opened(path).paragraphs[0].text == "One two"
    new, refused = revised(path, {0: [Substitution(0, 7, "Three")]})
    assert not refused
    xml = zipfile.ZipFile(new).read("word/document.xml").decode()
    assert re.search(r"<w:t>hidden</w:t>", xml)
    assert re.search(r"<w:t>boxed</w:t>", xml)


def test_the_strict_name_space_is_read_and_written_too(tmp_path: Path) -> None:
    path = word_document(tmp_path / "strict.docx", space=STRICT)
    new, refused = revised(path, at(1, "July", "August"))
    assert not refused
    xml = zipfile.ZipFile(new).read("word/document.xml").decode()
    assert W not in xml
    assert ">August</w:t>" in xml
