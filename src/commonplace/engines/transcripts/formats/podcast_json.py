"""Podcasting 2.0 transcripts as JSON: segments of any length, perhaps a word each.

The podcast namespace's transcript page: ``speaker`` may be left out while it stays the same, a line feed in ``body``
ends a paragraph, ``startTime`` and ``endTime`` are seconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ..document import Document
from ..model import Transcript, Turn
from ..syntax.json_values import Record, read_records, read_root
from ..syntax.timed_words import time_single_words
from .base import Cue, Format, Item

__all__ = ["FORMAT", "write"]

_SENTENCE_END = frozenset(".?!…。？！")

_SEGMENT_WORDS = 20
"""Eight seconds of speech: what a player can show at once where no sentence ends sooner."""


def looks_like(document: Document) -> bool:
    """Whether this is an object with a version, and segments that have a body and a start time."""
    value = document.json
    segments = value.get("segments") if isinstance(value, dict) else None
    if not isinstance(segments, list):
        return False
    if not segments:
        return isinstance(value.get("version"), str)
    return all(
        isinstance(segment, dict) and "body" in segment and not segment.keys().isdisjoint({"startTime", "endTime"})
        for segment in islice(segments, 5)
    )


def read(document: Document) -> Iterator[Item]:
    """A cue for each segment; in a file of one-word segments their times are the words'."""
    root = read_root(document)
    return time_single_words(_read_segments(read_records(document, root.get("segments"), ("segments",))))


def _read_segments(segments: Iterator[Record]) -> Iterator[Item]:
    speaker: str | None = None
    for segment in segments:
        if "speaker" in segment.values:
            speaker = segment.speaker()
        body = segment.text("body")
        if body.strip():
            yield Cue(segment.seconds("startTime"), segment.seconds("endTime"), body, speaker=speaker)


def write(transcript: Transcript) -> str:
    """The transcript as Podcasting 2.0 JSON, a segment a line.

    Segments are words where words have times of their own; else sentences, cut at 20 words; without times, paragraphs.
    An empty ``speaker`` says that nobody knows who begins to speak.
    """
    lines: list[str] = []
    breaks = frozenset(transcript.paragraphs)
    speaker: str | None = None
    for turn in transcript.turns or (Turn(None, 0, len(transcript.words) - 1),):
        for first, last in _cut_turn(transcript, turn, breaks):
            segment: dict[str, Any] = {}
            if turn.speaker != speaker:
                segment["speaker"] = turn.speaker or ""
                speaker = turn.speaker
            _add_times(segment, transcript, first, last)
            segment["body"] = " ".join(transcript.words.texts[first : last + 1]) + "\n" * (last + 1 in breaks)
            lines.append(json.dumps(segment, ensure_ascii=False))
    return '{"version": "1.0.0", "segments": [\n' + ",\n".join(lines) + "\n]}\n"


def _cut_turn(transcript: Transcript, turn: Turn, breaks: frozenset[int]) -> Iterator[tuple[int, int]]:
    """First and last words of the segments of a turn."""
    texts = transcript.words.texts
    first = turn.first_word
    for index in range(turn.first_word, turn.last_word + 1):
        ends = index == turn.last_word or index + 1 in breaks or transcript.precision == "word"
        if not ends and transcript.precision != "none":
            ends = texts[index][-1] in _SENTENCE_END or index + 1 - first == _SEGMENT_WORDS
        if ends:
            yield first, index
            first = index + 1


def _add_times(segment: dict[str, Any], transcript: Transcript, first: int, last: int) -> None:
    """Start and end in seconds; a segment whose last word has no end lasts until the next word starts."""
    start_ms = transcript.words[first].start_ms
    end_ms = transcript.words[last].end_ms
    if end_ms is None and last + 1 < len(transcript.words):
        end_ms = transcript.words[last + 1].start_ms
    if start_ms is not None:
        segment["startTime"] = start_ms / 1000
    if end_ms is not None:
        segment["endTime"] = end_ms / 1000


FORMAT = Format(
    name="podcast-json",
    title="Podcasting 2.0 JSON",
    precision="cue",
    looks_like=looks_like,
    read=read,
    write=write,
    suffix=".json",
)
