from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from commonplace.apps.people import actions, queries
from commonplace.apps.people.models import Invitation, Person, Role
from tests.factories import NOW, VISITOR, make_account, make_person

pytestmark = pytest.mark.django_db


def test_a_person_s_page_is_the_same_for_everybody():
    mei = make_person(biography="Listens to *harbours*.", links=[{"title": "Home", "url": "https://example.org"}])
    viewers = [VISITOR, make_account(), make_account(mei), make_account(is_staff=True)]
    pages = [replace(queries.get_person_page_for(viewer, "mei-tanaka"), may_edit=False) for viewer in viewers]
    assert len(set(map(repr, pages))) == 1
    assert "<em>harbours</em>" in pages[0].biography_html


def test_a_page_of_nobody_does_not_exist():
    with pytest.raises(Person.DoesNotExist):
        queries.get_person_page_for(VISITOR, "nobody")


@pytest.mark.parametrize("count", [1, 3])
def test_finding_people_takes_two_queries_however_many_there_are(count, django_assert_num_queries):
    for number in range(count):
        make_person(f"Speaker {number}")
    with django_assert_num_queries(2):
        queries.find_people([f"Speaker {number}" for number in range(count)])


def test_people_are_exported_by_slug():
    make_person("Priya Raman")
    make_person("Jonas Weber")
    assert [slug for slug, _ in queries.export_people()] == ["jonas-weber", "priya-raman"]


def test_an_account_is_called_by_its_person_s_name_and_never_by_its_address():
    assert queries.name_of(make_account(make_person(), name="M", email="m@example.org")) == "Mei Tanaka"
    assert queries.name_of(make_account(name="Jonas", email="j@example.org")) == "Jonas"
    assert queries.name_of(make_account(email="p@example.org")) == "a member"
    assert queries.name_of(None) == "somebody who has left"


def test_an_invitation_is_seen_until_it_is_used_and_then_by_whoever_used_it():
    token = queries.write_token(actions.invite(role=Role.EDITOR, by=None, now=NOW))
    mei, stranger = make_account(last_login=NOW), make_account()
    assert not queries.get_invitation_for(stranger, token, now=NOW).is_mine
    actions.accept_invitation_as(token=token, account=mei, now=NOW)
    assert queries.get_invitation_for(mei, token, now=NOW).is_mine
    for viewer in (VISITOR, stranger):
        with pytest.raises(Invitation.DoesNotExist):
            queries.get_invitation_for(viewer, token, now=NOW)


def test_a_token_is_ours_or_nobody_s():
    invitation = actions.invite(role=Role.EDITOR, by=None, now=NOW)
    assert queries.read_token(queries.write_token(invitation)) == invitation.pk
    assert queries.read_token(str(invitation.pk)) == -1
    with pytest.raises(Invitation.DoesNotExist):
        queries.get_invitation_for(VISITOR, "", now=NOW)


def test_organisers_see_the_invitations_that_somebody_can_still_use():
    ada = make_account(role=Role.ORGANISER, name="Ada Okafor")
    actions.invite(role=Role.EDITOR, by=ada, now=NOW - timedelta(days=8))
    actions.invite(role=Role.MEMBER, by=ada, now=NOW, person=make_person())
    (seen,) = queries.list_open_invitations_for(ada, now=NOW)
    assert (seen.role, seen.person, seen.invited_by) == (Role.MEMBER, "Mei Tanaka", "Ada Okafor")


@pytest.mark.parametrize("viewer", [lambda: VISITOR, make_account, lambda: make_account(role=Role.EDITOR)])
def test_nobody_but_an_organiser_sees_accounts_invitations_or_acts(viewer):
    for ask in (
        lambda: queries.list_accounts_for(viewer(), page=1),
        lambda: queries.list_open_invitations_for(viewer(), now=NOW),
        lambda: queries.list_acts_for(viewer(), page=1),
    ):
        with pytest.raises(PermissionDenied):
            ask()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_organisers_take_the_same_queries_however_long_they_are(count, django_assert_num_queries):
    ada = make_account(make_person("Ada Okafor"), role=Role.ORGANISER)
    for number in range(count):
        make_account(make_person(f"Member {number}"), email=f"{number}@example.org")
        actions.invite(role=Role.MEMBER, by=ada, now=NOW, person=make_person(f"Guest {number}"))
    with django_assert_num_queries(2):
        assert [account.person.name for account in queries.list_accounts_for(ada, page=1)]
    with django_assert_num_queries(2):
        assert [queries.name_of(act.by) for act in queries.list_acts_for(ada, page=1)]
    with django_assert_num_queries(1):
        queries.list_open_invitations_for(ada, now=NOW)


def test_acts_come_fifty_a_page_the_newest_first():
    ada = make_account(role=Role.ORGANISER)
    for number in range(60):
        actions.record_act(by=ada, what="counted", target=str(number), now=NOW + timedelta(seconds=number))
    pages = [[act.target for act in queries.list_acts_for(ada, page=page)] for page in (1, 2)]
    assert pages[0] + pages[1] == [str(number) for number in range(59, -1, -1)]
    assert len(pages[0]) == 50
