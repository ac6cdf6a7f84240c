"""Corrections by hand: a new text laid over timed words, and two editors' texts laid over each other.

Words are aligned by what they say, never by their position, so that a word nobody touched keeps its exact times.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from .model import Words

__all__ = [
    "Change",
    "Merge",
    "Piece",
    "Placement",
    "Revised",
    "align_words",
    "join_words",
    "merge_words",
    "place_words",
    "revise_words",
]

_UNKNOWN = -1

_WORD_MS = 400
"""150 words a minute, the usual pace of a talk: an inserted word takes no more of the pause it stands in."""

_THOROUGH = 500 * 500
"""Pairs of words up to which every repeat is compared; beyond, words that make up over 1 % of the text are no anchors.

Comparing all repeats of 40,000 words would take minutes. The price: a longer rewritten stretch may be aligned a little
more coarsely, and its words get interpolated times.
"""


class Change(NamedTuple):
    """Old words ``old_first`` up to but without ``old_stop`` became new words ``new_first`` up to ``new_stop``."""

    old_first: int
    old_stop: int
    new_first: int
    new_stop: int


@dataclass(frozen=True, slots=True)
class Revised:
    """Words after a correction, and what it changed, in order."""

    words: Words
    changes: tuple[Change, ...]


class Piece(NamedTuple):
    """Some words of two texts laid over each other; both sides are the same where they agree or only one changed."""

    mine: Words
    theirs: Words
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class Merge:
    """Two texts laid over each other, piece by piece."""

    pieces: tuple[Piece, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing is disputed."""
        return not any(piece.is_disputed for piece in self.pieces)

    @property
    def words(self) -> Words:
        """All words; where two texts dispute, mine."""
        return join_words(piece.mine for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where each word of a revised stretch has gone.

    ``place`` maps an old index to the place in the new words where it stands, or would stand; it has one entry more
    than there were words, for the end. ``kept`` says of each old word whether it is still there.
    """

    place: tuple[int, ...]
    kept: tuple[bool, ...]

    def find_span(self, first: int, last: int) -> tuple[int, int] | None:
        """The new first and last index of old words, both included; None where they are not all there, side by side."""
        if not all(self.kept[first : last + 1]) or self.place[last] - self.place[first] != last - first:
            return None
        return self.place[first], self.place[last]

    def move_span(self, first: int, last: int, *, offset: int) -> tuple[int, int] | None:
        """Where a span of a transcript's words goes, both ends included, when the words from ``offset`` on are revised.

        None where a word of it was changed, or one was put between them: what was said of the span holds no more.
        """
        count, growth = len(self.kept), self.place[-1] - len(self.kept)
        stop = offset + count
        if last < offset or first >= stop:
            return (first, last) if last < offset else (first + growth, last + growth)
        if not count:
            return None if growth else (first, last)
        inner = self.find_span(max(first, offset) - offset, min(last, stop - 1) - offset)
        if inner is None or (first < offset and inner[0] > 0) or (last >= stop and inner[1] < self.place[-1] - 1):
            return None
        new_first = first if first < offset else offset + inner[0]
        return new_first, last + growth if last >= stop else offset + inner[1]

    def move_word(self, index: int, *, offset: int) -> int:
        """The index of what begins at a transcript's word, when the words from ``offset`` on are revised.

        What begins with the first of them still does; what begins at a deleted word, with what follows it.
        """
        if index < offset or (index == offset and self.kept):
            return index
        inner = min(index - offset, len(self.kept))
        return offset + self.place[inner] + (index - offset - inner)


def align_words(old: Sequence[str], new: Sequence[str]) -> tuple[Change, ...]:
    """What differs between two texts, in order.

    Linear in what both texts begin and end with, and about linear for what lies between in a paragraph of speech.
    """
    shorter = min(len(old), len(new))
    head = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    tail = next((index for index in range(shorter - head) if old[-1 - index] != new[-1 - index]), shorter - head)
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    matcher = SequenceMatcher(None, left, right, autojunk=len(left) * len(right) > _THOROUGH)
    return tuple(
        Change(head + old_first, head + old_stop, head + new_first, head + new_stop)
        for tag, old_first, old_stop, new_first, new_stop in matcher.get_opcodes()
        if tag != "equal"
    )


def revise_words(
    words: Words, new_text: str, *, earliest_ms: int | None = None, latest_ms: int | None = None
) -> Revised:
    """The words of the new text, with the times of the old words.

    A word that is still there keeps its times. As many words as they replace take the times of those; otherwise the new
    words share their time by length. Inserted words share the pause they stand in, which ``earliest_ms`` (the end of
    what precedes the words) and ``latest_ms`` (the start of what follows) bound at both ends, as far as the old words
    keep within them; where no time is known around them, they get none. An empty text leaves no words.
    """
    texts = new_text.split()
    changes = align_words(words.texts, texts)
    starts, ends = array("q"), array("q")
    done, reached = 0, _UNKNOWN
    befores, afters = _find_surroundings(words, earliest_ms, latest_ms)
    for change in changes:
        starts += words.starts_ms[done : change.old_first]
        ends += words.ends_ms[done : change.old_first]
        before = max(befores[change.old_first], reached)  # words without times may part two changes in one pause
        new_starts, new_ends = _time_change(words, texts, change, before, afters[change.old_stop])
        reached = max([reached, *new_ends[-1:]])
        starts += new_starts
        ends += new_ends
        done = change.old_stop
    starts += words.starts_ms[done:]
    ends += words.ends_ms[done:]
    return Revised(Words(texts, starts, ends), changes)


def _find_surroundings(words: Words, earliest_ms: int | None, latest_ms: int | None) -> tuple[list[int], list[int]]:
    """For each place between words, the end of the last word before it and the start of the first one after it.

    Words without times are passed over; -1 where there is none. The bounds do not cut into the words.
    """
    known = [time for time in (*words.starts_ms, *words.ends_ms) if time >= 0]
    befores = [_UNKNOWN if earliest_ms is None else min([earliest_ms, *known])]
    for start, end in zip(words.starts_ms, words.ends_ms, strict=True):
        befores.append(max(start, end) if start >= 0 else befores[-1])
    afters = [_UNKNOWN if latest_ms is None else max([latest_ms, *known])]
    for start in reversed(words.starts_ms):
        afters.append(start if start >= 0 else afters[-1])
    return befores, afters[::-1]


def _time_change(
    words: Words, texts: list[str], change: Change, before: int, after: int
) -> tuple[array[int], array[int]]:
    old_first, old_stop, new_first, new_stop = change
    count = new_stop - new_first
    if count == old_stop - old_first:
        return words.starts_ms[old_first:old_stop], words.ends_ms[old_first:old_stop]
    start, end = before, after
    if old_first < old_stop:
        start = words.starts_ms[old_first] if words.starts_ms[old_first] >= 0 else before
        end = words.ends_ms[old_stop - 1] if words.ends_ms[old_stop - 1] >= 0 else after
    elif before >= 0 and after >= 0 and old_first:
        end = min(after, before + count * _WORD_MS)
    elif before >= 0 and after >= 0:
        start = max(before, after - count * _WORD_MS)
    return _share(texts[new_first:new_stop], *_close(start, end, after))


def _close(start: int, end: int, after: int) -> tuple[int, int]:
    """A span without an unknown end that stays before what follows; -1 and -1 where neither end is known."""
    start = start if start >= 0 else end
    end = max(start, end)
    return (min(start, after), min(end, after)) if after >= 0 else (start, end)


def _share(texts: Sequence[str], start: int, end: int) -> tuple[array[int], array[int]]:
    """The times of words that share a span by their lengths, one character more for the space."""
    if start < 0:
        unknown = array("q", [_UNKNOWN] * len(texts))
        return unknown, unknown[:]
    lengths = list(accumulate((len(text) + 1 for text in texts), initial=0))
    edges = array("q", [start + (end - start) * length // lengths[-1] for length in lengths]) if texts else array("q")
    return edges[:-1], edges[1:]


def place_words(changes: Iterable[Change], count: int) -> Placement:
    """Where each of ``count`` old words has gone."""
    place: list[int] = []
    kept: list[bool] = []
    offset = 0
    for change in changes:
        unchanged = range(len(place), change.old_first)
        place += [index + offset for index in unchanged]
        kept += [True] * len(unchanged)
        place += [change.new_first] * (change.old_stop - change.old_first)
        kept += [False] * (change.old_stop - change.old_first)
        offset = change.new_stop - change.old_stop
    unchanged = range(len(place), count)
    place += [index + offset for index in unchanged]
    kept += [True] * len(unchanged)
    return Placement((*place, count + offset), tuple(kept))


def merge_words(base: Sequence[str], mine: Words, theirs: Words) -> Merge:
    """Both texts that were made of the base, laid over each other.

    Changes with an unchanged word between them go together; changes that overlap or touch are disputed, unless both
    made the same one. Unchanged words take their times from ``theirs``.
    """
    pieces = []
    done = my_growth = their_growth = 0
    for first, stop, my_change, their_change in _group(align_words(base, mine.texts), align_words(base, theirs.texts)):
        unchanged = theirs[done + their_growth : first + their_growth]
        my_words = mine[first + my_growth : stop + my_growth + my_change]
        their_words = theirs[first + their_growth : stop + their_growth + their_change]
        if my_words.texts == their_words.texts or my_words.texts == list(base[first:stop]):
            my_words = their_words
        elif their_words.texts == list(base[first:stop]):
            their_words = my_words
        pieces += [
            Piece(unchanged, unchanged, is_disputed=False),
            Piece(my_words, their_words, is_disputed=my_words.texts != their_words.texts),
        ]
        done, my_growth, their_growth = stop, my_growth + my_change, their_growth + their_change
    rest = theirs[done + their_growth :]
    pieces.append(Piece(rest, rest, is_disputed=False))
    return Merge(tuple(piece for piece in pieces if piece.mine or piece.theirs))


def _group(mine: Sequence[Change], theirs: Sequence[Change]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of the base that somebody changed: first, stop, and by how many words each text grew there."""
    changes = sorted(
        [(change.old_first, change.old_stop, _grow(change), 0) for change in mine]
        + [(change.old_first, change.old_stop, 0, _grow(change)) for change in theirs]
    )
    group: tuple[int, int, int, int] | None = None
    for change in changes:
        if group and change[0] <= group[1]:
            group = (group[0], max(group[1], change[1]), group[2] + change[2], group[3] + change[3])
        else:
            if group:
                yield group
            group = change
    if group:
        yield group


def _grow(change: Change) -> int:
    return (change.new_stop - change.new_first) - (change.old_stop - change.old_first)


def join_words(parts: Iterable[Words]) -> Words:
    """The words of these parts, one after the other."""
    texts: list[str] = []
    starts, ends = array("q"), array("q")
    for part in parts:
        texts += part.texts
        starts += part.starts_ms
        ends += part.ends_ms
    return Words(texts, starts, ends)
