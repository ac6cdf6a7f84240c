"""What stands in the place of a picture."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def initials(name: str) -> str:
    """The first letters of a name's first and last word; of a name in one word, its first letter."""
    words = [word for word in name.split() if word[0].isalnum()] or name.split()
    ends = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()
