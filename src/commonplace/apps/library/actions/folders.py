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
    Talk,
)
from .talks import (
    RESERVED_SLUGS,
    create_talk,
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


@transaction.atomic
def import_talk_folder(*, files: Mapping[str, str], slug: str, published: bool, now: datetime) -> TalkChange:
    """Create the talk in these files, or bring the one with this slug up to date; doing it twice changes nothing.

    ``published`` says whether visitors see the talk, where it is new. Raises `UnreadableCaptions` or
    `InconsistentTranscript` with the place that is wrong; nothing is changed then.
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
    _update_talk(talk, folder, changed=frozenset(changed), now=now)
    return TalkChange(slug, "changed", changed)


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
    # Who spoke decides whom a turn's label means, so the turns are matched anew with the credits.
    if changed & {"transcript", "speakers", "hosts"}:
        save_transcript(talk, folder.transcript, folder.report)
    elif "report" in changed:
        talk.transcripts.filter(position=0).update(report_json=json.dumps(folder.report))
    for other in folder.others:
        if changed & {f"transcript.{other.transcript.language}", "speakers", "hosts"}:
            save_other_transcript(talk, other)
