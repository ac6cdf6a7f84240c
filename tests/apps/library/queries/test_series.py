from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.apps.library import queries
from commonplace.apps.library.models import SLUG_LENGTH, Talk
from commonplace.apps.library.queries.series import make_series_slug
from tests.factories import VISITOR, make_account, make_talk

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Harbour ML evening, November", "harbour-ml-evening-november"),
        ("日本語読書会 第四回", "日本語読書会-第四回"),
        ("Boats / rivers?\nSummer & winter", "boats-rivers-summer-winter"),
    ],
)
def test_the_address_of_a_series_is_its_name(name: str, slug: str):
    assert make_series_slug(name) == slug


def test_names_that_only_case_and_commas_tell_apart_are_one_series():
    assert make_series_slug("Study group, May") == make_series_slug("study  Group: may")


@pytest.mark.parametrize(
    ("one", "other"), [("C", "C++"), ("C#", "C++"), ("🎉", "🐳"), ("!!!", "???"), ("x" * 90, "x" * 91)]
)
def test_names_that_tell_series_apart_keep_them_apart(one: str, other: str):
    assert make_series_slug(one) != make_series_slug(other)


@given(NAMES)
def test_every_name_makes_an_address_of_letters_digits_and_hyphens(name: str):
    slug = make_series_slug(name)
    assert 0 < len(slug) <= SLUG_LENGTH
    assert all(sign.isalnum() or sign in "-_" for sign in slug)
    assert make_series_slug(name) == slug


@pytest.mark.django_db
class TestSeries:
    @pytest.fixture(autouse=True)
    def _media(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path

    def test_a_series_holds_its_talks_the_newest_first_with_their_speakers_and_topics(self):
        make_talk("Sails", event="Study group", date="2025-05-04", topics=("boats", "wind"))
        make_talk("Ropes", event="study group", date="2026-05-04", topics=("boats",), speakers=("Jonas Weber",))
        make_talk("Tides", event="Winter")
        series = queries.get_series_for(VISITOR, "study-group", page=1)
        assert [row.title for row in series.talks.rows] == ["Ropes", "Sails"]
        assert (series.title, series.years, series.talks.total) == ("study group", (2025, 2026), 2)
        assert [(topic.title, topic.count) for topic in series.topics] == [("boats", 2), ("wind", 1)]
        assert [speaker.title for speaker in series.speakers] == ["Jonas Weber", "Mei Tanaka"]

    def test_a_series_in_one_language_says_so(self):
        make_talk("一", event="読書会", language="ja")
        assert queries.get_series_for(VISITOR, "読書会", page=1).language == "ja"
        make_talk("Two", event="読書会", language="en")
        assert queries.get_series_for(VISITOR, "読書会", page=1).language == ""

    @pytest.mark.parametrize("slug", ["winter", "", "study", "study-group-", "\x00", "x" * 900])
    def test_there_is_no_series_without_a_talk(self, slug: str):
        make_talk(event="Study group")
        with pytest.raises(Talk.DoesNotExist):
            queries.get_series_for(VISITOR, slug, page=1)

    def test_a_series_of_unpublished_talks_is_there_for_staff_only(self):
        make_talk(event="Secret", published=False)
        with pytest.raises(Talk.DoesNotExist):
            queries.get_series_for(VISITOR, "secret", page=1)
        assert queries.get_series_for(make_account(is_staff=True), "secret", page=1).talks.total == 1

    @pytest.mark.parametrize("talks", [1, 3])
    def test_a_series_takes_as_many_queries_however_long_it_is(self, django_assert_num_queries, talks: int):
        for number in range(talks):
            make_talk(f"Talk {number}", event="Study group")
        with django_assert_num_queries(6):
            queries.get_series_for(VISITOR, "study-group", page=1)
