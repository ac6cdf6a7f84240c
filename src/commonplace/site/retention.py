"""What the site keeps of people, and how long: one table, which the chores obey and the page on privacy shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commonplace.apps.jobs import actions as jobs
from commonplace.apps.library import actions as library
from commonplace.apps.people import actions as people

__all__ = ["RULES", "Limit", "describe_time", "list_limits"]

RULES = (*people.RETENTION, *library.RETENTION, *jobs.RETENTION)
"""Every rule that the daily chores of the apps obey."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What is kept, and how long, in words."""

    what: str
    how_long: str


def describe_time(time: timedelta) -> str:
    """A time of whole days as people say it: in years, months of thirty days, or days; of less, in minutes."""
    days = time.days
    if days and days % 365 == 0:
        return ngettext("%(count)d year", "%(count)d years", days // 365) % {"count": days // 365}
    if days and days % 30 == 0:
        return ngettext("%(count)d month", "%(count)d months", days // 30) % {"count": days // 30}
    if days:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    minutes = time.seconds // 60
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def list_limits() -> list[Limit]:
    """What the rules and the settings say, the longest first."""
    known = [(rule.what, rule.kept_for) for rule in RULES]
    known += [
        (_("The cookie that keeps you signed in"), timedelta(seconds=settings.SESSION_COOKIE_AGE)),
        (_("A code to sign in"), timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)),
        (_("A mail that could not be sent yet"), jobs.MAIL_HOLDS),
    ]
    known.sort(key=lambda one: one[1], reverse=True)
    return [Limit(str(what), describe_time(kept_for)) for what, kept_for in known]
