"""YouTube's json3: timed text as JSON, with the time of each word where YouTube recognised the speech itself.

The format has no public standard. An event is a line on show; ``segs`` are its words, each with the space before it and
``tOffsetMs`` after the event's ``tStartMs`` (none for the first). Events without ``segs`` describe windows, and those
with ``aAppend`` hold only a line break.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ..document import Document
from ..syntax.json_values import Record, read_records, read_root
from ..syntax.timed_words import time_words
from .base import Cue, Format, Item, TimedWord

__all__ = ["FORMAT"]

_SPEAKER_MARKS = (">>>", ">>")


def looks_like(document: Document) -> bool:
    """Whether this is an object with events that start at milliseconds."""
    value = document.json
    events = value.get("events") if isinstance(value, dict) else None
    if not isinstance(events, list):
        return False
    starts = any(isinstance(event, dict) and "tStartMs" in event for event in islice(events, 100))
    return starts or value.get("wireMagic") == "pb3"


def read(document: Document) -> Iterator[Item]:
    """A cue for each event that holds text; with words where YouTube timed them."""
    root = read_root(document)
    for event in read_records(document, root.get("events"), ("events",)):
        segments = list(event.records("segs"))
        text = "".join(segment.text("utf8") for segment in segments)
        if not text.strip():
            continue
        start = event.milliseconds("tStartMs")
        duration = event.milliseconds("dDurationMs")
        end = None if start is None or duration is None else start + duration
        timed = any("tOffsetMs" in segment.values for segment in segments) or len(text.split()) == 1
        words = _time_words(text, segments, start) if timed and start is not None else None
        yield Cue(start, end, text.strip(), words=words)


def _time_words(text: str, segments: list[Record], start_ms: int) -> tuple[TimedWord, ...]:
    """The words of the segments; the time of a mark such as ``>>`` is that of the word behind it."""
    pieces = [
        TimedWord(segment.text("utf8"), start_ms + (segment.milliseconds("tOffsetMs") or 0)) for segment in segments
    ]
    words = time_words(text, pieces) or ()
    marks = [TimedWord("", None), *words]
    return tuple(
        word._replace(start_ms=mark.start_ms) if mark.text in _SPEAKER_MARKS and word.start_ms is None else word
        for mark, word in zip(marks, words, strict=False)
    )


FORMAT = Format(
    name="json3",
    title="YouTube timed text, JSON (json3)",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
