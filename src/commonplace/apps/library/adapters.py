"""Rows of the library and values of the transcript engine, both ways."""

from __future__ import annotations

import datetime
import json
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain, pairwise
from typing import Any, cast

from commonplace.engines.transcripts import (
    FORMATS_BY_NAME,
    Chapter,
    Correction,
    InconsistentTranscript,
    Loop,
    Precision,
    Source,
    TalkDetails,
    TalkFolder,
    Transcript,
    Turn,
    UnreadableCaptions,
    Words,
    read_captions,
    read_talk_folder,
    split_paragraphs,
    write_chapters,
    write_talk_folder,
    write_text,
)

from . import models

__all__ = [
    "NOTHING_SAID",
    "Rows",
    "TalkDetails",
    "TalkFolder",
    "Transcript",
    "UnreadableCaptions",
    "differences",
    "folder_of",
    "read_date",
    "read_folder",
    "read_transcript",
    "render",
    "rows_of",
    "transcript_of",
    "write_folder",
]

NOTHING_SAID = Transcript(words=Words.of(()))
"""The transcript of a talk that waits for its captions."""


def _writer_of(format_name: str) -> Callable[[Transcript], str]:
    write = FORMATS_BY_NAME[format_name].write
    if write is None:
        raise LookupError(f"{format_name} is read, but not written")
    return write


_WRITERS: dict[str, Callable[[Transcript], str]] = {
    "vtt": _writer_of("webvtt"),
    "srt": _writer_of("srt"),
    "txt": write_text,
    "json": _writer_of("transcript-json"),
    "podcast-json": _writer_of("podcast-json"),
    "chapters": write_chapters,
}


@dataclass(frozen=True, slots=True)
class Rows:
    """A transcript as rows that are not saved yet; save the transcript and the turns before the paragraphs."""

    transcript: models.Transcript
    turns: list[models.Turn]
    paragraphs: list[models.Paragraph]
    chapters: list[models.Chapter]
    corrections: list[models.Correction]


def read_transcript(data: bytes, name: str) -> tuple[Transcript, dict[str, Any]]:
    """The transcript in captions of any format, in paragraphs, and the report of what reading them changed.

    Raises `UnreadableCaptions`.
    """
    reading = read_captions(data, name)
    return split_paragraphs(reading.transcript), dict(reading.report.as_dict())


def rows_of(transcript: Transcript, *, report: Mapping[str, Any], people: Mapping[str, int | None]) -> Rows:
    """The rows that hold this transcript; ``people`` gives the person behind a speaker's name.

    Raises `InconsistentTranscript` where a word could not be stored and read back as it stands.
    """
    _check_texts(transcript)
    row = models.Transcript(
        language=transcript.language or "",
        title=transcript.title or "",
        duration_ms=transcript.duration_ms,
        word_count=len(transcript.words),
        precision=transcript.precision,
        source_format=transcript.source.format,
        source_file=transcript.source.file,
        source_sha256=transcript.source.sha256,
        report_json=json.dumps(report),
        loops=[[loop.first_word, loop.last_word, loop.repeats] for loop in transcript.loops],
    )
    turns = [
        models.Turn(
            transcript=row,
            position=position,
            speaker_name=turn.speaker or "",
            person_id=people.get(turn.speaker or ""),
            confidence=turn.confidence,
        )
        for position, turn in enumerate(transcript.turns)
    ]
    return Rows(
        transcript=row,
        turns=turns,
        paragraphs=_paragraph_rows(transcript, row=row, turns=turns),
        chapters=[
            models.Chapter(
                transcript=row,
                position=position,
                start_ms=chapter.start_ms,
                first_word=chapter.first_word,
                title=chapter.title,
            )
            for position, chapter in enumerate(transcript.chapters)
        ],
        corrections=[
            models.Correction(
                transcript=row,
                position=position,
                first_word=correction.first_word,
                last_word=correction.last_word,
                before=correction.before,
                after=correction.after,
                confidence=correction.confidence,
                evidence=correction.evidence,
            )
            for position, correction in enumerate(transcript.corrections)
        ],
    )


def _paragraph_rows(
    transcript: Transcript, *, row: models.Transcript, turns: Sequence[models.Turn]
) -> list[models.Paragraph]:
    words = transcript.words
    given = frozenset(transcript.paragraphs)
    # Without given paragraphs the page still needs some; the rows then say that nobody gave them.
    cuts = given or frozenset(split_paragraphs(transcript).paragraphs)
    turn_at = {turn.first_word: turns[position] for position, turn in enumerate(transcript.turns)}
    starts = sorted({0} | cuts | turn_at.keys()) if len(words) else []
    rows, turn = [], None
    for position, (first, after) in enumerate(pairwise([*starts, len(words)])):
        turn = turn_at.get(first, turn)
        begun = [time for time in words.starts_ms[first:after] if time >= 0]
        ended = [time for time in words.ends_ms[first:after] if time >= 0]
        rows.append(
            models.Paragraph(
                transcript=row,
                turn=turn,
                position=position,
                first_word=first,
                text=" ".join(words.texts[first:after]),
                times=_flatten_times(words.starts_ms[first:after], words.ends_ms[first:after]),
                start_ms=begun[0] if begun else None,
                end_ms=ended[-1] if ended else None,
                begins_paragraph=first in given,
            )
        )
    return rows


def _flatten_times(starts_ms: array[int], ends_ms: array[int]) -> list[int | None]:
    times: list[int | None] = [None] * (2 * len(starts_ms))
    times[0::2] = [time if time >= 0 else None for time in starts_ms]
    times[1::2] = [time if time >= 0 else None for time in ends_ms]
    return times if any(time is not None for time in times) else []


def _check_texts(transcript: Transcript, others: Iterable[str] = ()) -> None:
    """Refuse, on every database alike, what one of them could not store and give back as it stands."""
    texts = transcript.words.texts
    joined = " ".join(texts)
    if texts and ("" in texts or joined.split(" ") != texts):
        number = next(number for number, text in enumerate(texts) if not text or " " in text)
        raise InconsistentTranscript(f"word {number} is {texts[number]!r}; expected a word without a space in it")
    labels = (turn.speaker or "" for turn in transcript.turns)
    titles = (transcript.title or "", *(chapter.title for chapter in transcript.chapters))
    changes = (f"{one.before}{one.after}{one.evidence}" for one in transcript.corrections)
    for text in chain([joined], labels, titles, changes, others):
        if "\x00" in text:
            place = text.index("\x00")
            raise InconsistentTranscript(f"the character U+0000 stands in {text[max(0, place - 30) : place + 30]!r}")


def transcript_of(
    row: models.Transcript,
    *,
    turns: Iterable[models.Turn],
    paragraphs: Iterable[models.Paragraph],
    chapters: Iterable[models.Chapter],
    corrections: Iterable[models.Correction],
) -> Transcript:
    """The transcript that these rows hold, each kind of them in the order of their positions."""
    texts: list[str] = []
    starts, ends = array("q"), array("q")
    first_words: dict[int | None, int] = {}
    begins = []
    for paragraph in paragraphs:
        first_words.setdefault(paragraph.turn_id, len(texts))
        if paragraph.begins_paragraph:
            begins.append(len(texts))
        words = paragraph.text.split(" ")
        times = [-1 if time is None else time for time in paragraph.times] or [-1] * (2 * len(words))
        texts.extend(words)
        starts.extend(times[0::2])
        ends.extend(times[1::2])
    rows = list(turns)
    afters = [first_words[turn.pk] for turn in rows[1:]] + [len(texts)]
    return Transcript(
        words=Words(texts, starts, ends),
        turns=tuple(
            Turn(turn.speaker_name or None, first_words[turn.pk], after - 1, turn.confidence)
            for turn, after in zip(rows, afters, strict=True)
        )
        if rows
        else (),
        chapters=tuple(Chapter(chapter.start_ms, chapter.title, chapter.first_word) for chapter in chapters),
        corrections=tuple(
            Correction(
                first_word=correction.first_word,
                last_word=correction.last_word,
                before=correction.before,
                after=correction.after,
                confidence=correction.confidence,
                evidence=correction.evidence,
            )
            for correction in corrections
        ),
        paragraphs=tuple(begins),
        loops=tuple(Loop(*loop) for loop in row.loops),
        language=row.language or None,
        title=row.title or None,
        duration_ms=row.duration_ms,
        precision=cast("Precision", row.precision),
        source=Source(format=row.source_format, file=row.source_file, sha256=row.source_sha256),
    )


def folder_of(
    talk: models.Talk,
    *,
    credits_: Iterable[models.TalkSpeaker],
    recording: str | None,
    transcript: Transcript | None,
    report: Mapping[str, Any],
) -> TalkFolder:
    """The talk folder of these rows; a talk without a transcript has `NOTHING_SAID`."""
    names: dict[str, list[str]] = {"speaker": [], "host": []}
    for credit in credits_:
        names[credit.role].append(credit.name)
    return TalkFolder(
        details=TalkDetails(
            title=talk.title,
            date=talk.date.isoformat() if talk.date else None,
            speakers=tuple(names["speaker"]),
            hosts=tuple(names["host"]),
            event=talk.event or None,
            recording=recording,
            language=talk.language or None,
            topics=tuple(talk.topics),
            description=talk.description,
        ),
        transcript=transcript or NOTHING_SAID,
        report=dict(report),
    )


def read_folder(files: Mapping[str, str], *, slug: str) -> TalkFolder:
    """The talk in these files as rows can hold it: an empty text is no text.

    Raises `UnreadableCaptions` or `InconsistentTranscript` with the place that is wrong.
    """
    folder = read_talk_folder(files, name=slug)
    details, transcript = folder.details, folder.transcript
    if not details.title.strip():
        raise UnreadableCaptions(
            "the talk has no title", file=f"{slug}/talk.md", expected="title: … in its front matter"
        )
    read_date(details, file=f"{slug}/talk.md")
    if details.recording and not details.recording.startswith(("https://", "http://")):
        raise UnreadableCaptions(
            "the recording is no address on the web",
            file=f"{slug}/talk.md",
            excerpt=details.recording[:72],
            expected="an address that begins with https://",
        )
    known = (details.title, details.event, details.description, details.language, *details.speakers, *details.hosts)
    _check_texts(transcript, [text or "" for text in (*known, *details.topics)])
    return replace(
        folder,
        details=replace(
            details,
            date=details.date or None,
            event=details.event or None,
            recording=details.recording or None,
            language=details.language or None,
        ),
        transcript=replace(
            transcript,
            language=transcript.language or None,
            title=transcript.title or None,
            turns=tuple(replace(turn, speaker=turn.speaker or None) for turn in transcript.turns),
        ),
    )


def read_date(details: TalkDetails, *, file: str) -> datetime.date | None:
    """The day of a talk. Raises `UnreadableCaptions` where it is none."""
    if not details.date:
        return None
    try:
        return datetime.date.fromisoformat(details.date)
    except ValueError as error:
        raise UnreadableCaptions(
            "the date is no day", file=file, excerpt=f"date: {details.date}"[:72], expected="a day such as 2026-11-22"
        ) from error


def write_folder(folder: TalkFolder) -> dict[str, str]:
    """The files of a talk folder by name."""
    return write_talk_folder(folder)


def differences(old: TalkFolder, new: TalkFolder) -> tuple[str, ...]:
    """The names of what is different: fields of the details, then ``transcript`` and ``report``."""
    changed = [
        field.name
        for field in fields(TalkDetails)
        if getattr(old.details, field.name) != getattr(new.details, field.name)
    ]
    changed += ["transcript"] if old.transcript != new.transcript else []
    changed += ["report"] if old.report != new.report else []
    return tuple(changed)


def render(transcript: Transcript, *, kind: str) -> str:
    """The transcript as a file of this kind, one of vtt, srt, txt, json, podcast-json and chapters."""
    return _WRITERS[kind](transcript)
