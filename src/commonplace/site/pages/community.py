"""What every page says of whose site it is."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def name_community(request: HttpRequest) -> dict[str, str | bool]:
    """The community's name, and whether it is the demo's, for every page (a context processor)."""
    return {"community": settings.COMMUNITY, "is_demo": settings.DEMO}
