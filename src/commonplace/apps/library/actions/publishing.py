"""Captions come in and become a talk."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction

from commonplace.apps.jobs import actions as jobs

from .. import adapters
from ..adapters import TalkDetails, UnreadableCaptions
from ..models import (
    CaptionFile,
    Talk,
)
from .talks import create_talk, save_transcript


@transaction.atomic
def receive_captions(*, data: bytes, name: str, details: TalkDetails, now: datetime) -> Talk:
    """Keep captions as they came, and leave the job that makes a published talk of them.

    ``name`` is the file's, for the reader's eyes. The talk is there at once, seen by nobody but its speakers and staff.
    """
    talk = create_talk(details, slug=None, published_at=None, now=now)
    caption_file = _keep_captions(talk, data=data, name=name, now=now)
    jobs.enqueue("library.publish_captions", caption_file=caption_file.pk)
    return talk


def publish_captions(*, data: bytes, name: str, details: TalkDetails, now: datetime) -> Talk:
    """Read captions of any format and publish their talk now, without the queue.

    Raises `UnreadableCaptions`; nothing is kept then.
    """
    transcript, report = adapters.read_transcript(data, name, speakers=details.speakers, hosts=details.hosts)
    with transaction.atomic():
        talk = create_talk(details, slug=None, published_at=now, now=now)
        caption_file = _keep_captions(talk, data=data, name=name, now=now)
        caption_file.format = transcript.source.format
        caption_file.save(update_fields=["format"])
        save_transcript(talk, transcript, report)
    return talk


def publish_caption_file(*, caption_file: int, now: datetime) -> Talk:
    """Read captions that were received, and publish their talk; doing it twice changes nothing.

    Raises `UnreadableCaptions` after writing the reason beside the file, and `CaptionFile.DoesNotExist`.
    """
    received = CaptionFile.objects.select_related("talk").get(pk=caption_file)
    with received.file.open("rb") as file:
        data = file.read()
    try:
        credited = received.talk.speakers
        speakers, hosts = (credited.filter(role=role).values_list("name", flat=True) for role in ("speaker", "host"))
        transcript, report = adapters.read_transcript(data, received.name, speakers=list(speakers), hosts=list(hosts))
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
        save_transcript(talk, transcript, report)
        if talk.published_at is None:
            talk.published_at = now
            talk.save(update_fields=["published_at"])
    return talk


def _keep_captions(talk: Talk, *, data: bytes, name: str, now: datetime) -> CaptionFile:
    sha256 = hashlib.sha256(data).hexdigest()
    return CaptionFile.objects.create(
        talk=talk,
        name=PurePath(name).name,
        sha256=sha256,
        size=len(data),
        file=ContentFile(data, name=name_stored_file(name, sha256)),
        received_at=now,
    )


def name_stored_file(name: str, sha256: str) -> str:
    """The name under which captions are kept: nothing of the name they came with but a harmless ending."""
    suffix = PurePath(name).suffix.lower()
    return sha256 + (suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else "")
