"""A saved mail: the plain text that its reader sees, and the mail with another in its place.

Headers and attachments stay as they are. A version of the same text in HTML is left out of the new
mail: it would say what the text said before. Knows the standard library's parser alone.
"""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from desktop.domain.errors import OriginalDamaged, OriginalTooDemanding, TextFormatUnknown
from desktop.domain.words import whole

MOST_PARTS = 1_000
_POLICY = email.policy.default.clone(refold_source="none")
_REPLACED = ("Content-Type", "Content-Transfer-Encoding")
_FAILURES = (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError)


class Mail:
    """The mail in `raw`; `name` is what errors call it.

    Raises OriginalDamaged, OriginalTooDemanding, TextFormatUnknown.
    """

    def __init__(self, raw: bytes, name: str) -> None:
        self._raw = raw
        if not raw.strip():
            raise OriginalDamaged(file=name, reason="it is empty")
        if raw.lower().count(b"boundary=") > MOST_PARTS:
            raise OriginalTooDemanding(file=name, resource="time")
        try:
            message = email.message_from_bytes(raw, policy=_POLICY)
            part = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
            headers = len(message.keys())
            text = part.get_content() if isinstance(part, EmailMessage) else ""
        except _FAILURES as error:
            raise OriginalDamaged(file=name, reason="it cannot be taken apart") from error
        if not headers or not isinstance(message, EmailMessage):
            raise OriginalDamaged(file=name, reason="it has no headers, as a mail has")
        if not isinstance(part, EmailMessage):
            raise TextFormatUnknown(file=name, reason="it is a mail without plain text")
        self._message = message
        self._part = part
        self._name = name
        self.body = whole(str(text)).replace("\r\n", "\n").replace("\r", "\n")

    @property
    def has_other_version(self) -> bool:
        """Whether the mail says the same in HTML as well."""
        return self._alternatives() is not None

    def with_body(self, body: str) -> bytes:
        """The mail with `body` in place of its plain text."""
        part = self._part
        charset = part.get_content_charset("utf-8")
        try:
            body.encode(charset)
        except (LookupError, UnicodeEncodeError):
            charset = "utf-8"
        fresh = EmailMessage(policy=_POLICY)
        # Seven bits and short lines: what every way that a mail can go leaves as it is.
        fresh.set_content(body, charset=charset, cte="quoted-printable")
        for header in _REPLACED:
            del part[header]
            if header in fresh:
                part[header] = fresh[header]
        part.set_payload(fresh.get_payload())
        around = self._alternatives()
        if around is not None:
            around.set_payload([part])
        line_end = "\r\n" if b"\r\n" in self._raw[:4_096] else "\n"
        try:
            return self._message.as_bytes(policy=_POLICY.clone(linesep=line_end))
        except _FAILURES as error:
            raise OriginalDamaged(
                file=self._name, reason="it cannot be put together again"
            ) from error

    def _alternatives(self) -> EmailMessage | None:
        """The part that holds the text beside other versions of it."""
        for holder in self._message.walk():
            if holder.get_content_type() != "multipart/alternative":
                continue
            versions = holder.get_payload()
            if isinstance(versions, list) and self._part in versions and len(versions) > 1:
                return holder if isinstance(holder, EmailMessage) else None
        return None
