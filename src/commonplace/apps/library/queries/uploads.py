"""What somebody has handed in, and how far it is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

from django.core.paginator import Paginator
from django.db.models import Count

from commonplace.apps.jobs import queries as jobs
from commonplace.apps.jobs.queries import JobState

from ..adapters import Recognised, TalkDetails, details_of
from ..models import Talk, TalkSpeaker, Upload

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser

Stage = Literal["reading", "unreadable", "draft", "waiting", "working", "saving", "stuck", "published"]
"""How far an upload is, as people see it; *stuck* is a job that failed for a reason of the site's own."""

_PER_PAGE = 50
_SUGGESTED = 300
_SHOWN_PASTE = 300_000
"""Characters of pasted text that a page shows once more, for mending: an hour of captions has fewer."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why captions could not be read; ``line`` and ``column`` count from 1."""

    problem: str
    line: int | None = None
    column: int | None = None
    excerpt: str = ""
    expected: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadView:
    """An upload as its owner sees it.

    ``recognised`` is there once its captions are read, ``problem`` where they could not be; ``failure`` says why its
    talk was not published. ``slug`` leads to the talk once it is. ``ahead`` counts the jobs that are done before its
    own, where it waits; ``is_attended`` is False where no worker is alive to do them.
    """

    key: int
    name: str
    is_pasted: bool
    size: int
    stage: Stage
    title: str
    details: TalkDetails
    recognised: Recognised | None
    problem: Problem | None
    failure: str
    slug: str
    received_at: datetime.datetime
    expires_at: datetime.datetime
    ahead: int = 0
    is_attended: bool = True

    @property
    def is_moving(self) -> bool:
        """Whether a job waits or works for it."""
        return self.stage in {"reading", "waiting", "working", "saving"}


@dataclass(frozen=True, slots=True)
class UploadList:
    """One page of what somebody handed in, the newest first; ``page`` and ``pages`` count from 1."""

    rows: tuple[UploadView, ...]
    page: int
    pages: int
    total: int

    @property
    def is_moving(self) -> bool:
        """Whether a job waits or works for one of them."""
        return any(row.is_moving for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """What has the same captions as an upload: a talk with its ``slug``, or another upload with its ``key``."""

    title: str
    slug: str = ""
    key: int = 0


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What fields of a talk are likely to hold: names of people and of events, most frequent first."""

    people: tuple[str, ...]
    events: tuple[str, ...]


def list_uploads_for(viewer: Viewer, *, page: int) -> UploadList:
    """A page of what this viewer handed in; three queries, however many there are."""
    rows = Upload.objects.filter(owner_id=viewer.pk).select_related("talk")
    shown = Paginator(rows, _PER_PAGE).get_page(page)
    uploads = list(shown)
    states = jobs.list_jobs(row.job for row in uploads if row.job and row.state in _WITH_A_JOB)
    views = tuple(_view(row, states.get(row.job) if row.job else None) for row in uploads)
    return UploadList(views, shown.number, shown.paginator.num_pages, shown.paginator.count)


def get_upload_for(viewer: Viewer, key: int, *, now: datetime.datetime) -> UploadView:
    """The upload with this key. Raises `Upload.DoesNotExist`, also where somebody else handed it in."""
    row = Upload.objects.select_related("talk").get(pk=key, owner_id=viewer.pk)
    if row.job is None or row.state not in _WITH_A_JOB:
        return _view(row, None)
    state = jobs.list_jobs([row.job]).get(row.job)
    ahead = jobs.count_jobs_before(row.job, now=now) if state is JobState.WAITING else 0
    return _view(row, state, ahead=ahead, is_attended=jobs.is_somebody_working(now=now))


def find_next_draft_for(viewer: Viewer) -> UploadView | None:
    """The oldest upload of this viewer that waits to be described and published."""
    row = Upload.objects.filter(owner_id=viewer.pk, state=Upload.State.RECOGNISED).order_by("received_at", "pk").first()
    return _view(row, None) if row else None


def find_twin_for(viewer: Viewer, key: int) -> Twin | None:
    """A talk that this viewer may see, or an upload of theirs, that has the same captions; at most three queries.

    Raises `Upload.DoesNotExist`.
    """
    row = Upload.objects.get(pk=key, owner_id=viewer.pk)
    talk = Talk.objects.visible_to(viewer).filter(caption_files__sha256=row.sha256).first()
    if talk:
        return Twin(slug=talk.slug, title=talk.title)
    other = Upload.objects.filter(owner_id=viewer.pk, sha256=row.sha256, talk=None).exclude(pk=key).first()
    return Twin(key=other.pk, title=other.details.get("title") or other.name) if other else None


def get_pasted_text_for(viewer: Viewer, key: int) -> str:
    """The text that was pasted, for mending; empty for a file, for what is no UTF-8, and for more than a long talk's.

    Raises `Upload.DoesNotExist`.
    """
    row = Upload.objects.get(pk=key, owner_id=viewer.pk)
    if not row.is_pasted or not row.file or row.size > _SHOWN_PASTE:
        return ""
    try:
        with row.file.open("rb") as file:
            text: str = file.read().decode("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
    return text


def suggest_names(viewer: Viewer) -> KnownNames:
    """Names of people and events in the talks that this viewer may see; two queries."""
    talks = Talk.objects.visible_to(viewer)
    people = TalkSpeaker.objects.filter(talk__in=talks).order_by().values_list("name").annotate(count=Count("pk"))
    events = talks.exclude(event="").order_by().values_list("event").annotate(count=Count("pk"))
    return KnownNames(
        people=tuple(name for name, _ in people.order_by("-count", "name")[:_SUGGESTED]),
        events=tuple(name for name, _ in events.order_by("-count", "event")[:_SUGGESTED]),
    )


_WITH_A_JOB = (Upload.State.RECEIVED, Upload.State.PUBLISHING)


def _view(row: Upload, job: JobState | None, *, ahead: int = 0, is_attended: bool = True) -> UploadView:
    stage = _stage_of(row, job)
    details = details_of(row.details)
    is_read = row.state not in {Upload.State.RECEIVED, Upload.State.UNREADABLE}
    return UploadView(
        key=row.pk,
        name=row.name,
        is_pasted=row.is_pasted,
        size=row.size,
        stage=stage,
        title=row.talk.title if row.talk else details.title,
        details=details,
        recognised=Recognised(**_known(Recognised, row.reading)) if is_read else None,
        problem=Problem(**_known(Problem, row.reading)) if row.state == Upload.State.UNREADABLE else None,
        failure=row.failure,
        slug=row.talk.slug if row.talk else "",
        received_at=row.received_at,
        expires_at=row.expires_at,
        ahead=ahead,
        is_attended=is_attended,
    )


def _known(kind: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in values.items() if name in names}


def _stage_of(row: Upload, job: JobState | None) -> Stage:
    settled: dict[str, Stage] = {
        Upload.State.UNREADABLE: "unreadable",
        Upload.State.RECOGNISED: "draft",
        Upload.State.PUBLISHED: "published",
    }
    if row.state in settled:
        return settled[row.state]
    if job in {JobState.FAILED, None}:
        return "stuck"
    if row.state == Upload.State.RECEIVED:
        return "reading"
    if job is JobState.WAITING:
        return "waiting"
    # A job that is done has published since the row was read: the next look finds it so.
    return "saving" if row.step or job is JobState.DONE else "working"
