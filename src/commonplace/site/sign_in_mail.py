"""The mail that signing in needs, by way of the outbox: no visitor waits for a mail server."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.utils import timezone

from commonplace.apps.jobs.actions import post_mail


class OutboxAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """allauth's rules, with one difference: it leaves mail to the worker.

    The answer then takes as long for an address that is known as for one that is not, whatever the mail server says.
    """

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail in the language of the page, and put it into the outbox; a void code is not sent."""
        request, now = current.request, timezone.now()
        known = {"request": request, "email": email, "current_site": get_current_site(request)}
        message = self.render_mail(template_prefix, email, known | context)
        holds = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT) if "code" in context else None
        post_mail(
            to=email,
            subject=message.subject,
            body=message.body,
            now=now,
            send_before=now + holds if holds else None,
        )
