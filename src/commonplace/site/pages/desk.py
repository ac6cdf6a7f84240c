"""The organisers' desk: what waits for a person, what failed, and what the site takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from commonplace.apps.community import actions as community
from commonplace.apps.jobs import queries as jobs
from commonplace.apps.library import queries as library
from commonplace.apps.people import queries as people
from commonplace.apps.people.permissions import is_organiser
from commonplace.site.storage import measure_storage

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account

_TALKS, _JOBS, _ACTS = 5, 20, 5
"""How many of each the desk shows; it says how many there are, and leads to the list of all."""


def for_organisers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Send visitors to the sign-in page; for anybody else but an organiser, there is nothing at this address."""

    @wraps(view)
    def show_or_hide(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_organiser(request.user):
            raise Http404("only organisers may see this")
        return view(request, *args, **kwargs)

    return login_required(never_cache(show_or_hide))


@require_safe
@for_organisers
def show_desk(request: HttpRequest) -> HttpResponse:
    """Everything that an organiser looks after, on one page."""
    now = timezone.now()
    queue = jobs.get_queue(now=now)
    talks = library.list_waiting_talks_for(request.user, per_page=_TALKS)
    suggestions = library.count_suggestions_for(request.user) or 0
    requests = library.count_redaction_requests_for(request.user)
    claims = len(people.list_claims_for(request.user))
    acts = people.list_acts_for(request.user, page=1).object_list[:_ACTS]
    context = {
        "talks": talks,
        "suggestions": suggestions,
        "requests": requests,
        "claims": claims,
        "queue": queue,
        "failed": jobs.list_failed_jobs(limit=_JOBS),
        "nobody_works": not queue.workers,
        "nothing_waits": not (talks.total or suggestions or requests or claims or queue.failed),
        "storage": measure_storage(),
        "acts": [(act, people.name_of(act.by) if act.by else "") for act in acts],
        "place": "organisers",
    }
    return render(request, "pages/desk.html", context)


@require_POST
@for_organisers
def retry_job(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put a failed job back into the queue."""
    return _act_on_job(request, key, community.retry_job)


@require_POST
@for_organisers
def drop_job(request: HttpRequest, key: UUID) -> HttpResponse:
    """Forget a failed job."""
    return _act_on_job(request, key, community.drop_job)


def _act_on_job(request: HttpRequest, key: UUID, act: Callable[..., None]) -> HttpResponse:
    try:
        act(key=key, by=cast("Account", request.user), now=timezone.now())
    except ObjectDoesNotExist:
        messages.error(request, _("This job is not among the failed ones any more: somebody was faster."))
    return redirect("desk")
