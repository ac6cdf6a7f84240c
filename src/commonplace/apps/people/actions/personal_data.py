"""What the site keeps of somebody goes: when they say so, and when its time is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from commonplace.apps.jobs.actions import RetentionRule

from ..models import Account, Act, Claim, Invitation, Person, Role
from .accounts import LastOrganiser, record_act
from .pages import forget_picture


@transaction.atomic
def erase_account(*, account: Account, is_name_kept: bool, now: datetime) -> None:
    """Let an account go, and with it what its owner's page said of them.

    The page stays with name and talks where ``is_name_kept``; else it goes too, and whoever calls has taken the person
    out of their talks before. Raises `LastOrganiser`, and `django.db.models.ProtectedError` where talks still name a
    person who is to go.
    """
    organisers = Account.objects.select_for_update().filter(role=Role.ORGANISER, is_active=True).order_by("pk")
    if [organiser.pk for organiser in organisers] == [account.pk]:
        raise LastOrganiser("the community would be left without an organiser")
    person = Person.objects.select_for_update().filter(account=account).first()
    _take_names_out_of_acts(account, person, is_name_kept=is_name_kept)
    _end_sessions(account)
    Claim.objects.filter(email__iexact=account.email).delete()
    Invitation.objects.filter(email__iexact=account.email).delete()
    account.delete()
    if person is not None:
        forget_picture(person)
        Claim.objects.filter(person=person).delete()
        Invitation.objects.filter(person=person).delete()
        if is_name_kept:
            person.biography, person.links, person.other_names, person.email = "", [], [], ""
            person.save(update_fields=["biography", "links", "other_names", "email"])
        else:
            person.delete()
    record_act(by=None, what=gettext_noop("somebody erased what the site knew of them"), target="", now=now)


def _take_names_out_of_acts(account: Account, person: Person | None, *, is_name_kept: bool) -> None:
    """Acts stay; that they were done by or to this person is known no more."""
    names = {account.email, account.name} | (
        {person.name, *person.other_names} if person and not is_name_kept else set()
    )
    names.discard("")
    for column in ("target", "before", "after"):
        Act.objects.filter(**{f"{column}__in": names}).update(**{column: ""})


def _end_sessions(account: Account) -> None:
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()


def _forget_invitations(before: datetime) -> None:
    Invitation.objects.filter(expires_at__lt=before).delete()


def _forget_claims(before: datetime) -> None:
    Claim.objects.filter(made_at__lt=before).delete()


def _forget_acts(before: datetime) -> None:
    Act.objects.filter(at__lt=before).delete()


def _forget_sessions(before: datetime) -> None:
    Session.objects.filter(expire_date__lt=before).delete()


def _forget_unused_accounts(before: datetime) -> None:
    unused = Account.objects.filter(last_login=None, date_joined__lt=before)
    EmailAddress.objects.filter(user__in=unused).delete()
    unused.delete()


RETENTION = (
    RetentionRule(
        _("An invitation that was used or ran out, and whom it was for"), timedelta(days=30), _forget_invitations
    ),
    RetentionRule(_("The mail address of somebody who says that a page is theirs"), timedelta(days=30), _forget_claims),
    RetentionRule(_("An account that nobody has ever signed in with"), timedelta(days=90), _forget_unused_accounts),
    RetentionRule(_("What organisers and editors did, and to whom"), timedelta(days=2 * 365), _forget_acts),
    RetentionRule(_("A session that has ended"), timedelta(days=1), _forget_sessions),
)
"""What accounts leave behind, and how long."""
