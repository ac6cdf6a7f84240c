"""Passages are taken out of transcripts, for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import get_language, gettext, gettext_lazy, gettext_noop, override

from commonplace.apps.jobs import actions as jobs
from commonplace.apps.people import actions as people

from .. import adapters, queries
from ..models import CaptionFile, Paragraph, RedactionRequest, Revision, Suggestion, Talk, Transcript, Upload
from ..permissions import can_decide_suggestions
from .corrections import move_what_follows

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from commonplace.apps.people.models import Account

_REQUESTS_AN_HOUR = 10
"""From one sender."""

_FILES = CaptionFile._meta.get_field("file")

_OPEN_REQUESTS = 50
"""For one talk: more than its editors read."""


class TooManyRequests(Exception):
    """So many requests wait, or came from this sender within the hour, that no more are taken now."""


class PassageUnknown(Exception):
    """A passage that stands nowhere in the transcript, or no more."""


@transaction.atomic
def ask_for_redaction(
    *, paragraph: int, passage: str, reason: str, by: Account | None, email: str, sender: str, now: datetime
) -> RedactionRequest:
    """Keep somebody's wish that a passage be taken out, until an editor decides.

    ``passage`` is its words, or its first and last with … between, and begins in this paragraph or after it. Raises
    `PassageUnknown`, `TooManyRequests` and `Paragraph.DoesNotExist`.
    """
    row = Paragraph.with_deleted.select_related("transcript").get(pk=paragraph)
    span = queries.find_passage(row, passage)
    if span is None:
        raise PassageUnknown("these words do not stand in the transcript")
    mine = RedactionRequest.objects.filter(sender=sender, made_at__gt=now - timedelta(hours=1))
    waiting = RedactionRequest.objects.filter(talk=row.transcript.talk_id)
    if (by is None and mine.count() >= _REQUESTS_AN_HOUR) or waiting.count() >= _OPEN_REQUESTS:
        raise TooManyRequests("too many requests wait")
    start_ms, end_ms = queries.time_of_words(row.transcript, *span)
    return RedactionRequest.objects.create(
        talk_id=row.transcript.talk_id,
        transcript=row.transcript,
        first_word=span[0],
        last_word=span[1],
        start_ms=start_ms,
        end_ms=end_ms,
        reason=reason,
        account=by,
        email="" if by else email,
        language=get_language() or settings.LANGUAGE_CODE,
        sender=sender,
        made_at=now,
    )


@transaction.atomic
def reject_redaction(*, request: int, by: Account, now: datetime) -> None:
    """Leave the passage where it is, and say so to whoever asked.

    Raises `PermissionDenied`, and `RedactionRequest.DoesNotExist` where it was decided meanwhile.
    """
    row = _lock_request(request, by)
    people.record_act(by=by, what=gettext_noop("left a passage in"), target=row.talk.title, now=now)
    body = gettext_lazy(
        "You asked for a passage of “%(title)s” to be taken out. The editors have decided to leave it in."
    )
    _answer(row, body, now=now)
    row.delete()


@transaction.atomic
def accept_redaction(*, request: int, by: Account, now: datetime) -> None:
    """Take the passage out of the talk's transcripts, of their history and of all that was handed in.

    What the words were is known to nobody afterwards: it cannot be undone. Transcripts in other languages lose what
    they say in that time. Raises `PermissionDenied`, `PassageUnknown` where the passage must be found anew first, and
    `RedactionRequest.DoesNotExist` where it was decided meanwhile.
    """
    row = _lock_request(request, by)
    transcript = row.transcript
    if transcript is None or row.first_word is None or row.last_word is None:
        raise PassageUnknown("the transcript was read anew, and the passage was not found in it")
    start_ms, end_ms = queries.time_of_words(transcript, row.first_word, row.last_word)
    _redact(transcript.pk, row.first_word, row.last_word, times=[start_ms, end_ms], by=by, now=now)
    if start_ms is not None and end_ms is not None:
        for other in row.talk.transcripts.exclude(pk=transcript.pk):
            span = queries.find_words_said(other, start_ms, end_ms)
            if span:
                _redact(other.pk, *span, times=[start_ms, end_ms], by=by, now=now)
    _forget_what_was_handed_in(row.talk)
    span_said = f"{start_ms // 1000}–{(end_ms or start_ms) // 1000} s" if start_ms is not None else ""
    what = gettext_noop("took a passage out")
    people.record_act(by=by, what=what, target=row.talk.title, after=span_said, now=now)
    body = gettext_lazy("You asked for a passage of “%(title)s” to be taken out. It is gone, and a mark says so.")
    _answer(row, body, now=now)
    row.delete()


def _lock_request(key: int, by: Account) -> RedactionRequest:
    if not can_decide_suggestions(by):
        raise PermissionDenied("only editors decide what is taken out")
    # An edit holds the transcript before it moves the requests in it; the other way round, both would wait for ever.
    talk = RedactionRequest.objects.values_list("talk", flat=True).get(pk=key)
    list(Transcript.objects.select_for_update().filter(talk=talk).order_by("pk").values_list("pk"))
    # An edit holds the transcript before it moves the requests in it; the other way round, both would wait for ever.
    talk = RedactionRequest.objects.values_list("talk", flat=True).get(pk=key)
    list(Transcript.objects.select_for_update().filter(talk=talk).order_by("pk").values_list("pk"))
    return RedactionRequest.objects.select_for_update(of=("self",)).select_related("talk", "account").get(pk=key)


def _redact(transcript: int, first: int, last: int, *, times: list[int | None], by: Account, now: datetime) -> None:
    """Take these words, both ends included, out of a transcript and out of its history."""
    row = Transcript.objects.select_for_update().get(pk=transcript)
    # From the last to the first, so that the indices of those before stay as they are.
    touched = Paragraph.with_deleted.filter(transcript=row, first_word__lte=last + 1).order_by("-position")
    for paragraph in touched.select_related("turn"):
        paragraph.transcript = row
        words = adapters.words_of(paragraph.text, paragraph.times)
        begin = max(first - paragraph.first_word, 0)
        stop = min(last + 1 - paragraph.first_word, len(words))
        is_emptied = not len(words) and paragraph.first_word >= first  # its history may hold what was said here
        if begin < stop:
            _cut(paragraph, words, begin, stop)
        if begin < stop or is_emptied:
            _forget_history(paragraph, by=by, now=now)
        if paragraph.first_word + len(words) < first:
            break
    row.redactions = sorted([*row.redactions, [first, *times]], key=lambda one: one[0])
    row.save(update_fields=["redactions"])


def _cut(paragraph: Paragraph, words: adapters.Words, begin: int, stop: int) -> None:
    left = adapters.Words(
        [*words.texts[:begin], *words.texts[stop:]],
        words.starts_ms[:begin] + words.starts_ms[stop:],
        words.ends_ms[:begin] + words.ends_ms[stop:],
    )
    times = adapters.flatten_times(left)
    paragraph.text, paragraph.times = " ".join(left.texts), times
    paragraph.start_ms = next((time for time in times[0::2] if time is not None), None)
    paragraph.end_ms = next((time for time in times[:0:-2] if time is not None), None)
    paragraph.save(update_fields=["text", "times", "start_ms", "end_ms"])
    move_what_follows(paragraph, adapters.place_removal(len(words), begin, stop), growth=begin - stop)


def _forget_history(paragraph: Paragraph, *, by: Account, now: datetime) -> None:
    paragraph.revisions.all().delete()
    Suggestion.objects.filter(paragraph=paragraph).delete()
    paragraph.version += 1
    paragraph.save(update_fields=["version"])
    speaker = paragraph.turn.speaker_name if paragraph.turn else ""
    Revision.objects.create(
        paragraph=paragraph,
        version=paragraph.version,
        kind=Revision.Kind.REDACTION,
        speaker_before=speaker,
        speaker_after=speaker,
        account=by,
        made_at=now,
    )


def _forget_what_was_handed_in(talk: Talk) -> None:
    """Delete the captions that the talk was made of: they hold the passage, byte for byte; drafts of the same too."""
    files = list(CaptionFile.objects.filter(talk=talk))
    hashes = [file.sha256 for file in files]
    drafts = list(Upload.objects.filter(sha256__in=hashes).exclude(state=Upload.State.PUBLISHING))
    Upload.objects.filter(talk=talk).delete()
    names = [name for name in (*(row.file.name for row in files), *(row.file.name for row in drafts)) if name]
    CaptionFile.objects.filter(pk__in=[row.pk for row in files]).delete()
    Upload.objects.filter(pk__in=[row.pk for row in drafts]).delete()
    transaction.on_commit(lambda: _delete_files(names))


def _delete_files(names: Iterable[str]) -> None:
    for name in names:
        _FILES.storage.delete(name)


def _answer(row: RedactionRequest, body: StrPromise, *, now: datetime) -> None:
    """Mail this to whoever asked, in the language in which they did."""
    to = row.account.email if row.account else row.email
    if to:
        with override(row.language):
            subject, text = gettext("The passage you asked about"), str(body) % {"title": row.talk.title}
        jobs.post_mail(to=to, subject=subject, body=text, now=now)
