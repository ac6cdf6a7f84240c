"""Writes of the library."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any, Literal
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.db import transaction

from commonplace.apps.jobs import actions as jobs
from commonplace.apps.people import actions as people
from commonplace.apps.people import queries as people_queries

from . import adapters, queries
from .adapters import TalkDetails, TalkFolder, UnreadableCaptions
from .models import CaptionFile, Chapter, Correction, Paragraph, Recording, Talk, TalkSpeaker, Turn

_AUDIO = {".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac", ".aac"}
_VIDEO = {".mp4", ".m4v", ".webm", ".mkv", ".mov", ".ogv"}


@dataclass(frozen=True, slots=True)
class TalkChange:
    """What an import did to a talk; ``fields`` names what is different now."""

    slug: str
    kind: Literal["new", "changed", "unchanged"]
    fields: tuple[str, ...] = ()


@transaction.atomic
def receive_captions(*, data: bytes, name: str, details: TalkDetails, now: datetime) -> Talk:
    """Keep captions as they came, and leave the job that makes a published talk of them.

    ``name`` is the file's, for the reader's eyes. The talk is there at once, seen by nobody but its speakers and staff.
    """
    talk = _create_talk(details, slug=None, published_at=None, now=now)
    caption_file = _keep_captions(talk, data=data, name=name, now=now)
    jobs.enqueue("library.publish_captions", caption_file=caption_file.pk)
    return talk


def publish_captions(*, data: bytes, name: str, details: TalkDetails, now: datetime) -> Talk:
    """Read captions of any format and publish their talk now, without the queue.

    Raises `UnreadableCaptions`; nothing is kept then.
    """
    transcript, report = adapters.read_transcript(data, name)
    with transaction.atomic():
        talk = _create_talk(details, slug=None, published_at=now, now=now)
        caption_file = _keep_captions(talk, data=data, name=name, now=now)
        caption_file.format = transcript.source.format
        caption_file.save(update_fields=["format"])
        _save_transcript(talk, transcript, report)
    return talk


def publish_caption_file(*, caption_file: int, now: datetime) -> Talk:
    """Read captions that were received, and publish their talk; doing it twice changes nothing.

    Raises `UnreadableCaptions` after writing the reason beside the file, and `CaptionFile.DoesNotExist`.
    """
    received = CaptionFile.objects.select_related("talk").get(pk=caption_file)
    with received.file.open("rb") as file:
        data = file.read()
    try:
        transcript, report = adapters.read_transcript(data, received.name)
    except UnreadableCaptions as error:
        received.problem = str(error)
        received.save(update_fields=["problem"])
        raise
    with transaction.atomic():
        talk = Talk.objects.select_for_update().get(pk=received.talk_id)
        if talk.transcripts.filter(source_sha256=received.sha256).exists():
            return talk
        received.format, received.problem = transcript.source.format, ""
        received.save(update_fields=["format", "problem"])
        _save_transcript(talk, transcript, report)
        if talk.published_at is None:
            talk.published_at = now
            talk.save(update_fields=["published_at"])
    return talk


@transaction.atomic
def import_talk_folder(*, files: Mapping[str, str], slug: str, published: bool, now: datetime) -> TalkChange:
    """Create the talk in these files, or bring the one with this slug up to date; doing it twice changes nothing.

    ``published`` says whether visitors see the talk, where it is new. Raises `UnreadableCaptions` or
    `InconsistentTranscript` with the place that is wrong; nothing is changed then.
    """
    folder = adapters.read_folder(files, slug=slug)
    talk = Talk.objects.select_for_update().filter(slug=slug).first()
    if talk is None:
        talk = _create_talk(folder.details, slug=slug, published_at=now if published else None, now=now)
        _save_transcript(talk, folder.transcript, folder.report)
        return TalkChange(slug, "new")
    changed = adapters.differences(queries.load_folder(talk), folder)
    if not changed:
        return TalkChange(slug, "unchanged")
    _update_talk(talk, folder, changed=frozenset(changed), now=now)
    return TalkChange(slug, "changed", changed)


def _update_talk(talk: Talk, folder: TalkFolder, *, changed: frozenset[str], now: datetime) -> None:
    values = _talk_values(folder.details)
    for name, value in values.items():
        setattr(talk, name, value)
    talk.save(update_fields=list(values))
    if changed & {"speakers", "hosts"}:
        _save_credits(talk, folder.details, now=now)
    if "recording" in changed:
        _save_recording(talk, folder.details.recording)
    # Who spoke decides whom a turn's label means, so the turns are matched anew with the credits.
    if changed & {"transcript", "speakers", "hosts"}:
        _save_transcript(talk, folder.transcript, folder.report)
    elif "report" in changed:
        talk.transcripts.filter(position=0).update(report_json=json.dumps(folder.report))


def _create_talk(details: TalkDetails, *, slug: str | None, published_at: datetime | None, now: datetime) -> Talk:
    if not details.title.strip():
        raise ValueError("a talk needs a title")
    if slug is None:
        taken = set(Talk.objects.values_list("slug", flat=True))
        slug = people.make_slug(details.title, taken=taken)
    talk = Talk.objects.create(slug=slug, published_at=published_at, created_at=now, **_talk_values(details))
    _save_credits(talk, details, now=now)
    _save_recording(talk, details.recording)
    return talk


def _talk_values(details: TalkDetails) -> dict[str, Any]:
    return {
        "title": details.title,
        "date": adapters.read_date(details, file=details.title),
        "event": details.event or "",
        "description": details.description,
        "language": details.language or "",
        "topics": list(details.topics),
    }


def _save_credits(talk: Talk, details: TalkDetails, *, now: datetime) -> None:
    persons = people.credit_people(names=[*details.speakers, *details.hosts], now=now)
    rows = []
    for role, names in (("speaker", details.speakers), ("host", details.hosts)):
        linked: set[int] = set()
        for position, name in enumerate(names):
            person = persons[name] if persons[name] not in linked else None  # named twice: linked once
            linked |= {person} if person is not None else set()
            rows.append(TalkSpeaker(talk=talk, person_id=person, name=name, role=role, position=position))
    talk.speakers.all().delete()
    TalkSpeaker.objects.bulk_create(rows)


def _save_recording(talk: Talk, url: str | None) -> None:
    if not url:
        talk.recordings.filter(position=0).delete()
        return
    suffix = PurePath(urlsplit(url).path).suffix.lower()
    kind = "audio" if suffix in _AUDIO else "video" if suffix in _VIDEO else "page"
    Recording.objects.update_or_create(talk=talk, position=0, defaults={"url": url, "kind": kind})


def _save_transcript(talk: Talk, transcript: adapters.Transcript, report: Mapping[str, Any]) -> None:
    talk.transcripts.filter(position=0).delete()
    if transcript == adapters.NOTHING_SAID and not report:
        return  # the talk still waits for its captions
    labels = list(dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker))
    rows = adapters.rows_of(transcript, report=report, people=_match_labels(talk, labels))
    rows.transcript.talk = talk
    rows.transcript.save()
    Turn.objects.bulk_create(rows.turns)
    Paragraph.objects.bulk_create(rows.paragraphs)
    Chapter.objects.bulk_create(rows.chapters)
    Correction.objects.bulk_create(rows.corrections)


def _match_labels(talk: Talk, labels: Iterable[str]) -> dict[str, int | None]:
    """The person behind each label of a turn, among those whom the talk credits.

    A label is one of their names, or the first word of a name, where it is only one's; nobody else is guessed at.
    """
    labels = list(labels)
    if not labels:
        return {}
    credited = dict(talk.speakers.filter(person__isnull=False).values_list("person", "name"))
    known = people_queries.find_people(labels)
    matched: dict[str, int | None] = {}
    for label in labels:
        candidates = {key for key in known[label] if key in credited} or {
            key for key, name in credited.items() if label.casefold() in {name.casefold(), *name.casefold().split()[:1]}
        }
        matched[label] = candidates.pop() if len(candidates) == 1 else None
    return matched


def _keep_captions(talk: Talk, *, data: bytes, name: str, now: datetime) -> CaptionFile:
    sha256 = hashlib.sha256(data).hexdigest()
    suffix = PurePath(name).suffix.lower()
    stored = sha256 + (suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else "")
    return CaptionFile.objects.create(
        talk=talk,
        name=PurePath(name).name,
        sha256=sha256,
        size=len(data),
        file=ContentFile(data, name=stored),
        received_at=now,
    )
