"""Reads about people, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .adapters import Link, PersonDetails, fold_spaces, render_markdown, write_person
from .models import Person

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page of a person shows of them; ``biography_html`` is safe to insert as it stands."""

    slug: str
    name: str
    other_names: tuple[str, ...]
    biography_html: str
    links: tuple[Link, ...]


def get_person_page_for(viewer: AbstractUser | AnonymousUser, slug: str) -> PersonPage:
    """The page of the person with this slug; persons are public, so every viewer sees the same one.

    Raises `Person.DoesNotExist`.
    """
    person = Person.objects.get(slug=slug)
    details = details_of(person)
    return PersonPage(
        slug=person.slug,
        name=details.name,
        other_names=details.other_names,
        biography_html=render_markdown(details.biography),
        links=details.links,
    )


def details_of(person: Person) -> PersonDetails:
    """What is known of a person, as a value."""
    return PersonDetails(
        name=person.name,
        other_names=tuple(person.other_names),
        links=tuple(Link(title=link["title"], url=link["url"]) for link in person.links),
        biography=person.biography,
    )


def export_people() -> Iterator[tuple[str, str]]:
    """Slug and file of every person, by slug."""
    for person in Person.objects.order_by("slug").iterator(chunk_size=500):
        yield person.slug, write_person(details_of(person))


def find_people(names: list[str]) -> Mapping[str, tuple[int, ...]]:
    """For each name, the keys of the people who bear it, whatever its case and whatever spaces part its words.

    Somebody's own name counts before somebody else's other name. One query, which reads every person's names: a
    community has thousands, not millions.
    """
    own: dict[str, list[int]] = {}
    other: dict[str, list[int]] = {}
    for key, name, other_names in Person.objects.order_by("pk").values_list("pk", "name", "other_names"):
        own.setdefault(_fold(name), []).append(key)
        for other_name in other_names:
            other.setdefault(_fold(other_name), []).append(key)
    return {name: tuple(own.get(_fold(name)) or other.get(_fold(name)) or ()) for name in names}


def _fold(name: str) -> str:
    return fold_spaces(name).casefold()
