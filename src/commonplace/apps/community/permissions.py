"""Who may change what the community says of itself."""

from __future__ import annotations

from commonplace.apps.people.permissions import is_organiser

__all__ = ["is_organiser"]
