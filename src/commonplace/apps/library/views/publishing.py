"""Talks that wait, and the two buttons that show a talk to everybody and take it down."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import actions, queries

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account


@never_cache
@require_safe
def show_waiting(request: HttpRequest) -> HttpResponse:
    """The talks that visitors do not see yet, for editors."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404(f"{number[:20]!r} is not the number of a page")
    try:
        talks = queries.list_waiting_talks_for(request.user, page=int(number))
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    return render(request, "library/waiting.html", {"talks": talks, "place": "account"})


@require_POST
def publish_talk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a talk to everybody."""
    return _change(request, slug, actions.publish_talk)


@require_POST
def withdraw_talk(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a talk down."""
    return _change(request, slug, actions.withdraw_talk)


def _change(request: HttpRequest, slug: str, act: Callable[..., None]) -> HttpResponse:
    try:
        act(slug=slug, by=cast("Account", request.user), now=timezone.now())
    except (ObjectDoesNotExist, PermissionDenied) as refused:
        raise Http404(str(refused)) from refused
    return redirect("talk", slug)
