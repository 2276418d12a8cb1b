"""Writes and sends a mail of numbers: what waits for its reader, and where to look. No name, no id."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Literal

from service import speech
from service.speech import _

SECONDS = 10.0  # of one step of the conversation with the mail server
Security = Literal["starttls", "tls", "none"]


class NotSent(Exception):  # noqa: N818 - it says what happened
    """`code` is what a log may hold: unreachable, refused, recipient_refused, later, secret_unreadable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Post:
    """The mail server and how to speak to it. `security` none is for a server on this machine."""

    host: str
    port: int
    security: Security
    user: str
    password: str
    sender: str


def is_address(text: str) -> bool:
    """One plain address in ASCII, which every server takes: nothing in it adds a header or a recipient."""
    if (
        not text.isascii()
        or not 3 <= len(text) <= 200
        or any(character in text for character in '\r\n,;<>" ')
    ):
        return False
    try:
        found = Address(addr_spec=text)
    except (ValueError, IndexError, MessageError):
        return False
    return bool(found.username and "." in found.domain)


def digest(
    recipient: str, sender: str, language: str, counts: Sequence[tuple[str, int]], staff_page: str
) -> EmailMessage:
    """The mail in the reader's language; `counts` are English texts of the catalogues with their numbers."""
    message = EmailMessage()
    with speech.speaking(language):
        message["Subject"] = _("Homeward: something waits for you")
        lines = [_("Waiting for you now:"), ""]
        lines += [f"  {number}  {_(words)}" for words, number in counts]
        lines += ["", staff_page] if staff_page else []
        lines += ["", _("This mail names nobody. You can stop it on the page of your account.")]
    message["From"], message["To"] = sender, recipient
    message["Date"], message["Message-ID"] = formatdate(usegmt=True), make_msgid(domain="homeward.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(lines) + "\n", cte="quoted-printable")
    return message


def send(post: Post, message: EmailMessage) -> None:
    """Hand one mail over. Raises NotSent; nothing of the mail is in the error.

    `recipient_refused` and `later` are about this mail alone: another may well be taken.
    """
    try:
        with _server(post) as server:
            if post.user:
                server.login(post.user, post.password)
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        raise NotSent("later" if any(code < 500 for code in codes) else "recipient_refused") from None
    except smtplib.SMTPDataError as refused:
        raise NotSent("later" if refused.smtp_code < 500 else "recipient_refused") from None
    except smtplib.SMTPException:
        raise NotSent("refused") from None
    except OSError:
        raise NotSent("unreachable") from None


def _server(post: Post) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if post.security == "tls":
        return smtplib.SMTP_SSL(post.host, post.port, timeout=SECONDS, context=context)
    server = smtplib.SMTP(post.host, post.port, timeout=SECONDS)
    if post.security == "starttls":
        try:
            server.starttls(context=context)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
    return server
