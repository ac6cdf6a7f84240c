"""Writes of the library."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from commonplace.apps.jobs import actions as jobs
from commonplace.apps.people import actions as people
from commonplace.apps.people import queries as people_queries

from . import adapters, queries
from .adapters import TalkDetails, TalkFolder, UnreadableCaptions
from .models import (
    CaptionFile,
    Chapter,
    Correction,
    Paragraph,
    Recording,
    Revision,
    Suggestion,
    Talk,
    TalkSpeaker,
    Transcript,
    Turn,
)

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account

_AUDIO = {".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac", ".aac"}
_VIDEO = {".mp4", ".m4v", ".webm", ".mkv", ".mov", ".ogv"}

_SUGGESTIONS_AN_HOUR = 20
"""From one sender: more than anybody mends in passing."""

_OPEN_SUGGESTIONS = 200
"""For one talk: more than its editors read."""


@dataclass(frozen=True, slots=True)
class TalkChange:
    """What an import did to a talk; ``fields`` names what is different now."""

    slug: str
    kind: Literal["new", "changed", "unchanged"]
    fields: tuple[str, ...] = ()


@transaction.atomic
def receive_captions(*, data: bytes, name: str, details: TalkDetails, now: datetime) -> Talk:
    """Keep captions as they came, and leave the job that makes a published talk of them.

    ``name`` is the file's, for the reader's eyes. The talk is there at once, seen by nobody but its speakers and staff.
    """
    talk = _create_talk(details, slug=None, published_at=None, now=now)
    caption_file = _keep_captions(talk, data=data, name=name, now=now)
    jobs.enqueue("library.publish_captions", caption_file=caption_file.pk)
    return talk


def publish_captions(*, data: bytes, name: str, details: TalkDetails, now: datetime) -> Talk:
    """Read captions of any format and publish their talk now, without the queue.

    Raises `UnreadableCaptions`; nothing is kept then.
    """
    transcript, report = adapters.read_transcript(data, name)
    with transaction.atomic():
        talk = _create_talk(details, slug=None, published_at=now, now=now)
        caption_file = _keep_captions(talk, data=data, name=name, now=now)
        caption_file.format = transcript.source.format
        caption_file.save(update_fields=["format"])
        _save_transcript(talk, transcript, report)
    return talk


def publish_caption_file(*, caption_file: int, now: datetime) -> Talk:
    """Read captions that were received, and publish their talk; doing it twice changes nothing.

    Raises `UnreadableCaptions` after writing the reason beside the file, and `CaptionFile.DoesNotExist`.
    """
    received = CaptionFile.objects.select_related("talk").get(pk=caption_file)
    with received.file.open("rb") as file:
        data = file.read()
    try:
        transcript, report = adapters.read_transcript(data, received.name)
    except UnreadableCaptions as error:
        received.problem = str(error)
        received.save(update_fields=["problem"])
        raise
    with transaction.atomic():
        talk = Talk.objects.select_for_update().get(pk=received.talk_id)
        if talk.transcripts.filter(source_sha256=received.sha256).exists():
            return talk
        received.format, received.problem = transcript.source.format, ""
        received.save(update_fields=["format", "problem"])
        _save_transcript(talk, transcript, report)
        if talk.published_at is None:
            talk.published_at = now
            talk.save(update_fields=["published_at"])
    return talk


@transaction.atomic
def import_talk_folder(*, files: Mapping[str, str], slug: str, published: bool, now: datetime) -> TalkChange:
    """Create the talk in these files, or bring the one with this slug up to date; doing it twice changes nothing.

    ``published`` says whether visitors see the talk, where it is new. Raises `UnreadableCaptions` or
    `InconsistentTranscript` with the place that is wrong; nothing is changed then.
    """
    folder = adapters.read_folder(files, slug=slug)
    talk = Talk.objects.select_for_update().filter(slug=slug).first()
    if talk is None:
        talk = _create_talk(folder.details, slug=slug, published_at=now if published else None, now=now)
        _save_transcript(talk, folder.transcript, folder.report)
        return TalkChange(slug, "new")
    changed = adapters.differences(queries.load_folder(talk), folder)
    if not changed:
        return TalkChange(slug, "unchanged")
    _update_talk(talk, folder, changed=frozenset(changed), now=now)
    return TalkChange(slug, "changed", changed)


def _update_talk(talk: Talk, folder: TalkFolder, *, changed: frozenset[str], now: datetime) -> None:
    values = _talk_values(folder.details)
    for name, value in values.items():
        setattr(talk, name, value)
    talk.save(update_fields=list(values))
    if changed & {"speakers", "hosts"}:
        _save_credits(talk, folder.details, now=now)
    if "recording" in changed:
        _save_recording(talk, folder.details.recording)
    # Who spoke decides whom a turn's label means, so the turns are matched anew with the credits.
    if changed & {"transcript", "speakers", "hosts"}:
        _save_transcript(talk, folder.transcript, folder.report)
    elif "report" in changed:
        talk.transcripts.filter(position=0).update(report_json=json.dumps(folder.report))


def _create_talk(details: TalkDetails, *, slug: str | None, published_at: datetime | None, now: datetime) -> Talk:
    if not details.title.strip():
        raise ValueError("a talk needs a title")
    if slug is None:
        taken = set(Talk.objects.values_list("slug", flat=True))
        slug = people.make_slug(details.title, taken=taken)
    talk = Talk.objects.create(slug=slug, published_at=published_at, created_at=now, **_talk_values(details))
    _save_credits(talk, details, now=now)
    _save_recording(talk, details.recording)
    return talk


def _talk_values(details: TalkDetails) -> dict[str, Any]:
    return {
        "title": details.title,
        "date": adapters.read_date(details, file=details.title),
        "event": details.event or "",
        "description": details.description,
        "language": details.language or "",
        "topics": list(details.topics),
    }


def _save_credits(talk: Talk, details: TalkDetails, *, now: datetime) -> None:
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


def _save_recording(talk: Talk, url: str | None) -> None:
    if not url:
        talk.recordings.filter(position=0).delete()
        return
    suffix = PurePath(urlsplit(url).path).suffix.lower()
    kind = "audio" if suffix in _AUDIO else "video" if suffix in _VIDEO else "page"
    Recording.objects.update_or_create(talk=talk, position=0, defaults={"url": url, "kind": kind})


def _save_transcript(talk: Talk, transcript: adapters.Transcript, report: Mapping[str, Any]) -> None:
    talk.transcripts.filter(position=0).delete()
    if transcript == adapters.NOTHING_SAID and not report:
        return  # the talk still waits for its captions
    labels = list(dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker))
    rows = adapters.rows_of(transcript, report=report, people=_match_labels(talk, labels))
    rows.transcript.talk = talk
    rows.transcript.save()
    Turn.objects.bulk_create(rows.turns)
    Paragraph.objects.bulk_create(rows.paragraphs)
    Chapter.objects.bulk_create(rows.chapters)
    Correction.objects.bulk_create(rows.corrections)


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


def _keep_captions(talk: Talk, *, data: bytes, name: str, now: datetime) -> CaptionFile:
    sha256 = hashlib.sha256(data).hexdigest()
    suffix = PurePath(name).suffix.lower()
    stored = sha256 + (suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else "")
    return CaptionFile.objects.create(
        talk=talk,
        name=PurePath(name).name,
        sha256=sha256,
        size=len(data),
        file=ContentFile(data, name=stored),
        received_at=now,
    )


class Overtaken(Exception):
    """Somebody else changed the same words in the meantime; nothing was changed.

    ``merge`` lays the wished text over the one that stands there, ``version`` is the one to name when trying again, and
    ``speaker`` the name that stands there, where it is disputed too.
    """

    def __init__(self, *, merge: adapters.Merge, version: int, speaker: str | None) -> None:
        super().__init__(f"version {version} changed the same words")
        self.merge, self.version, self.speaker = merge, version, speaker


class Undecidable(Exception):
    """Somebody else has accepted or rejected the suggestion already."""


class TooManySuggestions(Exception):
    """So many suggestions wait, or came from this sender within the hour, that no more are taken now."""


@dataclass(frozen=True, slots=True)
class SpeakerChoice:
    """The name that an editor saw above a turn, and the one they chose; empty for nobody known."""

    seen: str
    chosen: str


@transaction.atomic
def correct_paragraph(
    *,
    paragraph: int,
    version: int,
    text: str,
    by: Account,
    now: datetime,
    speaker: SpeakerChoice | None = None,
    suggestion: int | None = None,
) -> Revision | None:
    """Give a paragraph this text, and its turn this speaker; returns None where that changes nothing.

    ``version`` is the paragraph's that the editor saw: edits made since are kept, and the new text is laid over them.
    An empty text takes the paragraph out. ``suggestion`` is decided by it. Raises `Overtaken` where both changed the
    same words, `Undecidable`, and `Paragraph.DoesNotExist`, also where the transcript was read anew.
    """
    row = _lock_paragraph(paragraph)
    given_name = ""
    if suggestion is not None:
        given_name = _decide(suggestion, state=Suggestion.State.ACCEPTED, by=by, now=now).given_name
    return _revise(
        row,
        _lay_over(row, version=version, text=text, speaker=speaker),
        speaker=speaker.chosen if speaker and speaker.chosen != speaker.seen else None,
        revision=Revision(
            kind=Revision.Kind.EDIT if suggestion is None else Revision.Kind.SUGGESTION,
            account=by,
            given_name=given_name,
            made_at=now,
        ),
    )


@transaction.atomic
def undo_revision(*, revision: int, by: Account, now: datetime) -> Revision | None:
    """Take an edit back, by a new one; words that come back have their old times.

    Edits of other words made since are kept. Returns None where nothing is left to undo. Raises `Overtaken` where later
    edits changed the same words, and `Revision.DoesNotExist`.
    """
    undone = Revision.objects.get(pk=revision)
    row = _lock_paragraph(undone.paragraph_id)
    merge = adapters.merge_words(
        undone.after.split(" ") if undone.after else [],
        adapters.words_of(undone.before, undone.before_times),
        adapters.words_of(row.text, row.times),
    )
    speaker = SpeakerChoice(seen=undone.speaker_after, chosen=undone.speaker_before)
    _refuse_disputes(row, merge, speaker)
    return _revise(
        row,
        merge.words,
        speaker=speaker.chosen if speaker.chosen != speaker.seen else None,
        revision=Revision(kind=Revision.Kind.UNDO, account=by, undoes=undone, made_at=now),
    )


@transaction.atomic
def suggest_correction(
    *, paragraph: int, version: int, text: str, given_name: str, sender: str, now: datetime
) -> Suggestion:
    """Keep a text that somebody without the right to edit proposes, until an editor decides.

    ``sender`` is any word that is the same for the same sender. Raises `TooManySuggestions`, and
    `Paragraph.DoesNotExist`.
    """
    row = Paragraph.objects.get(pk=paragraph)
    _check_version(row, version)
    waiting = Suggestion.objects.filter(paragraph__transcript=row.transcript_id, state=Suggestion.State.OPEN)
    recent = Suggestion.objects.filter(sender=sender, made_at__gt=now - timedelta(hours=1))
    if recent.count() >= _SUGGESTIONS_AN_HOUR or waiting.count() >= _OPEN_SUGGESTIONS:
        raise TooManySuggestions(f"{sender} has to wait")
    return Suggestion.objects.create(
        paragraph=row, version=version, text=" ".join(text.split()), given_name=given_name, sender=sender, made_at=now
    )


def accept_suggestion(*, suggestion: int, by: Account, now: datetime) -> Revision | None:
    """Put a suggested text in its place; returns None where it stands there already.

    Raises as `correct_paragraph` does, and `Suggestion.DoesNotExist`.
    """
    proposed = Suggestion.objects.get(pk=suggestion)
    return correct_paragraph(
        paragraph=proposed.paragraph_id,
        version=proposed.version,
        text=proposed.text,
        by=by,
        now=now,
        suggestion=suggestion,
    )


@transaction.atomic
def reject_suggestion(*, suggestion: int, by: Account, now: datetime) -> None:
    """Take a suggestion off the list. Raises `Undecidable` and `Suggestion.DoesNotExist`."""
    _decide(suggestion, state=Suggestion.State.REJECTED, by=by, now=now)


def _decide(suggestion: int, *, state: Suggestion.State, by: Account, now: datetime) -> Suggestion:
    row = Suggestion.objects.select_for_update().get(pk=suggestion)
    if row.state != Suggestion.State.OPEN:
        raise Undecidable(f"suggestion {suggestion} was {row.state}")
    row.state, row.sender, row.decided_by, row.decided_at = state, "", by, now
    row.save(update_fields=["state", "sender", "decided_by", "decided_at"])
    return row


def _lock_paragraph(paragraph: int) -> Paragraph:
    """The paragraph as it is now; whoever else edits its transcript waits until this transaction ends.

    The whole transcript, because an edit moves the first words of all paragraphs after it.
    """
    transcript = Paragraph.with_deleted.values_list("transcript", flat=True).get(pk=paragraph)
    if not Transcript.objects.select_for_update().filter(pk=transcript):
        raise Paragraph.DoesNotExist(f"the transcript of paragraph {paragraph} was read anew")
    return Paragraph.with_deleted.select_related("transcript__talk", "turn").get(pk=paragraph)


def _check_version(row: Paragraph, version: int) -> None:
    if not 0 <= version <= row.version:
        raise ValueError(f"paragraph {row.pk} has no version {version}; its latest is {row.version}")


def _lay_over(row: Paragraph, *, version: int, text: str, speaker: SpeakerChoice | None) -> adapters.Words:
    """The paragraph's words once this text, made of that version, is laid over what stands there now."""
    _check_version(row, version)
    if "\x00" in text:
        raise ValueError("a word cannot hold the character U+0000")
    base = adapters.words_of(row.text, row.times)
    if version < row.version:
        next_edit = row.revisions.get(version=version + 1)
        base = adapters.words_of(next_edit.before, next_edit.before_times)
    mine = base
    # Compared as text, because a word may hold a space of another kind, such as that before a French question mark.
    if text.split() != " ".join(base.texts).split():
        others = Paragraph.objects.filter(transcript=row.transcript_id)
        before = others.filter(position__lt=row.position).order_by("-position").first()
        after = others.filter(position__gt=row.position).order_by("position").first()
        mine = adapters.revise_words(
            base, text, earliest_ms=before.end_ms if before else None, latest_ms=after.start_ms if after else None
        ).words
    merge = adapters.merge_words(base.texts, mine, adapters.words_of(row.text, row.times))
    _refuse_disputes(row, merge, speaker)
    return merge.words


def _refuse_disputes(row: Paragraph, merge: adapters.Merge, speaker: SpeakerChoice | None) -> None:
    current = row.turn.speaker_name if row.turn else ""
    is_disputed = (
        speaker is not None and speaker.seen != speaker.chosen and current not in (speaker.seen, speaker.chosen)
    )
    if is_disputed or not merge.is_clean:
        raise Overtaken(merge=merge, version=row.version, speaker=current if is_disputed else None)


def _revise(row: Paragraph, words: adapters.Words, *, speaker: str | None, revision: Revision) -> Revision | None:
    """Save these words as the paragraph's next version, together with the revision that says so."""
    old = adapters.words_of(row.text, row.times)
    named = row.turn.speaker_name if row.turn else ""
    speaker = named if speaker is None or row.turn is None else speaker
    if (words.texts, speaker) == (old.texts, named):
        return None
    revision.paragraph, revision.version = row, row.version + 1
    revision.before, revision.before_times, revision.after = row.text, row.times, " ".join(words.texts)
    revision.speaker_before, revision.speaker_after = named, speaker
    revision.save()
    times = adapters.flatten_times(words)
    row.text, row.times, row.version = revision.after, times, revision.version
    row.start_ms = next((time for time in times[0::2] if time is not None), None)
    row.end_ms = next((time for time in times[:0:-2] if time is not None), None)
    row.save(update_fields=["text", "times", "version", "start_ms", "end_ms"])
    if words.texts != old.texts:
        _move_what_follows(row, adapters.place_words(old, words), growth=len(words) - len(old))
    if row.turn and speaker != named:
        # A person says who speaks here, so the machine's confidence is no longer about that name.
        row.turn.speaker_name, row.turn.confidence = speaker, None
        row.turn.person_id = _match_labels(row.transcript.talk, [speaker] if speaker else []).get(speaker)
        row.turn.save(update_fields=["speaker_name", "confidence", "person"])
    return revision


def _move_what_follows(row: Paragraph, placement: adapters.Placement, *, growth: int) -> None:
    """Keep every index of a word true after an edit of this paragraph.

    A correction or a loop whose words were edited goes: what it says of them no longer holds, and the revision keeps
    what stood there.
    """
    transcript, offset = row.transcript, row.first_word
    stop = offset + len(placement.kept)
    transcript.word_count += growth
    spans = [(placement.move_span(first, last, offset=offset), repeats) for first, last, repeats in transcript.loops]
    transcript.loops = [[*span, repeats] for span, repeats in spans if span]
    transcript.save(update_fields=["word_count", "loops"])
    overlapping = list(transcript.corrections.filter(first_word__lt=stop, last_word__gte=offset))
    if growth:
        later = {"first_word": F("first_word") + growth, "last_word": F("last_word") + growth}
        transcript.corrections.filter(first_word__gte=stop).update(**later)
        Paragraph.with_deleted.filter(transcript=transcript, position__gt=row.position).update(
            first_word=F("first_word") + growth
        )
    for correction in overlapping:
        span = placement.move_span(correction.first_word, correction.last_word, offset=offset)
        if span is None:
            correction.delete()
        else:
            correction.first_word, correction.last_word = span
            correction.save(update_fields=["first_word", "last_word"])
    for chapter in transcript.chapters.filter(first_word__gte=offset):
        moved = placement.move_word(chapter.first_word or 0, offset=offset)
        chapter.first_word = min(moved, transcript.word_count - 1) if transcript.word_count else None
        chapter.save(update_fields=["first_word"])
