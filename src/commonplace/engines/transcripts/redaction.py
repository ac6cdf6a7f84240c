"""Passages taken out of a transcript at a speaker's request: gone for good, with a mark where they stood."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, compress

from .errors import InconsistentTranscript
from .model import Redaction, Transcript, Words

__all__ = ["redact_again"]


def redact_again(transcript: Transcript, redactions: Sequence[Redaction]) -> Transcript:
    """The transcript without the words that were said in the time of these redactions, and with their marks.

    For a transcript that was made before them, or by somebody else: whatever words it holds there, none stay. A word
    belongs to a redaction in whose time its middle lies. A redaction without times cannot be found again: the
    transcript must carry its mark. Linear in words times redactions. Raises `InconsistentTranscript` where a mark is
    missing and no time tells where it belongs.
    """
    words = transcript.words
    missing = list(redactions)
    for mark in transcript.redactions:
        same = next((one for one in missing if (one.start_ms, one.end_ms) == (mark.start_ms, mark.end_ms)), None)
        if same is not None:
            missing.remove(same)
    is_timed = any(start >= 0 for start in words.starts_ms)
    if any(one.start_ms is None or one.end_ms is None or not is_timed for one in missing):
        raise InconsistentTranscript(
            "a passage was taken out of this talk, and this transcript was made before: no time in it tells where "
            "the passage is\n  Export the talk anew and change that, or read captions that have times."
        )
    spans = [(one.start_ms, one.end_ms) for one in redactions if one.start_ms is not None and one.end_ms is not None]
    kept = [not _is_within(start, end, spans) for start, end in zip(words.starts_ms, words.ends_ms, strict=True)]
    places = list(accumulate(kept, initial=0))
    marks = [replace(mark, first_word=places[mark.first_word]) for mark in transcript.redactions]
    for one in missing:
        before = sum(0 <= start < (one.start_ms or 0) for start in compress(words.starts_ms, kept))
        marks.append(replace(one, first_word=before))
    return _keep_words(transcript, kept, places, sorted(marks, key=lambda mark: (mark.first_word, mark.start_ms or 0)))


def _is_within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    middle = (start + max(start, end)) / 2
    return start >= 0 and any(first <= middle <= last for first, last in spans)


def _keep_words(
    transcript: Transcript, kept: Sequence[bool], places: Sequence[int], redactions: Sequence[Redaction]
) -> Transcript:
    words, count = transcript.words, places[-1]
    turns = [
        replace(turn, first_word=places[turn.first_word], last_word=places[turn.last_word + 1] - 1)
        for turn in transcript.turns
        if places[turn.last_word + 1] > places[turn.first_word]
    ]
    chapters = [
        replace(chapter, first_word=min(places[chapter.first_word], count - 1) if count else None)
        if chapter.first_word is not None
        else chapter
        for chapter in transcript.chapters
    ]
    corrections = [one for one in transcript.corrections if all(kept[one.first_word : one.last_word + 1])]
    loops = [one for one in transcript.loops if all(kept[one.first_word : one.last_word + 1])]
    return replace(
        transcript,
        words=Words(
            list(compress(words.texts, kept)),
            array("q", compress(words.starts_ms, kept)),
            array("q", compress(words.ends_ms, kept)),
        ),
        turns=tuple(turns),
        chapters=tuple(chapters),
        corrections=tuple(
            replace(one, first_word=places[one.first_word], last_word=places[one.last_word]) for one in corrections
        ),
        loops=tuple(replace(one, first_word=places[one.first_word], last_word=places[one.last_word]) for one in loops),
        paragraphs=tuple(sorted({places[first] for first in transcript.paragraphs if places[first] < count})),
        redactions=tuple(redactions),
    )
