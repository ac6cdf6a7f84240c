"""The sample community of `commonplace demo`: people and captions that lie in this package."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from commonplace.apps.community import actions as community
from commonplace.apps.library import actions as library
from commonplace.apps.library.adapters import TalkDetails
from commonplace.apps.library.queries import get_transcript_desk_for, list_talks
from commonplace.apps.people import actions as people
from commonplace.apps.people.permissions import Role
from commonplace.apps.people.queries import get_person

_SAMPLES = Path(__file__).resolve().parent / "demo"


def plant_people(*, now: datetime) -> None:
    """Bring in the sample people, each a file of ``demo/people``."""
    for path in sorted((_SAMPLES / "people").glob("*.md")):
        people.import_person(text=path.read_text(encoding="utf-8"), slug=path.stem, now=now)


def plant_pages(*, now: datetime) -> None:
    """Bring in what the sample community says of itself, each page a file of ``demo/pages``."""
    for path in sorted((_SAMPLES / "pages").glob("*.md")):
        community.import_page(name=path.name, text=path.read_text(encoding="utf-8"), now=now)


def plant_accounts(*, now: datetime) -> None:
    """Give Ada, Mei and Jonas an account each: an organiser's, an editor's and a member's."""
    for slug, role in (("ada-okafor", Role.ORGANISER), ("mei-tanaka", Role.EDITOR), ("jonas-weber", Role.MEMBER)):
        email = f"{slug.partition('-')[0]}@harbour.example"
        people.open_account(email=email, name="", role=role, person=get_person(slug), now=now)


def plant_captions(*, now: datetime) -> Iterator[str]:
    """Hand in the captions of each talk in ``demo/talks.yaml``, as a member would, and yield its title.

    They wait in the queue afterwards; a worker publishes them.
    """
    for entry in yaml.safe_load((_SAMPLES / "talks.yaml").read_text(encoding="utf-8")):
        path = _SAMPLES / "captions" / entry["file"]
        talk = library.receive_captions(data=path.read_bytes(), name=path.name, details=_read_details(entry), now=now)
        yield talk.title


def plant_transcripts(*, now: datetime) -> None:
    """Add the transcripts in further languages that ``demo/talks.yaml`` names, as Mei would, once the talks are out."""
    editor = get_person("mei-tanaka").account
    slugs = {row.title: row.slug for row in list_talks(viewer=editor, page=1, per_page=100).rows}
    for entry in yaml.safe_load((_SAMPLES / "talks.yaml").read_text(encoding="utf-8")):
        for language, file in (entry.get("also") or {}).items():
            desk = get_transcript_desk_for(editor, slugs[entry["title"]])
            data = (_SAMPLES / "captions" / file).read_bytes()
            library.add_transcript(talk=desk.talk, data=data, name=file, language=language, by=editor, now=now)


def _read_details(entry: dict[str, Any]) -> TalkDetails:
    return TalkDetails(
        title=entry["title"],
        date=str(entry["date"]) if entry.get("date") else None,
        speakers=tuple(entry.get("speakers") or ()),
        hosts=tuple(entry.get("hosts") or ()),
        event=entry.get("event"),
        recording=entry.get("recording"),
        language=entry.get("language"),
        topics=tuple(entry.get("topics") or ()),
        description=entry.get("description") or "",
    )
