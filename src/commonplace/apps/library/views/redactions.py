"""Pages on which people ask for a passage to be taken out, and editors decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import actions, queries
from ..forms import RedactionForm, TakeOutForm
from .corrections import name_sender

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_redaction(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Ask for a passage to be taken out that begins in this paragraph or after it."""
    try:
        paragraph = queries.get_paragraph_to_correct_for(request.user, slug, key)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    account = request.user if request.user.is_authenticated else None
    form = RedactionForm(request.POST or None, has_account=account is not None, initial={"passage": paragraph.text})
    status = 200
    if form.is_valid():
        now = timezone.now()
        try:
            actions.ask_for_redaction(
                paragraph=key,
                passage=form.cleaned_data["passage"],
                reason=form.cleaned_data["reason"],
                by=account,
                email=form.cleaned_data.get("email", ""),
                sender=name_sender(request, now),
                now=now,
            )
            return render(request, "library/redaction_received.html", {"paragraph": paragraph, "place": "talks"})
        except actions.PassageUnknown:
            form.add_error("passage", _("These words do not stand here. Copy them from the page of the talk."))
        except actions.TooManyRequests:
            form.add_error(None, _("Many requests wait already. Keep your text, and try again in an hour."))
            status = 429
    context = {"paragraph": paragraph, "form": form, "place": "talks"}
    status = 400 if form.is_bound and status == 200 else status
    return render(request, "library/redaction_request.html", context, status=status)


@never_cache
@require_safe
def show_requests(request: HttpRequest) -> HttpResponse:
    """The passages that wait for an editor."""
    return _show_requests(request)


def _show_requests(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    try:
        requests = queries.list_redaction_requests_for(request.user)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    context = {"requests": requests, "problem": problem, "form": TakeOutForm(), "place": "account"}
    return render(request, "library/redaction_requests.html", context, status=409 if problem else 200)


@require_POST
def accept_redaction(request: HttpRequest, key: int) -> HttpResponse:
    """Take a passage out, for good."""
    if not TakeOutForm(request.POST).is_valid():
        return _show_requests(request, problem=_("Nothing was taken out: say first that you know it is for good."))
    return _decide(request, key, is_accepted=True)


@require_POST
def reject_redaction(request: HttpRequest, key: int) -> HttpResponse:
    """Leave a passage in."""
    return _decide(request, key, is_accepted=False)


def _decide(request: HttpRequest, key: int, *, is_accepted: bool) -> HttpResponse:
    decide = actions.accept_redaction if is_accepted else actions.reject_redaction
    try:
        # The action lets nobody but editors through, whom it knows by their account.
        decide(request=key, by=cast("Account", request.user), now=timezone.now())
    except PermissionDenied as refused:
        raise Http404(str(refused)) from refused
    except ObjectDoesNotExist:
        return _show_requests(request, problem=_("Somebody else has decided that request already."))
    except actions.PassageUnknown:
        return _show_requests(request, problem=_("The passage is not found any more: leave this one, and ask anew."))
    return redirect("redactions")
