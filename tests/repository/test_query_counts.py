"""No page asks the database once a row: each takes as many queries for a thousand rows of everything as for one.

Pages are found by their addresses, so a new one is tested from the day it has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from commonplace.apps.library.models import (
    Attachment,
    Chapter,
    Paragraph,
    Recording,
    RedactionRequest,
    Revision,
    Suggestion,
    Talk,
    TalkSpeaker,
    Transcript,
    Turn,
    Upload,
)
from commonplace.apps.people.models import Account, Act, Claim, Invitation, Person
from tests.factories import NOW

ROWS = 1_000
SLUGS = {"talks/series/": "series-1", "talks/": "talk-0", "people/": "person-0"}
NO_LISTS = (
    "organisers/emergency/",  # Django's own, behind a switch
    "account/passkeys/",  # begins a ceremony with the browser
    "account/sign-",
)
OF_ONE_THING = {"key", "kind", "pk", "token", "name", "language", "version"}
"""What an address names besides the talk or person whose page it is: those pages show one row."""


def walk_routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, set[str]]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk_routes(pattern.url_patterns, route)
        else:
            yield route, set(pattern.pattern.converters)


def list_pages() -> list[str]:
    pages = []
    for route, names in walk_routes(get_resolver().url_patterns):
        if route.startswith(NO_LISTS) or names & OF_ONE_THING:
            continue
        assert names <= {"slug"}, f"{route}: say here what stands for {names}"
        slug = next((slug for prefix, slug in SLUGS.items() if route.startswith(prefix)), "")
        pages.append("/" + route.replace("<str:slug>", slug))
    return sorted(set(pages))


def add_rows(first: int, stop: int) -> None:
    """Rows of every kind, with numbers from ``first`` on; all that hangs on one talk hangs on the talk 0."""
    new = range(first, stop)
    people = Person.objects.bulk_create(
        [Person(slug=f"person-{n}", name=f"Person {n}", email=f"{n}@p.example", created_at=NOW) for n in new]
    )
    accounts = Account.objects.bulk_create(
        [
            Account(username=f"a{n}", email=f"{n}@a.example", person=person, last_login=NOW)
            for n, person in zip(new, people, strict=True)
        ]
    )
    talks = Talk.objects.bulk_create(
        [
            Talk(
                slug=f"talk-{n}",
                title=f"Talk {n}",
                event="Series 1",
                topics=["tides"],
                published_at=NOW,
                created_at=NOW,
            )
            for n in new
        ]
        + [Talk(slug=f"draft-{n}", title=f"Draft {n}", created_at=NOW) for n in new]
    )[: len(new)]
    everywhere = Person.objects.get(slug="person-0")
    TalkSpeaker.objects.bulk_create(
        TalkSpeaker(talk=talk, person=person, name="Mei", role=role, position=0)
        for talk, own in zip(talks, people, strict=True)
        for role, person in (("speaker", everywhere), ("host", own))
    )
    Recording.objects.bulk_create(
        Recording(talk=talk, url=f"https://a.example/{talk.pk}.mp3", kind="audio", position=0) for talk in talks
    )
    transcripts = Transcript.objects.bulk_create(Transcript(talk=talk, language="en", word_count=1) for talk in talks)
    add_rows_of_one_talk(new, people=people, accounts=accounts)
    Chapter.objects.bulk_create(
        Chapter(transcript=row, position=1, start_ms=0, title="Part")
        for row in transcripts
        if row.talk.slug != "talk-0"
    )
    asker = Account.objects.get(username="organiser")
    Upload.objects.bulk_create(
        Upload(
            owner=asker, key=f"key-{n:05}", name="a.vtt", sha256="0" * 64, size=1, file="captions/a.vtt",
            state="received", received_at=NOW, expires_at=NOW.replace(year=2999),
        )
        for n in new
    )  # fmt: skip
    Invitation.objects.bulk_create(
        Invitation(role="member", person=person, invited_by=account, created_at=NOW, expires_at=NOW.replace(year=2999))
        for person, account in zip(people, accounts, strict=True)
    )
    Claim.objects.bulk_create(Claim(person=person, email=person.email, sender="s", made_at=NOW) for person in people)
    Act.objects.bulk_create(Act(at=NOW, by=account, what="changed a role", target="a") for account in accounts)


def add_rows_of_one_talk(new: range, *, people: list[Person], accounts: list[Account]) -> None:
    talk = Talk.objects.get(slug="talk-0")
    transcript = talk.transcripts.get()
    turns = Turn.objects.bulk_create(
        Turn(transcript=transcript, position=n, speaker_name=f"Person {n}", person=person)
        for n, person in zip(new, people, strict=True)
    )
    paragraphs = Paragraph.with_deleted.bulk_create(
        Paragraph(
            transcript=transcript, turn=turn, position=n, first_word=n, text="Hello.", start_ms=1000 * n,
            end_ms=1000 * n + 900, version=1,
        )
        for n, turn in zip(new, turns, strict=True)
    )  # fmt: skip
    Chapter.objects.bulk_create(
        Chapter(transcript=transcript, position=n, start_ms=1000 * n, title=f"Part {n}") for n in new
    )
    Attachment.objects.bulk_create(
        Attachment(
            talk=talk, position=n, kind="notes", title="a", url=f"https://a.example/{n}", added_by=account, added_at=NOW
        )
        for n, account in zip(new, accounts, strict=True)
    )
    for row, account in zip(paragraphs, accounts, strict=True):
        row.account = account
    Revision.objects.bulk_create(
        Revision(
            paragraph=row, version=1, kind="edit", before="Hallo.", after="Hello.", account=row.account, made_at=NOW
        )
        for row in paragraphs
    )
    # Of an older version, so that the list has to find what its author saw.
    Suggestion.objects.bulk_create(
        Suggestion(paragraph=row, version=0, text="Hi.", sender="s", made_at=NOW) for row in paragraphs
    )
    RedactionRequest.objects.bulk_create(
        RedactionRequest(talk=talk, transcript=transcript, first_word=n, last_word=n, account=account, made_at=NOW)
        for n, account in zip(new, accounts, strict=True)
    )


def count_queries(client: Client, pages: list[str]) -> dict[str, int]:
    counts = {}
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            status = client.get(page).status_code
        counts[f"{page} ({status})"] = len(queries)
    return counts


@pytest.mark.django_db
def test_a_page_takes_as_many_queries_for_a_thousand_rows_as_for_one(client: Client):
    organiser = Account.objects.create(username="organiser", email="ada@harbour.example", role="organiser")
    pages = list_pages()
    add_rows(0, 1)
    visitor, signed_in = Client(), client
    signed_in.force_login(organiser)
    for one in (visitor, signed_in):
        count_queries(one, pages)  # what is asked for once a process is known from now on
    few = [count_queries(one, pages) for one in (visitor, signed_in)]
    add_rows(1, ROWS)
    many = [count_queries(one, pages) for one in (visitor, signed_in)]
    differing = [
        {page: (count, after.get(page)) for page, count in before.items() if after.get(page) != count}
        for before, after in zip(few, many, strict=True)
    ]
    assert differing == [{}, {}]
    answered = [page for page in few[1] if page.endswith("(200)")]
    assert {"/talks/ (200)", "/talks/talk-0/ (200)", "/talks/talk-0/history/ (200)", "/people/person-0/ (200)"} <= set(
        answered
    )
