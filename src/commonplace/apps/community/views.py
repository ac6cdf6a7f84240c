"""The community's pages, for those who read them and those who write them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import actions, queries
from .forms import PageForm

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account


def hide_from_others(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Send visitors to the sign-in page; for anybody else whom the view refuses, there is nothing at this address."""

    @wraps(view)
    def show_or_hide(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (PermissionDenied, ObjectDoesNotExist) as refused:
            raise Http404(str(refused)) from refused

    return login_required(never_cache(show_or_hide))


@require_safe
def show_page(request: HttpRequest, key: str) -> HttpResponse:
    """What the community says of itself."""
    page = queries.get_page(request.user, key, get_language() or "en")
    return render(request, "community/page.html", {"page": page, "place": key})


@require_safe
@hide_from_others
def show_pages(request: HttpRequest) -> HttpResponse:
    """Every page in every language, to choose one to edit."""
    context = {"pages": queries.list_pages_for(request.user), "place": "organisers"}
    return render(request, "community/pages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@hide_from_others
def edit_page(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """Write a page; with the button for it, see first what becomes of it."""
    page = queries.get_page_to_edit_for(request.user, key, language)
    form = PageForm(request.POST or None, initial={"text": page.text, "version": page.version})
    context = {"page": page, "form": form, "place": "organisers"}
    if not form.is_valid():
        return render(request, "community/edit_page.html", context, status=400 if form.is_bound else 200)
    text = form.cleaned_data["text"]
    if "preview" in request.POST:
        return render(request, "community/edit_page.html", context | {"preview": queries.preview(text)})
    try:
        actions.save_page(
            key=key,
            language=language,
            text=text,
            version=form.cleaned_data["version"],
            by=cast("Account", request.user),  # an organiser, or there was no page to edit
            now=timezone.now(),
        )
    except actions.PageOvertaken as overtaken:
        form = PageForm(initial={"text": text, "version": overtaken.version})
        return render(request, "community/edit_page.html", context | {"form": form, "overtaken": overtaken}, status=409)
    return redirect(key)


@require_safe
@hide_from_others
def show_page_history(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The versions of a page, the newest first."""
    page = queries.get_page_to_edit_for(request.user, key, language)
    versions = queries.list_versions_for(request.user, key, language)
    context = {"page": page, "versions": versions, "place": "organisers"}
    return render(request, "community/page_history.html", context)


@require_POST
@hide_from_others
def restore_page(request: HttpRequest, key: str, language: str, version: int) -> HttpResponse:
    """Bring an older version back."""
    queries.get_page_to_edit_for(request.user, key, language)
    actions.restore_page(
        key=key, language=language, version=version, by=cast("Account", request.user), now=timezone.now()
    )
    return redirect("page_history", key, language)
