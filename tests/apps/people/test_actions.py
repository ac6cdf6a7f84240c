import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from commonplace.apps.people import actions, queries
from commonplace.apps.people.actions import make_slug
from commonplace.apps.people.adapters import UnreadablePerson
from commonplace.apps.people.models import Person
from tests.factories import NOW, make_person

MEI = "---\nname: Mei Tanaka\nother_names:\n- 田中 芽衣\n---\n\nListens to *harbours*.\n"


@pytest.mark.parametrize(
    ("name", "slug"), [("Mei Tanaka", "mei-tanaka"), ("田中 芽衣", "田中-芽衣"), ("Zoë", "zoë"), ("!?", "person")]
)
def test_a_name_of_any_script_makes_an_address(name, slug):
    assert make_slug(name, taken=()) == slug


@given(st.text(), st.integers(0, 3))
def test_an_address_is_new_and_stays_what_it_is(name, others):
    taken = set()
    for _ in range(others + 1):
        slug = make_slug(name, taken=taken)
        assert slug not in taken
        assert len(slug) <= 80
        assert make_slug(slug, taken=()) == slug
        taken.add(slug)


@pytest.mark.django_db
def test_an_imported_person_is_new_then_unchanged_then_changed():
    assert actions.import_person(text=MEI, slug="mei-tanaka", now=NOW).kind == "new"
    assert actions.import_person(text=MEI, slug="mei-tanaka", now=NOW).kind == "unchanged"
    change = actions.import_person(text=MEI.replace("*harbours*", "boats"), slug="mei-tanaka", now=NOW)
    assert (change.kind, change.fields) == ("changed", ("biography",))
    assert Person.objects.get().biography == "Listens to boats."


@pytest.mark.django_db
def test_a_broken_file_changes_nothing():
    with pytest.raises(UnreadablePerson):
        actions.import_person(text="no front matter", slug="mei-tanaka", now=NOW)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_people_are_credited_by_any_of_their_names_whatever_the_case():
    mei = make_person(other_names=["田中 芽衣"])
    found = actions.credit_people(names=["MEI TANAKA", "田中 芽衣"], now=NOW)
    assert set(found.values()) == {mei.pk}


@pytest.mark.django_db
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")).filter(str.strip))
def test_whoever_is_credited_can_be_exported_and_imported_again(name):
    Person.objects.all().delete()
    found = actions.credit_people(names=[name], now=NOW)
    assert actions.credit_people(names=[f" {name}\u3000"], now=NOW) == {f" {name}\u3000": found[name]}
    [(slug, text)] = queries.export_people()
    assert actions.import_person(text=text, slug=slug, now=NOW).kind == "unchanged"


@pytest.mark.django_db
def test_somebody_unknown_is_made_once():
    found = actions.credit_people(names=["Jonas Weber", "jonas weber", "Jonas Weber"], now=NOW)
    assert set(found.values()) == {Person.objects.get(slug="jonas-weber").pk}


@pytest.mark.django_db
def test_a_name_that_two_people_bear_is_nobody():
    make_person(slug="mei-1")
    make_person(slug="mei-2")
    assert actions.credit_people(names=["Mei Tanaka"], now=NOW) == {"Mei Tanaka": None}
    assert Person.objects.count() == 2


@pytest.mark.django_db
def test_a_name_of_ones_own_counts_before_another_name():
    make_person("Ada Okafor", other_names=["Jonas Weber"])
    jonas = make_person("Jonas Weber")
    assert actions.credit_people(names=["Jonas Weber"], now=NOW) == {"Jonas Weber": jonas.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("values", [{"slug": "mei-tanaka"}, {"slug": ""}, {"name": "", "slug": "x"}])
def test_the_database_refuses_a_person_without_a_name_or_an_address_of_its_own(values):
    make_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_person(**values)
