"""Microsoft Teams' transcript as a document or as text: ``Mei Tanaka   0:05`` on one line, the speech on the next.

The first lines tell the meeting's name, day and length, and who started the transcription; the last who stopped it.
Documents of before 2023 have ``0:0:0.0 --> 0:0:3.450`` on a line, then the name, then the speech. Copied from the page,
the name, the time and the time in words stand on lines of their own, and once more together: ``Mei Tanaka 0 minutes 5
seconds``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from ..document import Document
from ..labels import is_name, split_badges
from ..syntax.lines import Line, walk_filled_lines, walk_lines
from ..syntax.times import TIME, clock_ms, read_clock
from .base import Cue, Details, Format, Item, SetAside
from .otter import match_turn_line

__all__ = ["FORMAT", "looks_like", "read"]

_STARTED = re.compile(r".{0,120}\b(?:started|stopped) transcription\.?\s*$", re.IGNORECASE)
_LONGEST_TURN_LINE = 120
_LENGTH = re.compile(r"(?:(\d{1,4})h )?(?:(\d{1,5})m )?(\d{1,6})s")
_TIMING = re.compile(rf"\s*{TIME}[ \t]*-{{1,2}}>[ \t]*{TIME}\s*")
_OLD_TIMING = re.compile(r"\s*\d{1,2}:\d{1,2}:\d{1,2}\.\d{1,3} --> \d{1,2}:\d{1,2}:\d{1,2}\.\d{1,3}\s*")
_SPOKEN_TIME = re.compile(r"(?:(\d{1,3}) hours? )?(?:(\d{1,4}) minutes? )?(\d{1,5}) seconds?")
_CLOCK = re.compile(r"(?:\d{1,3}:)?\d{1,3}:\d{2}")
_INITIALS = re.compile(r"[^\W\d_]{1,3}")


def _read_time_line(line: str) -> int | None:
    """Milliseconds of a line that is nothing but a time, in digits or in words."""
    if _CLOCK.fullmatch(line):
        return read_clock(line)
    if spoken := _SPOKEN_TIME.fullmatch(line):
        hours, minutes, seconds = (int(group or 0) for group in spoken.groups())
        return ((hours * 60 + minutes) * 60 + seconds) * 1000
    return None


def _split_spoken_turn(line: str) -> tuple[str, int] | None:
    """Name and time of ``Mei Tanaka 0 minutes 5 seconds``."""
    spoken = _SPOKEN_TIME.search(line)
    if spoken is None or spoken.end() != len(line) or len(line) > _LONGEST_TURN_LINE:
        return None
    name, start_ms = line[: spoken.start()].strip(), _read_time_line(spoken.group())
    return (name, start_ms) if start_ms is not None and is_name(name) else None


def _is_stacked(lines: list[str]) -> bool:
    """Whether names stand alone above times alone, or beside times in words; each time has one, and names recur."""
    spoken = [turn[0] for line in lines if (turn := _split_spoken_turn(line))]
    times = [place for place, line in enumerate(lines) if _read_time_line(line) is not None]
    first_times = [place for place in times if place - 1 not in times]
    names = [split_badges(lines[place - 1])[0] for place in first_times if place]
    stacked = (
        len(names) == len(first_times)
        and all(map(is_name, names))
        and all(place + 1 in times or place + 1 < len(lines) for place in first_times)
    )
    if spoken:
        return not first_times or stacked
    return stacked and len(names) > len(set(names))


def _is_headed(lines: list[str]) -> bool:
    """Whether every timing line has a name and speech below it; without counters, and names recur, as in no SubRip."""
    timings = [place for place, line in enumerate(lines) if _TIMING.fullmatch(line)]
    names = [split_badges(lines[place + 1])[0] for place in timings if place + 1 < len(lines)]
    nexts = [*timings[1:], len(lines)]
    return (
        timings[:1] == [0]
        and len(names) > len(set(names))
        and all(map(is_name, names))
        and all(after - place > 2 for place, after in zip(timings, nexts, strict=True))
    )


def looks_like(document: Document) -> bool:
    """Whether somebody started the transcription, or names and times stand three spaces or a tab apart.

    The older form begins with a timing line, which no SubRip file does, and has a name on the line below.
    """
    lines = [line.strip() for line in document.lines if line.strip()]
    turns = [turn for line in lines if (turn := match_turn_line(line))]
    if turns and any(_STARTED.match(line) for line in lines):
        return True
    if len(lines) > 2 and _OLD_TIMING.fullmatch(lines[0]) and is_name(split_badges(lines[1])[0]):
        return True
    if _is_headed(lines) or _is_stacked(lines):
        return True
    return bool(turns) and all(len(turn.gap) > 2 or "\t" in turn.gap for turn in turns)


@dataclass(slots=True)
class _State:
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    begins_turn: bool = False
    began: bool = False
    awaits_name: bool = False
    titled: bool = False


def read(document: Document) -> Iterator[Item]:
    """One cue a line of speech; the first of a turn has the turn's time."""
    if _is_stacked([line.strip() for line in document.lines if line.strip()]):
        yield from _read_stacked(document)
        return
    state = _State()
    for line, offset in walk_lines(document.text):
        words = line.strip()
        if turn := match_turn_line(line):
            yield from _begin(state, turn.name, turn.start_ms, offset)
        elif timing := _TIMING.fullmatch(line):
            groups = timing.groups()
            state.start_ms, state.end_ms = clock_ms(*groups[:5]), clock_ms(*groups[5:])
            state.awaits_name = state.began = True
        elif not words:
            continue
        elif state.awaits_name and is_name(split_badges(words)[0]):
            yield from _begin(state, words, state.start_ms, offset)
        elif _STARTED.match(words):
            yield SetAside("note", words, offset=offset)
        elif state.began:
            yield Cue(state.start_ms, state.end_ms, words, state.speaker, None, state.begins_turn, offset)
            state.start_ms, state.end_ms, state.begins_turn, state.awaits_name = None, None, False, False
        else:
            yield from _read_preamble(state, words, offset)


def _read_stacked(document: Document) -> Iterator[Item]:
    """Turns whose name and time stand on lines of their own; what is said of them more than once is set aside."""
    state = _State()
    held: Line | None = None  # perhaps a name: the line below will tell
    for line in chain(walk_filled_lines(document.text), [None]):
        words = line.text.strip() if line else ""
        time = _read_time_line(words)
        turn = _split_spoken_turn(words)
        if time is not None and held is not None:
            yield from _begin(state, held.text.strip(), time, held.offset)
            held = None
        elif line and (time is not None or turn == (state.speaker, state.start_ms)):
            yield SetAside("label", words, offset=line.offset)
        else:
            if held is not None:
                yield from _say(state, held)
            held = line
            if line and turn:
                yield from _begin(state, *turn, line.offset)
                held = None


def _say(state: _State, line: Line) -> Iterator[Item]:
    words = line.text.strip()
    if _STARTED.match(words) or (_INITIALS.fullmatch(words) and words.isupper()):
        yield SetAside("note" if _STARTED.match(words) else "label", words, offset=line.offset)
    elif state.began:
        yield Cue(state.start_ms, None, words, state.speaker, None, state.begins_turn, line.offset)
        state.start_ms, state.begins_turn = None, False
    else:
        yield from _read_preamble(state, words, line.offset)


def _begin(state: _State, name: str, start_ms: int | None, offset: int) -> Iterator[SetAside]:
    speaker, badges = split_badges(name)
    state.begins_turn = state.begins_turn or speaker != state.speaker or not state.began
    state.speaker, state.start_ms, state.began, state.awaits_name = speaker or None, start_ms, True, False
    if badges:
        yield SetAside("label", badges, start_ms, offset)


def _read_preamble(state: _State, words: str, offset: int) -> Iterator[Item]:
    if length := _LENGTH.fullmatch(words):
        hours, minutes, seconds = (int(group or 0) for group in length.groups())
        yield Details(duration_ms=((hours * 60 + minutes) * 60 + seconds) * 1000)
    elif not state.titled:
        yield Details(title=words)
    else:
        yield SetAside("note", words, offset=offset)
    state.titled = True


FORMAT = Format(
    name="teams", title="Microsoft Teams (document or text)", precision="turn", looks_like=looks_like, read=read
)
