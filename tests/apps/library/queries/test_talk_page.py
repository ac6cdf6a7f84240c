import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.apps.library import queries
from commonplace.apps.library.models import Chapter, Paragraph, Talk, Transcript
from commonplace.apps.library.queries.talk_page import _find_nearest
from tests.factories import NOW, VISITOR, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_page_takes_as_many_queries_for_a_long_talk_as_for_a_short_one(django_assert_num_queries):
    make_talk("short", sentences=1)
    make_talk("long", sentences=90)
    for slug in ("short", "long"):
        with django_assert_num_queries(7):
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


@given(st.lists(st.integers(0, 30)).map(sorted), st.integers(0, 30), st.integers(0, 10))
def test_a_chapter_begins_at_the_earliest_of_the_paragraphs_nearest_to_its_time(times, wanted, first):
    distances = [(abs(time - wanted), place) for place, time in enumerate(times) if place >= first]
    assert _find_nearest(wanted, times, first) == (min(distances)[1] if distances else None)


def test_chapters_keep_their_order_where_the_times_of_paragraphs_run_backwards():
    talk = make_talk(sentences=40)
    transcript = Transcript.objects.get()
    rows = list(transcript.paragraphs.all())
    Paragraph.objects.filter(pk=rows[-1].pk).update(start_ms=0)
    for position, start in enumerate((0, 100_000, 900_000)):
        Chapter.objects.create(transcript=transcript, position=position, start_ms=start, title=f"Part {position}")
    places = [row.chapter.title for row in queries.get_talk_page_for(VISITOR, talk.slug).paragraphs if row.chapter]
    assert places == ["Part 0", "Part 1", "Part 2"]
