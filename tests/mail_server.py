"""A mail server on this machine, which takes mail, refuses it, or hangs up in the middle."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 OK"


class MailServer:
    """What was received, and what the server answers to an address and to a mail; None hangs up after taking it."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer_to_address = TAKEN
        self.answer_to_mail: str | None = TAKEN

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Take or refuse an address, as aiosmtpd asks."""
        if self.answer_to_address == TAKEN:
            envelope.rcpt_tos.append(address)
        return self.answer_to_address

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take or refuse a mail, as aiosmtpd asks."""
        if self.answer_to_mail in {None, TAKEN}:
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        if self.answer_to_mail is None:
            server.transport.abort()
        return self.answer_to_mail or TAKEN


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve_mail(port: int) -> Iterator[MailServer]:
    """A mail server at this port, until the block ends."""
    mails = MailServer()
    controller = Controller(mails, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mails
    finally:
        controller.stop()


def use_mail_server(settings: Any) -> int:
    """Let the site send its mail to this machine, and say to which port; nobody listens there yet."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    return int(settings.EMAIL_PORT)
