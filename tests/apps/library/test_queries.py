import json
from dataclasses import fields

import pytest

from commonplace.apps.library import actions, queries
from commonplace.apps.library.models import Chapter, Paragraph, Recording, Talk, Transcript
from commonplace.apps.people.models import Person
from tests.factories import NOW, VISITOR, make_account, make_talk

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


def test_a_page_takes_as_many_queries_for_a_long_talk_as_for_a_short_one(django_assert_num_queries):
    make_talk("short", sentences=1)
    make_talk("long", sentences=90)
    for slug in ("short", "long"):
        with django_assert_num_queries(6):
            queries.get_talk_page_for(VISITOR, slug)


def test_a_page_tells_turns_apart():
    first, second = queries.get_talk_page_for(VISITOR, make_talk().slug).paragraphs[:2]
    assert (first.speaker.name, first.speaker.slug, first.begins_turn) == ("Ada Okafor", "ada-okafor", True)
    assert (second.speaker.name, second.begins_turn) == ("Mei Tanaka", True)


def test_every_paragraph_has_an_address_of_its_own():
    talk = make_talk(sentences=40)
    Paragraph.objects.filter(position__in=(0, 1)).update(start_ms=1234)
    Paragraph.objects.filter(position=2).delete()
    paragraphs = queries.get_talk_page_for(VISITOR, talk.slug).paragraphs
    assert [paragraph.anchor for paragraph in paragraphs[:2]] == ["t=1", "t=1.2"]
    assert len({paragraph.anchor for paragraph in paragraphs}) == len(paragraphs)


def test_a_paragraph_without_a_time_is_numbered():
    talk = make_talk()
    Paragraph.objects.update(start_ms=None)
    assert queries.get_talk_page_for(VISITOR, talk.slug).paragraphs[0].anchor == "p=1"


@pytest.mark.parametrize("begins", [{"start_ms": 9_000}, {"start_ms": 11_000}, {"first_word": 7}])
def test_a_chapter_begins_at_the_nearest_paragraph(begins):
    talk = make_talk()
    Chapter.objects.create(transcript=talk.transcripts.get(), position=0, title="Boats", **begins)
    page = queries.get_talk_page_for(VISITOR, talk.slug)
    assert page.paragraphs[1].chapter == page.chapters[0]
    assert page.chapters[0].anchor == page.paragraphs[1].anchor


def test_chapters_without_paragraphs_left_still_lead_somewhere():
    talk = make_talk()
    for position in range(5):
        Chapter.objects.create(transcript=talk.transcripts.get(), position=position, title="x", start_ms=99_000)
    page = queries.get_talk_page_for(VISITOR, talk.slug)
    assert len(page.chapters) == 5
    assert {chapter.anchor for chapter in page.chapters} <= {paragraph.anchor for paragraph in page.paragraphs}


def test_a_loop_is_marked_in_its_paragraph():
    talk = make_talk()
    Transcript.objects.update(loops=[[6, 8, 3]])
    marks = [paragraph.loops for paragraph in queries.get_talk_page_for(VISITOR, talk.slug).paragraphs]
    assert marks[:2] == [False, True]


def test_a_talk_that_waits_for_captions_has_a_page():
    Talk.objects.create(slug="soon", title="Soon", created_at=NOW, published_at=NOW)
    page = queries.get_talk_page_for(VISITOR, "soon")
    assert (page.paragraphs, page.chapters, page.downloads) == ((), (), ())


def test_every_download_that_a_page_offers_is_there():
    talk = make_talk()
    Chapter.objects.create(transcript=talk.transcripts.get(), position=0, title="Boats", start_ms=0)
    offered = {download.kind for download in queries.get_talk_page_for(VISITOR, talk.slug).downloads}
    assert offered == {"vtt", "srt", "md", "txt", "json", "podcast-json", "chapters"}
    for kind in offered:
        file = queries.get_download_for(VISITOR, talk.slug, kind)
        assert file.name.startswith(talk.slug)
        assert file.body
    assert len(json.loads(queries.get_download_for(VISITOR, talk.slug, "json").body)["words"]) == 24


@pytest.mark.parametrize("kind", ["chapters", "exe", "", "../vtt"])
def test_what_is_not_offered_does_not_exist(kind):
    with pytest.raises(Talk.DoesNotExist):
        queries.get_download_for(VISITOR, make_talk().slug, kind)


@pytest.mark.parametrize("value", [queries.TalkRow, queries.TalkPage, queries.ParagraphView, queries.DownloadFile])
def test_values_for_pages_cannot_be_changed(value):
    assert value.__dataclass_params__.frozen
    assert set(value.__slots__) == {field.name for field in fields(value)}


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=abcdefghijk",
        "https://m.youtube.com/watch?app=desktop&v=abcdefghijk&t=90s",
        "https://youtu.be/abcdefghijk?si=xyz",
        "https://www.youtube.com/live/abcdefghijk",
        "https://www.youtube-nocookie.com/embed/abcdefghijk",
    ],
)
def test_youtube_is_played_by_the_player_that_sets_no_cookie(url):
    player = queries.find_player(Recording(url=url, kind="page"))
    assert player.url == "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&playsinline=1&rel=0&start="
    assert player.host == "www.youtube-nocookie.com"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://vimeo.com/1234", "1234?dnt=1&autoplay=1"),
        ("https://vimeo.com/1234/0abc9", "1234?dnt=1&autoplay=1&h=0abc9"),
        ("https://player.vimeo.com/video/1234?h=x", "1234?dnt=1&autoplay=1"),
    ],
)
def test_vimeo_is_played_without_tracking(url, path):
    assert queries.find_player(Recording(url=url, kind="page")).url == f"https://player.vimeo.com/video/{path}#t="


@pytest.mark.parametrize("kind", ["audio", "video"])
def test_a_file_is_played_from_where_it_lies(kind):
    url = "https://Recordings.example:8443/boats?part=1"
    assert queries.find_player(Recording(url=url, kind=kind)) == queries.Player(
        kind, url, "https://recordings.example:8443"
    )


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://recordings.example/boats", "page"),
        ("https://youtu.be/short", "page"),
        ("https://vimeo.com/channels/boats", "page"),
        ("https://notyoutube.com/watch?v=abcdefghijk", "page"),
        ("https://youtu.be.example/abcdefghijk", "page"),
        ("https://someone@recordings.example/a.mp3", "audio"),
        ("https://a.example;script-src https://b.example/a.mp3", "audio"),
        ("https://a.example *.mp3", "audio"),
        ("https://[::1]/a.mp3", "audio"),
    ],
)
def test_what_no_player_is_known_for_is_only_linked_to(url, kind):
    assert queries.find_player(Recording(url=url, kind=kind)) is None


def make_library():
    make_talk("Sails", topics=("boats", "wind"), date="2025-05-04", event="Summer")
    make_talk("Ropes", topics=("boats",), date="2026-05-04", event="Summer", speakers=("Jonas Weber",))
    make_talk("Tides", topics=("water",), date="2026-06-04", event="Winter")
    make_talk("Fog", topics=("boats",), date=None, published=False)


def browse(page=1, **narrowing):
    return queries.browse_talks(viewer=VISITOR, narrowing=queries.Narrowing(**narrowing), page=page, per_page=2)


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


def test_the_words_around_a_paragraph_are_cut_to_what_tells_where_one_is():
    talk = make_talk(sentences=60)
    row = Paragraph.objects.get(transcript__talk=talk, position=2)
    found = queries.get_paragraph_to_correct_for(VISITOR, talk.slug, row.pk)
    assert (found.before.split()[0], len(found.before.split())) == ("…", 41)
    assert (found.after.split()[-1], len(found.after.split())) == ("…", 41)
    assert found.speakers == ("", "Ada Okafor", "Mei Tanaka")
    assert not found.may_correct


def test_a_history_is_cut_into_pages_the_newest_edit_first():
    talk = make_talk(sentences=1)
    row = Paragraph.objects.get(transcript__talk=talk, position=1)
    for number in range(3):
        edit = {"version": number, "text": f"Boats {number}.", "by": make_account(role="editor"), "now": NOW}
        actions.correct_paragraph(paragraph=row.pk, **edit)
    history = queries.get_history_for(VISITOR, talk.slug, page=9, per_page=2)
    assert (history.page, history.pages) == (2, 2)
    assert history.revisions[0].differences[-1] == ("inserted", "Boats 0.")
