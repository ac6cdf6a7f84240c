import pytest

from commonplace.apps.jobs import actions, handlers
from commonplace.apps.jobs.models import OutgoingMail
from tests.factories import NOW


@pytest.mark.django_db
def test_a_mail_that_was_sent_already_is_not_sent_again(mailoutbox, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    actions.post_mail(to="mei@example.org", subject="Boats", body="Twelve of them.", now=NOW)
    key = OutgoingMail.objects.get().pk
    handlers.send_mail(mail=key)
    handlers.send_mail(mail=key)
    assert [(mail.to, mail.subject, mail.body) for mail in mailoutbox] == [
        (["mei@example.org"], "Boats", "Twelve of them.")
    ]
