"""Writes about people."""

from __future__ import annotations

from .accounts import (
    INVITATION_HOLDS,
    InvitationVoid,
    LastOrganiser,
    PersonChange,
    WrongAddress,
    accept_invitation,
    accept_invitation_as,
    change_role,
    credit_people,
    import_person,
    invite,
    make_slug,
    open_account,
    record_act,
    withdraw_invitation,
)
from .claims import claim_person, confirm_claim, refuse_claim
from .pages import change_person, remove_picture, set_picture
from .personal_data import RETENTION, erase_account

__all__ = [
    "INVITATION_HOLDS",
    "RETENTION",
    "InvitationVoid",
    "LastOrganiser",
    "PersonChange",
    "WrongAddress",
    "accept_invitation",
    "accept_invitation_as",
    "change_person",
    "change_role",
    "claim_person",
    "confirm_claim",
    "credit_people",
    "erase_account",
    "import_person",
    "invite",
    "make_slug",
    "open_account",
    "record_act",
    "refuse_claim",
    "remove_picture",
    "set_picture",
    "withdraw_invitation",
]
