"""The first page: what the community has kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonplace.apps.library.queries import list_talks

_SHOWN = 6
"""Talks on the first page: the latest, and five before it."""


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """The latest talk, and a few before it."""
    talks = list_talks(viewer=request.user, page=1, per_page=_SHOWN)
    latest, earlier = (talks.rows[0], talks.rows[1:]) if talks.rows else (None, ())
    return render(request, "pages/home.html", {"latest": latest, "earlier": earlier, "total": talks.total})
