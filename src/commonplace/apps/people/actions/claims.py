"""A page becomes somebody's: they ask, an organiser or a noted address says yes, and a mailed link proves it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import get_language, gettext, gettext_noop, override

from commonplace.apps.jobs import actions as jobs

from .. import queries
from ..models import Account, Claim, Invitation, Person, Role
from ..permissions import is_organiser
from .accounts import INVITATION_HOLDS, record_act

_CLAIMS_AN_HOUR = 5
"""From one sender, and links for one page in the same time."""

_OPEN_CLAIMS = 10
"""For one page."""


@transaction.atomic
def claim_person(*, slug: str, email: str, sender: str, address_of: Callable[[str], str], now: datetime) -> None:
    """Hear that a page is somebody's; whatever comes of it, whoever asks is told the same.

    Where the address is the one noted for the person, a link is mailed to it; otherwise an organiser decides.
    ``address_of`` makes the address of a token. Where too many ask, and where the page has an owner, nothing happens.
    Raises `Person.DoesNotExist`.
    """
    person = Person.objects.select_for_update().get(slug=slug)
    lately = now - timedelta(hours=1)
    waiting = Claim.objects.filter(person=person)
    if hasattr(person, "account") or waiting.filter(email__iexact=email).exists():
        return
    if Claim.objects.filter(sender=sender, made_at__gt=lately).count() >= _CLAIMS_AN_HOUR:
        return
    if person.email and person.email.lower() == email.lower():
        if Invitation.objects.filter(person=person, created_at__gt=lately).count() < _CLAIMS_AN_HOUR:
            _mail_link(person, email=email, by=None, address_of=address_of, now=now)
    elif waiting.count() < _OPEN_CLAIMS:
        language = get_language() or settings.LANGUAGE_CODE
        Claim.objects.create(person=person, email=email.lower(), language=language, sender=sender, made_at=now)


@transaction.atomic
def confirm_claim(*, key: int, by: Account, address_of: Callable[[str], str], now: datetime) -> None:
    """Mail the link to whoever claims a page. Raises `PermissionDenied`, and `Claim.DoesNotExist` where decided."""
    claim = _lock_claim(key, by)
    with override(claim.language):
        _mail_link(claim.person, email=claim.email, by=by, address_of=address_of, now=now)
    claim.delete()


@transaction.atomic
def refuse_claim(*, key: int, by: Account, now: datetime) -> None:
    """Let a claim go. Raises `PermissionDenied`, and `Claim.DoesNotExist` where it was decided."""
    claim = _lock_claim(key, by)
    record_act(by=by, what=gettext_noop("refused a page to somebody"), target=claim.person.name, now=now)
    claim.delete()


def _lock_claim(key: int, by: Account) -> Claim:
    if not is_organiser(by):
        raise PermissionDenied("only organisers decide whose a page is")
    return Claim.objects.select_for_update(of=("self",)).select_related("person").get(pk=key)


def _mail_link(
    person: Person, *, email: str, by: Account | None, address_of: Callable[[str], str], now: datetime
) -> None:
    invitation = Invitation.objects.create(
        role=Role.MEMBER,
        person=person,
        email=email.lower(),
        invited_by=by,
        created_at=now,
        expires_at=now + INVITATION_HOLDS,
    )
    what = gettext_noop("mailed the link that makes a page somebody’s")
    record_act(by=by, what=what, target=person.name, now=now)
    body = gettext(
        "Is the page of %(name)s yours? Then open this link, and press the button there:\n\n    %(address)s\n\n"
        "It holds for a week, and for this address only. Was it not you who asked? Then there is nothing to do."
    )
    address = address_of(queries.write_token(invitation))
    jobs.post_mail(
        to=email,
        subject=gettext("Your page, %(name)s") % {"name": person.name},
        body=body % {"name": person.name, "address": address},
        now=now,
    )
