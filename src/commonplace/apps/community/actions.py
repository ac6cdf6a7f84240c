"""Writes of the community's pages, and what organisers do about jobs that failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from commonplace.apps.jobs import actions as jobs
from commonplace.apps.people.actions import record_act

from . import adapters
from .models import PageKey, PageVersion
from .permissions import is_organiser

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account


class PageOvertaken(Exception):
    """Somebody else saved the page meanwhile; nothing was saved. ``text`` and ``version`` are what stands there now."""

    def __init__(self, *, text: str, version: int) -> None:
        super().__init__(f"the page has version {version} by now")
        self.text = text
        self.version = version


@dataclass(frozen=True, slots=True)
class PageChange:
    """What an import did to a page; ``name`` is its file's."""

    name: str
    kind: Literal["new", "changed", "unchanged"]


@transaction.atomic
def retry_job(*, key: UUID, by: Account, now: datetime) -> None:
    """Put a failed job back into the queue.

    Raises `PermissionDenied` for anybody but an organiser, and `ObjectDoesNotExist` where the job has not failed.
    """
    if not is_organiser(by):
        raise PermissionDenied("only organisers may do this")
    name = jobs.retry_job(key=key, now=now)
    record_act(by=by, what=gettext_noop("retried a job"), target=f"{name} {key}", now=now)


@transaction.atomic
def drop_job(*, key: UUID, by: Account, now: datetime) -> None:
    """Forget a failed job; what it was to do stays undone.

    Raises `PermissionDenied` for anybody but an organiser, and `ObjectDoesNotExist` where the job has not failed.
    """
    if not is_organiser(by):
        raise PermissionDenied("only organisers may do this")
    name = jobs.drop_job(key=key)
    record_act(by=by, what=gettext_noop("dropped a job"), target=f"{name} {key}", now=now)


@transaction.atomic
def save_page(*, key: str, language: str, text: str, version: int, by: Account, now: datetime) -> None:
    """Put this Markdown in the place of the version that its writer saw; 0 is the text that comes with the software.

    The same text again changes nothing. Raises `PageOvertaken` where another version stands there by now,
    `PermissionDenied` for anybody but an organiser, and `adapters.UnreadablePage` for a text that is too long or empty.
    """
    if not is_organiser(by):
        raise PermissionDenied("only organisers may do this")
    text = adapters.read_page(text, file=f"{key}.{language}.md")
    standing = _find_newest(key, language)
    if (standing.version if standing else 0) != version:
        raise _overtaken_by(standing, key, language)
    if standing and standing.text == text:
        return
    _add_version(key, language, text, version=version + 1, by=by, now=now)
    record_act(
        by=by,
        what=gettext_noop("edited a page"),
        target=f"{key} ({language})",
        before=str(version or ""),
        after=str(version + 1),
        now=now,
    )


@transaction.atomic
def restore_page(*, key: str, language: str, version: int, by: Account, now: datetime) -> None:
    """Put the text of an older version in the place of the newest, as a version of its own; nothing is lost by it.

    Version 0 is the text that comes with the software. Raises `PermissionDenied`, and `PageVersion.DoesNotExist`.
    """
    if version:
        text = PageVersion.objects.get(key=key, language=language, version=version).text
    else:
        text = adapters.read_default(key, language, community=settings.COMMUNITY)
    standing = _find_newest(key, language)
    save_page(key=key, language=language, text=text, version=standing.version if standing else 0, by=by, now=now)


@transaction.atomic
def import_page(*, name: str, text: str, now: datetime) -> PageChange:
    """Bring the page in the file of this name, such as ``about.en.md``, up to date; doing it twice changes nothing.

    Raises `adapters.UnreadablePage` for the name of no page, and for a text that is too long or empty.
    """
    key, _, language = name.removesuffix(".md").partition(".")
    names = [f"{key}.{code}.md" for key in PageKey.values for code, _name in settings.LANGUAGES]
    if name not in names:
        raise adapters.UnreadablePage(f"pages/{name}: no page has this name\n  expected: {', '.join(names)}")
    text = adapters.read_page(text, file=f"pages/{name}")
    standing = _find_newest(key, language)
    if standing and standing.text == text:
        return PageChange(name, "unchanged")
    _add_version(key, language, text, version=standing.version + 1 if standing else 1, by=None, now=now)
    return PageChange(name, "changed" if standing else "new")


def _find_newest(key: str, language: str) -> PageVersion | None:
    return PageVersion.objects.filter(key=key, language=language).order_by("-version").first()


def _add_version(key: str, language: str, text: str, *, version: int, by: Account | None, now: datetime) -> None:
    try:
        with transaction.atomic():
            PageVersion.objects.create(key=key, language=language, version=version, text=text, made_at=now, made_by=by)
    except IntegrityError as error:
        raise _overtaken_by(_find_newest(key, language), key, language) from error


def _overtaken_by(standing: PageVersion | None, key: str, language: str) -> PageOvertaken:
    if standing is None:
        return PageOvertaken(text=adapters.read_default(key, language, community=settings.COMMUNITY), version=0)
    return PageOvertaken(text=standing.text, version=standing.version)
