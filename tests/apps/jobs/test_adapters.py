import pytest
from django.core.mail import EmailMessage

from commonplace.apps.jobs import adapters
from commonplace.apps.jobs.adapters import UnknownJob, resolve_handler
from commonplace.apps.library import handlers
from tests.mail_server import serve_mail, use_mail_server


def test_a_name_is_the_address_of_a_handler():
    assert resolve_handler("library.publish_captions") is handlers.publish_captions


@pytest.mark.parametrize("name", ["library", "library.no_such_job", "nothing.here", "os.system", "../x.y", "a.b.c"])
def test_a_name_without_a_handler_is_refused(name):
    with pytest.raises(UnknownJob, match="is no job"):
        resolve_handler(name)


def write_mail(to="mei@example.org"):
    return EmailMessage("Boats", "Twelve of them.", "harbour@example.org", [to])


def test_a_mail_reaches_the_server_as_it_was_written(settings):
    with serve_mail(use_mail_server(settings)) as server:
        adapters.send(write_mail())
    assert [mail["Subject"] for mail in server.mails] == ["Boats"]
    assert server.mails[0].get_content().strip() == "Twelve of them."


def test_a_server_that_is_away_has_surely_not_taken_the_mail(settings):
    use_mail_server(settings)
    with pytest.raises(adapters.NotSent, match="Connection refused"):
        adapters.send(write_mail())


@pytest.mark.parametrize(
    ("address", "mail", "expected"),
    [
        ("450 the box is full", "250 OK", adapters.NotSent),
        ("550 no such box", "250 OK", adapters.Refused),
        ("250 OK", "451 later", adapters.NotSent),
        ("250 OK", "554 spam", adapters.Refused),
        ("250 OK", None, adapters.Unclear),
    ],
)
def test_what_the_server_answers_decides_whether_to_try_again(address, mail, expected, settings):
    with serve_mail(use_mail_server(settings)) as server:
        server.answer_to_address, server.answer_to_mail = address, mail
        with pytest.raises(expected):
            adapters.send(write_mail())
