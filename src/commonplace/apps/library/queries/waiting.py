"""Talks that wait for somebody to look at them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from ..models import CaptionFile, Talk, TalkSpeaker, Transcript
from ..permissions import can_publish
from .catalogue import SpeakerLink, speaker_link

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class WaitingTalk:
    """A talk that visitors do not see; ``problem`` is why its captions could not be read, ``words`` 0 without any."""

    slug: str
    title: str
    language: str
    created_at: datetime.datetime
    speakers: tuple[SpeakerLink, ...]
    words: int
    problem: str


@dataclass(frozen=True, slots=True)
class WaitingTalks:
    """One page of the talks that wait; ``page`` and ``pages`` count from 1, ``total`` counts the talks of all pages."""

    rows: tuple[WaitingTalk, ...]
    page: int
    pages: int
    total: int


def list_waiting_talks_for(viewer: Viewer, *, page: int = 1, per_page: int = 30) -> WaitingTalks:
    """A page of the unpublished talks, the oldest first; five queries. Raises `Talk.DoesNotExist` for non-editors."""
    if not can_publish(viewer):
        raise Talk.DoesNotExist(f"{viewer} may not see which talks wait")
    talks = Talk.objects.filter(published_at=None).order_by("created_at", "pk")
    total = talks.count()
    pages = max(1, -(-total // per_page))
    page = min(max(1, page), pages)
    rows = talks[(page - 1) * per_page : page * per_page].prefetch_related(
        Prefetch("speakers", TalkSpeaker.objects.select_related("person")),
        Prefetch("transcripts", Transcript.objects.only("talk", "position", "word_count", "language")),
        Prefetch("caption_files", CaptionFile.objects.only("talk", "problem", "received_at")),
    )
    return WaitingTalks(rows=tuple(map(_waiting_talk, rows)), page=page, pages=pages, total=total)


def _waiting_talk(talk: Talk) -> WaitingTalk:
    transcript = next(iter(talk.transcripts.all()), None)
    problems = [file.problem for file in talk.caption_files.all() if file.problem]
    people = [speaker_link(credit) for credit in talk.speakers.all()]
    return WaitingTalk(
        slug=talk.slug,
        title=talk.title,
        language=talk.language or (transcript.language if transcript else ""),
        created_at=talk.created_at,
        speakers=tuple(sorted(people, key=lambda person: person.role, reverse=True)),  # speakers, then hosts
        words=transcript.word_count if transcript else 0,
        problem="" if transcript or not problems else problems[-1].partition("\n")[0],
    )
