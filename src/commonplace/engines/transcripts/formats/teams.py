"""Microsoft Teams' transcript as a document or as text: ``Mei Tanaka   0:05`` on one line, the speech on the next.

The first lines tell the meeting's name, day and length, and who started the transcription; the last who stopped it.
Documents of before 2023 have ``0:0:0.0 --> 0:0:3.450`` on a line, then the name, then the speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..document import Document
from ..labels import is_name, split_badges
from ..syntax.lines import walk_lines
from ..syntax.times import TIME, clock_ms
from .base import Cue, Details, Format, Item, SetAside
from .otter import match_turn_line

__all__ = ["FORMAT", "looks_like", "read"]

_STARTED = re.compile(r".{0,120}\b(?:started|stopped) transcription\.?\s*$", re.IGNORECASE)
_LENGTH = re.compile(r"(?:(\d{1,4})h )?(?:(\d{1,5})m )?(\d{1,6})s")
_TIMING = re.compile(rf"\s*{TIME}[ \t]*-{{1,2}}>[ \t]*{TIME}\s*")
_OLD_TIMING = re.compile(r"\s*\d{1,2}:\d{1,2}:\d{1,2}\.\d{1,3} --> \d{1,2}:\d{1,2}:\d{1,2}\.\d{1,3}\s*")


def looks_like(document: Document) -> bool:
    """Whether somebody started the transcription, or names and times stand three spaces or a tab apart.

    The older form begins with a timing line, which no SubRip file does, and has a name on the line below.
    """
    lines = [line for line in document.lines if line.strip()]
    turns = [turn for line in lines if (turn := match_turn_line(line))]
    if turns and any(_STARTED.match(line) for line in lines):
        return True
    if len(lines) > 2 and _OLD_TIMING.fullmatch(lines[0]) and is_name(split_badges(lines[1])[0]):
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
