import pytest
from django.db import IntegrityError

from commonplace.apps.people.permissions import Role, can_edit_talks, can_upload, is_organiser, role_of
from tests.factories import VISITOR, make_account


def allowed(account) -> tuple[bool, bool, bool]:
    return can_upload(account), can_edit_talks(account), is_organiser(account)


def test_a_visitor_may_do_nothing():
    assert role_of(VISITOR) is Role.VISITOR
    assert allowed(VISITOR) == (False, False, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.MEMBER, (True, False, False)),
        (Role.EDITOR, (True, True, False)),
        (Role.ORGANISER, (True, True, True)),
    ],
)
def test_each_role_may_do_what_the_one_before_it_may(role, expected):
    account = make_account(role=role)
    account.refresh_from_db()
    assert role_of(account) is role
    assert allowed(account) == expected


@pytest.mark.django_db
def test_an_account_is_a_member_s_until_somebody_says_otherwise():
    assert role_of(make_account()) is Role.MEMBER


@pytest.mark.django_db
def test_a_closed_account_is_a_visitor_s():
    account = make_account(role=Role.ORGANISER)
    account.is_active = False
    assert allowed(account) == (False, False, False)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["visitor", "", "king"])
def test_no_account_has_another_role(role):
    with pytest.raises(IntegrityError, match="account_has_role"):
        make_account(role=role)
