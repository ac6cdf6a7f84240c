"""What every response says about itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'none'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""Everything comes from this site, and no script or style stands inside a page (Content Security Policy Level 3)."""

_PLAYER = re.compile(r"(frame-src|media-src) (https?://[a-z0-9.-]+(?::\d+)?)")
"""What a page may name besides: the one host that its player comes from."""

_NOTHING = {"default-src": "'none'", "sandbox": ""}
"""For a file that somebody handed in: should a browser show it after all, it is shown as if it came from nowhere."""

_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def content_security_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Add the content security policy and the permissions policy to every response.

    A view that shows a recording sets the header to ``frame-src`` or ``media-src`` and one origin; that directive is
    then the only one that differs. A view that sends a file of somebody else's sets it to ``sandbox``, which allows
    nothing at all. Raises `ValueError` for any other wish.
    """

    def add_policies(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        wish = response.headers.get("Content-Security-Policy")
        policy = _NOTHING if wish == "sandbox" else _POLICY | _read_wish(wish)
        response.headers["Content-Security-Policy"] = "; ".join(
            " ".join(directive).strip() for directive in policy.items()
        )
        response.headers["Permissions-Policy"] = _PERMISSIONS
        return response

    return add_policies


def _read_wish(wish: str | None) -> dict[str, str]:
    if wish is None:
        return {}
    match = _PLAYER.fullmatch(wish)
    if match is None:
        raise ValueError(f"{wish!r} is no policy of a page; expected frame-src or media-src and one origin")
    return {match[1]: match[2]}


_BUSY = re.compile(r"database (?:table )?is locked|deadlock detected|lock timeout", re.IGNORECASE)
"""What SQLite and PostgreSQL say where others held a row for too long; nothing was written then."""

_PAUSE = "5"
"""Seconds until one tries again; who waited for the lock has waited 20 already."""


class BusyDatabase:
    """Answer 503, and say that nothing was changed, where the database had no time to write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as ever."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a database that is busy; None for any other error, which stays what it is."""
        if not isinstance(error, OperationalError) or not _BUSY.search(str(error)):
            return None
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = _PAUSE
        return response
