"""What every page says of whose site it is."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def name_community(request: HttpRequest) -> dict[str, str]:
    """The community's name, for the head and the title of every page (a context processor)."""
    return {"community": settings.COMMUNITY}
