"""Passages that somebody wants taken out: where they stand, and who waits for an answer."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from django.db.models import Count

from commonplace.apps.people.queries import name_of

from .. import adapters
from ..models import Paragraph, RedactionRequest, Transcript
from ..permissions import can_decide_suggestions

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser

_SEARCHED = 500
"""Paragraphs after the one that was chosen in which a passage is looked for."""

_ELLIPSIS = re.compile(r"\s+(?:…|\.\.\.|\[…\])\s+")


@dataclass(frozen=True, slots=True)
class RedactionRequestView:
    """A passage that somebody wants taken out.

    ``passage`` is empty where it must be found anew; ``asks`` is the account's name, or the mail address of somebody
    without one. ``edits`` counts what of the history goes with it, ``files`` the captions as they were handed in.
    """

    key: int
    slug: str
    title: str
    language: str
    passage: str
    start_ms: int | None
    end_ms: int | None
    reason: str
    asks: str
    is_speaker: bool
    made_at: datetime.datetime
    edits: int
    files: int


def find_passage(paragraph: Paragraph, passage: str) -> tuple[int, int] | None:
    """The first and last index of the words that this text names, at or after a paragraph; None where it is not there.

    White space and case do not count; … in the middle stands for everything between. Words that the text names in part
    are found whole. Linear in the text that is searched.
    """
    rows = Paragraph.objects.filter(transcript=paragraph.transcript_id, position__gte=paragraph.position)
    words: list[str] = []
    first_word: int | None = None
    for text, first in rows.order_by("position").values_list("text", "first_word")[:_SEARCHED]:
        first_word = first if first_word is None else first_word
        words += text.split(" ")
    folded = [_fold(word) for word in words]
    ends = list(accumulate(map(len, folded)))
    head, *tails = [_fold(part) for part in _ELLIPSIS.split(passage.strip())]
    joined = "".join(folded)
    begin = joined.find(head)
    if first_word is None or not head or begin < 0 or not all(tails):
        return None
    stop = begin + len(head)
    for tail in tails:
        place = joined.find(tail, stop)
        if place < 0:
            return None
        stop = place + len(tail)
    return first_word + bisect_right(ends, begin), first_word + bisect_right(ends, stop - 1)


def _fold(text: str) -> str:
    return "".join(text.split()).casefold()


def time_of_words(transcript: Transcript, first: int, last: int) -> tuple[int | None, int | None]:
    """When these words begin and end, as far as their times are known."""
    times = _list_times(transcript)[2 * first : 2 * last + 2]
    starts, known = times[0::2], [time for time in times if time is not None]
    return next((start for start in starts if start is not None), None), max(known, default=None)


def find_words_said(transcript: Transcript, start_ms: int, end_ms: int) -> tuple[int, int] | None:
    """The first and last word whose middle lies in this time."""
    times = _list_times(transcript)
    said = [
        number
        for number, (start, end) in enumerate(zip(times[0::2], times[1::2], strict=True))
        if start is not None and start_ms <= (start + max(start, end or start)) / 2 <= end_ms
    ]
    return (said[0], said[-1]) if said else None


def _list_times(transcript: Transcript) -> Sequence[int | None]:
    times: list[int | None] = []
    for text, known in Paragraph.objects.filter(transcript=transcript).values_list("text", "times"):
        times += known or [None] * (2 * len(text.split(" ")))
    return times


def list_redaction_requests_for(viewer: Viewer, *, limit: int = 100) -> tuple[RedactionRequestView, ...]:
    """The passages that wait for an editor, the oldest first.

    Raises `RedactionRequest.DoesNotExist` for whoever may not decide them.
    """
    if not can_decide_suggestions(viewer):
        raise RedactionRequest.DoesNotExist(f"{viewer} may not decide what is taken out")
    rows = RedactionRequest.objects.select_related("talk", "transcript", "account__person")
    rows = rows.prefetch_related("talk__speakers", "talk__caption_files")[:limit]
    said: dict[int, list[Paragraph]] = {row.transcript_id: [] for row in rows if row.transcript_id is not None}
    paragraphs = Paragraph.with_deleted.filter(transcript__in=said).order_by("transcript", "position").defer("times")
    for paragraph in paragraphs.annotate(edits=Count("revisions")):
        said[paragraph.transcript_id].append(paragraph)
    return tuple(_view(row, said[row.transcript_id] if row.transcript_id is not None else []) for row in rows)


def count_redaction_requests_for(viewer: Viewer) -> int:
    """How many passages wait for this viewer's decision."""
    return RedactionRequest.objects.count() if can_decide_suggestions(viewer) else 0


def _view(row: RedactionRequest, paragraphs: Sequence[Paragraph]) -> RedactionRequestView:
    """The request; its transcript's ``paragraphs`` know how many ``edits`` each has had."""
    person = row.account.person_id if row.account else None
    passage, edits = "", 0
    if row.first_word is not None and row.last_word is not None:
        # Also a paragraph that has lost its words and stood at the passage: its history goes with it.
        touched = [
            one
            for one in paragraphs
            if one.first_word <= row.last_word and one.first_word + len(one.text.split()) >= row.first_word
        ]
        words = adapters.words_of(" ".join(one.text for one in touched if one.text), []).texts
        offset = touched[0].first_word if touched else 0
        passage = " ".join(words[row.first_word - offset : row.last_word + 1 - offset])
        edits = sum(getattr(one, "edits", 0) for one in touched)
    return RedactionRequestView(
        key=row.pk,
        slug=row.talk.slug,
        title=row.talk.title,
        language=(row.transcript.language if row.transcript else "") or row.talk.language,
        passage=passage,
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        reason=row.reason,
        asks=name_of(row.account) if row.account else row.email,
        is_speaker=person is not None and any(credit.person_id == person for credit in row.talk.speakers.all()),
        made_at=row.made_at,
        edits=edits,
        files=len(row.talk.caption_files.all()),
    )
