from dataclasses import fields

import pytest

from commonplace.apps.library import queries
from commonplace.apps.library.models import Talk
from commonplace.apps.people.models import Person
from tests.factories import VISITOR, make_account, make_talk

pytestmark = pytest.mark.django_db


LISTS = [
    lambda: queries.list_talks(viewer=VISITOR, page=1),
    lambda: queries.list_talks_of(VISITOR, "mei-tanaka"),
    lambda: queries.browse_talks(viewer=VISITOR, narrowing=queries.Narrowing(topic="boats"), page=1),
    lambda: list(queries.export_talks()),
]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def account_of(slug):
    return make_account(Person.objects.get(slug=slug))


def make_library():
    make_talk("Sails", topics=("boats", "wind"), date="2025-05-04", event="Summer")
    make_talk("Ropes", topics=("boats",), date="2026-05-04", event="Summer", speakers=("Jonas Weber",))
    make_talk("Tides", topics=("water",), date="2026-06-04", event="Winter")
    make_talk("Fog", topics=("boats",), date=None, published=False)


def browse(page=1, **narrowing):
    return queries.browse_talks(viewer=VISITOR, narrowing=queries.Narrowing(**narrowing), page=page, per_page=2)


def test_a_talk_that_is_not_out_is_there_for_its_speakers_and_staff_only():
    talk = make_talk(published=False)
    for viewer in (account_of("mei-tanaka"), account_of("ada-okafor"), make_account(is_staff=True)):
        assert queries.get_talk_page_for(viewer, talk.slug).title == talk.title
        assert queries.list_talks(viewer=viewer, page=1).total == 1
    for viewer in (VISITOR, make_account()):
        assert queries.list_talks(viewer=viewer, page=1).total == 0
        assert queries.list_talks_of(viewer, "mei-tanaka") == ()
        for ask in (queries.get_talk_for, queries.get_talk_page_for):
            with pytest.raises(Talk.DoesNotExist):
                ask(viewer, talk.slug)
        with pytest.raises(Talk.DoesNotExist):
            queries.get_download_for(viewer, talk.slug, "vtt")


def test_a_published_talk_is_there_for_everybody():
    talk = make_talk()
    for viewer in (VISITOR, make_account(), account_of("mei-tanaka")):
        assert queries.get_talk_for(viewer, talk.slug) == talk


def test_an_account_that_was_closed_sees_what_visitors_see():
    make_talk(published=False)
    account = make_account(is_staff=True)
    account.is_active = False
    assert queries.list_talks(viewer=account, page=1).total == 0


def test_talks_are_listed_newest_first_and_without_a_day_last():
    for title, day in [("b", "2026-01-01"), ("c", None), ("a", "2026-02-01")]:
        make_talk(title, date=day)
    assert [row.slug for row in queries.list_talks(viewer=VISITOR, page=1).rows] == ["a", "b", "c"]


@pytest.mark.parametrize(("page", "shown"), [(-1, 1), (1, 1), (2, 2), (99, 2)])
def test_pages_beyond_the_ends_are_the_ends(page, shown):
    for number in range(3):
        make_talk(f"talk {number}")
    listed = queries.list_talks(viewer=VISITOR, page=page, per_page=2)
    assert (listed.page, listed.pages, listed.total, len(listed.rows)) == (shown, 2, 3, 3 - shown)


def test_a_row_says_who_spoke_and_how_long():
    make_talk(topics=("boats",), event="Harbour ML")
    (row,) = queries.list_talks_of(VISITOR, "mei-tanaka")
    assert [(person.name, person.role) for person in row.speakers] == [
        ("Mei Tanaka", "speaker"),
        ("Ada Okafor", "host"),
    ]
    assert (row.words, row.topics, row.event) == (24, ("boats",), "Harbour ML")


@pytest.mark.parametrize(("ask", "count"), list(zip(LISTS, (4, 3, 5), strict=False)))
def test_lists_take_as_many_queries_for_three_talks_as_for_one(ask, count, django_assert_num_queries):
    make_talk("one", topics=("boats",))
    with django_assert_num_queries(count):
        ask()
    make_talk("two", topics=("boats",))
    make_talk("three", topics=("boats",))
    with django_assert_num_queries(count):
        ask()


@pytest.mark.parametrize("value", [queries.TalkRow, queries.TalkPage, queries.ParagraphView, queries.DownloadFile])
def test_values_for_pages_cannot_be_changed(value):
    assert value.__dataclass_params__.frozen
    assert set(value.__slots__) == {field.name for field in fields(value)}


@pytest.mark.parametrize(
    ("narrowing", "titles"),
    [
        ({"topic": "boats"}, ["Ropes", "Sails"]),
        ({"speaker": "mei-tanaka"}, ["Tides", "Sails"]),
        ({"year": "2026"}, ["Tides", "Ropes"]),
        ({"event": "Summer"}, ["Ropes", "Sails"]),
        ({"event": "Summer", "year": "2025", "topic": "wind", "speaker": "mei-tanaka"}, ["Sails"]),
        ({"event": "Winter", "topic": "boats"}, []),
        ({"speaker": "ada-okafor"}, []),
        ({"year": "99999"}, []),
    ],
)
def test_talks_are_narrowed_by_all_that_is_asked(narrowing, titles):
    make_library()
    index = browse(**narrowing)
    assert [row.title for row in index.talks.rows] == titles
    assert index.talks.total == len(titles)
    assert index.is_narrowed


def test_choices_say_how_many_talks_each_would_leave():
    make_library()
    index = browse(year="2026")
    assert [(choice.value, choice.count) for choice in index.topics.choices] == [("boats", 1), ("water", 1)]
    assert [(choice.value, choice.count, choice.is_chosen) for choice in index.years.choices] == [
        ("2026", 2, True),
        ("2025", 1, False),
    ]
    assert [choice.title for choice in index.speakers.choices] == ["Jonas Weber", "Mei Tanaka"]


def test_a_wish_that_nothing_fits_still_says_whom_it_means():
    make_library()
    index = browse(speaker="jonas-weber", event="Winter")
    assert (index.talks.total, index.speakers.chosen, index.events.chosen) == (0, "Jonas Weber", "Winter")
    chosen = [choice for facet in index.facets for choice in facet.choices if choice.is_chosen]
    assert [(choice.title, choice.count) for choice in chosen] == [("Jonas Weber", 0), ("Winter", 0)]


def test_a_narrowed_list_has_pages_and_shows_nobody_what_is_not_theirs():
    make_library()
    index = browse(page=2)
    assert (index.talks.page, index.talks.pages, index.talks.total, len(index.talks.rows)) == (2, 2, 3, 1)
    assert not index.is_narrowed
    assert "Fog" not in str(index)


def test_a_library_with_one_of_each_offers_nothing_to_narrow():
    make_talk(topics=("boats",), event="Summer")
    assert browse().facets == ()
