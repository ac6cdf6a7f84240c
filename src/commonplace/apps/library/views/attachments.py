"""Slides, notes and other files of a talk: sent to whoever may see it, changed by its speakers and by editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import actions, queries
from ..forms import AttachmentForm

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account

_PROBLEMS = {
    "empty": _("This file is empty."),
    "large": _("This file is larger than 50 MB. Make it smaller, or give an address where it lies."),
    "kind": _(
        "This is no file of a kind that can be attached here, whatever its name says. "
        "Save it as PDF, or give an address where it lies."
    ),
    "many": _("This talk has as many attachments as one can have. Take one away first."),
}


@require_safe
def download_attachment(request: HttpRequest, slug: str, key: int) -> FileResponse:
    """An attached file, to be saved: a browser that showed it after all would run nothing of it."""
    try:
        found = queries.open_attachment_for(request.user, slug, key)
    except (ObjectDoesNotExist, FileNotFoundError) as missing:
        raise Http404(str(missing)) from missing
    response = FileResponse(found.file, as_attachment=True, filename=found.name, content_type=found.content_type)
    response.headers["Content-Security-Policy"] = "sandbox"  # the middleware makes the whole policy of it
    response.headers["Cache-Control"] = "private, no-cache"  # a talk may be withdrawn
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_attachments(request: HttpRequest, slug: str) -> HttpResponse:
    """What is attached to a talk, and a form for one more."""
    try:
        talk = queries.get_attachments_to_edit_for(request.user, slug)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _attach(request, talk.talk, form)
            return redirect("attachments", slug)
        except actions.UnfitAttachment as unfit:
            form.add_error(None if unfit.problem == "many" else "file", _PROBLEMS[unfit.problem])
    context = {"talk": talk, "form": form, "place": "talks"}
    return render(request, "library/attachments.html", context, status=400 if form.is_bound else 200)


@require_POST
def remove_attachment(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take an attachment away."""
    try:
        talk = queries.get_attachments_to_edit_for(request.user, slug)
        actions.remove_attachment(talk=talk.talk, key=key, by=cast("Account", request.user), now=timezone.now())
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    return redirect("attachments", slug)


def _attach(request: HttpRequest, talk: int, form: AttachmentForm) -> None:
    values = form.cleaned_data
    by = cast("Account", request.user)  # only an account may change attachments
    if values["url"]:
        actions.attach_link(
            talk=talk, kind=values["kind"], title=values["title"], url=values["url"], by=by, now=timezone.now()
        )
        return
    actions.attach_file(
        talk=talk,
        kind=values["kind"],
        title=values["title"],
        file=values["file"].file,
        name=values["file"].name,
        by=by,
        now=timezone.now(),
    )
