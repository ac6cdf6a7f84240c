"""What the site knows about somebody: to see, to take along, to erase."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import auth
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commonplace.apps.library import actions as library
from commonplace.apps.library import queries as library_queries
from commonplace.apps.people import actions as people
from commonplace.apps.people import queries
from commonplace.apps.people.forms import EraseForm

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account


class SignedInRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: Account  # login_required lets nobody else through


_GOES = gettext_lazy("goes")
_UNNAMED = gettext_lazy("stays, without you")
_CHOICE = gettext_lazy("as you choose")

KINDS: dict[str, tuple[Any, Any]] = {
    "people.account": (gettext_lazy("Your account"), _GOES),
    "people.account.person": (gettext_lazy("Your account"), _GOES),
    "people.person": (gettext_lazy("Your page"), _CHOICE),
    "account.emailaddress.user": (gettext_lazy("Your mail address"), _GOES),
    "mfa.authenticator.user": (gettext_lazy("Passkeys"), _GOES),
    "people.account_groups.account": (gettext_lazy("Groups of your account"), _GOES),
    "people.account_user_permissions.account": (gettext_lazy("Permissions of your account"), _GOES),
    "people.invitation.person": (gettext_lazy("Invitations for you"), _GOES),
    "people.invitation.accepted_by": (gettext_lazy("Invitations you accepted"), _UNNAMED),
    "people.invitation.invited_by": (gettext_lazy("Invitations you made"), _UNNAMED),
    "people.claim.person": (gettext_lazy("Who said that your page is theirs"), _GOES),
    "people.act.by": (gettext_lazy("What you did for the community"), _UNNAMED),
    "admin.logentry.user": (gettext_lazy("What you did in the emergency entrance"), _GOES),
    "community.pageversion.made_by": (gettext_lazy("Pages you wrote for the community"), _UNNAMED),
    "library.talkspeaker.person": (gettext_lazy("Talks that name you"), _CHOICE),
    "library.turn.person": (gettext_lazy("Turns in which you speak"), _CHOICE),
    "library.revision.account": (gettext_lazy("Corrections you made"), _UNNAMED),
    "library.suggestion.decided_by": (gettext_lazy("Suggestions you decided"), _UNNAMED),
    "library.redactionrequest.account": (gettext_lazy("Passages you asked to be taken out"), _GOES),
    "library.upload.owner": (gettext_lazy("Captions you handed in"), _GOES),
    "library.attachment.added_by": (gettext_lazy("Slides and notes you added"), _UNNAMED),
}
"""What points to an account or its person, in words, and what erasing does to it."""


@dataclass(frozen=True, slots=True)
class _Line:
    title: str
    count: int
    erased: str


@require_safe
@login_required
@never_cache
def show_data(request: SignedInRequest) -> HttpResponse:
    """How much of what there is, and what becomes of it."""
    context = {"lines": _list_lines(request), "person": _get_page(request), "place": "account"}
    return render(request, "pages/personal_data.html", context)


@require_safe
@login_required
@never_cache
def download_data(request: SignedInRequest) -> HttpResponse:
    """Everything as one ZIP file, made on the spot: the data as JSON, the page as Markdown, the picture."""
    data = {rows.field: rows.rows for rows in queries.list_personal_data(request.user)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + "\n")
        if request.user.person:
            archive.writestr("page.md", queries.write_page(request.user.person))
            with suppress(ObjectDoesNotExist):  # there may be none
                archive.writestr("picture.jpg", queries.open_picture(request.user.person.slug))
    headers = {"Content-Disposition": 'attachment; filename="what-the-site-knows.zip"'}
    return HttpResponse(out.getvalue(), content_type="application/zip", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def erase(request: SignedInRequest) -> HttpResponse:
    """Erase it all, once its owner has typed their address."""
    account = request.user
    form = EraseForm(request.POST or None, email=account.email, has_person=account.person is not None)
    if form.is_valid():
        try:
            _erase(request, is_name_kept=form.cleaned_data.get("keep", "no") == "yes")
        except people.LastOrganiser:
            form.add_error(None, _("You are the only organiser. Make somebody else one first; nothing was erased."))
        else:
            auth.logout(request)
            return render(request, "pages/erased.html")
    talks = library_queries.list_talks_of(account, account.person.slug) if account.person else ()
    named = [talk for talk in talks if account.person and account.person.name in f"{talk.title} {talk.description}"]
    context = {"form": form, "lines": _list_lines(request), "named": named, "place": "account"}
    return render(request, "pages/erase.html", context, status=400 if form.errors else 200)


@transaction.atomic
def _erase(request: SignedInRequest, *, is_name_kept: bool) -> None:
    account = request.user
    library.forget_drafts(account=account)
    if account.person and not is_name_kept:
        library.take_person_out_of_talks(person=account.person)
    # A page without a talk is nothing but the person, so it goes in any case.
    keeps_page = account.person is not None and is_name_kept and library_queries.has_talks(account.person)
    people.erase_account(account=account, is_name_kept=keeps_page, now=timezone.now())


def _list_lines(request: SignedInRequest) -> list[_Line]:
    found = queries.list_personal_data(request.user)
    return [_Line(str(KINDS[rows.field][0]), len(rows.rows), str(KINDS[rows.field][1])) for rows in found]


def _get_page(request: SignedInRequest) -> queries.PersonPage | None:
    person = request.user.person
    return queries.get_person_page_for(request.user, person.slug) if person else None
