"""The first page: who the community is, what was said there last, by whom and about what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from commonplace.apps.community import queries as community
from commonplace.apps.library.queries import list_talks, survey_talks
from commonplace.apps.people.permissions import can_upload, is_organiser
from commonplace.apps.people.queries import has_organisers

_SHOWN = 6
"""Talks on the first page: the latest, and five before it."""


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """The community's front door; where nothing is published yet, what to do next."""
    about = community.get_page(request.user, "about", get_language() or "en")
    talks = list_talks(viewer=request.user, page=1, per_page=_SHOWN)
    context = {"about": about, "beginning": community.find_first_paragraph(about), "total": talks.total}
    if not talks.rows:
        steps = {
            "is_unclaimed": not has_organisers(),
            "is_organiser": is_organiser(request.user),
            "can_upload": can_upload(request.user),
        }
        return render(request, "pages/home.html", context | steps)
    survey = survey_talks(request.user)
    return render(
        request, "pages/home.html", context | {"latest": talks.rows[0], "earlier": talks.rows[1:], "survey": survey}
    )
