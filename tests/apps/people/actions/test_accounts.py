from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from commonplace.apps.people import actions, queries
from commonplace.apps.people.actions import make_slug
from commonplace.apps.people.adapters import UnreadablePerson
from commonplace.apps.people.models import Account, Act, Invitation, Person, Role
from tests.factories import NOW, make_account, make_person

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


def make_token(role=Role.EDITOR, **values):
    return queries.write_token(actions.invite(role=role, by=None, now=NOW, **values))


def accept(token, email="jonas@example.org", now=NOW):
    actions.accept_invitation(token=token, email=email, name="Jonas", now=now)


@pytest.mark.django_db
def test_an_account_has_an_address_of_its_own_and_no_password():
    account = actions.open_account(email="Jonas@Example.org", name="Jonas", role=Role.MEMBER, now=NOW)
    assert account.email == "jonas@example.org"
    assert not account.has_usable_password()
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.open_account(email="JONAS@example.org", name="Jonas", role=Role.MEMBER, now=NOW)


@pytest.mark.django_db
def test_an_accepted_invitation_makes_an_account_with_its_role_and_person():
    jonas = make_person("Jonas Weber")
    accept(make_token(person=jonas))
    account = Account.objects.get()
    assert (account.email, account.role, account.person) == ("jonas@example.org", "editor", jonas)


@pytest.mark.django_db
def test_an_invitation_serves_one_person():
    token = make_token()
    accept(token)
    Account.objects.update(last_login=NOW)
    with pytest.raises(actions.InvitationVoid):
        accept(token, "priya@example.org")
    with pytest.raises(actions.InvitationVoid):
        actions.accept_invitation_as(token=token, account=make_account(), now=NOW)


@pytest.mark.django_db
def test_a_mistyped_address_costs_nobody_their_invitation():
    token = make_token()
    accept(token, "jnoas@example.org")
    accept(token)
    assert Account.objects.get().email == "jonas@example.org"


@pytest.mark.django_db
@pytest.mark.parametrize("late", [timedelta(days=7), timedelta(days=400)])
def test_an_invitation_is_void_after_a_week(late):
    token = make_token()
    with pytest.raises(actions.InvitationVoid):
        accept(token, now=NOW + late)
    accept(token, now=NOW + timedelta(days=6, hours=23))


@pytest.mark.django_db
@pytest.mark.parametrize("change", [lambda token: token[:-1] + "x", lambda token: "x" + token, lambda token: "-1"])
def test_a_tampered_invitation_is_void(change):
    with pytest.raises(actions.InvitationVoid):
        accept(change(make_token()))
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_an_address_that_has_an_account_keeps_it_as_it_is():
    account = make_account(email="jonas@example.org")
    accept(make_token(Role.ORGANISER))
    account.refresh_from_db()
    assert (Account.objects.count(), account.role) == (1, "member")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("has", "invited", "gets"), [("member", "editor", "editor"), ("organiser", "member", "organiser")]
)
def test_an_invitation_never_takes_away_what_an_account_may_do(has, invited, gets):
    account = make_account(role=has)
    actions.accept_invitation_as(token=make_token(Role(invited)), account=account, now=NOW)
    account.refresh_from_db()
    assert account.role == gets


@pytest.mark.django_db
def test_an_account_that_accepts_becomes_the_person_s_it_was_made_for():
    mei, account = make_person(), make_account()
    actions.accept_invitation_as(token=make_token(person=mei), account=account, now=NOW)
    account.refresh_from_db()
    assert account.person == mei


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["member", "editor"])
def test_nobody_but_an_organiser_invites_withdraws_or_changes_roles(role):
    other, invitation = make_account(), actions.invite(role=Role.MEMBER, by=None, now=NOW)
    by, before = make_account(role=role), Act.objects.count()
    with pytest.raises(PermissionDenied):
        actions.invite(role=Role.MEMBER, by=by, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.withdraw_invitation(key=invitation.pk, by=by, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.change_role(key=other.pk, role=Role.ORGANISER, by=by, now=NOW)
    assert (Act.objects.count(), Invitation.objects.count()) == (before, 1)


@pytest.mark.django_db
def test_a_withdrawn_invitation_is_void():
    invitation = actions.invite(role=Role.EDITOR, by=None, now=NOW)
    token = queries.write_token(invitation)
    actions.withdraw_invitation(key=invitation.pk, by=make_account(role=Role.ORGANISER), now=NOW)
    with pytest.raises(actions.InvitationVoid):
        accept(token)


@pytest.mark.django_db
def test_the_last_organiser_stays_one():
    ada = make_account(role=Role.ORGANISER)
    make_account(role=Role.ORGANISER, is_active=False)
    with pytest.raises(actions.LastOrganiser):
        actions.change_role(key=ada.pk, role=Role.MEMBER, by=ada, now=NOW)
    actions.change_role(key=make_account().pk, role=Role.ORGANISER, by=ada, now=NOW)
    actions.change_role(key=ada.pk, role=Role.MEMBER, by=ada, now=NOW)


@pytest.mark.django_db
def test_every_act_of_people_with_power_is_written_down():
    ada, mei = make_account(role=Role.ORGANISER), make_account(email="mei@example.org")
    actions.change_role(key=mei.pk, role=Role.EDITOR, by=ada, now=NOW)
    actions.change_role(key=mei.pk, role=Role.EDITOR, by=ada, now=NOW)
    invitation = actions.invite(role=Role.EDITOR, by=ada, now=NOW)
    actions.withdraw_invitation(key=invitation.pk, by=ada, now=NOW)
    acts = [(act.what, act.target, act.before, act.after) for act in Act.objects.filter(by=ada)]
    assert acts == [
        ("withdrew an invitation", "", "editor", ""),
        ("invited", "", "", "editor"),
        ("changed a role", "mei@example.org", "member", "editor"),
    ]


@pytest.mark.django_db
def test_an_act_outlives_the_account_of_whoever_did_it():
    ada = make_account(role=Role.ORGANISER)
    actions.record_act(by=ada, what="did something", target="to something", now=NOW)
    ada.delete()
    assert Act.objects.get().by is None
