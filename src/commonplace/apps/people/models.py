"""Rows of people."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SLUG_LENGTH = 80
"""Characters; at three bytes each, as Japanese takes, they still fit a file name's 255 bytes."""


class Person(models.Model):
    """Somebody known here, with or without an account.

    ``other_names`` is a list of strings; ``links`` a list of objects with ``title`` and ``url``; ``biography`` is
    Markdown as the person wrote it.
    """

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True)
    name = models.TextField()
    other_names = models.JSONField(default=list, blank=True)
    links = models.JSONField(default=list, blank=True)
    biography = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "slug"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="person_has_slug"),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What somebody may do here; ``permissions.py`` says it. A visitor has no account, so no row says visitor."""

    VISITOR = "visitor", _("visitor")
    MEMBER = "member", _("member")
    EDITOR = "editor", _("editor")
    ORGANISER = "organiser", _("organiser")


class Account(AbstractUser):
    """Somebody who can sign in; ``person`` is who they are here, once that is known."""

    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="account")
    role = models.CharField(max_length=16, choices=Role.choices[1:], default=Role.MEMBER)

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[Role.MEMBER, Role.EDITOR, Role.ORGANISER]), name="account_has_role"
            ),
        ]
