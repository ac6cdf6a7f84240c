"""The page of a series."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import queries


@require_safe
def show_series(request: HttpRequest, slug: str) -> HttpResponse:
    """The talks of a series, the newest first; who speaks in them, and what about."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404(f"{number[:20]!r} is not the number of a page")
    try:
        series = queries.get_series_for(request.user, slug, page=int(number))
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    return render(request, "library/series.html", {"series": series, "talks": series.talks, "place": "talks"})
