"""Splitting a transcript into paragraphs of a length that people like to read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, pairwise

from .model import Chapter, Transcript

__all__ = ["LONGEST_PARAGRAPH", "SHORTEST_PARAGRAPH", "find_chapter_word", "split_paragraphs"]

SHORTEST_PARAGRAPH = 60
LONGEST_PARAGRAPH = 120
"""Words. Between these two the best place is taken."""

_SENTENCE_END = (".", "?", "!", "…", '."', '?"', ".”", "?”", "。", "？", "！", "。」")
_SENTENCE_BONUS_MS = 3_000
"""The end of a sentence is worth as much as a pause of three seconds in the middle of one."""


def split_paragraphs(transcript: Transcript) -> Transcript:
    """The transcript with its paragraphs.

    A paragraph begins with each turn and each chapter, and a recogniser's loop has its own, so that a page can fold it
    and nothing else. A longer stretch is split between 60 and 120 words, where a
    sentence ends or, in bare captions, where the pause is longest; the rest is never shorter than 60. Linear time.
    """
    count = len(transcript.words)
    bounds = {0, count, *(turn.first_word for turn in transcript.turns)}
    bounds |= {edge for loop in transcript.loops for edge in (loop.first_word, loop.last_word + 1)}
    bounds |= {word for chapter in transcript.chapters if (word := find_chapter_word(transcript, chapter)) is not None}
    reading = list(accumulate(map(_count_words, transcript.words.texts), initial=0))
    starts = [
        start for first, stop in pairwise(sorted(bounds)) for start in _split_stretch(transcript, reading, first, stop)
    ]
    return replace(transcript, paragraphs=tuple(starts))


def find_chapter_word(transcript: Transcript, chapter: Chapter) -> int | None:
    """The word a chapter begins with, by its index or else by its time; None where it has no words."""
    if chapter.first_word is not None:
        return chapter.first_word
    if chapter.start_ms is None or transcript.precision == "none":
        return None
    word = bisect_left(transcript.words.starts_ms, chapter.start_ms)
    return word if word < len(transcript.words) else None


def _count_words(text: str) -> int:
    """How many words a reader sees in a token: scripts without spaces put a whole line into one, at two signs a word."""
    return 1 if len(text) <= 12 or text.isascii() else len(text) // 2


def _split_stretch(transcript: Transcript, reading: list[int], first: int, stop: int) -> Iterator[int]:
    """The first words of the paragraphs among these words; ``reading`` counts the reader's words before each."""
    yield first
    while reading[stop] - reading[first] > LONGEST_PARAGRAPH:
        earliest = bisect_left(reading, reading[first] + SHORTEST_PARAGRAPH, first + 1, stop)
        most = min(reading[first] + LONGEST_PARAGRAPH, reading[stop] - SHORTEST_PARAGRAPH)
        latest = bisect_left(reading, most, first + 1, stop)
        if earliest >= stop:
            return
        first = max(range(earliest, max(latest, earliest) + 1), key=lambda word: _judge_break(transcript, word))
        if first >= stop:
            return
        yield first


def _judge_break(transcript: Transcript, word: int) -> int:
    """How good it is to begin a paragraph with this word: the pause before it, and whether a sentence ends there."""
    words = transcript.words
    pause = max(0, words.starts_ms[word] - words.ends_ms[word - 1]) if words.ends_ms[word - 1] >= 0 else 0
    return pause + (_SENTENCE_BONUS_MS if words.texts[word - 1].endswith(_SENTENCE_END) else 0)
