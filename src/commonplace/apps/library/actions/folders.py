"""Talk folders come in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from .. import adapters, queries
from ..adapters import TalkFolder
from ..models import (
    Revision,
    Suggestion,
    Talk,
)
from .talks import (
    RESERVED_SLUGS,
    create_talk,
    match_turns,
    save_credits,
    save_other_transcript,
    save_recordings,
    save_transcript,
    talk_values,
)


@dataclass(frozen=True, slots=True)
class TalkChange:
    """What an import did to a talk; ``fields`` names what is different now."""

    slug: str
    kind: Literal["new", "changed", "unchanged"]
    fields: tuple[str, ...] = ()


class HistoryAtStake(Exception):
    """Other words would take the place of a transcript that was corrected here, and its history would be gone.

    ``edits`` counts the edits in that history, ``suggestions`` the proposals that wait for an editor.
    """

    def __init__(self, *, edits: int, suggestions: int) -> None:
        super().__init__(f"{edits} edits and {suggestions} suggestions would be gone")
        self.edits, self.suggestions = edits, suggestions


@transaction.atomic
def import_talk_folder(
    *, files: Mapping[str, str], slug: str, published: bool, now: datetime, replace_history: bool = False
) -> TalkChange:
    """Create the talk in these files, or bring the one with this slug up to date; doing it twice changes nothing.

    ``published`` says whether visitors see the talk, where it is new; ``replace_history`` lets other words take the
    place of a transcript that was corrected here, with all its edits. Raises `HistoryAtStake` without it, and
    `UnreadableCaptions` or `InconsistentTranscript` with the place that is wrong; nothing is changed then.
    """
    if slug in RESERVED_SLUGS:
        raise adapters.UnreadableCaptions(
            "the site has a page of its own at this address", file=slug, expected="a folder with another name"
        )
    folder = adapters.read_folder(files, slug=slug)
    talk = Talk.objects.select_for_update().filter(slug=slug).first()
    if talk is None:
        talk = create_talk(folder.details, slug=slug, published_at=now if published else None, now=now)
        save_transcript(talk, folder.transcript, folder.report)
        for other in folder.others:
            save_other_transcript(talk, other)
        return TalkChange(slug, "new")
    changed = adapters.differences(queries.load_folder(talk), folder)
    if not changed:
        return TalkChange(slug, "unchanged")
    if not replace_history:
        _refuse_to_lose_history(talk, folder, changed=frozenset(changed))
    _update_talk(talk, folder, changed=frozenset(changed), now=now)
    return TalkChange(slug, "changed", changed)


def _refuse_to_lose_history(talk: Talk, folder: TalkFolder, *, changed: frozenset[str]) -> None:
    kept = [
        other.transcript.language for other in folder.others if f"transcript.{other.transcript.language}" not in changed
    ]
    replaced = talk.transcripts.filter(position__gt=0).exclude(language__in=kept)
    if "transcript" in changed:
        replaced |= talk.transcripts.filter(position=0)
    edits = Revision.objects.filter(paragraph__transcript__in=replaced).count()
    waiting = Suggestion.objects.filter(paragraph__transcript__in=replaced, state=Suggestion.State.OPEN).count()
    if edits or waiting:
        raise HistoryAtStake(edits=edits, suggestions=waiting)


def _update_talk(talk: Talk, folder: TalkFolder, *, changed: frozenset[str], now: datetime) -> None:
    values = talk_values(folder.details)
    for name, value in values.items():
        setattr(talk, name, value)
    talk.save(update_fields=list(values))
    if changed & {"speakers", "hosts"}:
        save_credits(talk, folder.details, now=now)
    if changed & {"recording", "more_recordings"}:
        save_recordings(talk, folder.details)
    languages = [other.transcript.language or "" for other in folder.others]
    talk.transcripts.filter(position__gt=0).exclude(language__in=languages).delete()
    if "transcript" in changed:
        save_transcript(talk, folder.transcript, folder.report)
    elif "report" in changed:
        talk.transcripts.filter(position=0).update(report_json=json.dumps(folder.report))
    for other in folder.others:
        if f"transcript.{other.transcript.language}" in changed:
            save_other_transcript(talk, other)
    if changed & {"speakers", "hosts"}:
        # Who spoke decides whom a turn's label means.
        for position in talk.transcripts.values_list("position", flat=True):
            match_turns(talk, position=position)
