import pytest
from django.test import Client
from django.urls import reverse

from commonplace.apps.library.models import Paragraph, Revision, Turn
from tests.factories import make_account, make_talk

pytestmark = pytest.mark.django_db

ADDRESS = "/talks/words-with-times/speakers/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_talk(sentences=1)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_account(role="editor", name="Jonas Weber"))
    return client


def rename(client: Client, before: str, after: str):
    return client.post(ADDRESS, {"before": before, "after": after})


def test_an_editor_renames_a_speaker_and_takes_it_back_in_the_history(editor: Client):
    assert "New name for Mei Tanaka" in editor.get(ADDRESS).content.decode()
    assert rename(editor, "Mei Tanaka", " Priya  Raman ").status_code == 302
    history = editor.get(reverse("history", args=["words-with-times"])).content.decode()
    assert "named a speaker, in 1 turn" in history
    assert "</span>Priya Raman</ins>" in history
    editor.post(reverse("undo", args=["words-with-times", Revision.objects.get().pk]))
    assert Turn.objects.filter(speaker_name="Mei Tanaka").count() == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Mei Tanaka", ""),
        ("Mei Tanaka", "Mei  Tanaka"),
        ("Mei Tanaka", "M" * 201),
        ("Nobody", "Mei"),
        ("Mei Tanaka", "a\x00"),
    ],
)
def test_what_is_no_new_name_is_refused_and_said(editor: Client, before: str, after: str):
    response = rename(editor, before, after)
    assert response.status_code == 400
    assert 'class="wrong"' in response.content.decode()
    assert not Revision.objects.exists()


@pytest.mark.parametrize("account", [None, "member"])
def test_whoever_may_not_correct_finds_nothing_here(client: Client, account: str | None):
    if account:
        client.force_login(make_account(role=account))
    assert client.get(ADDRESS).status_code == 404
    assert rename(client, "Mei Tanaka", "Mallory").status_code == 404
    assert not Revision.objects.exists()


def test_the_speaker_of_a_talk_may_rename_in_it(client: Client):
    client.force_login(make_account(Turn.objects.get(speaker_name="Mei Tanaka").person))
    assert rename(client, "Ada Okafor", "Ada").status_code == 302


def test_hostile_names_are_shown_and_not_run(editor: Client):
    rename(editor, "Mei Tanaka", "<script>alert(1)</script>")
    for address in (ADDRESS, reverse("history", args=["words-with-times"])):
        assert "<script>alert" not in editor.get(address).content.decode()


def test_a_form_that_was_open_while_the_speaker_was_renamed_is_saved(editor: Client):
    paragraph = Paragraph.objects.get(position=1)
    rename(editor, "Mei Tanaka", "Priya Raman")
    form = {"text": "Ships.", "version": 0, "speaker": "Mei Tanaka", "speaker_seen": "Mei Tanaka"}
    assert editor.post(reverse("correct", args=["words-with-times", paragraph.pk]), form).status_code == 302
    assert Paragraph.objects.get(position=1).text == "Ships."
    assert Turn.objects.filter(speaker_name="Priya Raman").exists()
