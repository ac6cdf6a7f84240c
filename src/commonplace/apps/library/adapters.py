"""Rows of the library and values of the transcript engine, both ways."""

from __future__ import annotations

import datetime
import json
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain, pairwise
from typing import Any, cast
from urllib.parse import urlsplit

from commonplace.engines.transcripts import (
    FORMATS_BY_NAME,
    Change,
    Chapter,
    Correction,
    InconsistentTranscript,
    Loop,
    Merge,
    OtherTranscript,
    Placement,
    Precision,
    ReadReport,
    Redaction,
    Source,
    TalkDetails,
    TalkFolder,
    Transcript,
    Turn,
    UnreadableCaptions,
    Words,
    align_paragraphs,
    align_words,
    is_language_tag,
    merge_words,
    read_captions,
    read_file_name,
    read_talk_folder,
    redact_again,
    revise_words,
    split_paragraphs,
    split_paragraphs_beside,
    walk_paragraphs,
    write_chapters,
    write_talk_folder,
    write_text,
)
from commonplace.engines.transcripts import place_words as place_changes
from commonplace.engines.transcripts.restoration import restore_transcript

from . import models

__all__ = [
    "NOTHING_SAID",
    "InconsistentTranscript",
    "Merge",
    "OtherTranscript",
    "Placement",
    "Recognised",
    "Rows",
    "TalkDetails",
    "TalkFolder",
    "Transcript",
    "UnreadableCaptions",
    "Words",
    "align_paragraphs",
    "clean_text",
    "describe_problem",
    "details_of",
    "differences",
    "find_differences",
    "flatten_times",
    "folder_of",
    "is_language_tag",
    "is_on_the_web",
    "merge_words",
    "place_removal",
    "place_words",
    "read_date",
    "read_file_name",
    "read_folder",
    "read_transcript",
    "recognise",
    "redact",
    "render",
    "revise_words",
    "rows_of",
    "split_paragraphs_beside",
    "transcript_of",
    "words_of",
    "write_folder",
]

_NOT_STORED = re.compile(r"[\x00\ud800-\udfff]")
"""PostgreSQL keeps no NUL, and no database half a surrogate pair."""

_COUNTS = tuple(field.name for field in fields(ReadReport) if field.type == "int")

_MOST_PEOPLE = 200
_MOST_LANGUAGES = 20
_MOST_RECORDINGS = 20
_MOST_CHAPTERS = 1_000
"""A page of 40,000 took a quarter of a minute to make, and PostgreSQL counts their positions to 32,767 only."""

_PREVIEW_WORDS = 120
_NAMED = 12
"""Speakers that are told by name; whoever has more has labels, not names."""

_LONGEST_NAME = 200
"""Characters; what is longer is no name and no title."""

_PLACEHOLDER = re.compile(r"[\[(]?(?:speaker|spk|unknown(?: speaker)?|voice|guest)[ _-]?\w{0,3}[\])]?", re.IGNORECASE)
"""What machines write where they do not know a name."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What captions hold, for the eyes of whoever hands them in.

    ``format`` is its name for people. ``speakers`` are the first names in order, ``speaker_count`` counts all labels,
    those included that machines make up. ``counts`` are the numbers of the report that are not 0, ``notes`` its
    sentences. ``preview`` holds the speaker, start in milliseconds and words of the first paragraphs.
    """

    format: str
    words: int
    duration_ms: int | None
    precision: str
    title: str
    language: str
    speakers: Sequence[str]
    speaker_count: int
    chapters: int
    counts: Mapping[str, int]
    notes: Sequence[str]
    preview: Sequence[tuple[str, int | None, str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """A transcript as rows that are not saved yet; save the transcript and the turns before the paragraphs."""

    transcript: models.Transcript
    turns: list[models.Turn]
    paragraphs: list[models.Paragraph]
    chapters: list[models.Chapter]
    corrections: list[models.Correction]


def read_transcript(
    data: bytes, name: str, *, speakers: Sequence[str] = (), hosts: Sequence[str] = ()
) -> tuple[Transcript, dict[str, Any]]:
    """The transcript in captions of any format, in paragraphs, and the report of what was changed.

    Bare captions are restored, which takes a second and a half for an hour of talk; ``speakers`` and ``hosts`` are the
    names of those who may speak in them. Raises `UnreadableCaptions`.
    """
    reading = read_captions(data, name)
    transcript, restoration = restore_transcript(reading.transcript, speakers=speakers, hosts=hosts)
    if not restoration.words_restored:
        transcript = split_paragraphs(transcript)
    return transcript, reading.report.as_dict() | {"restoration": restoration.as_dict()}


def recognise(data: bytes, name: str) -> Recognised:
    """What these captions hold; takes the time of reading them, about a quarter of a second a megabyte.

    Raises `UnreadableCaptions`, also where they could be read and not be kept.
    """
    reading = read_captions(data, name)
    transcript, report = split_paragraphs(reading.transcript), reading.report
    try:
        _check_texts(transcript)
    except InconsistentTranscript as error:
        raise UnreadableCaptions(str(error).partition("\n")[0], file=name) from error
    if len(transcript.chapters) > _MOST_CHAPTERS:
        raise UnreadableCaptions(
            f"the captions have {len(transcript.chapters):,} chapters",
            file=name,
            expected=f"at most {_MOST_CHAPTERS:,}: they stand beside the page",
        )
    labels = list(dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker))
    names = [label for label in labels if len(label) <= _LONGEST_NAME and not _PLACEHOLDER.fullmatch(label)]
    return Recognised(
        format=FORMATS_BY_NAME[report.format].title,
        words=len(transcript.words),
        duration_ms=transcript.duration_ms,
        precision=transcript.precision,
        title=" ".join((transcript.title or "").split())[:_LONGEST_NAME],
        language=transcript.language or "",
        speakers=names[:_NAMED],
        speaker_count=len(labels),
        chapters=len(transcript.chapters),
        counts={key: getattr(report, key) for key in _COUNTS if getattr(report, key)} | {"loops": len(report.loops)},
        notes=[clean_text(note)[:500] for note in report.notes[:5]],
        preview=list(_preview(transcript)),
    )


def describe_problem(error: UnreadableCaptions) -> dict[str, Any]:
    """Why captions could not be read, as a row keeps it: what, where, what was expected, what to do."""
    return {
        "problem": clean_text(error.problem),
        "line": error.line,
        "column": error.column,
        "excerpt": clean_text(error.excerpt),
        "expected": clean_text(error.expected),
        "advice": clean_text(error.advice),
    }


def clean_text(text: str) -> str:
    """The text, with a mark in the place of each character that a database would not keep."""
    return _NOT_STORED.sub("\ufffd", text)


def details_of(values: Mapping[str, Any]) -> TalkDetails:
    """The details of a talk from a JSON object that was made of some."""
    known: dict[str, Any] = {"title": ""}
    known |= {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return TalkDetails(**known)


def _preview(transcript: Transcript) -> Iterator[tuple[str, int | None, str]]:
    left = _PREVIEW_WORDS
    for paragraph in walk_paragraphs(transcript):
        words = transcript.words.texts[paragraph.first_word : paragraph.stop][:left]
        left -= len(words)
        # A line without spaces is one word, however long it is.
        speaker = (paragraph.speaker or "")[:_LONGEST_NAME] if paragraph.begins_turn else ""
        yield speaker, paragraph.start_ms, " ".join(words)[:1500]
        if left <= 0:
            return


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
        redactions=[[one.first_word, one.start_ms, one.end_ms] for one in transcript.redactions],
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
                times=flatten_times(words[first:after]),
                start_ms=begun[0] if begun else None,
                end_ms=ended[-1] if ended else None,
                begins_paragraph=first in given,
            )
        )
    return rows


def flatten_times(words: Words) -> list[int | None]:
    """The times of these words as a paragraph keeps them."""
    times: list[int | None] = [None] * (2 * len(words))
    times[0::2] = [time if time >= 0 else None for time in words.starts_ms]
    times[1::2] = [time if time >= 0 else None for time in words.ends_ms]
    return times if any(time is not None for time in times) else []


def words_of(text: str, times: Sequence[int | None]) -> Words:
    """The words of a paragraph's text and times."""
    texts = text.split(" ") if text else []
    filled = [-1 if time is None else time for time in times] or [-1] * (2 * len(texts))
    return Words(texts, array("q", filled[0::2]), array("q", filled[1::2]))


def place_words(old: Words, new: Words) -> Placement:
    """Where each of the old words stands among the new ones."""
    return place_changes(align_words(old.texts, new.texts), len(old))


def place_removal(count: int, first: int, stop: int) -> Placement:
    """Where each of ``count`` words stands once those from ``first`` up to but without ``stop`` are gone."""
    return place_changes([Change(first, stop, first, first)], count)


def redact(transcript: Transcript, redactions: Iterable[Sequence[int | None]]) -> Transcript:
    """The transcript without the passages that a transcript's ``redactions`` name.

    Raises `InconsistentTranscript` where they cannot be found in it.
    """
    return redact_again(transcript, [Redaction(word or 0, start, end) for word, start, end in redactions])


def find_differences(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Two texts as one, in pieces: ``same``, ``deleted`` or ``inserted``, and the words of each."""
    old, new = before.split(), after.split()
    pieces, done = [], 0
    for change in align_words(old, new):
        pieces.append(("same", old[done : change.old_first]))
        pieces.append(("deleted", old[change.old_first : change.old_stop]))
        pieces.append(("inserted", new[change.new_first : change.new_stop]))
        done = change.old_stop
    pieces.append(("same", old[done:]))
    return tuple((kind, " ".join(words)) for kind, words in pieces if words)


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
        if match := _NOT_STORED.search(text):
            place = match.start()
            raise InconsistentTranscript(
                f"the character U+{ord(match[0]):04X} stands in {text[max(0, place - 30) : place + 30]!r}, "
                "and no database keeps it\n  Take it out, or read the captions once more."
            )


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
        words = words_of(paragraph.text, paragraph.times)
        texts.extend(words.texts)
        starts.extend(words.starts_ms)
        ends.extend(words.ends_ms)
    if begins and begins[0] > 0:
        begins.insert(0, 0)  # the paragraph before it, which began there, has lost all its words
    rows = [turn for turn in turns if turn.pk in first_words]
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
        redactions=tuple(Redaction(*redaction) for redaction in row.redactions),
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
    recordings: Sequence[str],
    transcript: Transcript | None,
    report: Mapping[str, Any],
    others: Iterable[OtherTranscript] = (),
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
            recording=next(iter(recordings), None),
            more_recordings=tuple(recordings[1:]),
            language=talk.language or None,
            topics=tuple(talk.topics),
            description=talk.description,
        ),
        transcript=transcript or NOTHING_SAID,
        report=dict(report),
        others=tuple(sorted(others, key=lambda other: other.transcript.language or "")),
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
    _check_recordings(details, file=f"{slug}/talk.md")
    if len(details.speakers) + len(details.hosts) > _MOST_PEOPLE:
        raise UnreadableCaptions(
            f"{len(details.speakers) + len(details.hosts):,} people speak and host",
            file=f"{slug}/talk.md",
            expected=f"at most {_MOST_PEOPLE:,}: they stand in one line of the page",
        )
    _check_transcript(transcript, folder.report, slug=slug, language="")
    if len(folder.others) > _MOST_LANGUAGES:
        raise UnreadableCaptions(
            f"the talk has transcripts in {len(folder.others):,} further languages",
            file=slug,
            expected=f"at most {_MOST_LANGUAGES}: they stand in one line of the page",
        )
    for other in folder.others:
        _check_transcript(other.transcript, other.report, slug=slug, language=f".{other.transcript.language}")
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
        transcript=_without_empty_texts(transcript),
        others=tuple(replace(other, transcript=_without_empty_texts(other.transcript)) for other in folder.others),
    )


def _without_empty_texts(transcript: Transcript) -> Transcript:
    return replace(
        transcript,
        language=transcript.language or None,
        title=transcript.title or None,
        turns=tuple(replace(turn, speaker=turn.speaker or None) for turn in transcript.turns),
    )


def _check_recordings(details: TalkDetails, *, file: str) -> None:
    recordings = [details.recording, *details.more_recordings]
    if len(recordings) > _MOST_RECORDINGS:
        expected = f"at most {_MOST_RECORDINGS}: they stand in one line of the page"
        raise UnreadableCaptions(f"the talk has {len(recordings):,} recordings", file=file, expected=expected)
    for recording in recordings:
        if recording and not is_on_the_web(recording):
            raise UnreadableCaptions(
                "the recording is no address on the web",
                file=file,
                excerpt=recording[:72],
                expected="an address that begins with https://, of at most 2,000 characters",
            )
    if details.more_recordings and not details.recording:
        raise UnreadableCaptions(
            "more_recordings without a recording", file=file, expected="the first one as recording"
        )


def _check_transcript(transcript: Transcript, report: Mapping[str, Any], *, slug: str, language: str) -> None:
    if len(transcript.chapters) > _MOST_CHAPTERS:
        raise UnreadableCaptions(
            f"the talk has {len(transcript.chapters):,} chapters",
            file=f"{slug}/transcript{language}.json",
            expected=f"at most {_MOST_CHAPTERS:,}: they stand beside the page",
        )
    _check_report(report, file=f"{slug}/report{language}.json")
    _check_texts(transcript)


def is_on_the_web(url: str) -> bool:
    """Whether this can be the address of a recording: http or https, a host, at most 2,000 characters."""
    try:
        return url.startswith(("https://", "http://")) and bool(urlsplit(url).hostname) and len(url) <= 2000
    except ValueError:  # brackets that hold no address of IPv6
        return False


def _check_report(report: Mapping[str, Any], *, file: str) -> None:
    """Refuse a report that the talk's page could not tell; keys that it does not know may hold what they like."""
    wrong = [key for key in _COUNTS if not isinstance(report.get(key, 0), int) or not 0 <= report.get(key, 0) < 2**53]
    wrong += [key for key in ("loops", "notes") if not isinstance(report.get(key, []), list)]
    if wrong:
        raise UnreadableCaptions(
            f"{wrong[0]} is {str(report[wrong[0]])[:40]!r}",
            file=file,
            expected="a list" if wrong[0] in {"loops", "notes"} else "a whole number from 0",
            advice="Repair the file by hand, or delete it: the talk is whole without it.",
        )
    try:
        _check_texts(NOTHING_SAID, [json.dumps(report, ensure_ascii=False, allow_nan=False)])
    except ValueError as error:
        raise UnreadableCaptions("a number is none", file=file, expected="JSON without NaN and Infinity") from error


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
    """The names of what is different: fields of the details, then ``transcript``, ``report`` and other languages."""
    changed = [
        field.name
        for field in fields(TalkDetails)
        if getattr(old.details, field.name) != getattr(new.details, field.name)
    ]
    changed += ["transcript"] if old.transcript != new.transcript else []
    changed += ["report"] if old.report != new.report else []
    spoken_before, spoken = ({other.transcript.language: other for other in one.others} for one in (old, new))
    languages = sorted(language for language in spoken_before | spoken if language)
    changed += [f"transcript.{one}" for one in languages if spoken_before.get(one) != spoken.get(one)]
    return tuple(changed)


def render(transcript: Transcript, *, kind: str) -> str:
    """The transcript as a file of this kind, one of vtt, srt, txt, json, podcast-json and chapters."""
    return _WRITERS[kind](transcript)
