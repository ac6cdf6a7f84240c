"""The mail of the demo, for whoever tries it on their own machine."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commonplace.site.demo_mail import list_demo_mails

_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_VIA")


@require_safe
@never_cache
def show_mail(request: HttpRequest) -> HttpResponse:
    """The last mails of the demo; outside of it, and to anybody but this machine itself, there is no such page.

    Whoever reads the mail can sign in as anybody, so three things must hold: `commonplace demo` runs in the folder
    that it made, the visitor is this machine, and no proxy says that it asks for another one.
    """
    address = request.META.get("REMOTE_ADDR", "")
    is_local = bool(address) and ip_address(address).is_loopback and not any(key in request.META for key in _FORWARDED)
    if not (settings.DEMO and is_local):
        raise Http404("mail is shown in the demo only")
    return render(request, "pages/mail.html", {"mails": list_demo_mails()})
