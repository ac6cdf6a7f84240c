"""Corrections, suggestions, and taking them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from .. import adapters
from ..models import (
    Paragraph,
    Revision,
    Suggestion,
    Transcript,
)

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account

from .speakers import name_turns
from .talks import _match_labels

_SUGGESTIONS_AN_HOUR = 20
"""From one sender: more than anybody mends in passing."""


_OPEN_SUGGESTIONS = 200
"""For one talk: more than its editors read."""


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
    undone = Revision.objects.exclude(kind=Revision.Kind.REDACTION).get(pk=revision)
    row = _lock_paragraph(undone.paragraph_id)
    if undone.turns:
        return _undo_naming(row.transcript, undone, Revision(kind=Revision.Kind.UNDO, account=by, made_at=now))
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


def _undo_naming(transcript: Transcript, undone: Revision, revision: Revision) -> Revision | None:
    """Give the turns that a renaming named their name back; those that somebody has named since keep theirs."""
    named = set(transcript.turns.filter(speaker_name=undone.speaker_after).values_list("position", flat=True))
    positions = [position for position in undone.turns if position in named]
    if not positions:
        return None
    revision.undoes = undone
    return name_turns(
        transcript, positions, before=undone.speaker_after, after=undone.speaker_before, revision=revision
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
    if version < row.version and row.revisions.filter(version__gt=version, kind=Revision.Kind.REDACTION).exists():
        raise ValueError(f"a passage was taken out of paragraph {row.pk} since version {version}, which is gone")


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
        move_what_follows(row, adapters.place_words(old, words), growth=len(words) - len(old))
    if row.turn and speaker != named:
        # A person says who speaks here, so the machine's confidence is no longer about that name.
        row.turn.speaker_name, row.turn.confidence = speaker, None
        row.turn.person_id = _match_labels(row.transcript.talk, [speaker] if speaker else []).get(speaker)
        row.turn.save(update_fields=["speaker_name", "confidence", "person"])
    return revision


def move_what_follows(row: Paragraph, placement: adapters.Placement, *, growth: int) -> None:
    """Keep every index of a word true after an edit of this paragraph.

    A correction or a loop whose words were edited goes: what it says of them no longer holds, and the revision keeps
    what stood there.
    """
    transcript, offset = row.transcript, row.first_word
    stop = offset + len(placement.kept)
    transcript.word_count += growth
    spans = [(placement.move_span(first, last, offset=offset), repeats) for first, last, repeats in transcript.loops]
    transcript.loops = [[*span, repeats] for span, repeats in spans if span]
    transcript.redactions = [
        [placement.move_word(word, offset=offset), *times] for word, *times in transcript.redactions
    ]
    transcript.save(update_fields=["word_count", "loops", "redactions"])
    for request in transcript.redaction_requests.filter(last_word__gte=offset):
        # What was asked for stays in sight, also where an edit has changed its words.
        first = placement.move_word(request.first_word or 0, offset=offset)
        after = placement.move_word((request.last_word or 0) + 1, offset=offset)
        request.first_word, request.last_word = first, max(first, after - 1)
        request.save(update_fields=["first_word", "last_word"])
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
