"""Pages of accounts, and of those who run the community."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.views import RequestLoginCodeView
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import actions, queries
from .forms import AcceptForm, InviteForm, RoleForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from .models import Account

    View = Callable[..., HttpResponseBase]


_request_login_code = RequestLoginCodeView.as_view(extra_context={"place": "account"})


class SignedInRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: Account  # login_required lets nobody else through


def hide_from_others(view: Callable[..., HttpResponse]) -> View:
    """Send visitors to the sign-in page; for anybody else whom the view refuses, there is nothing at this address."""

    @wraps(view)
    def show_or_hide(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (PermissionDenied, ObjectDoesNotExist) as refused:
            raise Http404(str(refused)) from refused

    return login_required(never_cache(show_or_hide))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for an address, and mail a code to it; or take a passkey. Whoever is signed in goes to their account."""
    if request.user.is_authenticated:
        return redirect("account")
    return _mail_code(request)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    return redirect("home")


@require_safe
def explain_accounts(request: HttpRequest) -> HttpResponse:
    """How one gets an account: by invitation."""
    return render(request, "people/accounts_by_invitation.html", {"place": "account"})


@require_safe
@login_required
@never_cache
def show_account(request: SignedInRequest) -> HttpResponse:
    """Somebody's own account."""
    context = {"passkeys": queries.list_passkeys(request.user), "name": queries.name_of(request.user)}
    return render(request, "people/account.html", context | {"place": "account"})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer_invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """An invitation, and its acceptance: at once for those signed in, by a mailed code for all others."""
    now = timezone.now()
    try:
        invitation = queries.get_invitation_for(request.user, token, now=now)
    except ObjectDoesNotExist:
        return render(request, "people/invitation_void.html", status=404)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and not invitation.is_mine:
        try:
            if request.user.is_authenticated:
                actions.accept_invitation_as(token=token, account=request.user, now=now)
                return redirect("invitation", token=token)
            if form.is_valid():
                actions.accept_invitation(token=token, now=now, **form.cleaned_data)
                # The same answer whether the address was known or not: its owner is asked for a code.
                return _mail_code(request)
        except actions.InvitationVoid:
            return render(request, "people/invitation_void.html", status=404)
    context = {"invitation": invitation, "form": form, "next": reverse("invitation", args=[token])}
    return render(request, "people/invitation.html", context | {"place": "account"})


@require_safe
@hide_from_others
def show_accounts(request: SignedInRequest) -> HttpResponse:
    """Every account with its role."""
    accounts = queries.list_accounts_for(request.user, page=_read_page(request))
    rows = [(account, RoleForm(initial={"role": account.role}, auto_id=f"{account.pk}-%s")) for account in accounts]
    return render(request, "people/accounts.html", {"page": accounts, "rows": rows, "place": "organisers"})


@require_POST
@hide_from_others
def change_role(request: SignedInRequest, key: int) -> HttpResponse:
    """Give an account another role."""
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            actions.change_role(key=key, role=form.cleaned_data["role"], by=request.user, now=timezone.now())
        except actions.LastOrganiser:
            messages.error(request, _("There must be an organiser: make somebody else one first."))
    return redirect("accounts")


@require_http_methods(["GET", "HEAD", "POST"])
@hide_from_others
def show_invitations(request: SignedInRequest) -> HttpResponse:
    """The open invitations, and a form for one more."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.invite(by=request.user, now=timezone.now(), **form.cleaned_data)
        return redirect("invitations")
    invitations = queries.list_open_invitations_for(request.user, now=timezone.now())
    rows = [
        (invitation, request.build_absolute_uri(reverse("invitation", args=[invitation.token])))
        for invitation in invitations
    ]
    return render(request, "people/invitations.html", {"form": form, "rows": rows, "place": "organisers"})


@require_POST
@hide_from_others
def withdraw_invitation(request: SignedInRequest, key: int) -> HttpResponse:
    """Make an invitation void."""
    actions.withdraw_invitation(key=key, by=request.user, now=timezone.now())
    return redirect("invitations")


@require_safe
@hide_from_others
def show_acts(request: SignedInRequest) -> HttpResponse:
    """What people with power did, the newest first."""
    acts = queries.list_acts_for(request.user, page=_read_page(request))
    rows = [(act, queries.name_of(act.by) if act.by else "") for act in acts]
    return render(request, "people/acts.html", {"page": acts, "rows": rows, "place": "organisers"})


def _mail_code(request: HttpRequest) -> HttpResponseBase:
    response: HttpResponseBase = _request_login_code(request)
    return response


def _read_page(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    # Nine digits are more pages than there can be, and less than any database refuses to count.
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404(f"{number[:20]!r} is not the number of a page")
    return int(number)
