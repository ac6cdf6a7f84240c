"""The page of a talk."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

from .. import adapters
from ..models import (
    Chapter,
    Paragraph,
    Talk,
    Transcript,
)
from ..permissions import can_correct, can_publish

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser

from .attachments import AttachmentView, list_attachments
from .catalogue import SpeakerLink, get_talk_for, speaker_link
from .downloads import Download
from .languages import choose_transcript, spoken_in
from .players import Player, find_player
from .transcripts import TranscriptVersion, list_versions


@dataclass(frozen=True, slots=True)
class ChapterLink:
    """A chapter; ``anchor`` is that of the paragraph with which it begins."""

    title: str
    start_ms: int | None
    anchor: str


@dataclass(frozen=True, slots=True)
class RedactionMark:
    """That a passage was taken out here; ``place`` counts the words of the paragraph that stand before it."""

    place: int
    start_ms: int | None
    end_ms: int | None


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of the page; ``key`` leads to the page on which it is corrected, ``number`` counts from 1.

    ``anchor`` is ``t=<whole seconds>``, or ``t=<seconds>.<n>`` for the n-th more in the same second, or ``p=<n>``
    where no time is known. In the second of two languages side by side its language stands before it; ``moment`` is
    then the place in the first that is said at that time. ``loops`` says that a recogniser's loop is inside.
    """

    key: int
    number: int
    anchor: str
    moment: str
    start_ms: int | None
    text: str
    speaker: SpeakerLink | None
    begins_turn: bool
    chapter: ChapterLink | None
    loops: bool
    redactions: tuple[RedactionMark, ...] = ()

    @property
    def pieces(self) -> list[tuple[str, RedactionMark | None]]:
        """The text in pieces, each with the mark that follows it."""
        words, pieces, done = self.text.split(" "), [], 0
        for mark in self.redactions:
            pieces.append((" ".join(words[done : mark.place]), mark))
            done = mark.place
        return [*pieces, (" ".join(words[done:]), None)]


@dataclass(frozen=True, slots=True)
class Row:
    """What is said in about the same time in two languages."""

    left: tuple[ParagraphView, ...]
    right: tuple[ParagraphView, ...]


@dataclass(frozen=True, slots=True)
class TalkPage:
    """All that the page of a talk shows; ``may_correct`` is False where the viewer can only suggest.

    ``language`` is that of the talk and its title, ``spoken`` that of the words shown. ``versions`` are all languages
    it can be read in. Where a second one is shown beside the first, ``beside`` names it, and ``rows`` hold both.
    """

    slug: str
    title: str
    date: datetime.date | None
    event: str
    description: str
    language: str
    topics: tuple[str, ...]
    speakers: tuple[SpeakerLink, ...]
    hosts: tuple[SpeakerLink, ...]
    recordings: tuple[str, ...]
    player: Player | None
    duration_ms: int | None
    words: int
    precision: str
    chapters: tuple[ChapterLink, ...]
    paragraphs: tuple[ParagraphView, ...]
    downloads: tuple[Download, ...]
    report: dict[str, Any]
    may_correct: bool
    attachments: tuple[AttachmentView, ...]
    is_published: bool
    may_publish: bool
    spoken: str
    versions: tuple[TranscriptVersion, ...]
    beside: str
    rows: tuple[Row, ...]
    redactions: tuple[RedactionMark, ...] = ()
    """What was taken out where no paragraph is left to tell it."""

    @property
    def in_address(self) -> str:
        """What ``?in=`` says at the one address of this page; side by side is not another page for search engines."""
        shown = [version for version in self.versions if version.language == self.spoken and not self.rows]
        return shown[0].in_address if shown else ""


@dataclass(frozen=True, slots=True)
class _Column:
    """A transcript as the page shows it."""

    chapters: tuple[ChapterLink, ...] = ()
    paragraphs: tuple[ParagraphView, ...] = ()
    redactions: tuple[RedactionMark, ...] = ()


def get_talk_page_for(viewer: Viewer, slug: str, *, language: str = "", beside: str = "") -> TalkPage:
    """The page of the talk with this slug, in this language and beside it in another, where one is named.

    A talk that waits for its captions has no paragraphs. Raises `Talk.DoesNotExist`, also where this viewer may not see
    it, or it cannot be read in such a language.
    """
    talk = get_talk_for(viewer, slug)
    people = [speaker_link(credit) for credit in talk.speakers.select_related("person")]
    transcripts = list(talk.transcripts.all())
    transcript = choose_transcript(talk, transcripts, language)
    second = choose_transcript(talk, transcripts, beside) if beside else None
    if second is not None and second == transcript:
        raise Talk.DoesNotExist(f"{talk.slug} cannot be read in {beside} beside itself")
    recordings = list(talk.recordings.all())
    column = _load_column(transcript)
    versions = list_versions(talk, transcripts, chaptered=_list_chaptered(talk, transcripts, column))
    return TalkPage(
        slug=talk.slug,
        title=talk.title,
        date=talk.date,
        event=talk.event,
        description=talk.description,
        language=talk.language or (transcripts[0].language if transcripts else ""),
        topics=tuple(talk.topics),
        speakers=tuple(person for person in people if person.role == "speaker"),
        hosts=tuple(person for person in people if person.role == "host"),
        recordings=tuple(recording.url for recording in recordings),
        player=next(filter(None, map(find_player, recordings)), None),
        duration_ms=transcript.duration_ms if transcript else None,
        words=transcript.word_count if transcript else 0,
        precision=transcript.precision if transcript else "none",
        chapters=column.chapters,
        paragraphs=column.paragraphs,
        downloads=versions[transcripts.index(transcript)].downloads if transcript else (),
        report=transcript.report if transcript else {},
        may_correct=can_correct(viewer, talk),
        attachments=list_attachments(talk),
        is_published=talk.published_at is not None,
        may_publish=can_publish(viewer),
        spoken=spoken_in(talk, transcript) if transcript else talk.language,
        versions=versions,
        beside=spoken_in(talk, second) if second else "",
        redactions=column.redactions,
        rows=_pair(column, _load_column(second, prefix=f"{second.language}-")) if second else (),
    )


def _list_chaptered(talk: Talk, transcripts: list[Transcript], shown: _Column) -> list[int]:
    """The keys of the transcripts that have chapters; no query where what is shown says it."""
    if len(transcripts) < 2:
        return [transcript.pk for transcript in transcripts if shown.chapters]
    rows = Chapter.objects.filter(transcript__talk=talk).order_by()
    return list(rows.values_list("transcript", flat=True).distinct())


def _load_column(transcript: Transcript | None, *, prefix: str = "") -> _Column:
    """The paragraphs and chapters of a transcript; two queries."""
    if transcript is None:
        return _Column()
    rows = list(transcript.paragraphs.select_related("turn__person").defer("times"))
    anchors = [f"{prefix}{anchor}" for anchor in make_anchors(rows)]
    beginnings = _place_chapters(list(transcript.chapters.all()), rows, anchors)
    return _Column(
        chapters=tuple(chapter for chapter, _ in beginnings),
        paragraphs=mark_redactions(
            _paragraph_views(rows, anchors, beginnings, transcript.loops, prefix=prefix),
            [row.first_word for row in rows],
            transcript.redactions,
        ),
        redactions=() if rows else tuple(RedactionMark(0, *times) for _, *times in transcript.redactions),
    )


def mark_redactions(
    paragraphs: tuple[ParagraphView, ...], first_words: list[int], redactions: list[list[int]]
) -> tuple[ParagraphView, ...]:
    """The paragraphs with a mark where a passage was taken out; one between two of them stands at the first one's end.

    ``redactions`` has the form of a transcript's.
    """
    marks: dict[int, list[RedactionMark]] = {}
    for word, start_ms, end_ms in redactions if paragraphs else ():
        number = max(bisect_left(first_words, word) - 1, 0)
        marks.setdefault(number, []).append(RedactionMark(word - first_words[number], start_ms, end_ms))
    return tuple(
        replace(paragraph, redactions=tuple(marks[number])) if number in marks else paragraph
        for number, paragraph in enumerate(paragraphs)
    )


def _pair(left: _Column, right: _Column) -> tuple[Row, ...]:
    pairs = adapters.align_paragraphs(
        [paragraph.start_ms for paragraph in left.paragraphs], [paragraph.start_ms for paragraph in right.paragraphs]
    )
    return tuple(
        Row(left.paragraphs[mine.start : mine.stop], right.paragraphs[others.start : others.stop])
        for mine, others in pairs
    )


def make_anchors(rows: Iterable[Paragraph]) -> list[str]:
    """The anchor of each paragraph: its second, counted on where several begin in one; else its number."""
    anchors = []
    used: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        if row.start_ms is None:
            anchors.append(f"p={number}")
            continue
        second = row.start_ms // 1000
        used[second] = used.get(second, 0) + 1
        anchors.append(f"t={second}" if used[second] == 1 else f"t={second}.{used[second]}")
    return anchors


def _place_chapters(
    chapters: list[Chapter], rows: list[Paragraph], anchors: list[str]
) -> list[tuple[ChapterLink, int | None]]:
    """Each chapter with the paragraph that begins it, the nearest after the chapter before; None where none is left.

    Nearest, because a chapter's time is often a second off its first word, on either side.
    """
    timed = [index for index, row in enumerate(rows) if row.start_ms is not None]
    # Where times run backwards, a paragraph counts from the latest time before it.
    times = list(accumulate((rows[index].start_ms or 0 for index in timed), max))
    firsts = [row.first_word for row in rows]
    placed: list[tuple[ChapterLink, int | None]] = []
    free = 0
    for chapter in chapters:
        if chapter.start_ms is not None:
            place = _find_nearest(chapter.start_ms, times, bisect_left(timed, free))
            index = None if place is None else timed[place]
        else:
            index = _find_nearest(chapter.first_word or 0, firsts, free)
        anchor = anchors[index if index is not None else -1] if anchors else "p=1"
        placed.append((ChapterLink(chapter.title, chapter.start_ms, anchor), index))
        free = free if index is None else index + 1
    return placed


def _find_nearest(wanted: int, ascending: Sequence[int], first: int) -> int | None:
    """The place of the value nearest to the wanted one, from place ``first`` on; of equals, the earliest. O(log n)."""
    if first >= len(ascending):
        return None
    after = bisect_left(ascending, wanted, first)
    if after == len(ascending) or (after > first and wanted - ascending[after - 1] <= ascending[after] - wanted):
        return bisect_left(ascending, ascending[after - 1], first)
    return after


def _paragraph_views(
    rows: list[Paragraph],
    anchors: list[str],
    beginnings: list[tuple[ChapterLink, int | None]],
    loops: list[list[int]],
    *,
    prefix: str,
) -> tuple[ParagraphView, ...]:
    chapter_at = {index: chapter for chapter, index in beginnings}
    views = []
    number = 0
    for turn, group in groupby(rows, key=lambda row: row.turn):
        speaker = None
        if turn and turn.speaker_name:
            speaker = SpeakerLink(turn.speaker_name, turn.person.slug if turn.person else None, "speaker")
        for place, row in enumerate(group):
            last = row.first_word + row.text.count(" ")
            views.append(
                ParagraphView(
                    key=row.pk,
                    number=number + 1,
                    anchor=anchors[number],
                    moment=anchors[number] if row.start_ms is None else anchors[number].removeprefix(prefix),
                    start_ms=row.start_ms,
                    text=row.text,
                    speaker=speaker,
                    begins_turn=turn is not None and place == 0,
                    chapter=chapter_at.get(number),
                    loops=any(loop[0] <= last and loop[1] >= row.first_word for loop in loops),
                )
            )
            number += 1
    return tuple(views)
