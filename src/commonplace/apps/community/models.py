"""Rows of the community's own pages."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PageKey(models.TextChoices):
    """The pages that every community has."""

    ABOUT = "about"
    CONDUCT = "conduct"


class PageVersion(models.Model):
    """A page as it stood after one edit, in one language; rows are added, and never changed.

    The newest version is the page; a page without any shows the text that comes with the software. That there is one
    row for each version is how the database keeps two organisers from overwriting each other. ``made_by`` is nobody
    for the command line, and for an account that was erased.
    """

    key = models.CharField(max_length=10, choices=PageKey)
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["key", "language", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "language", "version"], name="page_version"),
            models.CheckConstraint(condition=Q(key__in=["about", "conduct"]), name="page_version_key"),
            models.CheckConstraint(condition=Q(version__gte=1), name="page_version_counts_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="page_version_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language}), version {self.version}"
