"""Whose a page becomes, and whose it does not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import translation

from commonplace.apps.jobs.models import OutgoingMail
from commonplace.apps.people import actions
from commonplace.apps.people.models import Account, Act, Claim, Invitation, Person, Role
from tests.factories import NOW, make_account, make_person

pytestmark = pytest.mark.django_db


def claim(email: str = "mei@example.org", *, sender: str = "s", slug: str = "mei-tanaka", now=NOW) -> None:
    actions.claim_person(slug=slug, email=email, sender=sender, address_of="https://site/{}".format, now=now)


@pytest.fixture
def mei() -> Person:
    return make_person()


@pytest.fixture
def ada() -> Account:
    return make_account(role=Role.ORGANISER, email="ada@example.org", name="Ada")


def read_token() -> str:
    return re.search(r"https://site/(\S+)", OutgoingMail.objects.last().body)[1]


def test_an_address_nobody_noted_waits_for_an_organiser(mei, ada):
    claim()
    assert not OutgoingMail.objects.exists()
    waiting = Claim.objects.get()
    actions.confirm_claim(key=waiting.pk, by=ada, address_of="https://site/{}".format, now=NOW)
    assert OutgoingMail.objects.get().to == "mei@example.org"
    assert not Claim.objects.exists()
    assert Act.objects.get().by == ada


def test_the_link_comes_in_the_language_in_which_somebody_claimed_the_page(mei, ada):
    with translation.override("ja"):
        claim()
    actions.confirm_claim(key=Claim.objects.get().pk, by=ada, address_of="https://site/{}".format, now=NOW)
    assert OutgoingMail.objects.get().subject == "Mei Tanakaさんのページについて"


def test_a_noted_address_gets_its_link_at_once_and_no_other_does(mei):
    Person.objects.update(email="mei@example.org")
    claim("thief@example.org")
    assert not OutgoingMail.objects.exists()
    claim("MEI@example.org")
    assert OutgoingMail.objects.get().to.lower() == "mei@example.org"


def test_the_link_makes_the_page_theirs(mei):
    Person.objects.update(email="mei@example.org")
    claim("thief@example.org")
    claim()
    actions.accept_invitation(token=read_token(), email="mei@example.org", name="", now=NOW)
    account = Account.objects.get()
    assert (account.person, account.role) == (mei, "member")
    mei.refresh_from_db()
    assert mei.email == ""
    assert not Claim.objects.exists()


def test_somebody_else_with_the_link_gets_nothing(mei):
    Person.objects.update(email="mei@example.org")
    claim()
    thief = make_account(email="thief@example.org")
    with pytest.raises(actions.WrongAddress):
        actions.accept_invitation(token=read_token(), email="thief@example.org", name="Mei", now=NOW)
    with pytest.raises(actions.WrongAddress):
        actions.accept_invitation_as(token=read_token(), account=thief, now=NOW)
    assert not Account.objects.filter(person=mei).exists()


def test_whoever_has_an_account_keeps_it(mei):
    account = make_account(email="mei@example.org", role=Role.EDITOR, last_login=NOW)
    Person.objects.update(email="mei@example.org")
    claim()
    actions.accept_invitation(token=read_token(), email="mei@example.org", name="", now=NOW)
    assert Account.objects.get().person is None
    actions.accept_invitation_as(token=read_token(), account=account, now=NOW)
    account.refresh_from_db()
    assert (account.person, account.role) == (mei, "editor")


def test_whoever_has_a_page_does_not_get_a_second(mei):
    jonas = make_account(make_person("Jonas Weber"), email="mei@example.org")
    Person.objects.filter(pk=mei.pk).update(email="mei@example.org")
    claim()
    with pytest.raises(actions.WrongAddress):
        actions.accept_invitation_as(token=read_token(), account=jonas, now=NOW)


def test_a_link_holds_for_a_week_and_once(mei):
    Person.objects.update(email="mei@example.org")
    claim()
    late = NOW + timedelta(days=7)
    with pytest.raises(actions.InvitationVoid):
        actions.accept_invitation(token=read_token(), email="mei@example.org", name="", now=late)
    actions.accept_invitation(token=read_token(), email="mei@example.org", name="", now=NOW)
    Account.objects.update(last_login=NOW)
    with pytest.raises(actions.InvitationVoid):
        actions.accept_invitation(token=read_token(), email="mei@example.org", name="", now=NOW)


def test_of_two_links_the_first_used_makes_the_other_void(mei, ada):
    for number in (1, 2):
        claim(f"mei{number}@example.org")
    for row in Claim.objects.all():
        actions.confirm_claim(key=row.pk, by=ada, address_of="https://site/{}".format, now=NOW)
    tokens = [re.search(r"https://site/(\S+)", mail.body)[1] for mail in OutgoingMail.objects.order_by("pk")]
    actions.accept_invitation(token=tokens[0], email="mei1@example.org", name="", now=NOW)
    with pytest.raises(actions.InvitationVoid):
        actions.accept_invitation(token=tokens[1], email="mei2@example.org", name="", now=NOW)
    assert Account.objects.filter(person=mei).count() == 1


def test_a_page_that_has_an_owner_is_not_to_be_had(mei):
    make_account(mei, email="owner@example.org")
    claim()
    assert not Claim.objects.exists()
    assert not Invitation.objects.exists()


def test_claims_are_rationed(mei):
    for number in range(8):
        claim(f"{number}@example.org")
    assert Claim.objects.count() == 5
    for number in range(20):
        claim(f"{number}@example.net", sender=f"other-{number}")
    assert Claim.objects.count() == 10
    Person.objects.update(email="mei@example.org")
    for number in range(8):
        claim(sender=f"yet another {number}")
    assert OutgoingMail.objects.count() == 5


def test_nobody_but_organisers_decides(mei):
    claim()
    editor = make_account(role=Role.EDITOR, email="e@example.org")
    key = Claim.objects.get().pk
    with pytest.raises(PermissionDenied):
        actions.confirm_claim(key=key, by=editor, address_of=str, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.refuse_claim(key=key, by=editor, now=NOW)


def test_a_refusal_forgets_the_address_and_a_second_decision_finds_nothing(mei, ada):
    claim()
    key = Claim.objects.get().pk
    actions.refuse_claim(key=key, by=ada, now=NOW)
    assert not Claim.objects.exists()
    assert "example.org" not in "".join(Act.objects.values_list("target", flat=True))
    with pytest.raises(Claim.DoesNotExist):
        actions.confirm_claim(key=key, by=ada, address_of=str, now=NOW)


RACE = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

django.setup()
from django.db import connection
from django.utils import timezone

from commonplace.apps.people import actions, queries
from commonplace.apps.people.models import Account, Invitation, Person
from commonplace.site.database import migrate_database

migrate_database()
now = timezone.now()
person = Person.objects.create(slug="mei", name="Mei", created_at=now)
emails = [f"mei{number}@example.org" for number in range(8)]
known = {"role": "member", "person": person, "created_at": now, "expires_at": now + actions.INVITATION_HOLDS}
tokens = [queries.write_token(Invitation.objects.create(email=email, **known)) for email in emails]
barrier = Barrier(8)


def accept(number):
    barrier.wait()
    try:
        actions.accept_invitation(token=tokens[number], email=emails[number], name="", now=now)
    except actions.InvitationVoid:
        return 0
    finally:
        connection.close()
    return 1


with ThreadPoolExecutor(8) as pool:
    accepted = sum(pool.map(accept, range(8)))
print(accepted, Account.objects.filter(person=person).count(), Account.objects.count())
"""


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_use_their_links_at_once_one_gets_the_page(tmp_path):
    environment = os.environ | {"COMMONPLACE_HOME": str(tmp_path)}
    if address := os.environ.get("DATABASE_URL"):
        name = connection.settings_dict["NAME"]  # the database of the tests, which are emptied after this one
        environment["DATABASE_URL"] = urlsplit(address)._replace(path=f"/{name}").geturl()
    done = subprocess.run(
        [sys.executable, "-c", RACE], env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.split() == ["1", "1", "1"]
