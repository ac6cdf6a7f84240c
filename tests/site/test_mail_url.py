import pytest
from django.core.exceptions import ImproperlyConfigured

from commonplace.site.mail_url import MailServer, read_mail_url


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://ada:p%40ss@mail.example.org", MailServer("mail.example.org", 587, "ada", "p@ss", True, False)),
        ("smtp://mail.example.org:2525", MailServer("mail.example.org", 2525, "", "", True, False)),
        ("smtps://ada:x@mail.example.org/", MailServer("mail.example.org", 465, "ada", "x", False, True)),
        ("smtp://localhost?tls=no", MailServer("localhost", 25, "", "", False, False)),
    ],
)
def test_every_part_of_an_address_is_read(url, server):
    assert read_mail_url(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "imap://a:secret@h",
        "smtp://",
        "smtp://a:secret@h:many",
        "smtp://a:secret@h/box",
        "smtp://a:secret@h?tls=maybe",
        "smtps://a:secret@h?tls=no",
    ],
)
def test_another_address_is_refused_without_its_password(url):
    with pytest.raises(ImproperlyConfigured, match="expected smtp://") as refused:
        read_mail_url(url)
    assert "secret" not in str(refused.value)
