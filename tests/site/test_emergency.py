"""The door to Django's admin, as those find it who may open it, and everybody else."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client

from commonplace.apps.jobs import actions as jobs
from commonplace.apps.jobs.models import OutgoingMail
from commonplace.apps.people.models import Account, Act
from commonplace.site.emergency import EMERGENCY_ADMIN
from tests.factories import NOW, make_account, make_talk

pytestmark = pytest.mark.django_db

DOOR = "/organisers/emergency/"


@pytest.fixture
def ada() -> Account:
    return make_account(role="organiser", email="ada@example.org", is_superuser=True, is_staff=True)


@pytest.fixture
def inside(ada: Account, settings) -> Client:
    settings.EMERGENCY_ADMINS = frozenset({"ada@example.org"})
    client = Client()
    client.force_login(ada)
    return client


def test_without_the_setting_there_is_no_door_for_anybody(ada: Account, client: Client):
    for address in (DOOR, f"{DOOR}login/", f"{DOOR}people/account/", f"{DOOR}jsi18n/"):
        assert client.get(address).status_code == 404
    client.force_login(ada)
    for address in (DOOR, f"{DOOR}login/", f"{DOOR}people/account/{ada.pk}/change/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("role", "email"), [("editor", "ada@example.org"), ("organiser", "mei@example.org"), ("member", "x@example.org")]
)
def test_whoever_is_no_organiser_or_not_named_finds_no_door(role, email, settings, client: Client):
    settings.EMERGENCY_ADMINS = frozenset({"ada@example.org"})
    client.force_login(make_account(role=role, email=email, is_superuser=True, is_staff=True))
    assert client.get(DOOR).status_code == 404
    assert client.get(f"{DOOR}library/talk/").status_code == 404


def test_whoever_is_named_and_not_signed_in_signs_in_as_ever(inside: Client, client: Client):
    answer = client.get(f"{DOOR}library/talk/")
    assert answer["Location"] == "/account/sign-in/?next=%2Forganisers%2Femergency%2F"


def test_every_row_of_ours_can_be_looked_at(inside: Client):
    make_talk()
    for model in apps.get_models():
        if not model.__module__.startswith("commonplace.apps."):
            continue
        assert model in EMERGENCY_ADMIN._registry
        address = f"{DOOR}{model._meta.app_label}/{model._meta.model_name}/"
        assert inside.get(address).status_code == 200
        assert inside.get(f"{address}add/").status_code == 403
        row = model._default_manager.first()
        if row:
            assert inside.get(f"{address}{row.pk}/change/").status_code == 200
            assert inside.post(f"{address}{row.pk}/delete/", {"post": "yes"}).status_code == 403
            assert model._default_manager.filter(pk=row.pk).exists()


def test_a_row_is_not_changed_here(inside: Client):
    talk = make_talk()
    inside.post(f"{DOOR}library/talk/{talk.pk}/change/", {"title": "Mine"})
    talk.refresh_from_db()
    assert talk.title != "Mine"


def test_an_account_is_closed_at_once_and_opened_again_and_both_is_written_down(inside: Client):
    mei = make_account(role="editor", email="mei@example.org")
    editor = Client()
    editor.force_login(mei)
    address = f"{DOOR}people/account/{mei.pk}/change/"
    inside.post(address, {"role": "organiser", "email": "mine@example.org"})
    mei.refresh_from_db()
    assert (mei.is_active, mei.role, mei.email) == (False, "editor", "mei@example.org")
    assert editor.get("/account/").status_code == 302
    inside.post(address, {"is_active": "on"})
    mei.refresh_from_db()
    assert mei.is_active
    assert list(Act.objects.order_by("pk").values_list("what", "target")) == [
        ("closed an account", "mei@example.org"),
        ("opened an account again", "mei@example.org"),
    ]


def test_nobody_locks_themselves_out(inside: Client, ada: Account):
    inside.post(f"{DOOR}people/account/{ada.pk}/change/", {})
    ada.refresh_from_db()
    assert ada.is_active


def test_what_signs_somebody_in_is_shown_to_nobody(inside: Client, ada: Account):
    jobs.post_mail(to="mei@example.org", subject="Code", body="SECRET-CODE", now=NOW)
    mail = OutgoingMail.objects.get()
    assert "SECRET-CODE" not in inside.get(f"{DOOR}jobs/outgoingmail/{mail.pk}/change/").content.decode()
    assert "password" not in inside.get(f"{DOOR}people/account/{ada.pk}/change/").content.decode().lower()
    assert inside.get(f"{DOOR}password_change/").status_code == 404


def test_the_policy_of_every_page_holds_here_too(inside: Client):
    answer = inside.get(DOOR)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
