"""Whom and what the talks are about, for the first page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from ..models import Talk, TalkSpeaker
from .catalogue import Choice

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Survey:
    """Those who spoke most often, by their slugs, and what was spoken about most often, each with a number of talks."""

    people: tuple[Choice, ...]
    topics: tuple[Choice, ...]


def survey_talks(viewer: Viewer, *, people: int = 12, topics: int = 18) -> Survey:
    """The speakers and topics of the talks that this viewer may see, the most frequent first; two queries.

    Topics are counted here, not by the database, which has no common way to look into a list: a thousand talks take
    milliseconds.
    """
    talks = Talk.objects.visible_to(viewer)
    spoke = TalkSpeaker.objects.filter(talk__in=talks, role=TalkSpeaker.Role.SPEAKER, person__isnull=False)
    counted = spoke.order_by().values_list("person__slug", "person__name").annotate(talks=Count("talk", distinct=True))
    names = Counter(topic for listed in talks.values_list("topics", flat=True) for topic in dict.fromkeys(listed))
    often = sorted(names.items(), key=lambda item: (-item[1], item[0].casefold()))
    return Survey(
        people=tuple(
            Choice(value=slug, title=name, count=count, is_chosen=False)
            for slug, name, count in counted.order_by("-talks", "person__name", "person__slug")[:people]
        ),
        topics=tuple(Choice(value=topic, title=topic, count=count, is_chosen=False) for topic, count in often[:topics]),
    )
