"""The page of a person: who they are, what they speak about, and where."""

from __future__ import annotations

from collections import Counter

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonplace.apps.library.queries import TalkRow, list_talks_of
from commonplace.apps.people.queries import get_person_page_for

_TOPICS = 12
"""On one page: those of most talks."""


@require_safe
def show_person(request: HttpRequest, slug: str) -> HttpResponse:
    """One person with their topics and talks, those they spoke in before those they hosted."""
    try:
        person = get_person_page_for(request.user, slug)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    talks = list_talks_of(request.user, slug)
    spoken = [talk for talk in talks if _does(talk, slug, "speaker")]
    topics = Counter(topic for talk in spoken for topic in talk.topics).most_common(_TOPICS)
    context = {"person": person, "spoken": spoken, "hosted": [talk for talk in talks if talk not in spoken]}
    return render(request, "pages/person.html", context | {"topics": topics, "place": "people"})


def _does(talk: TalkRow, slug: str, role: str) -> bool:
    return any(credit.slug == slug and credit.role == role for credit in talk.speakers)
