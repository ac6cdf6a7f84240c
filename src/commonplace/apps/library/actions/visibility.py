"""Talks are shown to everybody, and taken down."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_noop

from commonplace.apps.people import actions as people

from ..models import Talk
from ..permissions import can_publish

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account


def publish_talk(*, slug: str, by: Account, now: datetime) -> None:
    """Let everybody see the talk with this slug; a second time changes nothing.

    Raises `PermissionDenied` for anybody but editors and organisers, and `Talk.DoesNotExist`.
    """
    _show(slug, since=now, what=gettext_noop("published a talk"), by=by, now=now)


def withdraw_talk(*, slug: str, by: Account, now: datetime) -> None:
    """Take the talk with this slug down: it waits for review, seen by editors and its speakers; nothing is deleted.

    A second time changes nothing. Raises `PermissionDenied` and `Talk.DoesNotExist`.
    """
    _show(slug, since=None, what=gettext_noop("withdrew a talk"), by=by, now=now)


@transaction.atomic
def _show(slug: str, *, since: datetime | None, what: str, by: Account, now: datetime) -> None:
    if not can_publish(by):
        raise PermissionDenied("only editors may do this")
    talk = Talk.objects.select_for_update().get(slug=slug)
    if (talk.published_at is None) == (since is None):
        return
    talk.published_at = since
    talk.save(update_fields=["published_at"])
    people.record_act(by=by, what=what, target=talk.title, now=now)
