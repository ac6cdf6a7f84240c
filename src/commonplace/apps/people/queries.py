"""Reads about people, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from .adapters import Link, PersonDetails, fold_spaces, render_markdown, write_person
from .models import Account, Act, Claim, Invitation, Person, Role
from .permissions import can_edit_person, is_organiser

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser
    from django.core.paginator import Page

    Viewer = AbstractUser | AnonymousUser

_SIGNED_FOR = "people.invitation"
_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page of a person shows of them; ``biography_html`` is safe to insert as it stands.

    ``picture`` is a word that is another for each picture, empty for none. ``may_claim`` where nobody's account is it.
    """

    slug: str
    name: str
    other_names: tuple[str, ...]
    biography_html: str
    links: tuple[Link, ...]
    picture: str
    may_edit: bool
    may_claim: bool


def get_person_page_for(viewer: AbstractUser | AnonymousUser, slug: str) -> PersonPage:
    """The page of the person with this slug; persons are public, so every viewer sees the same one.

    Raises `Person.DoesNotExist`.
    """
    person = Person.objects.select_related("account").get(slug=slug)
    details = details_of(person)
    return PersonPage(
        slug=person.slug,
        name=details.name,
        other_names=details.other_names,
        biography_html=render_markdown(details.biography),
        links=details.links,
        picture=PurePath(person.picture.name or "").stem,
        may_edit=can_edit_person(viewer, person),
        may_claim=not hasattr(person, "account") and getattr(viewer, "person_id", None) is None,
    )


def get_person_to_edit_for(viewer: Viewer, slug: str) -> Person:
    """The person with this slug, for whoever may change their page.

    Raises `Person.DoesNotExist` and, for others, `PermissionDenied`.
    """
    person = Person.objects.get(slug=slug)
    if not can_edit_person(viewer, person):
        raise PermissionDenied("only the owner of a page and organisers may change it")
    return person


def open_picture(slug: str) -> bytes:
    """The picture of the person with this slug, a JPEG. Raises `Person.DoesNotExist`, also where they have none."""
    person = Person.objects.exclude(picture="").get(slug=slug)
    try:
        with person.picture.open("rb") as file:
            return bytes(file.read())
    except FileNotFoundError as missing:
        raise Person.DoesNotExist(f"the picture of {slug} is not in the media") from missing


def export_pictures() -> dict[str, Path]:
    """Where the picture of each person lies who has one, by slug."""
    pictures = Person.objects.exclude(picture="").order_by("slug")
    return {person.slug: Path(person.picture.path) for person in pictures if Path(person.picture.path).exists()}


def list_claims_for(viewer: Viewer) -> list[Claim]:
    """Who says that a page is theirs and waits for an organiser, the oldest first. Raises `PermissionDenied`."""
    _require_organiser(viewer)
    return list(Claim.objects.select_related("person"))


def get_person(slug: str) -> Person:
    """The person with this slug, for actions. Raises `Person.DoesNotExist`."""
    return Person.objects.get(slug=slug)


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


def write_page(person: Person) -> str:
    """A person's page as the file that an export has of it."""
    return write_person(details_of(person))


def find_people(names: list[str]) -> Mapping[str, tuple[int, ...]]:
    """For each name, the keys of the people who bear it, whatever its case and whatever spaces part its words.

    Somebody's own name counts before somebody else's other name. Two queries, which read every person's names, as no
    database folds the case of all scripts: 5,000 people take milliseconds.
    """
    own: dict[str, list[int]] = {_fold(name): [] for name in names}
    other: dict[str, list[int]] = {name: [] for name in own}
    for key, name in Person.objects.order_by("pk").values_list("pk", "name").iterator(chunk_size=2_000):
        if (folded := _fold(name)) in own:
            own[folded].append(key)
    for key, other_names in Person.objects.exclude(other_names=[]).order_by("pk").values_list("pk", "other_names"):
        for folded in map(_fold, other_names):
            if folded in other:
                other[folded].append(key)
    return {name: tuple(own[_fold(name)] or other[_fold(name)]) for name in names}


@lru_cache(maxsize=2**16)
def _fold(name: str) -> str:
    return fold_spaces(name).casefold()


@dataclass(frozen=True, slots=True)
class PersonalRows:
    """The rows of one kind that point to an account or its person.

    ``field`` is the one that points, such as ``library.revision.account``; ``rows`` are columns and values.
    """

    field: str
    rows: tuple[dict[str, Any], ...]


_NOT_TOLD = {"password", "data", "key", "sender", "before_times", "job"}
"""Columns that are secrets of the site, or say nothing about anybody."""


def list_personal_fields() -> list[str]:
    """Every field of every model that points to an account or a person, as ``app.model.field``."""
    return sorted(f"{relation.related_model._meta.label_lower}.{relation.field.name}" for relation in _list_relations())


def list_personal_data(account: Account) -> list[PersonalRows]:
    """Everything tied to an account and its person, theirs first; one query for each field that points to them.

    It follows every field that points, whichever app has it: a model that comes later is not forgotten.
    """
    found = [PersonalRows("people.account", (_tell(account),))]
    if account.person:
        found.append(PersonalRows("people.person", (_tell(account.person),)))
    for relation in _list_relations():
        target = account if relation.model is Account else account.person
        model, field = relation.related_model, relation.field
        if target is None or model is Account:
            continue
        rows = model._base_manager.filter(**{field.name: target}).order_by("pk")
        named = [one.name for one in model._meta.concrete_fields if one.is_relation]
        told = tuple(_tell(row) for row in rows.select_related(*named))
        if told:
            found.append(PersonalRows(f"{model._meta.label_lower}.{field.name}", told))
    return found


def _list_relations() -> list[Any]:
    fields = (*Account._meta.get_fields(include_hidden=True), *Person._meta.get_fields(include_hidden=True))
    relations = [field for field in fields if field.auto_created and not field.concrete]
    return sorted(relations, key=lambda one: (one.related_model._meta.label_lower, one.field.name))


def _tell(row: Any) -> dict[str, Any]:
    fields = [field for field in row._meta.concrete_fields if field.name not in _NOT_TOLD]
    values = {field.name: getattr(row, field.name) for field in fields}
    plain = (str, int, float, bool, list, dict, type(None), datetime)
    return {name: value if isinstance(value, plain) else str(value) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey of an account; the key is what `mfa_remove_webauthn` wants to know."""

    key: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What the page of an invitation says: the role, who its account will be, and whether the viewer has used it."""

    role: Role
    person: str
    expires_at: datetime
    is_mine: bool
    email: str


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation nobody has used, as organisers see it."""

    key: int
    token: str
    role: Role
    person: str
    invited_by: str
    expires_at: datetime


def name_of(account: Account | None) -> str:
    """What an account is called in public, never its address; one query more where a person was not loaded with it."""
    if account is None:
        return _("somebody who has left")
    return (account.person.name if account.person else account.name) or _("a member")


def was_entered(account: Account | None) -> bool:
    """Whether somebody has signed in with this account; of an account that was erased, yes."""
    return account is None or account.last_login is not None


def list_passkeys(account: Account) -> list[Passkey]:
    """The passkeys of an account, the oldest first."""
    kept = Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    return [Passkey(row.pk, row.data["name"], row.created_at, row.last_used_at) for row in kept]


def write_token(invitation: Invitation) -> str:
    """The part of the invitation's address that only we can write."""
    return signing.dumps(invitation.pk, salt=_SIGNED_FOR)


def read_token(token: str) -> int:
    """The key of the invitation behind a token; -1, which no invitation has, where we did not write it."""
    try:
        key = signing.loads(token, salt=_SIGNED_FOR)
    except signing.BadSignature:
        return -1
    return int(key)


def get_invitation_for(viewer: Viewer, token: str, *, now: datetime) -> InvitationPage:
    """The invitation behind a token that still holds, or that this viewer has used.

    Raises `Invitation.DoesNotExist`.
    """
    invitation = Invitation.objects.select_related("accepted_by", "person").get(pk=read_token(token))
    is_mine = viewer.is_authenticated and invitation.accepted_by_id == viewer.pk
    is_used = invitation.accepted_at is not None and was_entered(invitation.accepted_by)
    if not is_mine and (is_used or invitation.expires_at <= now):
        raise Invitation.DoesNotExist("the invitation was used or left too long")
    person = invitation.person.name if invitation.person else ""
    return InvitationPage(Role(invitation.role), person, invitation.expires_at, is_mine, invitation.email)


def list_open_invitations_for(viewer: Viewer, *, now: datetime) -> list[OpenInvitation]:
    """The invitations that somebody can still use, the newest first. Raises `PermissionDenied`."""
    _require_organiser(viewer)
    rows = Invitation.objects.filter(accepted_at=None, expires_at__gt=now)
    return [
        OpenInvitation(
            key=row.pk,
            token=write_token(row),
            role=Role(row.role),
            person=row.person.name if row.person else "",
            invited_by=name_of(row.invited_by) if row.invited_by else "",
            expires_at=row.expires_at,
        )
        for row in rows.select_related("person", "invited_by__person")
    ]


def list_accounts_for(viewer: Viewer, *, page: int) -> Page[Account]:
    """Fifty accounts with their persons, by address; two queries. Raises `PermissionDenied`."""
    _require_organiser(viewer)
    return Paginator(Account.objects.select_related("person").order_by("email", "pk"), _PER_PAGE).get_page(page)


def list_acts_for(viewer: Viewer, *, page: int) -> Page[Act]:
    """Fifty acts with those who did them, the newest first; two queries. Raises `PermissionDenied`."""
    _require_organiser(viewer)
    return Paginator(Act.objects.select_related("by__person"), _PER_PAGE).get_page(page)


def has_organisers() -> bool:
    """Whether anybody organises this site: its first organiser comes by the command line. One query."""
    return Account.objects.filter(role=Role.ORGANISER, is_active=True).exists()


def _require_organiser(viewer: Viewer) -> None:
    if not is_organiser(viewer):
        raise PermissionDenied("only organisers may see this")
