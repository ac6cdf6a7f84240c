"""Writes about people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.text import slugify

from . import queries
from .adapters import fold_spaces, read_person
from .models import SLUG_LENGTH, Person


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What an import did to a person; ``fields`` names what is different now."""

    slug: str
    kind: Literal["new", "changed", "unchanged"]
    fields: tuple[str, ...] = ()


def make_slug(name: str, *, taken: Collection[str]) -> str:
    """An address for this name that is not taken yet: letters of any script, digits, hyphens; 80 characters."""
    slug = (slugify(name, allow_unicode=True) or "person")[: SLUG_LENGTH - 6].strip("-_")
    candidate, number = slug, 2
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate


@transaction.atomic
def import_person(*, text: str, slug: str, now: datetime) -> PersonChange:
    """Create the person in this file, or bring the one with this slug up to date; doing it twice changes nothing.

    Raises `UnreadablePerson` where the file, or its name, is wrong.
    """
    details = read_person(text, file=f"people/{slug}.md")
    values = {
        "name": details.name,
        "other_names": list(details.other_names),
        "links": [{"title": link.title, "url": link.url} for link in details.links],
        "biography": details.biography,
    }
    person = Person.objects.select_for_update().filter(slug=slug).first()
    if person is None:
        Person.objects.create(slug=slug, created_at=now, **values)
        return PersonChange(slug, "new")
    changed = tuple(name for name, value in values.items() if getattr(person, name) != value)
    if not changed:
        return PersonChange(slug, "unchanged")
    for name in changed:
        setattr(person, name, values[name])
    person.save(update_fields=changed)
    return PersonChange(slug, "changed", changed)


@transaction.atomic
def credit_people(*, names: Iterable[str], now: datetime) -> Mapping[str, int | None]:
    """The key of the person behind each name, who is made where nobody bears it.

    None where several bear it: saying nothing beats guessing.
    """
    wanted = list(dict.fromkeys(names))
    found = queries.find_people(wanted)
    missing = {name.casefold(): name for name in map(fold_spaces, (name for name in wanted if not found[name]))}
    if missing:
        taken = set(Person.objects.values_list("slug", flat=True))
        people = []
        for name in missing.values():
            people.append(Person(slug=make_slug(name, taken=taken), name=name, created_at=now))
            taken.add(people[-1].slug)
        # Another process may have made the same person a moment ago: then theirs is found below.
        Person.objects.bulk_create(people, ignore_conflicts=True)
        found = queries.find_people(wanted)
    return {name: keys[0] if len(keys) == 1 else None for name, keys in found.items()}
