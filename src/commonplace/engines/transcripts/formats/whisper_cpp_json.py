"""whisper.cpp's JSON, short (``-oj``) and full (``-ojf``): the full one times tokens, several of which make a word."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Document
from ..syntax.json_values import Record, read_records, read_root
from ..syntax.timed_words import join_broken_words, time_words
from ..syntax.times import read_clock
from ..syntax.whisper_cpp_segments import Segment, is_special, read_segments
from .base import Cue, Details, Format, Item, TimedWord

__all__ = ["FORMAT"]


def looks_like(document: Document) -> bool:
    """Whether this is an object whose ``transcription`` lists segments with offsets or timestamps."""
    value = document.json
    segments = value.get("transcription") if isinstance(value, dict) else None
    if not isinstance(segments, list):
        return False
    if not segments:
        return "result" in value or "params" in value
    return isinstance(segments[0], dict) and not segments[0].keys().isdisjoint({"offsets", "timestamps"})


def read(document: Document) -> Iterator[Item]:
    """A cue for each segment; its words are timed where the file has tokens."""
    root = Record(document, (), read_root(document))
    yield Details(language=root.record("result").text("language") or None)
    segments = read_records(document, root.values.get("transcription"), ("transcription",))
    yield from join_broken_words(map(_time_tokens, read_segments(map(_read_segment, segments))))


def _read_segment(segment: Record) -> Segment:
    start, end = _read_times(segment)
    tokens = tuple(_read_tokens(segment))
    cue = Cue(start, end, segment.text("text"), speaker=segment.speaker(), words=tokens or None)
    return Segment(cue, turn_follows=segment.values.get("speaker_turn_next") is True)


def _read_times(entry: Record) -> tuple[int | None, int | None]:
    """Start and end in milliseconds, from the offsets or else from the clock times with their comma."""
    offsets = entry.record("offsets")
    start, end = offsets.milliseconds("from"), offsets.milliseconds("to")
    clocks = entry.record("timestamps")
    return (
        _read_clock(clocks, "from") if start is None else start,
        _read_clock(clocks, "to") if end is None else end,
    )


def _read_clock(clocks: Record, key: str) -> int | None:
    text = clocks.text(key)
    time = read_clock(text)
    if text and time is None:
        raise clocks.fault(key, "a clock time, such as 00:00:04,000")
    return time


def _read_tokens(segment: Record) -> Iterator[TimedWord]:
    for token in segment.records("tokens"):
        text = token.text("text")
        if text and not is_special(text):
            yield TimedWord(text, *_read_times(token))


def _time_tokens(item: Item) -> Item:
    """The cue with words for its tokens."""
    if not isinstance(item, Cue) or item.words is None:
        return item
    return item._replace(words=time_words(item.text, item.words))


FORMAT = Format(
    name="whisper-cpp-json",
    title="whisper.cpp JSON",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
