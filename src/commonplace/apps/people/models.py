"""Rows of people."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

SLUG_LENGTH = 80
"""Characters; at three bytes each, as Japanese takes, they still fit a file name's 255 bytes."""


class Person(models.Model):
    """Somebody known here, with or without an account.

    ``other_names`` is a list of strings; ``links`` a list of objects with ``title`` and ``url``; ``biography`` is
    Markdown as the person wrote it. ``email`` is where they can be asked whether this is them; it is shown to nobody,
    and goes once they have an account. ``picture`` is one that `adapters.crop_picture` made.
    """

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True)
    name = models.TextField()
    other_names = models.JSONField(default=list, blank=True)
    links = models.JSONField(default=list, blank=True)
    biography = models.TextField(blank=True)
    email = models.EmailField(max_length=254, blank=True)
    picture = models.FileField(upload_to="pictures/", max_length=255, blank=True)
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
    """Somebody who can sign in, with a mailed code or a passkey; nobody has a password here.

    ``email`` is in lower case; ``name`` is what the account is called until ``person`` says who its owner is. The
    username is random, and shown nowhere: Django asks for one.
    """

    first_name = None  # type: ignore[assignment]  # one name: not everybody's has two parts
    last_name = None  # type: ignore[assignment]  # as above
    name = models.CharField(max_length=150, blank=True)
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="account")
    role = models.CharField(max_length=16, choices=Role.choices[1:], default=Role.MEMBER)

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[Role.MEMBER, Role.EDITOR, Role.ORGANISER]), name="account_has_role"
            ),
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="account_has_its_own_email"),
        ]

    def has_usable_password(self) -> bool:
        """Never, whatever the column holds."""
        return False

    def get_full_name(self) -> str:
        """The name, as Django asks for it."""
        return self.name


class Invitation(models.Model):
    """A link that gives its holder a role, once; with ``person``, the account it makes is that person's.

    ``invited_by`` is nobody where the command line made it. With ``email``, it holds for whoever reads mail there.
    """

    role = models.CharField(max_length=16, choices=Role.choices[1:])
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254, blank=True)
    invited_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.role} until {self.expires_at:%Y-%m-%d}"


class Claim(models.Model):
    """Somebody says that a page is theirs; the row goes when an organiser decides.

    They are answered in the ``language`` of the page on which they said so. ``sender`` tells one sender from another
    for a day.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=35, default="en")
    sender = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint("person", Lower("email"), name="claim_once_an_address")]

    def __str__(self) -> str:
        return f"{self.person_id} is {self.email}"


class Act(models.Model):
    """What somebody with power did; rows are added, and changed only to take out the name of somebody erased.

    ``what`` is a few words in English, marked for translation where they are written; ``target`` names what it was
    done to, ``before`` and ``after`` what was different. ``by`` is nobody for the command line, and for an account
    that was erased.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=80)
    target = models.TextField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="act_newest_first")]

    def __str__(self) -> str:
        return f"{self.what}: {self.target}"
