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

from .catalogue import Narrowing, TalkRow, list_fitting, load_facts, talk_row, with_parts_of_rows
from .players import Player, find_player
from .transcripts import TranscriptVersion, list_versions


@dataclass(frozen=True, slots=True)
class Episode:
    """A talk in a feed."""

    talk: TalkRow
    published_at: datetime.datetime
    player: Player | None
    versions: tuple[TranscriptVersion, ...]


def list_episodes(*, viewer: Viewer, narrowing: Narrowing, limit: int) -> tuple[Episode, ...]:
    """The newest published talks that fit the narrowing; seven queries."""
    published = Talk.objects.visible_to(viewer).exclude(published_at=None)
    keys = list_fitting(load_facts(published), narrowing)[:limit]
    chaptered = set(Chapter.objects.filter(transcript__talk__in=keys).values_list("transcript", flat=True).distinct())
    talks = with_parts_of_rows(published.filter(pk__in=keys).newest_first()).prefetch_related("recordings")
    episodes = []
    for talk in talks:
        player = next(filter(None, map(find_player, talk.recordings.all())), None)
        if talk.published_at is not None:
            versions = list_versions(talk, talk.transcripts.all(), chaptered=chaptered)
            episodes.append(Episode(talk_row(talk), talk.published_at, player, versions))
    return tuple(episodes)
