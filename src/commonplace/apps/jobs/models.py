"""Rows of the queue that django-tasks does not keep: who is working."""

from __future__ import annotations

from django.db import models


class Worker(models.Model):
    """A worker process; ``seen_at`` is renewed while it lives, so that a killed one is noticed."""

    name = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["started_at"]

    def __str__(self) -> str:
        return self.name
