"""The sentences of a reference: what rates are resampled by, and what is shown beside each other."""

from __future__ import annotations

import re
from bisect import bisect_left

from ..model import Transcript
from .normalisation import Tokens

__all__ = ["LONGEST_SEGMENT", "find_segment_stops", "stop_tokens"]

LONGEST_SEGMENT = 50
"""Words; text without punctuation is cut after so many."""

_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]）」』]*\Z")


def find_segment_stops(transcript: Transcript) -> list[int]:
    """The end of each segment, as the index of the word after it: sentences, cut where a turn or paragraph ends.

    Empty for a transcript without words. Linear time.
    """
    ends = {turn.last_word + 1 for turn in transcript.turns} | set(transcript.paragraphs) | {len(transcript.words)}
    stops: list[int] = []
    start = 0
    for stop, text in enumerate(transcript.words.texts, 1):
        if stop in ends or stop - start >= LONGEST_SEGMENT or _SENTENCE_END.search(text):
            stops.append(stop)
            start = stop
    return stops


def stop_tokens(tokens: Tokens, word_stops: list[int], offset: int) -> list[int]:
    """The segments' ends counted in tokens; ``offset`` is the transcript's index of the first word tokenised."""
    return [bisect_left(tokens.firsts, stop - offset) for stop in word_stops]
