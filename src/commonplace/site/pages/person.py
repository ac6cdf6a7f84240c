"""The page of a person: who they are, and where they spoke."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonplace.apps.library.queries import list_talks_of
from commonplace.apps.people.queries import get_person_page_for


@require_safe
def show_person(request: HttpRequest, slug: str) -> HttpResponse:
    """One person with their talks."""
    try:
        person = get_person_page_for(request.user, slug)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    return render(request, "pages/person.html", {"person": person, "talks": list_talks_of(request.user, slug)})
