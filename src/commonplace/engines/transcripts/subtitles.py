"""Cutting a transcript into subtitles that people can read.

Source: Netflix Timed Text Style Guide, English: at most two lines of 42 characters, on show between 5/6 of a second and
seven seconds, at most 20 characters a second where the pause after a cue allows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .model import Transcript

__all__ = ["LINE_CHARACTERS", "LONGEST_MS", "SHORTEST_MS", "Subtitle", "make_subtitles"]

LINE_CHARACTERS = 42
SHORTEST_MS = 833
LONGEST_MS = 7_000
CHARACTERS_A_SECOND = 20
_PAUSE_MS = 1_000
_SENTENCE_END = (".", "?", "!", "…", "。", "？", "！")
_CLAUSE_END = (",", ";", ":", "—", "–", "、")


class Subtitle(NamedTuple):
    """One cue: milliseconds, one or two lines, who speaks (None: unknown), whether a turn begins with it."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    speaker: str | None
    begins_turn: bool


def make_subtitles(transcript: Transcript) -> list[Subtitle]:
    """The subtitles of a transcript with times; an empty list for one without.

    A cue ends with its turn, its sentence, or before a pause of a second; one that would be too long ends after its
    last comma, or else when two lines are full. Every word stands in exactly one cue, in order. Linear time.
    """
    if transcript.precision == "none" or not len(transcript.words):
        return []
    subtitles: list[Subtitle] = []
    for turn in transcript.turns:
        for number, (first, stop) in enumerate(_cut_turn(transcript, turn.first_word, turn.last_word + 1)):
            words = transcript.words
            earliest = subtitles[-1].start_ms if subtitles else 0
            start = max(words.starts_ms[first], earliest)
            end = max(words.ends_ms[stop - 1], words.starts_ms[stop - 1], start + 1)
            lines = _break_lines(words.texts[first:stop])
            subtitles.append(Subtitle(start, end, lines, turn.speaker, number == 0))
    return _stretch(subtitles)


def _cut_turn(transcript: Transcript, first: int, stop: int) -> Iterator[tuple[int, int]]:
    """First word and stop of each cue among these words of one turn."""
    texts, starts, ends = transcript.words.texts, transcript.words.starts_ms, transcript.words.ends_ms
    begin, clause = first, 0
    index = first
    while index < stop:
        if index > begin and not _fits(texts[begin : index + 1], starts[begin], ends[index]):
            cut = clause if clause > begin else index
            yield begin, cut
            begin, clause, index = cut, 0, cut
            continue
        text = texts[index]
        index += 1
        pauses = index < stop and ends[index - 1] >= 0 and starts[index] - ends[index - 1] >= _PAUSE_MS
        if text.endswith(_SENTENCE_END) or pauses:
            yield begin, index
            begin, clause = index, 0
        elif text.endswith(_CLAUSE_END):
            clause = index
    if begin < stop:
        yield begin, stop


def _fits(texts: list[str], start_ms: int, end_ms: int) -> bool:
    """Whether these words go into two lines and seven seconds."""
    if end_ms - start_ms > LONGEST_MS:
        return False
    length = sum(map(len, texts)) + len(texts) - 1
    return length <= LINE_CHARACTERS or _find_break(texts) is not None


def _find_break(texts: list[str]) -> int | None:
    """After how many words the first of two lines best ends: both within 42 characters, as even as possible."""
    total = sum(map(len, texts)) + len(texts) - 1
    best, width = None, LINE_CHARACTERS + 1
    line = -1
    for count, text in enumerate(texts[:-1], start=1):
        line += len(text) + 1
        widest = max(line, total - line - 1)
        if widest < width:
            best, width = count, widest
    return best


def _break_lines(texts: list[str]) -> tuple[str, ...]:
    """One line where the words fit into it, else two; a single word longer than a line keeps a line to itself."""
    line = " ".join(texts)
    if len(line) <= LINE_CHARACTERS:
        return (line,)
    cut = _find_break(texts)
    if cut is None or (texts[0].startswith("-") and texts[cut].startswith("-")):
        return (line,)  # two lines with dashes would be two speakers
    return (" ".join(texts[:cut]), " ".join(texts[cut:]))


def _stretch(subtitles: list[Subtitle]) -> list[Subtitle]:
    """The subtitles, each on show long enough to be read, as far as the next one leaves time for it."""
    stretched = []
    for number, subtitle in enumerate(subtitles):
        characters = sum(map(len, subtitle.lines))
        wanted = max(SHORTEST_MS, characters * 1000 // CHARACTERS_A_SECOND)
        end = min(max(subtitle.end_ms, subtitle.start_ms + wanted), subtitle.start_ms + LONGEST_MS)
        if number + 1 < len(subtitles):
            following = subtitles[number + 1].start_ms
            end = max(min(end, following), subtitle.start_ms + 1)
        stretched.append(subtitle._replace(end_ms=end))
    return stretched
