"""A person's page: what they say of themselves, and their picture."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_noop

from ..adapters import PersonDetails, crop_picture
from ..models import Account, Person
from ..permissions import can_edit_person
from .accounts import record_act

_FILES = Person._meta.get_field("picture")


@transaction.atomic
def change_person(*, person: int, details: PersonDetails, by: Account, now: datetime) -> None:
    """Let a person's page say this; ``email`` is taken from organisers only, while nobody's account is the person.

    Raises `PermissionDenied` and `Person.DoesNotExist`.
    """
    row = _lock(person, by)
    values: dict[str, object] = {
        "name": details.name,
        "other_names": list(details.other_names),
        "links": [{"title": link.title, "url": link.url} for link in details.links],
        "biography": details.biography,
    }
    if by.person_id != row.pk and not hasattr(row, "account"):
        values["email"] = details.email
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    if changed:
        _record(row, gettext_noop("changed the page of a person"), changed, by=by, now=now)


@transaction.atomic
def set_picture(*, person: int, data: bytes, by: Account | None, now: datetime, dry_run: bool = False) -> bool:
    """Keep a picture of a person, made anew; ``by`` is None for the command line. False where it is there already.

    Raises `UnreadablePicture`, `PermissionDenied` and `Person.DoesNotExist`.
    """
    picture = crop_picture(data)
    row = _lock(person, by)
    if row.picture and _holds(row.picture.name, picture):
        return False
    if dry_run:
        return True  # a file is in no transaction that could be taken back
    _let_go(row.picture.name)
    row.picture = ContentFile(picture, name=f"{get_random_string(20)}.jpg")
    row.save(update_fields=["picture"])
    _record(row, gettext_noop("changed the page of a person"), ["picture"], by=by, now=now)
    return True


@transaction.atomic
def remove_picture(*, person: int, by: Account, now: datetime) -> None:
    """Let a person's picture go. Raises `PermissionDenied` and `Person.DoesNotExist`."""
    row = _lock(person, by)
    if row.picture:
        forget_picture(row)
        _record(row, gettext_noop("changed the page of a person"), ["picture"], by=by, now=now)


def forget_picture(row: Person) -> None:
    """Let a picture go with its file, once the transaction is done."""
    _let_go(row.picture.name)
    row.picture = ""
    row.save(update_fields=["picture"])


def _lock(person: int, by: Account | None) -> Person:
    row = Person.objects.select_for_update().get(pk=person)
    if by is not None and not can_edit_person(by, row):
        raise PermissionDenied("only the owner of a page and organisers may change it")
    return row


def _record(row: Person, what: str, changed: Iterable[str], *, by: Account | None, now: datetime) -> None:
    """Write down what somebody with power did to somebody else's page; what people do to their own is theirs."""
    if by is not None and by.person_id != row.pk:
        record_act(by=by, what=what, target=row.name, after=", ".join(changed), now=now)


def _let_go(name: str | None) -> None:
    if name:
        transaction.on_commit(lambda: _FILES.storage.delete(name))


def _holds(name: str | None, data: bytes) -> bool:
    storage = _FILES.storage
    if not name or not storage.exists(name):
        return False
    with storage.open(name, "rb") as file:
        return bool(file.read() == data)
