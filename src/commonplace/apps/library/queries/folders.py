"""Talks as the values that leave the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .. import adapters
from ..models import (
    Talk,
    Transcript,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser

from .languages import spoken_in


@dataclass(frozen=True, slots=True)
class ExportedTalk:
    """A talk as the files of its folder; ``is_published`` says whether visitors can see it."""

    slug: str
    is_published: bool
    files: dict[str, str]


def export_talks() -> Iterator[ExportedTalk]:
    """Every talk as the files of its folder, by slug; one talk in memory at a time."""
    for talk in Talk.objects.order_by("slug").iterator(chunk_size=100):
        files = adapters.write_folder(load_folder(talk))
        yield ExportedTalk(slug=talk.slug, is_published=talk.published_at is not None, files=files)


def load_folder(talk: Talk) -> adapters.TalkFolder:
    """The talk folder of this talk; seven queries, however long the talk is, and four for each further language."""
    transcripts = list(talk.transcripts.all())
    first = next((transcript for transcript in transcripts if transcript.position == 0), None)
    return adapters.folder_of(
        talk,
        credits_=talk.speakers.all(),
        recordings=[recording.url for recording in talk.recordings.all()],
        transcript=load_transcript(first) if first else None,
        report=first.report if first else {},
        others=[
            adapters.OtherTranscript(transcript=load_transcript(other), report=other.report)
            for other in transcripts
            if other.position > 0
        ],
    )


def load_folder_in(talk: Talk, transcript: Transcript) -> adapters.TalkFolder:
    """The talk with this transcript of it and no other; seven queries."""
    folder = adapters.folder_of(
        talk,
        credits_=talk.speakers.all(),
        recordings=[recording.url for recording in talk.recordings.all()],
        transcript=load_transcript(transcript),
        report=transcript.report,
    )
    language = spoken_in(talk, transcript) or None
    return replace(folder, details=replace(folder.details, language=language))


def load_transcript(transcript: Transcript) -> adapters.Transcript:
    """The value that these rows hold; four queries."""
    return adapters.transcript_of(
        transcript,
        turns=transcript.turns.all(),
        paragraphs=transcript.paragraphs.all(),
        chapters=transcript.chapters.all(),
        corrections=transcript.corrections.all(),
    )
