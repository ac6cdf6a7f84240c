"""Who may do what: each role may do what the roles before it may.

A role is stored with the account. Whoever is not signed in, or whose account was closed, is a visitor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .models import Account, Person, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser

__all__ = ["Role", "can_edit_person", "can_edit_talks", "can_upload", "is_organiser", "role_of"]


def role_of(account: Viewer) -> Role:
    """The role of an account; of anybody else, `Role.VISITOR`."""
    if isinstance(account, Account) and account.is_active:
        return Role(account.role)
    return Role.VISITOR


def can_upload(account: Viewer) -> bool:
    """Whether this account may hand in captions: members, editors and organisers."""
    return role_of(account) is not Role.VISITOR


def can_edit_talks(account: Viewer) -> bool:
    """Whether this account may change any talk, and see those not published yet: editors and organisers."""
    return role_of(account) in {Role.EDITOR, Role.ORGANISER}


def can_edit_person(account: Viewer, person: Person) -> bool:
    """Whether this account may change the page of a person: its owner, and organisers."""
    return is_organiser(account) or (
        isinstance(account, Account) and account.is_active and account.person_id == person.pk
    )


def is_organiser(account: Viewer) -> bool:
    """Whether this account may invite, change roles, and read what people with power did."""
    return role_of(account) is Role.ORGANISER
