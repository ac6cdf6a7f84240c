"""Splitting a transcript into paragraphs of a length that people like to read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, pairwise

from .model import Chapter, Transcript

__all__ = ["LEAST_WORDS", "MOST_WORDS", "SENTENCE_END", "find_bounds", "find_chapter_word", "split_paragraphs"]

_COMFORTABLE = range(60, 121)
"""Words of a paragraph that people like to read."""

LEAST_WORDS, MOST_WORDS = 30, 160
"""How short and how long a paragraph of a long turn may be where that keeps a sentence whole."""

SENTENCE_END = (".", "?", "!", "…", '."', '?"', ".”", "?”", "。", "？", "！", "。」")
_SENTENCE_BONUS_MS = 10_000
"""The end of a sentence is worth more than any pause in the middle of one."""

_STRAIN_MS = 2_000
"""What an uncomfortable length costs: in bare captions only a pause longer than this is worth it."""


def split_paragraphs(transcript: Transcript) -> Transcript:
    """The transcript with its paragraphs.

    A paragraph begins with each turn and each chapter, and a recogniser's loop has its own, so that a page can fold it
    and nothing else. A longer stretch is split into 60 to 120 words where it can be, 30 to 160 where that is better:
    where a sentence ends or, in bare captions, where the pause is longest. Linear time.
    """
    bounds = find_bounds(transcript)
    reading = list(accumulate(map(_count_words, transcript.words.texts), initial=0))
    starts = [
        start for first, stop in pairwise(sorted(bounds)) for start in _split_stretch(transcript, reading, first, stop)
    ]
    return replace(transcript, paragraphs=tuple(starts))


def find_bounds(transcript: Transcript) -> set[int]:
    """The words with which a paragraph begins however long it is, and the number of all words."""
    bounds = {0, len(transcript.words), *(turn.first_word for turn in transcript.turns)}
    bounds |= {edge for loop in transcript.loops for edge in (loop.first_word, loop.last_word + 1)}
    return bounds | {
        word for chapter in transcript.chapters if (word := find_chapter_word(transcript, chapter)) is not None
    }


def find_chapter_word(transcript: Transcript, chapter: Chapter) -> int | None:
    """The word a chapter begins with, by its index or else by its time; None where it has no words."""
    if chapter.first_word is not None:
        return chapter.first_word
    if chapter.start_ms is None or transcript.precision == "none":
        return None
    word = bisect_left(transcript.words.starts_ms, chapter.start_ms)
    return word if word < len(transcript.words) else None


def _count_words(text: str) -> int:
    """How many words a reader sees: scripts without spaces put a whole line into a token, at two signs a word."""
    return 1 if len(text) <= 12 or text.isascii() else len(text) // 2


def _split_stretch(transcript: Transcript, reading: list[int], first: int, stop: int) -> Iterator[int]:
    """The first words of the paragraphs among these words; ``reading`` counts the reader's words before each."""
    yield first
    while reading[stop] - reading[first] > _COMFORTABLE[-1]:
        earliest = bisect_left(reading, reading[first] + LEAST_WORDS, first + 1, stop)
        most = min(reading[first] + MOST_WORDS, reading[stop] - LEAST_WORDS)
        latest = bisect_right(reading, most, earliest, stop)
        breaks = range(earliest, min(max(latest, earliest + 1), stop))
        if not breaks:
            return
        begin = reading[first]
        first = max(breaks, key=lambda word: _judge_break(transcript, word, reading[word] - begin))
        yield first


def _judge_break(transcript: Transcript, word: int, length: int) -> int:
    """How good it is to begin a paragraph with this word, after one of that length: a pause, or what is worth one."""
    words = transcript.words
    pause = max(0, words.starts_ms[word] - words.ends_ms[word - 1]) if words.ends_ms[word - 1] >= 0 else 0
    sentence = _SENTENCE_BONUS_MS if words.texts[word - 1].endswith(SENTENCE_END) else 0
    return pause + sentence - (0 if length in _COMFORTABLE else _STRAIN_MS)
