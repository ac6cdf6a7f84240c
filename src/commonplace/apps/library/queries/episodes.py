"""Talks as the feeds tell of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..models import (
    Chapter,
    Talk,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser

from .catalogue import Narrowing, TalkRow, fits, load_facts, talk_row, with_parts_of_rows
from .downloads import Download, list_downloads
from .players import Player, find_player


@dataclass(frozen=True, slots=True)
class Episode:
    """A talk in a feed."""

    talk: TalkRow
    published_at: datetime.datetime
    player: Player | None
    downloads: tuple[Download, ...]


def list_episodes(*, viewer: Viewer, narrowing: Narrowing, limit: int) -> tuple[Episode, ...]:
    """The newest published talks that fit the narrowing; seven queries."""
    published = Talk.objects.visible_to(viewer).exclude(published_at=None)
    keys = [key for key, values in load_facts(published).items() if fits(values, narrowing)][:limit]
    chaptered = set(Chapter.objects.filter(transcript__talk__in=keys).values_list("transcript", flat=True).distinct())
    talks = with_parts_of_rows(published.filter(pk__in=keys).newest_first()).prefetch_related("recordings")
    episodes = []
    for talk in talks:
        transcript = next(iter(talk.transcripts.all()), None)
        has_chapters = transcript is not None and transcript.pk in chaptered
        player = next(filter(None, map(find_player, talk.recordings.all())), None)
        if talk.published_at is not None:
            downloads = list_downloads(transcript, has_chapters=has_chapters)
            episodes.append(Episode(talk_row(talk), talk.published_at, player, downloads))
    return tuple(episodes)
