import pytest

from commonplace.apps.people import queries
from commonplace.apps.people.models import Person
from tests.factories import VISITOR, make_account, make_person

pytestmark = pytest.mark.django_db


def test_a_person_s_page_is_the_same_for_everybody():
    mei = make_person(biography="Listens to *harbours*.", links=[{"title": "Home", "url": "https://example.org"}])
    viewers = [VISITOR, make_account(), make_account(mei), make_account(is_staff=True)]
    pages = {repr(queries.get_person_page_for(viewer, "mei-tanaka")) for viewer in viewers}
    assert len(pages) == 1
    assert "<em>harbours</em>" in pages.pop()


def test_a_page_of_nobody_does_not_exist():
    with pytest.raises(Person.DoesNotExist):
        queries.get_person_page_for(VISITOR, "nobody")


@pytest.mark.parametrize("count", [1, 3])
def test_finding_people_takes_one_query_however_many_there_are(count, django_assert_num_queries):
    for number in range(count):
        make_person(f"Speaker {number}")
    with django_assert_num_queries(1):
        queries.find_people([f"Speaker {number}" for number in range(count)])


def test_people_are_exported_by_slug():
    make_person("Priya Raman")
    make_person("Jonas Weber")
    assert [slug for slug, _ in queries.export_people()] == ["jonas-weber", "priya-raman"]
