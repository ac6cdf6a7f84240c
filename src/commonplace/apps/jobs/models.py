"""Rows of the queue that django-tasks does not keep: workers, daily chores, and the mail that waits to be sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Worker(models.Model):
    """A worker process; ``seen_at`` is renewed while it lives, so that a killed one is noticed."""

    name = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["started_at"]

    def __str__(self) -> str:
        return self.name


class Chore(models.Model):
    """A job that is left once a day; ``left_at`` is when that last was, so that several workers leave it once."""

    name = models.CharField(max_length=64, primary_key=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OutgoingMail(models.Model):
    """A mail that waits in the outbox; the row goes once the mail server has taken it, and what stands in it too.

    ``attempts`` counts how often sending it began; ``unclear`` those in a row whose end nobody knows, because the
    worker or the connection died in the middle: the mail may have arrived. ``problem`` is what the last attempt met.
    After ``send_before`` it is of no use to anybody. ``message_id`` is the same at each attempt (RFC 5322, 3.6.4), so
    that whoever receives it twice can tell.
    """

    to = models.EmailField(max_length=254)
    subject = models.TextField()
    body = models.TextField()
    message_id = models.TextField()
    created_at = models.DateTimeField()
    send_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    unclear = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(to=""), name="outgoing_mail_has_an_address"),
            models.CheckConstraint(condition=Q(unclear__lte=models.F("attempts")), name="outgoing_mail_unclear"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
