"""The rows of a talk, for whatever brings one in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Max

from commonplace.apps.people import actions as people
from commonplace.apps.people import queries as people_queries

from .. import adapters
from ..adapters import TalkDetails
from ..models import (
    Chapter,
    Correction,
    Paragraph,
    Recording,
    RedactionRequest,
    Talk,
    TalkSpeaker,
    Transcript,
    Turn,
)

RESERVED_SLUGS = frozenset({"series", "upload"})
"""Where the site has a page of its own beside the talks."""

_AUDIO = {".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac", ".aac"}


_VIDEO = {".mp4", ".m4v", ".webm", ".mkv", ".mov", ".ogv"}


def create_talk(details: TalkDetails, *, slug: str | None, published_at: datetime | None, now: datetime) -> Talk:
    """Make the rows of a talk without its transcript; ``slug`` is made of the title where None.

    Raises `ValueError` for a talk without a title, and `UnreadableCaptions` for a date that is no day.
    """
    if not details.title.strip():
        raise ValueError("a talk needs a title")
    if slug is None:
        taken = RESERVED_SLUGS | set(Talk.objects.values_list("slug", flat=True))
        slug = people.make_slug(details.title, taken=taken)
    talk = Talk.objects.create(slug=slug, published_at=published_at, created_at=now, **talk_values(details))
    save_credits(talk, details, now=now)
    save_recordings(talk, details)
    return talk


def talk_values(details: TalkDetails) -> dict[str, Any]:
    """The columns of a talk that its details decide."""
    return {
        "title": details.title,
        "date": adapters.read_date(details, file=details.title),
        "event": details.event or "",
        "description": details.description,
        "language": details.language or "",
        "topics": list(details.topics),
    }


def save_credits(talk: Talk, details: TalkDetails, *, now: datetime) -> None:
    """Put the speakers and hosts of the details in the place of those credited before."""
    persons = people.credit_people(names=[*details.speakers, *details.hosts], now=now)
    rows = []
    for role, names in (("speaker", details.speakers), ("host", details.hosts)):
        linked: set[int] = set()
        for position, name in enumerate(names):
            person = persons[name] if persons[name] not in linked else None  # named twice: linked once
            linked |= {person} if person is not None else set()
            rows.append(TalkSpeaker(talk=talk, person_id=person, name=name, role=role, position=position))
    talk.speakers.all().delete()
    TalkSpeaker.objects.bulk_create(rows)


def save_recordings(talk: Talk, details: TalkDetails) -> None:
    """Put the recordings of the details in the place of those the talk had."""
    talk.recordings.all().delete()
    urls = [url for url in (details.recording, *details.more_recordings) if url]
    Recording.objects.bulk_create(
        Recording(talk=talk, position=position, url=url, kind=_kind_of(url)) for position, url in enumerate(urls)
    )


def _kind_of(url: str) -> str:
    suffix = PurePath(urlsplit(url).path).suffix.lower()
    return "audio" if suffix in _AUDIO else "video" if suffix in _VIDEO else "page"


def save_transcript(
    talk: Talk, transcript: adapters.Transcript, report: Mapping[str, Any], *, position: int = 0
) -> None:
    """Put this transcript in the place of the one at this position, the talk's first; a query for each kind of row."""
    redactions = _list_redactions(talk, position)
    if redactions:
        transcript = adapters.redact(transcript, redactions)
    requests = list(RedactionRequest.objects.filter(transcript__talk=talk, transcript__position=position))
    talk.transcripts.filter(position=position).delete()
    if transcript == adapters.NOTHING_SAID and not report:
        return  # the talk still waits for its captions
    labels = list(dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker))
    rows = adapters.rows_of(transcript, report=report, people=_match_labels(talk, labels))
    rows.transcript.talk, rows.transcript.position = talk, position
    rows.transcript.save()
    Turn.objects.bulk_create(rows.turns)
    Paragraph.objects.bulk_create(rows.paragraphs)
    Chapter.objects.bulk_create(rows.chapters)
    Correction.objects.bulk_create(rows.corrections)
    for request in requests:
        _find_passage_again(request, rows.transcript, transcript.words)


def _list_redactions(talk: Talk, position: int) -> list[list[int | None]]:
    """What was taken out of the transcript at this position, and what others say of it with its time; each once."""
    found: list[list[int | None]] = []
    known: set[tuple[int | None, int | None]] = set()
    for standing in sorted(talk.transcripts.only("position", "redactions"), key=lambda row: row.position != position):
        for word, start, end in standing.redactions:
            is_new = start is not None and (start, end) not in known
            if standing.position == position or is_new:
                found.append([word, start, end])
                known.add((start, end))
    return found


def _find_passage_again(request: RedactionRequest, row: Transcript, words: adapters.Words) -> None:
    """Tie a request to the transcript that came in the place of its own; without times, somebody must look for it."""
    said = []
    if request.start_ms is not None and request.end_ms is not None:
        stop = max(request.end_ms, request.start_ms + 1)
        said = [number for number, start in enumerate(words.starts_ms) if request.start_ms <= start < stop]
    request.transcript = row
    request.first_word, request.last_word = (said[0], said[-1]) if said else (None, None)
    request.save(update_fields=["transcript", "first_word", "last_word"])


def match_turns(talk: Talk, *, position: int) -> None:
    """Find anew who speaks in the turns of the transcript at this position, once the talk credits other people."""
    turns = list(Turn.objects.filter(transcript__talk=talk, transcript__position=position))
    people = _match_labels(talk, dict.fromkeys(turn.speaker_name for turn in turns if turn.speaker_name))
    moved = [turn for turn in turns if turn.person_id != people.get(turn.speaker_name)]
    for turn in moved:
        turn.person_id = people.get(turn.speaker_name)
    Turn.objects.bulk_update(moved, ["person"], batch_size=500)


def save_other_transcript(talk: Talk, other: adapters.OtherTranscript) -> None:
    """Put this transcript in the place of the talk's in the same language, or behind all others."""
    standing = talk.transcripts.filter(position__gt=0, language=other.transcript.language)
    last = talk.transcripts.aggregate(last=Max("position"))["last"] or 0
    position = next(iter(standing.values_list("position", flat=True)), last + 1)
    save_transcript(talk, other.transcript, other.report, position=position)


def _match_labels(talk: Talk, labels: Iterable[str]) -> dict[str, int | None]:
    """The person behind each label of a turn, among those whom the talk credits.

    A label is one of their names, or the first word of a name, where it is only one's; nobody else is guessed at.
    """
    labels = list(labels)
    if not labels:
        return {}
    credited = dict(talk.speakers.filter(person__isnull=False).values_list("person", "name"))
    known = people_queries.find_people(labels)
    matched: dict[str, int | None] = {}
    for label in labels:
        candidates = {key for key in known[label] if key in credited} or {
            key for key, name in credited.items() if label.casefold() in {name.casefold(), *name.casefold().split()[:1]}
        }
        matched[label] = candidates.pop() if len(candidates) == 1 else None
    return matched
