"""YouTube's json3: timed text as JSON, with the time of each word where YouTube recognised the speech itself.

The format has no public standard. An event is a line on show; ``segs`` are its words, each with the space before it and
``tOffsetMs`` after the event's ``tStartMs`` (none for the first). Events without ``segs`` describe windows, and those
with ``aAppend`` hold only a line break.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from .base import Cue, Format, Item, TimedWord
from .document import Document
from .json_values import Record, read_records, read_root

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
        words = tuple(_time_words(segments, start)) if timed and start is not None else None
        yield Cue(start, end, text.strip(), words=words)


def _time_words(segments: list[Record], start_ms: int) -> Iterator[TimedWord]:
    """The words of the segments; a segment that begins without a space continues the word before it."""
    held = TimedWord("", None)
    for segment in segments:
        text = segment.text("utf8")
        time = start_ms + (segment.milliseconds("tOffsetMs") or 0)
        for place, token in enumerate(text.split()):
            if place == 0 and held.text and not text[0].isspace():
                held = held._replace(text=held.text + token)
                continue
            if held.text:
                yield held
            marked = held.text in _SPEAKER_MARKS and place == 1
            held = TimedWord(token, time if place == 0 or marked else None)
        if text[-1:].isspace() and held.text:
            yield held
            held = TimedWord("", None)
    if held.text:
        yield held


FORMAT = Format(
    name="json3",
    title="YouTube timed text, JSON (json3)",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
