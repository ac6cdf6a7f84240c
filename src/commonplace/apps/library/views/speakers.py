"""The page on which speakers are renamed throughout a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import actions, queries
from ..forms import RenamingForm

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rename_speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """Every name that speaks in a talk, each with a field for another one."""
    try:
        page = queries.get_speakers_for(request.user, slug)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    form = RenamingForm(request.POST or None)
    if form.is_valid():
        by = cast("Account", request.user)  # only an account may correct
        try:
            actions.rename_speaker(talk=page.key, by=by, now=timezone.now(), **form.cleaned_data)
            return redirect("speakers", slug)
        except actions.SpeakerUnknown:
            form.add_error("after", _("Nobody in this talk has that name any more. Look at the names below."))
    context = {"page": page, "form": form, "place": "talks"}
    return render(request, "library/speakers.html", context, status=400 if form.is_bound else 200)
