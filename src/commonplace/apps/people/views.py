"""Pages of accounts, and of those who run the community."""

from __future__ import annotations

from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.views import RequestLoginCodeView
from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import actions, queries
from .adapters import UnreadablePicture, render_markdown
from .forms import AcceptForm, ClaimForm, InviteForm, PersonForm, PictureForm, RoleForm

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
                _require_address(invitation, form.cleaned_data["email"])
                actions.accept_invitation(token=token, now=now, **form.cleaned_data)
                # The same answer whether the address was known or not: its owner is asked for a code.
                return _mail_code(request)
        except actions.InvitationVoid:
            return render(request, "people/invitation_void.html", status=404)
        except actions.WrongAddress:
            return render(request, "people/invitation_of_another.html", {"email": invitation.email}, status=403)
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


@require_http_methods(["GET", "HEAD", "POST"])
@hide_from_others
def edit_person(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change what a person's page says; the button that shows it first saves nothing."""
    person = queries.get_person_to_edit_for(request.user, slug)
    details = queries.details_of(person)
    has_email = request.user.person_id != person.pk and not hasattr(person, "account")
    initial = {
        "name": details.name,
        "other_names": "\n".join(details.other_names),
        "biography": details.biography,
        "links": "\n".join(f"{link.url} {link.title}" for link in details.links),
        "email": person.email,
    }
    form = PersonForm(request.POST or None, initial=initial, has_email=has_email)
    preview = None
    if request.method == "POST" and form.is_valid():
        if "preview" not in request.POST:
            actions.change_person(person=person.pk, details=form.details(), by=request.user, now=timezone.now())
            return redirect("person", slug)
        preview = render_markdown(form.details().biography)
    page = queries.get_person_page_for(request.user, slug)
    context = {"person": page, "form": form, "picture_form": PictureForm(), "preview": preview, "place": "account"}
    return render(request, "people/edit_person.html", context, status=400 if form.errors else 200)


@require_POST
@hide_from_others
def change_picture(request: SignedInRequest, slug: str) -> HttpResponse:
    """Keep a picture, or let it go."""
    person = queries.get_person_to_edit_for(request.user, slug)
    now = timezone.now()
    if "remove" in request.POST:
        actions.remove_picture(person=person.pk, by=request.user, now=now)
        return redirect("edit_person", slug)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.set_picture(person=person.pk, data=form.cleaned_data["picture"].read(), by=request.user, now=now)
        except UnreadablePicture:
            messages.error(request, _("This file is no picture that we can read. Take a JPEG, PNG or WebP."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("edit_person", slug)


@require_safe
def show_picture(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A person's picture; its address is another once the picture is."""
    try:
        if queries.get_person_page_for(request.user, slug).picture != name:
            raise Http404("this is not the picture any more")
        picture = queries.open_picture(slug)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    headers = {"Cache-Control": "public, max-age=3600", "Content-Disposition": "inline"}
    return HttpResponse(picture, content_type="image/jpeg", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def claim_person(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a page is one's own; the answer is the same whatever comes of it."""
    try:
        person = queries.get_person_page_for(request.user, slug)
    except ObjectDoesNotExist as missing:
        raise Http404(str(missing)) from missing
    form = ClaimForm(request.POST or None)
    context = {"person": person, "form": form, "place": "account"}
    if form.is_valid():
        now = timezone.now()
        actions.claim_person(
            slug=slug,
            email=form.cleaned_data["email"],
            sender=name_sender(request, now),
            address_of=_address_of(request),
            now=now,
        )
        return render(request, "people/claim_received.html", context)
    return render(request, "people/claim.html", context, status=400 if form.is_bound else 200)


@require_safe
@hide_from_others
def show_claims(request: SignedInRequest) -> HttpResponse:
    """Who says that a page is theirs."""
    claims = queries.list_claims_for(request.user)
    return render(request, "people/claims.html", {"claims": claims, "place": "organisers"})


@require_POST
@hide_from_others
def decide_claim(request: SignedInRequest, key: int, verdict: str) -> HttpResponse:
    """Mail the link to whoever claims a page, or let the claim go."""
    now = timezone.now()
    try:
        if verdict == "confirm":
            actions.confirm_claim(key=key, by=request.user, address_of=_address_of(request), now=now)
        else:
            actions.refuse_claim(key=key, by=request.user, now=now)
    except ObjectDoesNotExist:
        messages.info(request, _("Somebody else has decided that already."))
    return redirect("claims")


def name_sender(request: HttpRequest, now: datetime) -> str:
    """A word for the sender that says nothing about them: keyed, and another one each day."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        # Behind the proxy every request comes from the proxy, which appends whom it speaks for.
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return salted_hmac(f"claim {now.date()}", address, algorithm="sha256").hexdigest()


def _address_of(request: HttpRequest) -> Callable[[str], str]:
    return lambda token: request.build_absolute_uri(reverse("invitation", args=[token]))


def _require_address(invitation: queries.InvitationPage, email: str) -> None:
    if invitation.email and invitation.email != email:
        raise actions.WrongAddress("the link was mailed to another address")


def _mail_code(request: HttpRequest) -> HttpResponseBase:
    response: HttpResponseBase = _request_login_code(request)
    return response


def _read_page(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    # Nine digits are more pages than there can be, and less than any database refuses to count.
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404(f"{number[:20]!r} is not the number of a page")
    return int(number)
