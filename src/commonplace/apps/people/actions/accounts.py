"""Writes about people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_noop

from .. import queries
from ..adapters import fold_spaces, read_person
from ..models import SLUG_LENGTH, Account, Act, Invitation, Person, Role
from ..permissions import is_organiser

INVITATION_HOLDS = timedelta(days=7)
"""A link that nobody used by then is void."""


class LastOrganiser(Exception):
    """A change that would leave the community without an organiser."""


class InvitationVoid(Exception):
    """An invitation that was used, withdrawn or left too long."""


class WrongAddress(Exception):
    """A link that was mailed to one address and is used with another."""


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What an import did to a person; ``fields`` names what is different now."""

    slug: str
    kind: Literal["new", "changed", "unchanged"]
    fields: tuple[str, ...] = ()


def make_slug(name: str, *, taken: Collection[str]) -> str:
    """An address for this name that is not taken yet: letters of any script, digits, hyphens; 80 characters."""
    slug = (slugify(name, allow_unicode=True) or "person")[: SLUG_LENGTH - 6].strip("-_")
    candidate, number = slug, 2
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate


@transaction.atomic
def import_person(*, text: str, slug: str, now: datetime) -> PersonChange:
    """Create the person in this file, or bring the one with this slug up to date; doing it twice changes nothing.

    Raises `UnreadablePerson` where the file, or its name, is wrong.
    """
    details = read_person(text, file=f"people/{slug}.md")
    values = {
        "name": details.name,
        "other_names": list(details.other_names),
        "links": [{"title": link.title, "url": link.url} for link in details.links],
        "biography": details.biography,
    }
    if details.email:
        values["email"] = details.email  # a file without one says nothing about it
    person = Person.objects.select_for_update().filter(slug=slug).first()
    if person is None:
        Person.objects.create(slug=slug, created_at=now, **values)
        return PersonChange(slug, "new")
    changed = tuple(name for name, value in values.items() if getattr(person, name) != value)
    if not changed:
        return PersonChange(slug, "unchanged")
    for name in changed:
        setattr(person, name, values[name])
    person.save(update_fields=changed)
    return PersonChange(slug, "changed", changed)


@transaction.atomic
def credit_people(*, names: Iterable[str], now: datetime) -> Mapping[str, int | None]:
    """The key of the person behind each name, who is made where nobody bears it.

    None where several bear it: saying nothing beats guessing.
    """
    wanted = list(dict.fromkeys(names))
    found = queries.find_people(wanted)
    missing = {name.casefold(): name for name in map(fold_spaces, (name for name in wanted if not found[name]))}
    if missing:
        taken = set(Person.objects.values_list("slug", flat=True))
        people = []
        for name in missing.values():
            people.append(Person(slug=make_slug(name, taken=taken), name=name, created_at=now))
            taken.add(people[-1].slug)
        # Another process may have made the same person a moment ago: then theirs is found below.
        Person.objects.bulk_create(people, ignore_conflicts=True)
        found = queries.find_people(wanted)
    return {name: keys[0] if len(keys) == 1 else None for name, keys in found.items()}


@transaction.atomic
def record_act(*, by: Account | None, what: str, target: str, before: str = "", after: str = "", now: datetime) -> None:
    """Write down what somebody with power did, in the transaction that does it.

    ``what`` is a few words in English inside ``gettext_noop``; ``by`` is None for the command line.
    """
    Act.objects.create(by=by, what=what, target=target, before=before, after=after, at=now)


@transaction.atomic
def open_account(*, email: str, name: str, role: Role, now: datetime, person: Person | None = None) -> Account:
    """Make an account, which its owner enters with a code mailed to this address.

    Raises `django.db.IntegrityError` where the address has one already.
    """
    account = Account(username=get_random_string(32), email=email.lower(), name=name, role=role, person=person)
    account.date_joined = now
    account.set_unusable_password()
    account.save()
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=False)
    return account


@transaction.atomic
def invite(*, role: Role, by: Account | None, now: datetime, person: Person | None = None) -> Invitation:
    """Make an invitation, which `queries.write_token` turns into a link; it holds for a week, once.

    ``by`` is None for the command line. Raises `PermissionDenied` for anybody but an organiser.
    """
    _require_organiser(by)
    invitation = Invitation.objects.create(
        role=role, person=person, invited_by=by, created_at=now, expires_at=now + INVITATION_HOLDS
    )
    target = person.name if person else ""
    record_act(by=by, what=gettext_noop("invited"), target=target, after=role.value, now=now)
    return invitation


@transaction.atomic
def withdraw_invitation(*, key: int, by: Account, now: datetime) -> None:
    """Make the link void. Raises `PermissionDenied`, and `Invitation.DoesNotExist` where it was used meanwhile."""
    _require_organiser(by)
    invitation = Invitation.objects.select_for_update().get(pk=key, accepted_at=None)
    target = invitation.person.name if invitation.person else ""
    record_act(by=by, what=gettext_noop("withdrew an invitation"), target=target, before=invitation.role, now=now)
    invitation.delete()


@transaction.atomic
def accept_invitation(*, token: str, email: str, name: str, now: datetime) -> None:
    """Make an account with the invitation's role; where the address has an account, nothing happens.

    The link works again until the account was entered: a mistyped address costs nobody their invitation. Raises
    `InvitationVoid`.
    """
    invitation = _lock_invitation(token, now=now)
    if invitation.email and invitation.email.lower() != email.lower():
        raise WrongAddress("the link was mailed to another address")
    if Account.objects.filter(email__iexact=email).exists():
        return
    if invitation.accepted_by:
        invitation.accepted_by.delete()
    person = invitation.person if invitation.person and not hasattr(invitation.person, "account") else None
    account = open_account(email=email, name=name, role=Role(invitation.role), now=now, person=person)
    _close_invitation(invitation, account, before="", now=now)


@transaction.atomic
def accept_invitation_as(*, token: str, account: Account, now: datetime) -> None:
    """Give an account the invitation's role, unless its own may do more. Raises `InvitationVoid`."""
    invitation = _lock_invitation(token, now=now)
    is_another = account.person_id is not None and account.person_id != invitation.person_id
    if invitation.email and (invitation.email.lower() != account.email.lower() or is_another):
        raise WrongAddress("the link was mailed to another address, or to somebody who has another page")
    if invitation.accepted_by and invitation.accepted_by != account:
        invitation.accepted_by.delete()
    account = Account.objects.select_for_update().get(pk=account.pk)
    before = account.role
    account.role = max(Role(account.role), Role(invitation.role), key=list(Role).index)
    if invitation.person and not hasattr(invitation.person, "account") and account.person_id is None:
        account.person = invitation.person
    account.save(update_fields=["role", "person"])
    _close_invitation(invitation, account, before=before, now=now)


@transaction.atomic
def change_role(*, key: int, role: Role, by: Account, now: datetime) -> None:
    """Give the account with this key another role.

    Raises `PermissionDenied` for anybody but an organiser, `LastOrganiser`, and `Account.DoesNotExist`.
    """
    _require_organiser(by)
    # All organisers are locked, so that two of them cannot step down at the same moment.
    organisers = list(Account.objects.select_for_update().filter(role=Role.ORGANISER, is_active=True).order_by("pk"))
    account = Account.objects.select_for_update().get(pk=key)
    if account.role == role:
        return
    if [organiser.pk for organiser in organisers] == [account.pk]:
        raise LastOrganiser(f"{account.email} is the only organiser: make somebody else one first")
    what = gettext_noop("changed a role")
    record_act(by=by, what=what, target=account.email, before=account.role, after=role.value, now=now)
    account.role = role
    account.save(update_fields=["role"])


def _require_organiser(by: Account | None) -> None:
    if by is not None and not is_organiser(by):
        raise PermissionDenied("only organisers may do this")


def _lock_invitation(token: str, *, now: datetime) -> Invitation:
    key = queries.read_token(token)
    invitation = Invitation.objects.select_for_update().filter(pk=key, expires_at__gt=now).first()
    if invitation is None or (invitation.accepted_at and queries.was_entered(invitation.accepted_by)):
        raise InvitationVoid("the invitation was used, withdrawn or left too long")
    if invitation.email and invitation.person_id:
        # Two who claim the same page wait for each other here, and the second finds it taken.
        owner = Account.objects.filter(person=Person.objects.select_for_update().get(pk=invitation.person_id)).first()
        if owner is not None and owner != invitation.accepted_by:
            raise InvitationVoid("the page has an owner")
    return invitation


def _close_invitation(invitation: Invitation, account: Account, *, before: str, now: datetime) -> None:
    invitation.accepted_by, invitation.accepted_at = account, now
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    if account.person:
        account.person.claims.all().delete()
        Person.objects.filter(pk=account.person.pk).update(email="")  # from now on the account's own
    what = gettext_noop("accepted an invitation")
    record_act(by=account, what=what, target=account.email, before=before, after=account.role, now=now)
