"""WhisperX's JSON: aligned words, some without times (digits and symbols), each perhaps with a speaker of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any, NamedTuple

from ..document import Document
from ..syntax.json_values import Record, read_records, read_root
from ..syntax.timed_words import join_pieces, time_words
from .base import Cue, Details, Format, Item, TimedWord

__all__ = ["FORMAT"]

_OWN_KEYS = {"score", "speaker"}


def looks_like(document: Document) -> bool:
    """Whether the words of segments have scores or speakers, or the file lists its words once more by themselves."""
    value = document.json
    if isinstance(value, dict):
        if isinstance(value.get("word_segments"), list):
            return True
        value = value.get("segments")
    return isinstance(value, list) and any(map(_has_aligned_words, islice(value, 20)))


def read(document: Document) -> Iterator[Item]:
    """A cue for each segment; several where the speaker of its words changes."""
    root = read_root(document)
    if isinstance(root, list):
        segments = read_records(document, root, ())
    else:
        whole = Record(document, (), root)
        yield Details(language=whole.text("language") or None)
        if root.get("segments"):
            segments = whole.records("segments")
        else:
            segments = iter([Record(document, (), {"words": root.get("word_segments")})])
    for segment in segments:
        yield from _read_segment(segment)


class _SpokenWord(NamedTuple):
    word: TimedWord
    speaker: str | None


def _has_aligned_words(segment: Any) -> bool:
    words = segment.get("words") if isinstance(segment, dict) else None
    return isinstance(words, list) and any(isinstance(w, dict) and not _OWN_KEYS.isdisjoint(w) for w in words[:50])


def _read_segment(segment: Record) -> Iterator[Cue]:
    """The cues of a segment: one for each run of words of one speaker."""
    start, end, text = segment.seconds("start"), segment.seconds("end"), segment.text("text")
    words = list(_read_words(segment))
    by_speaker = groupby(words, lambda spoken: spoken.speaker)
    runs = [(speaker, [spoken.word for spoken in run]) for speaker, run in by_speaker]
    texts = _cut_text(text, [sum(len(_letters(word.text)) for word in run) for _, run in runs])
    if texts is None and len(text.split()) > len(words):
        yield Cue(start, end, text, speaker=segment.speaker())
        return
    last = len(runs) - 1
    for number, (speaker, run) in enumerate(runs):
        said = texts[number] if texts else " ".join(word.text for word in run)
        timed = time_words(said, run) if texts else join_pieces(run)
        begin = start if number == 0 else next((word.start_ms for word in run if word.start_ms is not None), None)
        stop = end if number == last else next((word.end_ms for word in reversed(run) if word.end_ms is not None), None)
        yield Cue(begin, stop, said.strip(), speaker=speaker, words=timed)


def _read_words(segment: Record) -> Iterator[_SpokenWord]:
    """The words; one without a speaker has that of the word before, else of the first one after, else the segment's."""
    words = [
        _SpokenWord(TimedWord(entry.text("word"), entry.seconds("start"), entry.seconds("end")), entry.speaker())
        for entry in segment.records("words")
    ]
    speaker = next((word.speaker for word in words if word.speaker), segment.speaker())
    for word in words:
        speaker = word.speaker or speaker
        if word.word.text.strip():
            yield word._replace(speaker=speaker)


def _letters(text: str) -> str:
    return "".join(text.split())


def _cut_text(text: str, lengths: list[int]) -> list[str] | None:
    """The text in stretches of so many characters, spaces not counted; None where it has not exactly as many."""
    if len(_letters(text)) != sum(lengths) or not text.strip():
        return None
    stretches: list[str] = []
    place = 0
    for length in lengths:
        begin, left = place, length
        while left:
            left -= not text[place].isspace()
            place += 1
        stretches.append(text[begin:place])
    return stretches


FORMAT = Format(
    name="whisperx-json",
    title="WhisperX JSON",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
