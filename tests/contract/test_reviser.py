"""The port `Reviser`, as the services use it: a real child under its real limits."""

from __future__ import annotations

import contextlib
import os
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.edits import Edit
from desktop.domain.errors import (
    Cancelled,
    EscritoireError,
    FileUnreadable,
    OriginalChanged,
    OriginalDamaged,
    OriginalProtected,
    OriginalTooDemanding,
    RewriteError,
    TextFormatUnknown,
    TextTooLong,
)
from desktop.domain.jobs import Cancellation
from desktop.domain.originals import Original, OriginalKind, Place
from desktop.services import ports
from desktop.workers.client import WorkerClient
from desktop.workers.reviser.adapter import ReviserAdapter, reviser_client
from tests.letters import PARAGRAPHS, W, marks, readings, word_document

MAIL = (
    b"From: Ana <ana@example.org>\r\nTo: bob@example.org\r\nSubject: =?utf-8?q?F=C3=A4llig?=\r\n"
    b"X-Odd: kept   as it is  \r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="out"\r\n\r\n'
    b'--out\r\nContent-Type: multipart/alternative; boundary="in"\r\n\r\n'
    b"--in\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\nDie Miete ist f=E4llig.\r\n\r\n> Wann?\r\n"
    b"\r\n--in\r\nContent-Type: text/html\r\n\r\n<p>Die Miete ist faellig.</p>\r\n--in--\r\n"
    b'--out\r\nContent-Type: application/pdf; name="a.pdf"\r\n'
    b"Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; "
    b'filename="a.pdf"\r\n\r\nJVBERi0xLjQ=\r\n--out--\r\n'
)


@pytest.fixture(scope="module")
def client() -> Iterator[WorkerClient]:
    client = reviser_client()
    yield client
    client.stop()


@pytest.fixture(scope="module")
def reviser(client: WorkerClient) -> ports.Reviser:
    return ReviserAdapter(client)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    return word_document(tmp_path / "letter.docx")


def read(reviser: ports.Reviser, path: Path) -> Original:
    return reviser.read(path, cancel=Cancellation())


def written(pieces: Iterator[bytes], path: Path) -> Path:
    path.write_bytes(b"".join(pieces))
    return path


def test_a_document_is_a_text_with_paragraphs(reviser: ports.Reviser, letter: Path) -> None:
    original = read(reviser, letter)
    assert original.kind is OriginalKind.DOCX
    assert original.text == "\n\n".join(PARAGRAPHS)
    texts = [original.text[start:end] for start, end in original.spans]
    assert tuple(texts) == PARAGRAPHS
    assert [original.text[start:end] for start, end in original.fixed] == [
        "our website", "3 May 2021", "still ",
    ]  # fmt: skip
    assert original.paragraphs[0].place is Place.TITLE


def test_edits_become_tracked_changes_of_the_author(
    reviser: ports.Reviser, letter: Path, tmp_path: Path
) -> None:
    original = read(reviser, letter)
    july, end = original.text.index("July"), len(original.text)
    edits = [Edit(july, july + 4, "August"), Edit(end, end, " Again.\x0b")]
    pieces = reviser.revised(original, edits, author="Ana & Söhne", cancel=Cancellation())
    new = written(pieces, tmp_path / "new.docx")
    assert readings(new, taken=False) == readings(letter, taken=False)
    assert readings(new, taken=True)[1] == PARAGRAPHS[1].replace("July", "August")
    assert readings(new, taken=True)[-1] == PARAGRAPHS[-1] + " Again.\N{REPLACEMENT CHARACTER}"
    assert next(mark for mark in marks(new) if mark[1] != "Ana") == ("del", "Ana & Söhne", "July")


def test_a_file_that_changed_since_is_not_revised(reviser: ports.Reviser, letter: Path) -> None:
    original = read(reviser, letter)
    word_document(letter, "<w:p><w:r><w:t>Another letter</w:t></w:r></w:p>")
    pieces = reviser.revised(original, [Edit(0, 1, "X")], author="A", cancel=Cancellation())
    with pytest.raises(OriginalChanged):
        next(pieces)


def test_a_mail_keeps_headers_attachments_and_encoding(
    reviser: ports.Reviser, tmp_path: Path
) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(MAIL)
    original = read(reviser, path)
    assert original.text == "Die Miete ist fällig.\n\n> Wann?\n"
    assert original.other_version
    body = original.text.replace("ist", "wäre")
    raw = b"".join(reviser.with_body(original, body, cancel=Cancellation()))
    head = MAIL.partition(b"\r\n\r\n")[0]
    assert raw.startswith(head + b"\r\n\r\n")
    assert b"Die Miete w=E4re f=E4llig." in raw
    assert b"text/html" not in raw  # it would say what the text said before
    assert MAIL.partition(b"--out\r\nContent-Type: application/pdf")[2].strip() in raw
    again = tmp_path / "again.eml"
    again.write_bytes(raw)
    assert read(reviser, again).text == body
    # A character that its encoding lacks brings UTF-8 with it.
    again.write_bytes(b"".join(reviser.with_body(original, "→ 3", cancel=Cancellation())))
    assert read(reviser, again).text.strip() == "→ 3"


def damaged(letter: Path) -> Iterator[tuple[str, bytes, type[EscritoireError]]]:
    whole = letter.read_bytes()
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000)
    yield "empty", b"", OriginalDamaged
    yield "html", b"<html><body>No.</body></html>", OriginalDamaged
    yield "cut", whole[: len(whole) // 2], OriginalDamaged
    yield "zeroed", whole[:900] + bytes(300) + whole[1_200:], OriginalDamaged
    yield "old", ole, OriginalDamaged
    yield "encrypted", ole + "EncryptedPackage".encode("utf-16-le"), OriginalProtected


def test_what_is_no_document_is_named_and_left_alone(
    reviser: ports.Reviser, letter: Path, tmp_path: Path
) -> None:
    for name, raw, error in damaged(letter):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(raw)
        before = path.stat().st_mtime_ns
        with pytest.raises(error) as caught:
            read(reviser, path)
        assert caught.value.facts["file"] == path.name
        assert (path.read_bytes(), path.stat().st_mtime_ns) == (raw, before)
    folder = tmp_path / "folder.docx"
    folder.mkdir()
    with pytest.raises(OriginalDamaged):
        read(reviser, folder)
    pipe = tmp_path / "pipe.docx"
    os.mkfifo(pipe)
    with pytest.raises(OriginalDamaged):
        read(reviser, pipe)
    with pytest.raises(FileUnreadable):
        read(reviser, tmp_path / "none.docx")


def test_other_programs_documents_and_macros_are_told_by_what_they_are(
    reviser: ports.Reviser, tmp_path: Path
) -> None:
    kinds = {
        "application/vnd.ms-word.document.macroEnabled.main+xml": "macros",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "spreadsheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml":
            "template",
    }  # fmt: skip
    for kind, said in kinds.items():
        path = word_document(tmp_path / "named.docx", kind=kind)
        with pytest.raises(TextFormatUnknown, match=said):
            read(reviser, path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(TextFormatUnknown, match="archive"):
        read(reviser, path)


def test_bombs_and_entities_do_not_go_off(reviser: ports.Reviser, tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    word_document(path, "<w:p>" + "<w:r><w:t>" + " " * 200_000_000 + "</w:t></w:r></w:p>")
    assert path.stat().st_size < 1_000_000
    with pytest.raises(OriginalTooDemanding):
        read(reviser, path)
    word_document(path, "<w:p/>" * 8_000_000)  # 48 MB of markup
    with pytest.raises(OriginalTooDemanding):
        read(reviser, path)
    nested = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    word_document(path, "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", before=nested)
    with pytest.raises(OriginalDamaged, match="entities"):
        read(reviser, path)
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    outside = f'<!DOCTYPE a [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    word_document(path, "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", before=outside)
    with pytest.raises(OriginalDamaged):
        read(reviser, path)
    word_document(path, "<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000)
    with pytest.raises(OriginalDamaged):
        read(reviser, path)
    word_document(path, "<w:p><w:r><w:t>" + "word " * 500_000 + "</w:t></w:r></w:p>")
    with pytest.raises(TextTooLong):
        read(reviser, path)


def test_mutilated_documents_are_read_or_refused_and_nothing_else(
    reviser: ports.Reviser, client: WorkerClient, letter: Path, tmp_path: Path
) -> None:
    chance, raw = random.Random(7), letter.read_bytes()
    path = tmp_path / "mutilated.docx"
    read(reviser, letter)
    pid = client.pid
    for _ in range(150):
        bytes_ = bytearray(raw)
        for _ in range(chance.randint(1, 12)):
            bytes_[chance.randrange(len(bytes_))] = chance.randrange(256)
        path.write_bytes(bytes_)
        with contextlib.suppress(RewriteError):
            read(reviser, path)
    assert client.pid == pid  # it never died of one


def test_hostile_mails_are_refused(reviser: ports.Reviser, tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(1_500)
    )
    cases = {
        b"": OriginalDamaged,
        b"\x00\x01\x02": OriginalDamaged,
        b"Subject: x\n" + nested: OriginalTooDemanding,
        b"Subject: x\nContent-Type: text/html\n\n<p>x</p>": TextFormatUnknown,
    }
    for raw, error in cases.items():
        path.write_bytes(raw)
        with pytest.raises(error):
            read(reviser, path)
    path.write_bytes(b"Subject: x\n" + nested[: nested.index(b'"900"')])
    with pytest.raises((OriginalDamaged, TextFormatUnknown)):
        read(reviser, path)


def test_cancelling_ends_it(reviser: ports.Reviser, letter: Path) -> None:
    cancel = Cancellation()
    cancel.cancel()
    with pytest.raises(Cancelled):
        reviser.read(letter, cancel=cancel)


def test_what_takes_too_long_is_given_up(client: WorkerClient, tmp_path: Path) -> None:
    path = word_document(tmp_path / "long.docx", "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 150_000)
    hasty = ReviserAdapter(client, file_s=0.1)
    with pytest.raises(OriginalTooDemanding, match="time"):
        hasty.read(path, cancel=Cancellation())
    assert read(ReviserAdapter(client), word_document(path)).text  # and it goes on with the next


def test_a_part_that_another_document_names_outside_is_not_followed(
    reviser: ports.Reviser, tmp_path: Path
) -> None:
    path = word_document(tmp_path / "outside.docx", others={"../../evil.xml": b"<a/>"})
    original = read(reviser, path)
    assert W not in original.text
    pieces = reviser.revised(original, [], author="A", cancel=Cancellation())
    new = written(pieces, tmp_path / "new.docx")
    assert "../../evil.xml" in zipfile.ZipFile(new).namelist()  # a name, never a path
    assert not (tmp_path.parent / "evil.xml").exists()
