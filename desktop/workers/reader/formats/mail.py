"""Mail: the message itself and what is attached, of EML (Python's own parser) and MSG (oxmsg)."""

from __future__ import annotations

import email
import email.policy
import email.utils
from collections.abc import Iterator
from email.message import EmailMessage, Message
from typing import NamedTuple

import oxmsg

from desktop.domain.documents import Unit
from desktop.workers.reader.formats.blocks import Block, Paragraph, ReadPage, paged
from desktop.workers.reader.formats.plain import decoded, text_blocks
from desktop.workers.reader.formats.web import web_page

MOST_ATTACHMENTS = 500
_SHOWN = ("Subject", "From", "To", "Cc", "Date")


class Attachment(NamedTuple):
    name: str
    content: bytes


class Mail(NamedTuple):
    """`sent` is ISO 8601. `attached` may be messages themselves."""

    pages: list[ReadPage]
    subject: str
    sender: str
    sent: str
    attached: list[Attachment]


def eml_mail(content: bytes) -> Mail:
    """The message in an EML file."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError(type(message))
    told = {name: _header(message, name) for name in _SHOWN}
    sent = _iso(told["Date"])
    body: list[Block] = []
    attached: list[Attachment] = []
    best = message.get_body(("plain", "html"))
    if best is not None:
        body = _body(best)
    for part in _attachments(message, best):
        attached.append(part)
        if len(attached) == MOST_ATTACHMENTS:
            break
    return _mail(told, sent, body, attached)


def _header(message: Message, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, TypeError, IndexError, AttributeError):  # a header no parser can take
        return ""


def _body(part: Message) -> list[Block]:
    raw = part.get_payload(decode=True)
    text = decoded(raw if isinstance(raw, bytes) else b"", part.get_content_charset() or "")
    if part.get_content_type() == "text/html":
        return web_page(text).blocks
    return list(text_blocks(text))


def _attachments(message: EmailMessage, body: Message | None) -> Iterator[Attachment]:
    """Every part with content of its own that is not the body, in order; goes into no message."""
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop(0)
        kind = part.get_content_type()
        if kind == "message/rfc822" and part is not message:
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            if isinstance(first, Message):
                subject = _header(first, "Subject") or "message"
                yield Attachment(f"{subject}.eml", first.as_bytes())
        elif part.is_multipart():
            # Of alternatives only the body counts; what it shows inline is not attached.
            if kind != "multipart/alternative":
                waiting[:0] = [p for p in part.get_payload() if isinstance(p, Message)]
        elif part is not body and part is not message:
            raw = part.get_payload(decode=True)
            name = part.get_filename()
            if isinstance(raw, bytes) and raw and name:
                yield Attachment(name, raw)


def msg_mail(content: bytes) -> Mail:
    """The message in an MSG file."""
    message = oxmsg.Message.load(content)
    headers = message.message_headers
    to = "; ".join(f"{r.name} <{r.email_address}>" for r in message.recipients)
    sent = message.sent_date.isoformat() if message.sent_date else _iso(headers.get("Date", ""))
    told = {
        "Subject": message.subject,
        "From": message.sender or headers.get("From", ""),
        "To": to or headers.get("To", ""),
        "Cc": headers.get("Cc", ""),
        "Date": headers.get("Date", "") or sent,
    }
    if message.body and message.body.strip():
        body = list(text_blocks(message.body))
    else:
        body = web_page(message.html_body or "").blocks
    attached = [
        Attachment(part.file_name or "attachment", part.file_bytes)
        for part in message.attachments[:MOST_ATTACHMENTS]
        if part.attached_by_value and part.file_bytes
    ]
    return _mail(told, sent, body, attached)


def _mail(told: dict[str, str], sent: str, body: list[Block], attached: list[Attachment]) -> Mail:
    head = "\n".join(f"{name}: {value}" for name, value in told.items() if value)
    label = sent[:16].replace("T", " ") or "1"
    pages = [
        page._replace(unit=Unit.MESSAGE, label=label)
        for page in paged([Paragraph(head), *body], [told["Subject"]] if told["Subject"] else [])
    ]
    return Mail(pages, told["Subject"], told["From"], sent, attached)


def _iso(date: str) -> str:
    try:
        return email.utils.parsedate_to_datetime(date).isoformat()
    except (ValueError, TypeError, IndexError):
        return ""
