"""The transcripts of a talk, one for each language it can be read in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..models import Talk, Transcript
from ..permissions import can_correct

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser

from .catalogue import get_talk_for
from .downloads import Download, list_downloads
from .languages import spoken_in


@dataclass(frozen=True, slots=True)
class TranscriptVersion:
    """A language that a talk can be read in; ``is_first`` where it is the one it was held in, as far as we know.

    ``in_address`` names it in addresses, and is empty for the first.
    """

    language: str
    is_first: bool
    downloads: tuple[Download, ...]

    @property
    def in_address(self) -> str:
        """What ``?in=`` says for this version; nothing for the first."""
        return "" if self.is_first else self.language


@dataclass(frozen=True, slots=True)
class TranscriptDesk:
    """What editors see of the languages of a talk; ``talk`` is what actions want to know."""

    talk: int
    slug: str
    title: str
    language: str
    versions: tuple[TranscriptVersion, ...]


def list_versions(
    talk: Talk, transcripts: Iterable[Transcript], *, chaptered: Iterable[int]
) -> tuple[TranscriptVersion, ...]:
    """The languages of a talk, the first one first; ``chaptered`` are the keys of transcripts with chapters."""
    keys = set(chaptered)
    return tuple(
        TranscriptVersion(
            language=spoken_in(talk, transcript),
            is_first=transcript.position == 0,
            downloads=list_downloads(transcript, has_chapters=transcript.pk in keys),
        )
        for transcript in transcripts
    )


def get_transcript_desk_for(viewer: Viewer, slug: str) -> TranscriptDesk:
    """The languages of a talk, for whoever may correct it. Raises `Talk.DoesNotExist` for everybody else."""
    talk = get_talk_to_edit_for(viewer, slug)
    transcripts = list(talk.transcripts.all())
    return TranscriptDesk(
        talk=talk.pk,
        slug=talk.slug,
        title=talk.title,
        language=talk.language or (spoken_in(talk, transcripts[0]) if transcripts else ""),
        versions=list_versions(talk, transcripts, chaptered=()),
    )


def get_talk_to_edit_for(viewer: Viewer, slug: str) -> Talk:
    """The talk with this slug, for whoever may correct it. Raises `Talk.DoesNotExist` for everybody else."""
    talk = get_talk_for(viewer, slug)
    if not can_correct(viewer, talk):
        raise Talk.DoesNotExist(f"{viewer} may not edit {slug}")
    return talk
