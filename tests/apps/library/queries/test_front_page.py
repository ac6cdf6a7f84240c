import pytest

from commonplace.apps.library import queries
from tests.factories import VISITOR, make_talk

pytestmark = pytest.mark.django_db


def test_those_who_spoke_and_what_about_come_with_the_number_of_their_talks(django_assert_num_queries):
    make_talk("One", speakers=("Mei Tanaka", "Priya Raman"), topics=("boats", "clocks"))
    make_talk("Two", speakers=("Mei Tanaka",), topics=("clocks", "clocks"))
    make_talk("Three", speakers=("Jonas Weber",), topics=("secrets",), published=False)
    with django_assert_num_queries(2):
        survey = queries.survey_talks(VISITOR)
    assert [(person.value, person.title, person.count) for person in survey.people] == [
        ("mei-tanaka", "Mei Tanaka", 2),
        ("priya-raman", "Priya Raman", 1),
    ]
    assert [(topic.title, topic.count) for topic in survey.topics] == [("clocks", 2), ("boats", 1)]


def test_so_many_are_named_and_no_more():
    for number in range(4):
        make_talk(f"Talk {number}", speakers=(f"Speaker {number}",), topics=(f"topic {number}",))
    survey = queries.survey_talks(VISITOR, people=2, topics=3)
    assert (len(survey.people), len(survey.topics)) == (2, 3)


def test_a_host_is_not_among_those_who_spoke():
    make_talk(speakers=("Mei Tanaka",), hosts=("Ada Okafor",))
    assert [person.title for person in queries.survey_talks(VISITOR).people] == ["Mei Tanaka"]
