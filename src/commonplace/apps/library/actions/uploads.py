"""Captions handed in in the browser: received, read, described, published by a job, cancelled, discarded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from commonplace.apps.jobs import actions as jobs
from commonplace.apps.jobs import queries as jobs_queries
from commonplace.apps.jobs.queries import JobState
from commonplace.apps.people import actions as people
from commonplace.apps.people.permissions import can_upload

from .. import adapters
from ..adapters import InconsistentTranscript, TalkDetails, UnreadableCaptions
from ..models import CaptionFile, Talk, Upload
from .publishing import name_stored_file
from .talks import create_talk, save_transcript

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account

LARGEST_BYTES = 32 * 2**20
"""Ten hours of rolling captions are 10 MiB; what is larger comes in by the command line."""

_READ_AT_ONCE_BYTES = 2 * 2**20
"""Half a second of reading on a small server; larger files are read by a job."""

KEPT_FOR = timedelta(days=30)
_UPLOADS_AN_HOUR = 100
_DRAFTS = 300
_DRAFT_BYTES = 512 * 2**20
_ORPHANED_AFTER = timedelta(days=1)
_DRAFT_STATES = (Upload.State.UNREADABLE, Upload.State.RECOGNISED)


_FILES = CaptionFile._meta.get_field("file")
_FOLDER = "captions/"
_FILE_IS_GONE = gettext_noop("The file is no longer on this server: hand it in once more.")


class UploadMoved(Exception):
    """An upload that is at another point than was asked for: not read yet, being published, or published."""


class TooManyUploads(Exception):
    """So much came from this account within the hour, or waits unpublished, that no more is taken now."""


def receive_upload(*, data: bytes, name: str, key: str, is_pasted: bool, by: Account, now: datetime) -> Upload:
    """Keep captions as they came and say what they are; the same content with the same key is the same upload.

    Small files are read here, in up to half a second; larger ones and Word documents by a job. Raises
    `PermissionDenied`, `TooManyUploads`, and `ValueError` for a name that is none or more than 32 MiB.
    """
    if not can_upload(by):
        raise PermissionDenied("only members may hand in captions")
    name = _clean_name(name)
    if len(data) > LARGEST_BYTES:
        raise ValueError(f"{name}: {len(data):,} bytes are more than {LARGEST_BYTES:,}")
    identity = {"owner": by, "key": key, "sha256": hashlib.sha256(data).hexdigest()}
    known = Upload.objects.filter(**identity).first()
    if known:
        return known
    _refuse_floods(by, size=len(data), now=now)
    row = Upload(**identity, received_at=now, is_pasted=is_pasted)
    _put_content(row, data=data, name=name, now=now)
    try:
        return _insert(row, data=data)
    except IntegrityError:
        # The same form came twice at one moment, and the other one was faster.
        return Upload.objects.get(**identity)


def replace_upload(
    *, upload: int, data: bytes, name: str, key: str, is_pasted: bool, by: Account, now: datetime
) -> Upload:
    """Put other captions in the place of an upload's; what was typed about the talk stays.

    Raises `Upload.DoesNotExist`, `TooManyUploads`, `UploadMoved` where its talk is being published or was, and
    `ValueError` for more than 32 MiB.
    """
    if len(data) > LARGEST_BYTES:
        raise ValueError(f"{name}: {len(data):,} bytes are more than {LARGEST_BYTES:,}")
    sha256 = hashlib.sha256(data).hexdigest()
    fresh = Upload(owner=by, key=key, sha256=sha256, received_at=now, is_pasted=is_pasted)
    _put_content(fresh, data=data, name=_clean_name(name), now=now)
    with transaction.atomic():
        row = _lock_draft(upload, by=by, states=(*_DRAFT_STATES, Upload.State.RECEIVED))
        if (row.key, row.sha256) == (key, sha256):
            return row
        _refuse_hoards(by, size=len(data) - row.size)
        _delete_file_on_commit(row)
        fresh.pk, fresh.received_at, fresh.attempt = row.pk, row.received_at, row.attempt
        fresh.details |= {name: value for name, value in row.details.items() if value}
        fresh.file = ContentFile(data, name=name_stored_file(fresh.name, sha256))
        fresh.save(force_update=True)
        if fresh.state == Upload.State.RECEIVED:
            _leave_job(fresh, "library.read_upload")
    return fresh


def _refuse_floods(by: Account, *, size: int, now: datetime) -> None:
    own = Upload.objects.filter(owner=by)
    recent = own.filter(received_at__gt=now - timedelta(hours=1)).count()
    if recent >= _UPLOADS_AN_HOUR or own.exclude(file="").count() >= _DRAFTS:
        raise TooManyUploads(f"{by.pk} has to wait, or to publish or discard drafts")
    _refuse_hoards(by, size=size)


def _refuse_hoards(by: Account, *, size: int) -> None:
    kept = Upload.objects.filter(owner=by).exclude(file="").aggregate(total=Sum("size"))["total"] or 0
    if kept + size > _DRAFT_BYTES:
        raise TooManyUploads(f"{by.pk} has {kept:,} bytes of drafts, and {size:,} more are too many")


def _clean_name(name: str) -> str:
    """The last part of the name, without what cannot be seen: marks that turn a name around would lie about its end."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable()).strip()[:255] or "captions"


def _put_content(row: Upload, *, data: bytes, name: str, now: datetime) -> None:
    """Give an upload these captions, read if that is quick; nothing is written yet."""
    row.name, row.size, row.expires_at = name, len(data), now + KEPT_FOR
    if len(data) > _READ_AT_ONCE_BYTES or data.startswith(b"PK"):
        row.state, row.reading = Upload.State.RECEIVED, {}
        row.details = _guess_details(row, {})
    else:
        _read(row, data)


def _read(row: Upload, data: bytes) -> None:
    try:
        recognised = adapters.recognise(data, row.name)
    except UnreadableCaptions as error:
        row.state, row.reading = Upload.State.UNREADABLE, adapters.describe_problem(error)
    else:
        row.state, row.reading = Upload.State.RECOGNISED, asdict(recognised)
    row.details = _guess_details(row, row.reading) | {name: value for name, value in row.details.items() if value}


def _guess_details(row: Upload, reading: dict[str, Any]) -> dict[str, Any]:
    """What the captions say of their talk, and where they say nothing, what the file's name does."""
    named = adapters.read_file_name("" if row.is_pasted else row.name)
    language = reading.get("language") or named.language or ""
    guessed = {
        "title": reading.get("title") or named.title[:200],
        "date": named.date,
        "language": language if adapters.is_language_tag(language) else "",
        "speakers": reading.get("speakers") or [],
    }
    return {name: value for name, value in guessed.items() if value}


@transaction.atomic
def _insert(row: Upload, *, data: bytes) -> Upload:
    row.file = ContentFile(data, name=name_stored_file(row.name, row.sha256))
    try:
        row.save(force_insert=True)
    except IntegrityError:
        row.file.storage.delete(row.file.name)
        raise
    if row.state == Upload.State.RECEIVED:
        _leave_job(row, "library.read_upload")
    return row


def _leave_job(row: Upload, name: str) -> None:
    """Leave a job for this upload in the caller's transaction; those left before will find that they are not meant."""
    row.attempt += 1
    row.step, row.failure = "", ""
    row.job = jobs.enqueue(name, upload=row.pk, attempt=row.attempt)
    row.save(update_fields=["state", "attempt", "step", "failure", "job"])


def read_upload(*, upload: int, attempt: int) -> None:
    """Read an upload that was too large to be read at once; doing it twice changes nothing."""
    meant = Upload.objects.filter(pk=upload, attempt=attempt, state=Upload.State.RECEIVED)
    row = meant.first()
    if row is None:
        return  # it was discarded, replaced, or read before
    with row.file.open("rb") as file:
        _read(row, file.read())
    meant.update(state=row.state, reading=row.reading, details=row.details)


@transaction.atomic
def save_details(*, upload: int, details: TalkDetails, by: Account, now: datetime) -> None:
    """Keep what was typed about the talk, and the draft for another thirty days.

    Raises `Upload.DoesNotExist`, and `UploadMoved` where its talk is being published or was.
    """
    row = _lock_draft(upload, by=by)
    row.details, row.expires_at = asdict(details), now + KEPT_FOR
    row.save(update_fields=["details", "expires_at"])


@transaction.atomic
def start_publishing(*, upload: int, details: TalkDetails, by: Account, now: datetime) -> None:
    """Keep what was typed, and leave the job that publishes the talk; a second time changes nothing.

    Raises `Upload.DoesNotExist`, `PermissionDenied`, `UploadMoved` where its captions are not read, and `ValueError`
    for a talk without a title.
    """
    if not can_upload(by):
        raise PermissionDenied("only members may publish")
    if not details.title.strip():
        raise ValueError("a talk needs a title")
    row = Upload.objects.select_for_update().get(pk=upload, owner=by)
    if row.state in {Upload.State.PUBLISHING, Upload.State.PUBLISHED}:
        return
    if row.state != Upload.State.RECOGNISED:
        raise UploadMoved(f"upload {upload} is {row.state}")
    row.details, row.expires_at = asdict(details), now + KEPT_FOR
    row.save(update_fields=["details", "expires_at"])
    row.state = Upload.State.PUBLISHING
    _leave_job(row, "library.publish_upload")


@transaction.atomic
def try_again(*, upload: int, by: Account) -> None:
    """Leave the job of an upload anew where it failed; where it waits, runs or is done, nothing happens.

    Raises `Upload.DoesNotExist`.
    """
    row = Upload.objects.select_for_update().get(pk=upload, owner=by)
    name = {Upload.State.RECEIVED: "library.read_upload", Upload.State.PUBLISHING: "library.publish_upload"}
    if row.state not in name or row.job is None:
        return
    if jobs_queries.list_jobs([row.job]).get(row.job) not in {JobState.WAITING, JobState.RUNNING}:
        _leave_job(row, name[Upload.State(row.state)])


@transaction.atomic
def cancel_publishing(*, upload: int, by: Account) -> None:
    """Make a draft again of what is being published; the job finds it out and leaves nothing behind.

    Raises `Upload.DoesNotExist`, and `UploadMoved` where the talk is published already.
    """
    row = Upload.objects.select_for_update().get(pk=upload, owner=by)
    if row.state == Upload.State.PUBLISHED:
        raise UploadMoved(f"upload {upload} is published")
    if row.state == Upload.State.PUBLISHING:
        row.state, row.step, row.failure = Upload.State.RECOGNISED, "", ""
        row.save(update_fields=["state", "step", "failure"])


@transaction.atomic
def discard_upload(*, upload: int, by: Account) -> None:
    """Let a draft go with its file; of one that is published, only the note that it was handed in.

    Raises `Upload.DoesNotExist`, and `UploadMoved` while its talk is being published.
    """
    row = Upload.objects.select_for_update().get(pk=upload, owner=by)
    if row.state == Upload.State.PUBLISHING:
        raise UploadMoved(f"upload {upload} is being published")
    _delete(row)


def publish_upload(*, upload: int, attempt: int, now: datetime) -> Talk | None:
    """Publish the talk of an upload; None where that was cancelled, or was done before.

    Captions that cannot be published after all become a draft again, which says why.
    """
    meant = Upload.objects.filter(pk=upload, attempt=attempt, state=Upload.State.PUBLISHING)
    row = meant.first()
    if row is None:
        return None
    try:
        with row.file.open("rb") as file:
            details = adapters.details_of(row.details)
            transcript, report = adapters.read_transcript(
                file.read(), row.name, speakers=details.speakers, hosts=details.hosts
            )
        meant.update(step="saving")
        try:
            return _publish(upload, attempt=attempt, transcript=transcript, report=report, now=now)
        except IntegrityError:
            # Another worker has just given its talk the same address; it is known to be taken now.
            return _publish(upload, attempt=attempt, transcript=transcript, report=report, now=now)
    except (UnreadableCaptions, InconsistentTranscript) as error:
        meant.update(state=Upload.State.RECOGNISED, step="", failure=adapters.clean_text(str(error)))
    except FileNotFoundError:
        meant.update(state=Upload.State.RECOGNISED, step="", failure=_FILE_IS_GONE)
    return None


@transaction.atomic
def _publish(
    upload: int, *, attempt: int, transcript: adapters.Transcript, report: dict[str, Any], now: datetime
) -> Talk | None:
    row = Upload.objects.select_for_update().get(pk=upload)
    if (row.state, row.attempt) != (Upload.State.PUBLISHING, attempt):
        return None  # cancelled while it was read
    talk = create_talk(adapters.details_of(row.details), slug=None, published_at=now, now=now)
    CaptionFile.objects.create(
        talk=talk,
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        format=transcript.source.format,
        file=row.file.name,
        received_at=row.received_at,
    )
    save_transcript(talk, transcript, report)
    row.state, row.talk, row.file, row.step = Upload.State.PUBLISHED, talk, "", ""
    row.save(update_fields=["state", "talk", "file", "step"])
    people.record_act(by=row.owner, what=gettext_noop("published a talk"), target=talk.title, now=now)
    return talk


def _forget_uploads(before: datetime) -> None:
    """Let uploads go that nobody has touched since then, with their files, and files that no row knows."""
    for row in Upload.objects.filter(expires_at__lt=before + KEPT_FOR):
        with transaction.atomic():
            _delete(row)
    _delete_orphans(before + KEPT_FOR)


RETENTION = (
    jobs.RetentionRule(
        _("Captions that were handed in and not published, and the note who handed in those that were"),
        KEPT_FOR,
        _forget_uploads,
    ),
)
"""What is kept of uploads, and how long."""


def _delete_orphans(now: datetime) -> None:
    """Delete files that a process left behind which was killed between writing a file and its row, or the reverse."""
    storage = _FILES.storage
    if not storage.exists(_FOLDER):
        return
    names = {f"{_FOLDER}{name}" for name in storage.listdir(_FOLDER)[1]}
    names -= set(CaptionFile.objects.values_list("file", flat=True))
    names -= set(Upload.objects.values_list("file", flat=True))
    for name in names:
        if storage.get_modified_time(name) < now - _ORPHANED_AFTER:
            storage.delete(name)


def _lock_draft(upload: int, *, by: Account, states: Iterable[str] = _DRAFT_STATES) -> Upload:
    row = Upload.objects.select_for_update().get(pk=upload, owner=by)
    if row.state not in states:
        raise UploadMoved(f"upload {upload} is {row.state}")
    return row


def _delete(row: Upload) -> None:
    _delete_file_on_commit(row)
    row.delete()


def _delete_file_on_commit(row: Upload) -> None:
    if name := row.file.name:
        transaction.on_commit(lambda: _FILES.storage.delete(name))
