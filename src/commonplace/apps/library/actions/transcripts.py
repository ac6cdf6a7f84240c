"""Transcripts in further languages come and go."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_noop

from commonplace.apps.people import actions as people

from .. import adapters, queries
from ..models import CaptionFile, Paragraph, Talk
from ..permissions import can_correct
from .publishing import name_stored_file
from .talks import save_other_transcript

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account

_MOST_LANGUAGES = 20


class LanguageTaken(Exception):
    """The talk can be read in this language already, or in so many that no more are taken."""


def add_transcript(*, talk: int, data: bytes, name: str, language: str, by: Account, now: datetime) -> None:
    """Read captions of any format and keep them as the talk's transcript in this language.

    Takes the time of reading them, about a quarter of a second a megabyte. Raises `UnreadableCaptions`,
    `InconsistentTranscript`, `LanguageTaken`, `ValueError` for what is no language tag, `PermissionDenied` and
    `Talk.DoesNotExist`; nothing is kept then.
    """
    if not adapters.is_language_tag(language):
        raise ValueError(f"{language!r} is no language tag such as ja or pt-BR")
    transcript, report = adapters.read_transcript(data, name)
    with transaction.atomic():
        row = Talk.objects.select_for_update().get(pk=talk)
        if not can_correct(by, row):
            raise PermissionDenied(f"{by.pk} may not edit talk {talk}")
        standing = list(row.transcripts.all())
        taken = {language.lower() for one in standing for language in (queries.spoken_in(row, one), one.language)}
        if language.lower() in taken or len(standing) > _MOST_LANGUAGES or not standing:
            raise LanguageTaken(f"talk {talk} is to be read in {sorted(taken)} already")
        _keep_captions(row, data=data, name=name, format_=transcript.source.format, now=now)
        # In paragraphs that begin where those of the first do, both can be read side by side.
        starts = Paragraph.objects.filter(transcript=standing[0]).values_list("start_ms", flat=True)
        beside = adapters.split_paragraphs_beside(transcript, starts)
        other = adapters.OtherTranscript(transcript=replace(beside, language=language), report=report)
        save_other_transcript(row, other)
        people.record_act(by=by, what=gettext_noop("added a transcript"), target=row.title, after=language, now=now)


def _keep_captions(talk: Talk, *, data: bytes, name: str, format_: str, now: datetime) -> None:
    """Keep the captions as they came, once: a transcript that was removed may come back from the same file."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not talk.caption_files.filter(sha256=sha256).exists():
        CaptionFile.objects.create(
            talk=talk,
            name=PurePath(name).name,
            sha256=sha256,
            size=len(data),
            format=format_,
            file=ContentFile(data, name=name_stored_file(name, sha256)),
            received_at=now,
        )


@transaction.atomic
def remove_transcript(*, talk: int, language: str, by: Account, now: datetime) -> None:
    """Take the talk's transcript in this language away, with its corrections; the first one stays.

    Raises `PermissionDenied` and `Talk.DoesNotExist`, also where there is none in this language.
    """
    row = Talk.objects.select_for_update().get(pk=talk)
    if not can_correct(by, row):
        raise PermissionDenied(f"{by.pk} may not edit talk {talk}")
    removed, _ = row.transcripts.filter(position__gt=0, language=language).delete()
    if not removed:
        raise Talk.DoesNotExist(f"talk {talk} has no further transcript in {language!r}")
    people.record_act(by=by, what=gettext_noop("removed a transcript"), target=row.title, before=language, now=now)
