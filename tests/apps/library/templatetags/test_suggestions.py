import pytest
from django.test import Client
from django.urls import reverse

from commonplace.apps.library import actions
from commonplace.apps.library.models import Paragraph
from tests.factories import NOW, make_account, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def read_account(client: Client, role: str) -> str:
    client.force_login(make_account(role=role))
    return client.get(reverse("account")).content.decode()


@pytest.mark.parametrize("role", ["editor", "organiser"])
def test_those_who_decide_suggestions_see_on_their_account_how_many_wait(client: Client, role: str):
    make_talk(sentences=1)
    paragraph = Paragraph.objects.last()
    assert f'href="{reverse("suggestions")}">0 suggestions wait' in read_account(client, role)
    for number in range(2):
        known = {"given_name": "", "sender": "one", "now": NOW, "text": f"Boats {number}."}
        actions.suggest_correction(paragraph=paragraph.pk, version=0, **known)
    page = read_account(client, role)
    assert f'href="{reverse("suggestions")}">2 suggestions wait' in page


def test_a_member_hears_nothing_of_suggestions(client: Client):
    assert reverse("suggestions") not in read_account(client, "member")
