"""Lists of talks, and what they are narrowed by."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from ..models import (
    Talk,
    TalkQuerySet,
    TalkSpeaker,
    Transcript,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    from commonplace.apps.people.models import Person

    Viewer = AbstractUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class SpeakerLink:
    """Somebody as a talk names them; ``slug`` leads to their page where we know who it is; role is speaker or host."""

    name: str
    slug: str | None
    role: str


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A talk in a list."""

    slug: str
    title: str
    date: datetime.date | None
    event: str
    description: str
    speakers: tuple[SpeakerLink, ...]
    duration_ms: int | None
    words: int
    language: str
    topics: tuple[str, ...]
    is_published: bool


@dataclass(frozen=True, slots=True)
class TalkList:
    """One page of a list of talks; ``page`` and ``pages`` count from 1, ``total`` counts the talks of all pages."""

    rows: tuple[TalkRow, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list of talks is narrowed to; an empty text narrows nothing.

    ``speaker`` is the slug of a person, ``year`` four digits, ``event`` the text that groups talks into a series.
    """

    speaker: str = ""
    topic: str = ""
    year: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the list can be narrowed to, or is; ``count`` says how many talks are left then."""

    value: str
    title: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list: what is chosen, as people read it, or else empty; and what else could be."""

    name: str
    chosen: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class TalkIndex:
    """A narrowed list of talks, with what it can be narrowed to further."""

    talks: TalkList
    speakers: Facet
    topics: Facet
    years: Facet
    events: Facet

    @property
    def facets(self) -> tuple[Facet, ...]:
        """Those by which something is narrowed, or can be."""
        return tuple(
            facet
            for facet in (self.speakers, self.topics, self.years, self.events)
            if facet.chosen or len(facet.choices) > 1
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen."""
        return any(facet.chosen for facet in self.facets)


@dataclass(frozen=True, slots=True)
class Addresses:
    """What of the library has a page that a viewer can find: slugs of talks and people, names of series.

    ``languages`` are those of each talk that can be read in more than the one it was held in, which comes first.
    """

    talks: tuple[str, ...]
    people: tuple[str, ...]
    events: tuple[str, ...]
    languages: Mapping[str, tuple[str, ...]]


def list_talks(*, viewer: Viewer, page: int, per_page: int = 30) -> TalkList:
    """A page of the talks that this viewer may see, the newest first; a page beyond the last is the last."""
    talks = Talk.objects.visible_to(viewer)
    total = talks.count()
    pages = max(1, -(-total // per_page))
    page = min(max(1, page), pages)
    rows = list_rows(talks.newest_first()[(page - 1) * per_page : page * per_page])
    return TalkList(rows=rows, page=page, pages=pages, total=total)


def browse_talks(*, viewer: Viewer, narrowing: Narrowing, page: int, per_page: int = 30) -> TalkIndex:
    """A page of the talks that this viewer may see and that fit the narrowing, the newest first.

    Five queries, however many talks there are. The choices are counted here, not by the database, which has no common
    way to look into a list of topics: a thousand talks take milliseconds.
    """
    visible = Talk.objects.visible_to(viewer)
    facts = load_facts(visible)
    fitting = list_fitting(facts, narrowing)
    pages = max(1, -(-len(fitting) // per_page))
    page = min(max(1, page), pages)
    keys = fitting[(page - 1) * per_page : page * per_page]
    rows = list_rows(visible.filter(pk__in=keys).newest_first())
    return TalkIndex(
        talks=TalkList(rows=rows, page=page, pages=pages, total=len(fitting)),
        speakers=_make_facet("speaker", facts.values(), narrowing, by_title=True),
        topics=_make_facet("topic", facts.values(), narrowing, by_title=True),
        years=_make_facet("year", facts.values(), narrowing),
        events=_make_facet("event", facts.values(), narrowing),
    )


def list_addresses(viewer: Viewer) -> Addresses:
    """Every talk that this viewer may see, and the people, series and languages in them; three queries."""
    talks = Talk.objects.visible_to(viewer)
    slugs, events = [], {}
    for slug, event in talks.newest_first().values_list("slug", "event"):
        slugs.append(slug)
        events[event] = True
    people = TalkSpeaker.objects.filter(talk__in=talks, person__isnull=False).order_by("person__slug")
    return Addresses(
        talks=tuple(slugs),
        people=tuple(people.values_list("person__slug", flat=True).distinct()),
        events=tuple(event for event in events if event),
        languages=_list_languages(talks),
    )


def _list_languages(talks: TalkQuerySet) -> dict[str, tuple[str, ...]]:
    """The languages of the talks that have several, by slug."""
    rows = Transcript.objects.filter(talk__in=talks, talk__transcripts__position__gt=0).distinct()
    languages: dict[str, list[str]] = {}
    for slug, spoken, position, language in rows.order_by("talk__slug", "position").values_list(
        "talk__slug", "talk__language", "position", "language"
    ):
        languages.setdefault(slug, []).append(language if position else spoken or language)
    return {slug: tuple(known) for slug, known in languages.items()}


def list_talks_of(viewer: Viewer, person_slug: str) -> tuple[TalkRow, ...]:
    """The talks in which this person speaks or hosts, as far as the viewer may see them, the newest first."""
    own = TalkSpeaker.objects.filter(person__slug=person_slug).values("talk")
    return list_rows(Talk.objects.visible_to(viewer).filter(pk__in=own).newest_first())


def get_talk_for(viewer: Viewer, slug: str) -> Talk:
    """The talk with this slug. Raises `Talk.DoesNotExist`, also where this viewer may not see it."""
    return Talk.objects.visible_to(viewer).get(slug=slug)


def has_talks(person: Person) -> bool:
    """Whether any talk names this person, published or not."""
    return TalkSpeaker.objects.filter(person=person).exists()


def count_talks() -> int:
    """How many talks there are, published or not."""
    return Talk.objects.count()


_Facts = dict[str, dict[str, str]]
"""Of one talk, what it can be found by: the name of a facet, then values and their titles."""


def load_facts(talks: TalkQuerySet) -> dict[int, _Facts]:
    """What each of these talks can be found by, the newest first; two queries."""
    facts: dict[int, _Facts] = {}
    for key, date, event, topics in talks.newest_first().values_list("pk", "date", "event", "topics"):
        facts[key] = {
            "speaker": {},
            "topic": {topic: topic for topic in topics},
            "year": {str(date.year): str(date.year)} if date else {},
            "event": {event: event} if event else {},
        }
    credited = TalkSpeaker.objects.filter(talk__in=talks, role=TalkSpeaker.Role.SPEAKER, person__isnull=False)
    for key, slug, name in credited.values_list("talk", "person__slug", "person__name"):
        facts[key]["speaker"][slug] = name
    return facts


def list_fitting(facts: Mapping[int, _Facts], narrowing: Narrowing) -> list[int]:
    """The keys of the talks that fit every wish, in the order of the facts."""
    wishes = _list_wishes(narrowing)
    return [key for key, values in facts.items() if all(wished in values[name] for name, wished in wishes)]


def _list_wishes(narrowing: Narrowing, *, but: str = "") -> list[tuple[str, str]]:
    """What something is narrowed by, and to what; the facet ``but`` left out."""
    wishes = [(name, getattr(narrowing, name)) for name in ("speaker", "topic", "year", "event") if name != but]
    return [(name, wished) for name, wished in wishes if wished]


def _make_facet(name: str, facts: Iterable[_Facts], narrowing: Narrowing, *, by_title: bool = False) -> Facet:
    """The choices of talks that fit all other wishes, in the order of the talks or of their titles."""
    wish = getattr(narrowing, name)
    titles = {wish: wish} if wish else {}
    counts = dict.fromkeys(titles, 0)  # what is chosen stays in sight where it leaves nothing
    others = _list_wishes(narrowing, but=name)
    for values in facts:
        titles |= values[name]
        if all(wished in values[other] for other, wished in others):
            for value in values[name]:
                counts[value] = counts.get(value, 0) + 1
    choices = [Choice(value, titles[value], count, value == wish) for value, count in counts.items()]
    if by_title:
        choices.sort(key=lambda choice: choice.title.casefold())
    return Facet(name, titles.get(wish, ""), tuple(choices))


def list_rows(talks: TalkQuerySet) -> tuple[TalkRow, ...]:
    """The rows of these talks, in their order; three queries."""
    return tuple(talk_row(talk) for talk in with_parts_of_rows(talks))


def with_parts_of_rows(talks: TalkQuerySet) -> TalkQuerySet:
    """These talks with what `talk_row` reads; two queries more."""
    light = Transcript.objects.only("talk", "position", "duration_ms", "word_count", "language", "precision")
    return talks.prefetch_related(
        Prefetch("speakers", TalkSpeaker.objects.select_related("person")), Prefetch("transcripts", light)
    )


def talk_row(talk: Talk) -> TalkRow:
    """The row of a talk that came from `with_parts_of_rows`."""
    transcript = next(iter(talk.transcripts.all()), None)
    people = [speaker_link(credit) for credit in talk.speakers.all()]
    return TalkRow(
        slug=talk.slug,
        title=talk.title,
        date=talk.date,
        event=talk.event,
        description=talk.description,
        speakers=tuple(sorted(people, key=lambda person: person.role, reverse=True)),  # speakers, then hosts
        duration_ms=transcript.duration_ms if transcript else None,
        words=transcript.word_count if transcript else 0,
        language=talk.language or (transcript.language if transcript else ""),
        topics=tuple(talk.topics),
        is_published=talk.published_at is not None,
    )


def speaker_link(credit: TalkSpeaker) -> SpeakerLink:
    """Whoever is credited, with a link where it is known who that is."""
    return SpeakerLink(credit.name, credit.person.slug if credit.person else None, credit.role)
