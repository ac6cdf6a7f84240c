import pytest

from commonplace.apps.people.forms import AcceptForm, InviteForm, RoleForm
from commonplace.apps.people.permissions import Role
from tests.factories import make_account, make_person


def test_a_name_is_one_line_and_an_address_is_in_lower_case():
    form = AcceptForm({"name": "  Jonas \t Weber ", "email": "Jonas@Example.ORG"})
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Jonas Weber", "email": "jonas@example.org"}


@pytest.mark.parametrize(("name", "email"), [("", "a@b.example"), ("x" * 151, "a@b.example"), ("x", "nobody")])
def test_what_is_no_name_or_address_is_refused(name, email):
    assert not AcceptForm({"name": name, "email": email}).is_valid()


@pytest.mark.parametrize("role", ["visitor", "king", ""])
def test_a_role_is_one_that_accounts_have(role):
    assert not RoleForm({"role": role}).is_valid()
    assert RoleForm({"role": "editor"}).is_valid()


@pytest.mark.django_db
def test_a_person_who_has_an_account_is_not_invited_again():
    mei, priya = make_person(), make_person("Priya Raman")
    make_account(mei)
    assert not InviteForm({"role": "member", "person": mei.pk}).is_valid()
    form = InviteForm({"role": "member", "person": priya.pk})
    assert form.is_valid()
    assert form.cleaned_data == {"role": Role.MEMBER, "person": priya}
