"""What the page on privacy says is what the chores do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from commonplace.apps.jobs.adapters import find_chores, resolve_handler
from commonplace.apps.library import actions as library
from commonplace.apps.library.models import Paragraph, RedactionRequest, Revision, Suggestion
from commonplace.apps.people import actions as people
from commonplace.apps.people.models import Account, Act, Claim, Invitation, Role
from commonplace.site.retention import RULES, describe_time, list_limits
from tests.factories import NOW, make_account, make_person, make_talk


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(days=365), "1 year"),
        (timedelta(days=730), "2 years"),
        (timedelta(days=30), "1 month"),
        (timedelta(days=90), "3 months"),
        (timedelta(days=1), "1 day"),
        (timedelta(minutes=15), "15 minutes"),
    ],
)
def test_a_time_is_said_in_the_largest_unit_that_fits(time: timedelta, said: str):
    assert describe_time(time) == said


def test_every_rule_of_every_app_is_listed():
    listed = {id(rule) for rule in RULES}
    for config in apps.get_app_configs():
        if config.name.startswith("commonplace.apps."):
            module = __import__(f"{config.name}.actions", fromlist=["RETENTION"])
            assert {id(rule) for rule in getattr(module, "RETENTION", ())} <= listed, config.name
    assert len(list_limits()) >= len(RULES)


@pytest.mark.django_db
def test_the_page_says_every_limit_and_needs_no_account():
    page = Client().get("/privacy/")
    text = page.content.decode()
    for limit in list_limits():
        assert limit.how_long in text
    assert "/privacy/" in Client().get("/").content.decode()


@pytest.mark.django_db
def test_what_is_old_goes_with_the_chores_and_what_is_not_stays():
    ada = make_account(role=Role.ORGANISER, email="ada@example.org", last_login=NOW)
    person = make_person("Priya Raman")
    for age in (timedelta(days=1000), timedelta(0)):
        then = NOW - age
        email = f"{age.days}@example.org"
        people.open_account(email=email, name="", role=Role.MEMBER, now=then)
        Claim.objects.create(person=person, email=email, sender="s", made_at=then)
        invitation = people.invite(role=Role.MEMBER, by=ada, now=then)
        talk = make_talk(f"Talk {age.days}")
        row = Paragraph.objects.filter(transcript__talk=talk).first()
        for verdict in ("accept", "reject"):
            suggestion = library.suggest_correction(
                paragraph=row.pk, version=0, text=row.text + verdict, given_name="Reader", sender=verdict, now=then
            )
            getattr(library, f"{verdict}_suggestion")(suggestion=suggestion.pk, by=ada, now=then)
        library.ask_for_redaction(
            paragraph=row.pk, passage="harbour", reason="", by=None, email=email, sender="s", now=then
        )
        assert invitation.expires_at
    for chore in find_chores():
        _run(chore)
    assert set(Account.objects.values_list("email", flat=True)) == {"ada@example.org", "0@example.org"}
    assert [claim.email for claim in Claim.objects.all()] == ["0@example.org"]
    assert Invitation.objects.count() == 1
    assert not Act.objects.filter(at__lt=NOW - timedelta(days=731)).exists()
    assert Act.objects.exists()
    assert sorted(Revision.objects.values_list("given_name", flat=True)) == ["", "Reader"]
    assert sorted(Suggestion.objects.values_list("given_name", flat=True)) == ["", "Reader", "Reader"]
    assert [request.email for request in RedactionRequest.objects.all()] == ["0@example.org"]


def _run(chore: str) -> None:
    """Do the chore as of `NOW`, which is not the day on which the tests run."""
    app = chore.partition(".")[0]
    module = __import__(f"commonplace.apps.{app}.actions", fromlist=["RETENTION"])
    assert callable(resolve_handler(chore))
    for rule in module.RETENTION:
        rule.forget(NOW - rule.kept_for)
