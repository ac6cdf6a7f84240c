"""COMMONPLACE_SMTP_URL: the address of a mail server, in one line."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

__all__ = ["MailServer", "read_mail_url"]

_EXPECTED = (
    "expected smtp://USER:PASSWORD@HOST:587 (STARTTLS), smtps://USER:PASSWORD@HOST:465, "
    "or smtp://HOST:25?tls=no for a relay on this machine"
)


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server as Django's settings name it: ``use_tls`` is STARTTLS, ``use_ssl`` TLS from the first byte."""

    host: str
    port: int
    user: str
    password: str
    use_tls: bool
    use_ssl: bool


def read_mail_url(url: str) -> MailServer:
    """The mail server at this address; names and passwords are percent-encoded.

    Raises `ImproperlyConfigured`, without repeating the password, for any other kind of address.
    """
    parts = urlsplit(url)
    is_plain = parts.query == "tls=no"
    try:
        port = parts.port or {"smtps": 465}.get(parts.scheme, 25 if is_plain else 587)
    except ValueError:
        raise ImproperlyConfigured(f"COMMONPLACE_SMTP_URL has no number as its port; {_EXPECTED}") from None
    is_known = parts.scheme in {"smtp", "smtps"} and parts.path in {"", "/"} and parts.query in {"", "tls=no"}
    if not is_known or not parts.hostname or (parts.scheme == "smtps" and is_plain):
        raise ImproperlyConfigured(f"COMMONPLACE_SMTP_URL begins with {parts.scheme or 'nothing'}://; {_EXPECTED}")
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp" and not is_plain,
        use_ssl=parts.scheme == "smtps",
    )
