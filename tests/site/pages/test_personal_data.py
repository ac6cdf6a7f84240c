"""What the site knows about somebody is shown, taken along and erased, whatever points to them."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client
from PIL import Image

from commonplace.apps.community.models import PageVersion
from commonplace.apps.library import actions as library
from commonplace.apps.library.models import (
    Attachment,
    CaptionFile,
    Paragraph,
    RedactionRequest,
    Revision,
    Suggestion,
    Talk,
    TalkSpeaker,
    Turn,
    Upload,
)
from commonplace.apps.people import actions as people
from commonplace.apps.people import queries
from commonplace.apps.people.models import Account, Act, Claim, Invitation, Person, Role
from commonplace.site.pages.personal_data import KINDS
from tests.factories import NOW, make_account, make_person, make_talk

pytestmark = pytest.mark.django_db

DATA, EXPORT, ERASE = "/account/data/", "/account/data/export", "/account/data/erase/"
ADDRESS = "mei.secret@example.org"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def mei() -> Account:
    make_account(role=Role.ORGANISER, email="ada@example.org")
    person = make_person("Mei Tanaka", biography="Grew up on Glockenhof.", other_names=["Mei T. Glocke"])
    return make_account(person, email=ADDRESS, role=Role.ORGANISER, name="Mei Alias")


@pytest.fixture
def client(mei: Account) -> Client:
    client = Client()
    client.force_login(mei)
    return client


def leave_traces(mei: Account) -> Talk:
    """A row for every field that points to an account or a person."""
    person = mei.person
    talk = make_talk()
    paragraph = Paragraph.objects.filter(transcript__talk=talk, turn__person=person).first()
    library.correct_paragraph(
        paragraph=paragraph.pk,
        version=0,
        text=paragraph.text + " Yes.",
        by=mei,
        now=NOW,
        speaker=library.SpeakerChoice(seen="Mei Tanaka", chosen="Mei Tanaka"),
    )
    suggestion = library.suggest_correction(
        paragraph=paragraph.pk, version=1, text="Other.", given_name="mei tanaka", sender="s", now=NOW
    )
    library.reject_suggestion(suggestion=suggestion.pk, by=mei, now=NOW)
    library.ask_for_redaction(
        paragraph=paragraph.pk, passage="boats.", reason="r", by=mei, email="", sender="s", now=NOW
    )
    Upload.objects.create(
        owner=mei,
        key="a-key-of-mine",
        name="draft.vtt",
        sha256="0" * 64,
        size=1,
        file="captions/draft.vtt",
        state="unreadable",
        received_at=NOW,
        expires_at=NOW,
    )
    Attachment.objects.create(
        talk=talk, position=0, kind="notes", title="Notes", url="https://example.org", added_by=mei, added_at=NOW
    )
    for values in ({"person": person}, {"invited_by": mei}, {"accepted_by": mei}):
        Invitation.objects.create(role="member", created_at=NOW, expires_at=NOW, **values)
    Claim.objects.create(person=person, email="thief@example.org", sender="s", made_at=NOW)
    people.record_act(by=mei, what="changed a role", target=ADDRESS, now=NOW)
    EmailAddress.objects.create(user=mei, email=ADDRESS)
    Authenticator.objects.create(user=mei, type="webauthn", data={"name": "Phone"})
    PageVersion.objects.create(key="about", language="en", version=1, text="Hello.", made_at=NOW, made_by=mei)
    if apps.is_installed("django.contrib.admin"):
        apps.get_model("admin.logentry").objects.create(user=mei, object_repr="x", action_flag=1)
    group = apps.get_model("auth.group").objects.create(name="g")
    mei.groups.add(group)
    mei.user_permissions.add(apps.get_model("auth.permission").objects.first())
    out = io.BytesIO()
    Image.new("RGB", (50, 50)).save(out, "PNG")
    people.set_picture(person=person.pk, data=out.getvalue(), by=mei, now=NOW)
    return talk


def dump() -> str:
    return "\n".join(str(values) for model in apps.get_models() for values in model._base_manager.values_list())


def test_every_field_that_points_to_an_account_or_a_person_is_named_and_exported(mei, client):
    fields = set(queries.list_personal_fields())
    assert fields <= set(KINDS), "say in KINDS what this is, and what erasing does to it"
    leave_traces(mei)
    told = {rows.field for rows in queries.list_personal_data(mei)}
    assert fields - {"people.account.person"} <= told, "let leave_traces make such a row"


def test_the_page_counts_and_the_export_holds_it_all(mei, client):
    leave_traces(mei)
    page = client.get(DATA).content.decode()
    assert "Corrections you made" in page
    with zipfile.ZipFile(io.BytesIO(client.get(EXPORT).content)) as archive:
        assert set(archive.namelist()) == {"data.json", "page.md", "picture.jpg"}
        data = json.loads(archive.read("data.json"))
        assert "Glockenhof" in archive.read("page.md").decode()
    assert data["people.account"][0]["email"] == ADDRESS
    assert data["library.revision.account"][0]["after"].endswith("Yes.")
    assert "password" not in str(data)


def test_a_stranger_sees_none_of_it():
    for path in (DATA, EXPORT, ERASE):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"].startswith("/account/sign-in/")) == (302, True)


def test_another_member_gets_their_own_and_nothing_of_hers(mei):
    leave_traces(mei)
    other = Client()
    other.force_login(make_account(email="jonas@example.org"))
    with zipfile.ZipFile(io.BytesIO(other.get(EXPORT).content)) as archive:
        text = archive.read("data.json").decode()
    assert ADDRESS not in text
    assert "Mei" not in text


def test_nothing_goes_without_the_address_typed(mei, client):
    leave_traces(mei)
    before = dump()
    for values in ({}, {"email": "", "keep": "no"}, {"email": "wrong@example.org", "keep": "no"}, {"email": ADDRESS}):
        assert client.post(ERASE, values or {"x": "y"}).status_code == 400
    assert client.get(ERASE).status_code == 200
    assert dump() == before


@pytest.mark.parametrize("keep", ["yes", "no"])
def test_erasing_leaves_nothing_that_points_to_her(mei, client, keep: str, django_capture_on_commit_callbacks):
    talk = leave_traces(mei)
    person = mei.person
    said = list(Paragraph.objects.values_list("text", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        assert "It is erased" in client.post(ERASE, {"email": ADDRESS.upper(), "keep": keep}).content.decode()
    assert not Account.objects.filter(pk=mei.pk).exists()
    found = dump()
    for trace in (ADDRESS, "Glockenhof", "Glocke", "Mei Alias", "thief@example.org"):
        assert trace not in found
    assert client.get(DATA).status_code == 302  # signed out
    assert list(Paragraph.objects.values_list("text", flat=True)) == said
    for label in queries.list_personal_fields():
        model, _, field = label.rpartition(".")
        if "person" not in label or keep == "no":
            assert not apps.get_model(model)._base_manager.filter(**{field: person.pk if "person" in field else mei.pk})
    assert Act.objects.first().what == "somebody erased what the site knew of them"
    media = Path(Person._meta.get_field("picture").storage.location)
    assert not list(media.rglob("*.jpg"))
    assert Client().get(f"/people/{person.slug}/").status_code == (200 if keep == "yes" else 404)
    assert Client().get(f"/talks/{talk.slug}/").status_code == 200


def test_a_name_that_is_taken_out_stands_nowhere_any_more(mei, client, django_capture_on_commit_callbacks):
    talk = leave_traces(mei)
    assert CaptionFile.objects.filter(talk=talk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ERASE, {"email": ADDRESS, "keep": "no"})
    found = dump().casefold()
    assert "mei tanaka" not in found
    media = Path(CaptionFile._meta.get_field("file").storage.location)
    assert not any(b"Mei Tanaka" in path.read_bytes() for path in media.rglob("*") if path.is_file())
    visitor = Client()
    for path in (f"/talks/{talk.slug}/", "/talks/", "/talks/feed.xml", f"/talks/{talk.slug}/download/json"):
        assert "Mei Tanaka" not in visitor.get(path).content.decode()
    assert "Ada Okafor" in visitor.get(f"/talks/{talk.slug}/").content.decode()
    assert not TalkSpeaker.objects.filter(name="Mei Tanaka").exists()
    assert Turn.objects.filter(speaker_name="").exists()
    assert not Revision.objects.exclude(given_name="").exists()
    assert not Suggestion.objects.exclude(given_name="").exists()
    assert not RedactionRequest.objects.exists()


def test_the_only_organiser_is_not_erased(mei):
    Account.objects.exclude(pk=mei.pk).delete()
    client = Client()
    client.force_login(mei)
    answer = client.post(ERASE, {"email": ADDRESS, "keep": "no"})
    assert answer.status_code == 400
    assert "only organiser" in answer.content.decode()
    assert Person.objects.filter(name="Mei Tanaka").exists()


def test_somebody_without_a_page_is_asked_nothing_about_talks():
    jonas = make_account(email="jonas@example.org")
    client = Client()
    client.force_login(jonas)
    assert b'name="keep"' not in client.get(ERASE).content
    assert "It is erased" in client.post(ERASE, {"email": "jonas@example.org"}).content.decode()
    assert not Account.objects.filter(pk=jonas.pk).exists()
