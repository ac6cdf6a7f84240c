"""Who may change what the library holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonplace.apps.people.permissions import can_edit_talks

from .models import Talk

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser

__all__ = ["can_correct", "can_decide_suggestions", "can_publish"]


def can_correct(viewer: Viewer, talk: Talk) -> bool:
    """Whether this viewer may correct the talk's transcript: editors, organisers, and those who speak in it."""
    if can_edit_talks(viewer):
        return True
    person = getattr(viewer, "person_id", None)
    return viewer.is_active and person is not None and talk.speakers.filter(person=person).exists()


def can_publish(viewer: Viewer) -> bool:
    """Whether this viewer sees which talks wait, publishes and withdraws them: editors and organisers."""
    return can_edit_talks(viewer)


def can_decide_suggestions(viewer: Viewer) -> bool:
    """Whether this viewer sees what others suggest, and accepts or rejects it: editors and organisers."""
    return can_edit_talks(viewer)
