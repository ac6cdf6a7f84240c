"""Words from the pieces of text that files time: parts of words, words, several words, or punctuation apart.

A piece is a `TimedWord` whose text stands as it does in the file, spaces included. By the convention of Whisper and its
kin a piece that begins with a space begins a word, and one without continues the last; in markup the white space
between the pieces decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from ..items import Cue, Item, TimedWord

__all__ = ["join_broken_words", "join_markup", "join_one_word_cues", "join_pieces", "time_single_words", "time_words"]

_SAMPLE = 500
"""Whether a file breaks words is judged from this many cues, so that any length streams."""

_LONGEST_WORD = 100
"""Pieces are joined up to this length: a file without spaces would otherwise grow one word for ever."""

_CLOSING = frozenset(",.!?;:%)]}'’-…")


def time_words(text: str, pieces: Sequence[TimedWord]) -> tuple[TimedWord, ...] | None:
    """The words of ``text`` with the times of ``pieces``; None where these are of some other text and have fewer words.

    Where text and pieces hold the same characters, spaces apart, a word starts when the piece of its first character
    does and ends with the piece of its last one; a time inside a piece is left unknown. Linear time.
    """
    words = text.split()
    if "".join(words) == "".join(piece.text.translate(_NO_SPACE) for piece in pieces):
        return _time_by_characters(words, pieces)
    joined = join_pieces(pieces)
    if len(joined) == len(words):
        return tuple(TimedWord(word, *piece[1:]) for word, piece in zip(words, joined, strict=True))
    return joined if len(joined) > len(words) else None


def join_pieces(pieces: Sequence[TimedWord]) -> tuple[TimedWord, ...]:
    """The words that these pieces make; where no piece begins with a space, each one is a word."""
    spaced = any(piece.text[:1].isspace() for piece in pieces)
    text = ("" if spaced else " ").join(piece.text for piece in pieces)
    return _time_by_characters(text.split(), pieces)


def join_markup(pieces: Iterable[TimedWord]) -> tuple[str, tuple[TimedWord, ...] | None]:
    """The text of the timed elements of a line, and its words; None for the words where no element has a time.

    A piece of several words times its first word's start and its last word's end. A word in several pieces has the
    first start and the last end that are known of them, because markup leaves punctuation untimed. Linear time.
    """
    words: list[TimedWord] = []
    texts: list[str] = []
    timed = glued = False
    for text, start_ms, end_ms in pieces:
        texts.append(text)
        parts = text.split()
        if not parts:
            glued = glued and not text
            continue
        timed = timed or start_ms is not None
        last = len(parts) - 1
        own = [TimedWord(part, None if n else start_ms, None if n < last else end_ms) for n, part in enumerate(parts)]
        if glued and not text[0].isspace():
            own[0] = _glue(words.pop(), own[0])
        words += own
        glued = not text[-1].isspace()
    return "".join(texts).strip(), tuple(words) if timed else None


def _glue(before: TimedWord, after: TimedWord) -> TimedWord:
    start_ms = after.start_ms if before.start_ms is None else before.start_ms
    return TimedWord(before.text + after.text, start_ms, before.end_ms if after.end_ms is None else after.end_ms)


def join_broken_words(items: Iterable[Item]) -> Iterator[Item]:
    """The items, with words put together that were cut by the end of a cue.

    Only where some cue begins with a space can the lack of one mean something. Files of one word a cue (whisper.cpp's
    ``-ml 1``) are joined by that alone, and their cues' times become the words'; elsewhere the rest of a word must also
    look like one (lower case, a digit, closing punctuation), because models forget a space after a full stop.
    """
    rest = iter(items)
    head = list(islice(rest, _SAMPLE))
    spaced = any(item.text[:1].isspace() for item in head if isinstance(item, Cue))
    wordwise = _is_wordwise(head)
    held: Cue | None = None
    for item in chain(head, rest):
        if not isinstance(item, Cue):
            yield item
            continue
        if held is not None and spaced and _continues(held, item, wordwise=wordwise):
            held, item = _carry_back(held, item)
        if item.text.strip() or item.words:
            if held is not None:
                yield _time_single(held) if wordwise else held
            held = item
    if held is not None:
        yield _time_single(held) if wordwise else held


def join_one_word_cues(items: Iterable[Item]) -> Iterator[Item]:
    """The items; where each cue holds one word or a part of one, as whisper.cpp's ``-ml 1`` writes, words are joined.

    Any other file streams through untouched.
    """
    rest = iter(items)
    head = list(islice(rest, _SAMPLE))
    if not _is_wordwise(head) or not any(item.text[:1].isspace() for item in head if isinstance(item, Cue)):
        return chain(head, rest)
    whole = (
        item._replace(text=item.text.rstrip("\n")) if isinstance(item, Cue) else item for item in chain(head, rest)
    )
    return join_broken_words(whole)


def time_single_words(items: Iterable[Item]) -> Iterator[Item]:
    """The items; in a file of one word a cue, a cue's times become its word's."""
    rest = iter(items)
    head = list(islice(rest, _SAMPLE))
    wordwise = _is_wordwise(head)
    for item in chain(head, rest):
        yield _time_single(item) if wordwise and isinstance(item, Cue) else item


_NO_SPACE = {code: None for code in range(0x3001) if chr(code).isspace()}


def _time_by_characters(words: Sequence[str], pieces: Sequence[TimedWord]) -> tuple[TimedWord, ...]:
    lengths = [len(piece.text.translate(_NO_SPACE)) for piece in pieces]
    number, left = -1, 0
    timed: list[TimedWord] = []
    for word in words:
        while not left:
            number += 1
            left = lengths[number]
        start = pieces[number].start_ms if left == lengths[number] else None
        needed = len(word)
        while needed > left:
            needed -= left
            number += 1
            left = lengths[number]
        left -= needed
        timed.append(TimedWord(word, start, None if left else pieces[number].end_ms))
    return tuple(timed)


def _is_wordwise(items: Iterable[Item]) -> bool:
    """Whether each of several cues holds no more than a word."""
    # Two are enough to know: a cue may be a whole book on one line.
    counts = [len(item.text.split(maxsplit=1)) for item in items if isinstance(item, Cue)]
    return len(counts) > 1 and max(counts) <= 1


def _continues(held: Cue, cue: Cue, *, wordwise: bool) -> bool:
    """Whether the cue begins with the rest of the held cue's last word."""
    before, after = held.text[-1:], cue.text[:1]
    if not after or after.isspace() or before.isspace() or cue.begins_turn or cue.speaker != held.speaker:
        return False
    if bool(held.words) != bool(cue.words) or cue.text[0] + cue.text.rstrip()[-1] in ("[]", "()", "**"):
        return False
    if wordwise:
        return len(held.text) < _LONGEST_WORD
    return after in _CLOSING or (before.isalnum() and (after.islower() or after.isdecimal()))


def _carry_back(held: Cue, cue: Cue) -> tuple[Cue, Cue]:
    """The held cue with its last word whole, and what is left of the cue after it."""
    rest, *_ = cue.text.split(maxsplit=1)
    after = cue.text[len(rest) :]
    if not after.strip():
        held = held._replace(end_ms=cue.end_ms)
    if held.words and cue.words:
        whole = TimedWord(held.words[-1].text + cue.words[0].text, held.words[-1].start_ms, cue.words[0].end_ms)
        held = held._replace(words=(*held.words[:-1], whole))
        cue = cue._replace(words=cue.words[1:])
    return held._replace(text=held.text + rest), cue._replace(text=after)


def _time_single(cue: Cue) -> Cue:
    if cue.words is not None or len(cue.text.split()) != 1:
        return cue
    return cue._replace(words=(TimedWord(cue.text.strip(), cue.start_ms, cue.end_ms),))
