"""`commonplace invite`: the first organiser comes by it, and whoever cannot be invited on the site."""

from __future__ import annotations

import click

from .site import open_site


@click.command("invite")
@click.option("--member", "role", flag_value="member", default="member", help="For a member, who may hand in captions.")
@click.option("--editor", "role", flag_value="editor", help="For an editor, who may change any talk.")
@click.option("--organiser", "role", flag_value="organiser", help="For an organiser, who may invite others too.")
@click.option("--site", "address", metavar="URL", help="Where the site answers; without it, as COMMONPLACE_HOSTS says.")
def invite_command(role: str, address: str | None) -> None:
    """Make a link that gives its holder an account.

    It holds for a week, for one person. Organisers make such links on the site; the first organiser needs this command.
    """
    open_site(prepare=True)
    from django.conf import settings
    from django.urls import reverse
    from django.utils import timezone

    from commonplace.apps.jobs.queries import is_somebody_working
    from commonplace.apps.people import actions, queries
    from commonplace.apps.people.permissions import Role

    invitation = actions.invite(role=Role(role), by=None, now=timezone.now())
    host = (settings.ALLOWED_HOSTS or ["localhost"])[0]
    root = address or (f"https://{host}" if settings.SESSION_COOKIE_SECURE else f"http://{host}:8000")
    click.echo(root.rstrip("/") + reverse("invitation", args=[queries.write_token(invitation)]))
    if not is_somebody_working(now=timezone.now()):
        click.echo("No worker is running: without `commonplace worker`, no sign-in code is mailed.", err=True)
