"""Series: the talks of one event, or of a row of events with one name."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import slugify

from ..models import SLUG_LENGTH, Talk

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser

from .catalogue import Choice, TalkList, list_rows, load_facts

_PER_PAGE = 50
_UNSAID = set(" \t\n\r-_,.:;!?()[]{}'\"&/|·–—…“”‘’«»、。・：；！？（）「」『』【】〜～　")
"""Signs that no two series differ by alone; the ``+`` of C++ is none of them."""


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """A series; ``speakers`` and ``topics`` are those of all its talks, with how many each has, the busiest first.

    ``language`` is that of all its talks, empty where they differ. ``years`` are the first and the last one.
    """

    slug: str
    title: str
    language: str
    years: tuple[int, ...]
    talks: TalkList
    speakers: tuple[Choice, ...]
    topics: tuple[Choice, ...]


def make_series_slug(name: str) -> str:
    """The address of a series by its name: its letters of any script and digits; always the same for the same name.

    Names that differ in case, spaces and common punctuation only are one series. Where more would be lost, eight signs
    made of the whole name tell it from others.
    """
    said = [sign for sign in unicodedata.normalize("NFKC", name).lower() if sign not in _UNSAID]
    slug = slugify(name, allow_unicode=True)
    if slug and len(slug) <= SLUG_LENGTH and all(sign.isalnum() for sign in said):
        return slug
    mark = hashlib.sha256(("".join(said) or name).encode()).hexdigest()[:8]
    return f"{slug[: SLUG_LENGTH - 9].strip('-_')}-{mark}".strip("-")


def get_series_for(viewer: Viewer, slug: str, *, page: int) -> SeriesPage:
    """The series at this address with the talks that this viewer may see; a page beyond the last is the last.

    Six queries, however long it is. Raises `Talk.DoesNotExist` where the viewer may see no talk of it.
    """
    visible = Talk.objects.visible_to(viewer)
    events = visible.exclude(event="").order_by().values_list("event", flat=True).distinct()
    names = [name for name in events if make_series_slug(name) == slug]
    if not names:
        raise Talk.DoesNotExist(f"no talk belongs to a series {slug[:80]!r}")
    talks = visible.filter(event__in=names)
    facts = load_facts(talks)
    pages = max(1, -(-len(facts) // _PER_PAGE))
    page = min(max(1, page), pages)
    rows = list_rows(talks.newest_first()[(page - 1) * _PER_PAGE : page * _PER_PAGE])
    languages = {row.language for row in rows}
    years = sorted(int(year) for values in facts.values() for year in values["year"])
    return SeriesPage(
        slug=slug,
        title=rows[0].event,
        language=languages.pop() if len(languages) == 1 else "",
        years=tuple(dict.fromkeys((years[0], years[-1]))) if years else (),
        talks=TalkList(rows=rows, page=page, pages=pages, total=len(facts)),
        speakers=_count(values["speaker"] for values in facts.values()),
        topics=_count(values["topic"] for values in facts.values()),
    )


def _count(facts: Iterable[dict[str, str]]) -> tuple[Choice, ...]:
    """How many talks have each value, by number and then by title."""
    titles: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for values in facts:
        titles |= values
        counts.update(values.keys())
    ordered = sorted(counts, key=lambda value: (-counts[value], titles[value].casefold()))
    return tuple(Choice(value, titles[value], counts[value], is_chosen=False) for value in ordered)
