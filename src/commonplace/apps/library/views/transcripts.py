"""The page on which editors add a talk's transcript in another language, or take one away."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions, queries
from ..adapters import InconsistentTranscript, UnreadableCaptions
from ..forms import TranscriptForm

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_transcripts(request: HttpRequest, slug: str) -> HttpResponse:
    """The languages of a talk, and a form for one more."""
    desk = _get_desk(request, slug)
    form = TranscriptForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _add(request, desk, form):
        query = urlencode({"in": form.cleaned_data["language"]})
        return redirect(f"{reverse('talk', args=[slug])}?{query}")
    context = {"desk": desk, "form": form, "place": "talks"}
    return render(request, "library/transcripts.html", context, status=400 if form.is_bound else 200)


def _add(request: HttpRequest, desk: queries.TranscriptDesk, form: TranscriptForm) -> bool:
    """Whether the transcript was added; where it was not, the form says why."""
    file = form.cleaned_data["file"]
    try:
        actions.add_transcript(
            talk=desk.talk,
            data=file.read(),
            name=file.name,
            language=form.cleaned_data["language"],
            by=cast("Account", request.user),  # only an account may edit
            now=timezone.now(),
        )
    except (UnreadableCaptions, InconsistentTranscript) as error:
        form.add_error("file", _("These captions cannot be read: %(problem)s") % {"problem": error})
    except actions.LanguageTaken:
        form.add_error(
            "language", _("This talk can be read in this language already: take that transcript away first.")
        )
    return form.is_valid()


@require_POST
def remove_transcript(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one of the further languages away."""
    desk = _get_desk(request, slug)
    language = request.POST.get("language", "")
    try:
        actions.remove_transcript(
            talk=desk.talk, language=language, by=cast("Account", request.user), now=timezone.now()
        )
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    return redirect("transcripts", slug)


def _get_desk(request: HttpRequest, slug: str) -> queries.TranscriptDesk:
    try:
        return queries.get_transcript_desk_for(request.user, slug)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
