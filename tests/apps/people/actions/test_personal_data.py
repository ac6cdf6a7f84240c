"""Erasing an account; tests/site/pages/test_personal_data.py erases everything that points to one."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.db.models import ProtectedError
from django.test import Client

from commonplace.apps.people import actions
from commonplace.apps.people.models import Account, Person, Role
from tests.factories import NOW, make_account, make_person, make_talk

pytestmark = pytest.mark.django_db


def test_every_session_of_an_erased_account_ends_and_no_other():
    mei, jonas = make_account(make_person()), make_account(email="jonas@example.org")
    for account in (mei, mei, jonas):
        Client().force_login(account)
    actions.erase_account(account=mei, is_name_kept=False, now=NOW)
    assert [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()] == [str(jonas.pk)]


def test_a_person_whom_talks_still_name_does_not_go_by_halves():
    make_talk()
    mei = make_account(Person.objects.get(name="Mei Tanaka"))
    with pytest.raises(ProtectedError):
        actions.erase_account(account=mei, is_name_kept=False, now=NOW)
    assert Account.objects.filter(username=mei.username).exists()


def test_the_last_organiser_stays():
    ada = make_account(role=Role.ORGANISER)
    with pytest.raises(actions.LastOrganiser):
        actions.erase_account(account=ada, is_name_kept=False, now=NOW)
