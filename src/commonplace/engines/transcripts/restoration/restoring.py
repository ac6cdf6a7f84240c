"""Restoring a transcript: marks, casing, turns and paragraphs, and not one word added, dropped or respelt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..model import Loop, Transcript, Turn, Words
from ..paragraphs import find_chapter_word, split_paragraphs
from .naming import Named, name_turns
from .paragraphs import choose_breaks
from .report import RestorationReport
from .spelling import ABBREVIATIONS, ends_sentence, fold_word, has_mark, takes_mark, write_word
from .stretches import find_bare_stretches, find_english
from .tagging import MARKS, Tags, strip_word, tag_words
from .turns import Stretch, find_turns, tell_roles_apart

__all__ = ["restore_transcript"]

_MARK_BIAS = (0.0, 0.6, 0.6, 0.6)
"""Added to the logits of the marks, so that as many are found as are wrong (chosen on talks kept out of training)."""

_CASING_BIAS = (0.0, 0.5, 0.5, 0.5)
"""The same for the logits of the casings."""

_LONG_PAUSE_MS = 1_500
_FULL_STOP, _QUESTION_MARK = 2, 3
"""Indices in MARKS."""

_ENOUGH_FOR_TURNS = 40
"""In fewer words nobody could tell who speaks."""

_NEVER = -50.0
"""Log odds of what is not asked about."""

_SHOUTED_PERCENT = 70
"""In a stretch with so many words all in capitals, capitals mean nothing."""


def restore_transcript(
    transcript: Transcript, *, speakers: Sequence[str] = (), hosts: Sequence[str] = ()
) -> tuple[Transcript, RestorationReport]:
    """The transcript with marks, capitals, turns and paragraphs where it has none, and what was done.

    ``speakers`` and ``hosts`` are the names of those who may speak; turns that the captions name are kept as they are,
    and so is text that is punctuated or not English. An hour of talk takes a second and a half on
    two cores, after half a second for loading the model.
    """
    texts = transcript.words.texts
    report = RestorationReport(words=len(texts))
    bare = list(_leave_out(find_bare_stretches(texts), transcript.loops))
    unnamed = not any(turn.speaker for turn in transcript.turns)
    if not bare and not (unnamed and (speakers or hosts)):
        report.words_left_punctuated = len(texts)
        return transcript, report
    english = list(find_english(texts, declared=transcript.language))
    stretches = list(_intersect(bare, english))
    new, turns, clear = list(texts), [], True
    leaning: list[float] = [0.0] * len(texts)
    for first, stop in english:
        tags = tag_words(texts[first:stop])
        mine = [(a, b) for a, b in stretches if first <= a < stop]
        enough = unnamed and stop - first >= _ENOUGH_FOR_TURNS
        found = (
            find_turns(_open_ends(tags, transcript, first, mine), first=first, **_cues_of(transcript)) if enough else []
        )
        turns += found
        clear = clear and (not found or tell_roles_apart(tags, found))
        _write_stretches(new, tags, first, mine, _find_last_words(texts, mine, found))
        leaning[first:stop] = tags.ends.tolist()
    words = Words(new, transcript.words.starts_ms, transcript.words.ends_ms)
    restored = replace(transcript, words=words)
    if unnamed and turns:
        people = {"speakers": speakers, "hosts": hosts} if clear else {"speakers": (), "hosts": ()}
        names = name_turns(texts, turns, **people)
        if not clear and (speakers or hosts):
            report.notes.append("It cannot be told who speaks, so that no turn has a name.")
        restored = replace(restored, turns=tuple(_cover(transcript, turns, names)))
        report.turns_found = len(turns) - 1
        report.turns_named = sum(name.speaker is not None for name in names)
    if stretches:
        restored = _split(restored, stretches, leaning)
    _account(report, texts, new, bare, stretches)
    return restored, report


def _leave_out(stretches: Iterable[tuple[int, int]], loops: Sequence[Loop]) -> Iterator[tuple[int, int]]:
    """The stretches without what a recogniser wrote over and over, which nobody said."""
    for first, stop in stretches:
        place = first
        for loop in loops:
            if place <= loop.last_word and loop.first_word < stop:
                if place < loop.first_word:
                    yield place, loop.first_word
                place = loop.last_word + 1
        if place < stop:
            yield place, stop


def _find_last_words(texts: Sequence[str], bare: Sequence[tuple[int, int]], turns: Sequence[Stretch]) -> set[int]:
    """The words with which a sentence surely ends: of turns, of the text, and before text in capitals."""
    before_capitals = {stop - 1 for _, stop in bare if stop < len(texts) and texts[stop][:1].isupper()}
    return {turn.last for turn in turns} | {len(texts) - 1} | before_capitals


def _intersect(ours: Sequence[tuple[int, int]], theirs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What two ascending lists of stretches have in common."""
    mine, other = 0, 0
    while mine < len(ours) and other < len(theirs):
        first, stop = max(ours[mine][0], theirs[other][0]), min(ours[mine][1], theirs[other][1])
        if first < stop:
            yield first, stop
        if ours[mine][1] < theirs[other][1]:
            mine += 1
        else:
            other += 1


def _cues_of(transcript: Transcript) -> dict[str, frozenset[int]]:
    """What the captions say of turns: last words before their own marks, and words before a long pause."""
    words = transcript.words
    times = zip(words.ends_ms, words.starts_ms[1:], strict=False)
    pauses = (word for word, (end, start) in enumerate(times) if 0 <= end <= start - _LONG_PAUSE_MS)
    return {"marked": frozenset(turn.last_word for turn in transcript.turns[:-1]), "pauses": frozenset(pauses)}


def _open_ends(tags: Tags, transcript: Transcript, offset: int, bare: Sequence[tuple[int, int]]) -> Tags:
    """The tags with no turn's end inside a punctuated sentence or a recogniser's loop."""
    texts, ends = transcript.words.texts, tags.ends.copy()
    for loop in transcript.loops:
        ends[max(0, loop.first_word - offset) : max(0, loop.last_word - offset)] = _NEVER
    edges = [offset, *(edge for stretch in bare for edge in stretch), offset + len(ends)]
    for first, stop in zip(edges[::2], edges[1::2], strict=True):
        for word in range(first, stop):
            if not ends_sentence(texts, word):
                ends[word - offset] = _NEVER
    return replace(tags, ends=ends)


def _write_stretches(
    new: list[str], tags: Tags, offset: int, bare: Sequence[tuple[int, int]], last_words: set[int]
) -> None:
    """Restore the words of these stretches in place; a sentence ends with each of ``last_words``."""
    import numpy as np

    scores = tags.marks + np.array(_MARK_BIAS, np.float32)
    marks = scores.argmax(axis=1).tolist()
    casings = (tags.casings + np.array(_CASING_BIAS, np.float32)).argmax(axis=1).tolist()
    for first, stop in bare:
        shouted = _is_shouted(new[first:stop])
        begins = first == 0 or first - 1 in last_words or ends_sentence(new, first - 1)
        for word in range(first, stop):
            text, mark = new[word], marks[word - offset]
            if shouted:
                text = fold_word(text)
            if word in last_words and mark < _FULL_STOP:
                mark = _FULL_STOP if scores[word - offset, 2] >= scores[word - offset, 3] else _QUESTION_MARK
            changed = write_word(text, casings[word - offset], begins=begins)
            core = strip_word(text).lower()
            if has_mark(text):
                begins = ends_sentence(new, word)
            else:
                begins = mark >= _FULL_STOP and core not in ABBREVIATIONS
                changed += MARKS[mark] if takes_mark(text) else ""
            new[word] = changed


def _is_shouted(texts: Sequence[str]) -> bool:
    letters = [text for text in texts if text.lower() != text.upper() and len(text) > 1]
    return 100 * sum(text == text.upper() for text in letters) > _SHOUTED_PERCENT * max(len(letters), 1)


def _cover(transcript: Transcript, found: Sequence[Stretch], names: Sequence[Named]) -> Iterator[Turn]:
    """Turns for all words: those found, and those of the captions (or one of nobody) where nothing was looked for."""
    place = 0
    for turn, name in zip(found, names, strict=True):
        yield from _fill(transcript, place, turn.first)
        yield Turn(name.speaker, turn.first, turn.last, name.confidence)
        place = turn.last + 1
    yield from _fill(transcript, place, len(transcript.words))


def _fill(transcript: Transcript, first: int, stop: int) -> Iterator[Turn]:
    """The captions' own turns of these words."""
    if first < stop:
        starts = [turn.first_word for turn in transcript.turns if first < turn.first_word < stop]
        for begin, after in pairwise([first, *starts, stop]):
            yield Turn(None, begin, after - 1)


def _split(transcript: Transcript, stretches: Sequence[tuple[int, int]], leaning: Sequence[float]) -> Transcript:
    """The transcript in paragraphs: those of restored stretches end where the tagger heard most of an end."""
    given = split_paragraphs(transcript).paragraphs
    count, words = len(transcript.words), transcript.words
    bounds = {0, count, *(turn.first_word for turn in transcript.turns)}
    bounds |= {edge for loop in transcript.loops for edge in (loop.first_word, loop.last_word + 1)}
    bounds |= {word for chapter in transcript.chapters if (word := find_chapter_word(transcript, chapter)) is not None}
    bounds |= {edge for stretch in stretches for edge in stretch if edge in given}
    restored = bytearray(count)
    for first, stop in stretches:
        restored[first:stop] = b"\1" * (stop - first)
    starts = set(given)
    for first, stop in pairwise(sorted(bounds)):
        if not all(restored[first:stop]):
            continue
        ends = [word for word in range(first, stop - 1) if ends_sentence(words.texts, word)] + [stop - 1]
        scores = [_judge_end(words, word, leaning[word]) for word in ends]
        starts -= set(range(first + 1, stop))
        starts |= set(choose_breaks(ends, scores, first=first, stop=stop))
    return replace(transcript, paragraphs=tuple(sorted(starts)))


def _judge_end(words: Words, word: int, leaning: float) -> float:
    """How much speaks for a paragraph's end with this word: the tagger's leaning to a turn's end, and a pause."""
    pause = 0
    if word + 1 < len(words) and words.ends_ms[word] >= 0:
        pause = max(0, words.starts_ms[word + 1] - words.ends_ms[word])
    return 0.3 * max(-4.0, min(leaning, 2.0)) + min(pause / 2000, 1.0)


def _account(
    report: RestorationReport,
    before: Sequence[str],
    after: Sequence[str],
    bare: Sequence[tuple[int, int]],
    stretches: Sequence[tuple[int, int]],
) -> None:
    """Count what was done."""
    bare_words = sum(stop - first for first, stop in bare)
    report.words_restored = sum(stop - first for first, stop in stretches)
    report.words_in_other_languages = bare_words - report.words_restored
    report.words_left_punctuated = len(before) - bare_words
    report.stretches = [(first, stop - 1) for first, stop in stretches]
    for old, new in zip(before, after, strict=True):
        if old != new:
            added = new[-1] if len(new) > len(old) else ""
            report.commas += added == ","
            report.full_stops += added == "."
            report.question_marks += added == "?"
            report.words_recased += new[: len(old)] != old
    if report.words_in_other_languages:
        report.notes.append(
            f"{report.words_in_other_languages:,} words without punctuation are not English, and were left as they are."
        )
