"""Rows and values for tests: plain functions; the standing cast is Ada, Mei, Jonas and Priya of Harbour ML."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django_tasks_db.models import DBTaskResult

from commonplace.apps.jobs.adapters import QueueWorker
from commonplace.apps.library import actions as library
from commonplace.apps.library.models import Talk
from commonplace.apps.people.models import Account, Person, Role
from commonplace.engines.transcripts import TalkDetails

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
VISITOR = AnonymousUser()

_numbers = itertools.count(1)


def make_person(name: str = "Mei Tanaka", **values: Any) -> Person:
    """A person whom nothing is known of but the name."""
    slug = values.pop("slug", f"{name.lower().replace(' ', '-')}")
    return Person.objects.create(slug=slug, name=name, created_at=NOW, **values)


def make_account(person: Person | None = None, **values: Any) -> Account:
    """Somebody who can sign in; without a person, a member whom no talk knows."""
    return Account.objects.create(username=f"member-{next(_numbers)}", person=person, **values)


def make_details(title: str = "Words with times", **values: Any) -> TalkDetails:
    """The details of a talk by Mei, hosted by Ada."""
    known: dict[str, Any] = {"speakers": ("Mei Tanaka",), "hosts": ("Ada Okafor",), "date": "2026-05-04"}
    return TalkDetails(title=title, **(known | values))


def make_captions(sentences: int = 3) -> bytes:
    """WebVTT in which Ada greets and Mei says as many sentences, ten seconds each."""
    cues = ["WEBVTT\n", "00:00:00.000 --> 00:00:04.000\n<v Ada Okafor>Welcome back to the harbour, everyone.\n"]
    for number in range(1, sentences + 1):
        minute, second = divmod(number * 10, 60)
        start = f"{minute // 60:02}:{minute % 60:02}:{second:02}"
        cues.append(f"{start}.000 --> {start}.900\n<v Mei Tanaka>Sentence number {number} is about boats.\n")
    return "\n".join(cues).encode()


def make_talk(title: str = "Words with times", *, published: bool = True, sentences: int = 3, **values: Any) -> Talk:
    """A talk with the transcript of `make_captions`."""
    details = make_details(title, **values)
    talk = library.publish_captions(data=make_captions(sentences), name="talk.vtt", details=details, now=NOW)
    if not published:
        Talk.objects.filter(pk=talk.pk).update(published_at=None)
        talk.refresh_from_db()
    return talk


def do_jobs() -> None:
    """Do what waits in the queue, as `commonplace worker --until-empty` would, inside the transaction of a test.

    The worker's own loop drops a connection that is in the middle of a transaction.
    """
    worker = QueueWorker(name="worker of a test", until_empty=True)
    while job := DBTaskResult.objects.ready().first():
        job.claim(worker.worker_id)
        worker.run_task(job)


def add_language(talk: Talk, language: str, *, sentences: int = 3) -> Talk:
    """The talk with a transcript in another language: Japanese, said ten seconds each, whatever the language is."""
    cues = ["WEBVTT\n", "00:00:00.200 --> 00:00:04.000\n<v Ada Okafor>みなさん、港へようこそ。\n"]
    for number in range(1, sentences + 1):
        minute, second = divmod(number * 10, 60)
        start = f"{minute // 60:02}:{minute % 60:02}:{second:02}"
        cues.append(f"{start}.300 --> {start}.900\n<v Mei Tanaka>舟についての文、その{number}。\n")
    editor = make_account(role=Role.EDITOR)
    data = "\n".join(cues).encode()
    library.add_transcript(talk=talk.pk, data=data, name="talk.vtt", language=language, by=editor, now=NOW)
    return talk
