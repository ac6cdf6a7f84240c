"""Naming a speaker throughout a talk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ..models import Paragraph, Revision, Transcript

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account

from .talks import _match_labels


class SpeakerUnknown(Exception):
    """Nobody of this name speaks in the talk; perhaps somebody else has just renamed them."""


@transaction.atomic
def rename_speaker(*, talk: int, before: str, after: str, by: Account, now: datetime) -> tuple[Revision, ...]:
    """Give every turn of a name another name, as one edit of each transcript in which it stands.

    Where others bear the new name already, their turns stay apart from these: taking the edit back names these alone.
    The names that the talk credits stay as they are. Nothing is done where both names are the same. Raises
    `SpeakerUnknown`.
    """
    made = []
    for transcript in Transcript.objects.select_for_update(of=("self",)).select_related("talk").filter(talk=talk):
        positions = list(transcript.turns.filter(speaker_name=before).values_list("position", flat=True))
        if positions and before:
            revision = Revision(kind=Revision.Kind.RENAMING, account=by, made_at=now)
            made.append(name_turns(transcript, positions, before=before, after=after, revision=revision))
    if not made:
        raise SpeakerUnknown(f"nobody speaks in talk {talk} as {before!r}")
    return tuple(made)


def name_turns(
    transcript: Transcript, positions: list[int], *, before: str, after: str, revision: Revision
) -> Revision:
    """Name the turns at these positions, and save the revision that says so; the caller holds the transcript.

    It stands in the history of the first paragraph that they have.
    """
    turns = transcript.turns.filter(position__in=positions, speaker_name=before)
    row = Paragraph.with_deleted.filter(transcript=transcript, turn__in=turns).order_by("position")[:1].get()
    revision.paragraph, revision.version = row, row.version + 1
    revision.before, revision.before_times, revision.after = row.text, row.times, row.text
    revision.speaker_before, revision.speaker_after, revision.turns = before, after, positions
    revision.save()
    row.version = revision.version
    row.save(update_fields=["version"])
    person = _match_labels(transcript.talk, [after]).get(after)
    # A person says who speaks here, so the machine's confidence is no longer about that name.
    turns.update(speaker_name=after, person=person, confidence=None)
    return revision
