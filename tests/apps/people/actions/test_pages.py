"""What people say of themselves, and their pictures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from commonplace.apps.people import actions, queries
from commonplace.apps.people.adapters import Link, PersonDetails, UnreadablePicture
from commonplace.apps.people.models import Act, Person, Role
from tests.factories import NOW, make_account, make_person

pytestmark = pytest.mark.django_db

DETAILS = PersonDetails(
    name="Mei T.",
    other_names=("Mei Tanaka",),
    links=(Link("Home", "https://example.org"),),
    biography="Listens.",
    email="mei@example.org",
)


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path


def make_picture(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "PNG")
    return out.getvalue()


def test_an_owner_changes_their_page_and_no_act_is_written():
    mei = make_person()
    owner = make_account(mei, email="owner@example.org")
    actions.change_person(person=mei.pk, details=DETAILS, by=owner, now=NOW)
    mei.refresh_from_db()
    assert queries.details_of(mei) == DETAILS
    assert mei.email == ""  # an owner's address is the account's
    assert not Act.objects.exists()


def test_an_organiser_notes_an_address_and_an_act_is_written():
    mei = make_person()
    ada = make_account(role=Role.ORGANISER, email="ada@example.org")
    actions.change_person(person=mei.pk, details=DETAILS, by=ada, now=NOW)
    mei.refresh_from_db()
    assert mei.email == "mei@example.org"
    act = Act.objects.get()
    assert "email" in act.after
    assert "mei@example.org" not in f"{act.target}{act.before}{act.after}"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.EDITOR])
def test_nobody_else_changes_a_page(role: Role):
    mei = make_person()
    other = make_account(make_person("Jonas Weber"), role=role, email="jonas@example.org")
    for change in (
        lambda: actions.change_person(person=mei.pk, details=DETAILS, by=other, now=NOW),
        lambda: actions.set_picture(person=mei.pk, data=make_picture(), by=other, now=NOW),
        lambda: actions.remove_picture(person=mei.pk, by=other, now=NOW),
    ):
        with pytest.raises(PermissionDenied):
            change()
    mei.refresh_from_db()
    assert (mei.name, mei.picture.name) == ("Mei Tanaka", "")


def test_a_new_picture_takes_the_place_of_the_old_file(tmp_path, django_capture_on_commit_callbacks):
    mei = make_person()
    for colour in ("teal", "navy"):
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.set_picture(person=mei.pk, data=make_picture(colour), by=None, now=NOW)
    assert len(list(tmp_path.rglob("*.jpg"))) == 1
    same = queries.open_picture(mei.slug)
    assert not actions.set_picture(person=mei.pk, data=same, by=None, now=NOW)
    owner = make_account(mei)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_picture(person=mei.pk, by=owner, now=NOW)
    assert list(tmp_path.rglob("*.jpg")) == []
    with pytest.raises(Person.DoesNotExist):
        queries.open_picture(mei.slug)


def test_what_is_no_picture_leaves_the_old_one():
    mei = make_person()
    actions.set_picture(person=mei.pk, data=make_picture(), by=None, now=NOW)
    before = queries.open_picture(mei.slug)
    with pytest.raises(UnreadablePicture):
        actions.set_picture(person=mei.pk, data=b"<svg onload=alert(1)>", by=None, now=NOW)
    assert queries.open_picture(mei.slug) == before
