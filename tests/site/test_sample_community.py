import pytest

from commonplace.apps.community import queries as community
from commonplace.apps.jobs import queries as jobs
from commonplace.apps.library import queries as library
from commonplace.apps.library.handlers import publish_captions
from commonplace.apps.library.models import CaptionFile
from commonplace.apps.people.models import Account
from commonplace.site import sample_community
from tests.factories import NOW, VISITOR

pytestmark = pytest.mark.django_db


def test_the_sample_talks_are_published_with_people_who_are_known(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sample_community.plant_people(now=NOW)
    titles = list(sample_community.plant_captions(now=NOW))
    assert jobs.get_queue(now=NOW).waiting == len(titles) >= 3
    for key in CaptionFile.objects.values_list("pk", flat=True):
        publish_captions(caption_file=key)
    rows = library.list_talks(viewer=VISITOR, page=1).rows
    assert {row.title for row in rows} == set(titles)
    assert all(row.words > 100 and row.date and row.speakers[0].slug for row in rows)


def test_a_sample_talk_can_be_read_in_japanese_beside_its_english(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sample_community.plant_people(now=NOW)
    sample_community.plant_accounts(now=NOW)
    list(sample_community.plant_captions(now=NOW))
    for key in CaptionFile.objects.values_list("pk", flat=True):
        publish_captions(caption_file=key)
    sample_community.plant_transcripts(now=NOW)
    page = library.get_talk_page_for(VISITOR, "labels-that-mean-something", language="en", beside="ja")
    assert len(page.rows) > 8
    assert any("coins" in row.left[0].text and "硬貨" in row.right[0].text for row in page.rows)


def test_each_role_has_somebody_to_sign_in_as():
    sample_community.plant_people(now=NOW)
    sample_community.plant_accounts(now=NOW)
    accounts = [(account.email, account.role) for account in Account.objects.exclude(person=None).order_by("email")]
    assert accounts == [
        ("ada@harbour.example", "organiser"),
        ("jonas@harbour.example", "member"),
        ("mei@harbour.example", "editor"),
    ]


def test_the_sample_community_says_in_its_own_words_what_it_is():
    sample_community.plant_pages(now=NOW)
    for key, language in (("about", "en"), ("about", "ja"), ("conduct", "en")):
        page = community.get_page(VISITOR, key, language)
        assert (page.is_default, page.language) == (False, language)
