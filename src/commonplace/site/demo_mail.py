"""The mail of the demo: shown on the console and on a page, and sent to nobody."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class DemoMail:
    """A mail as the page shows it."""

    to: str
    subject: str
    body: str


class DemoMailBackend(BaseEmailBackend):
    """Keep each mail as a file of the demo's home, which every process of the site sees."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails down, and say how many."""
        folder = settings.HOME / "mail"
        folder.mkdir(exist_ok=True)
        for message in email_messages:
            (folder / f"{time.time_ns()}.eml").write_bytes(message.message().as_bytes())
            sys.stderr.write(f"\nMail to {', '.join(message.to)}: {message.subject}\n{message.body}\n\n")
        return len(email_messages)


def list_demo_mails() -> list[DemoMail]:
    """The last twenty mails of the demo, the newest first."""
    files = sorted((settings.HOME / "mail").glob("*.eml"), reverse=True)[:_SHOWN]
    messages = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    return [
        DemoMail(to=str(message["To"]), subject=str(message["Subject"]), body=str(message.get_content()).strip())
        for message in messages
    ]
