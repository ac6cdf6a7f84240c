"""How other domains' pages say that suggestions wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from .. import queries

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

register = template.Library()


@register.simple_tag
def count_suggestions_for(viewer: AbstractUser | AnonymousUser) -> int | None:
    """How many suggestions wait for this viewer; None for whoever may not decide them."""
    return queries.count_suggestions_for(viewer)
