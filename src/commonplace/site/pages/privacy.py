"""What the site keeps of people, for all to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonplace.site.retention import list_limits


@require_safe
def show_privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, how long, and what one can do about it."""
    return render(request, "pages/privacy.html", {"limits": list_limits(), "place": "privacy"})
