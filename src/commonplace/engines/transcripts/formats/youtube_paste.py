"""A transcript copied from YouTube's page: ``0:00 text`` on a line, or a time and its text on a line each.

Times are starts only. Copied with a screen reader's text, each has its words too ("1 minute, 4 seconds");
chapter titles stand between as bare lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from ..document import Document
from ..syntax.times import read_clock
from .base import Cue, Format, Heading, Item, SetAside
from .stamped_text import has_bare_heads

__all__ = ["FORMAT", "read"]

_STAMP = re.compile(
    r"[ \t]*((?:\d{1,3}:)?\d{1,3}:\d{2})"
    r"(?:[ \t]+|$|(?=\d+ (?:second|minute|hour))|(?![ap]\.?m\b)(?=[^\W\d_]|[\[>]))(.*)"
)
_SPOKEN_TIME = re.compile(r"(?:\d+ hours?)?(?:, )?(?:\d+ minutes?)?(?:, )?(?:\d+ seconds?)?(?=\D|$)")
_LONGEST_TITLE = 90
_MOST_SPOKEN_WORDS = 8
_PAGE = frozenset(
    [
        *("transcript", "show transcript", "hide transcript", "close transcript", "follow along using the transcript."),
        *("search in video", "search transcript", "sync to video time", "toggle timestamps"),
    ]
)
"""What YouTube's page itself says around a transcript."""

_TRACK = re.compile(
    r"[^\W\d_][\w ]{1,40}(?: \([\w ,]{1,40}\))? \([^()]*(?:auto|generated|erzeugt|generad|génér|自動)[^()]*\)",
    re.IGNORECASE,
)
"""The track's name at the end: "English (auto-generated)"."""


def looks_like(document: Document) -> bool:
    """Two or more lines that begin with a time, at least a third of the lines between them, the times never going back.

    What the page says above and below is at most seven eighths of the lines. Names beside the times are of no page.
    """
    lines = [line for line in document.lines[:400] if line.strip()]
    places = [place for place, line in enumerate(lines) if _STAMP.match(line)]
    if len(places) < 2 or has_bare_heads(document):
        return False
    times = [read_clock(match[1]) or 0 for line in lines if (match := _STAMP.match(line))]
    backward = sum(b < a for a, b in pairwise(times))
    among = places[-1] - places[0] + 1
    return len(times) * 3 >= among and len(times) * 8 >= len(lines) and backward * 10 <= len(times)


def _stand_below_times(lines: list[str], says: Callable[[str, str], object]) -> bool:
    """Whether nearly every line under a time alone says that time once more, as ``says`` judges line and time."""
    filled = [line.strip() for line in lines if line.strip()]
    pairs = [(match[1], below) for line, below in pairwise(filled) if (match := _STAMP.match(line)) and not match[2]]
    return bool(pairs) and sum(bool(says(below, clock)) for clock, below in pairs) * 10 >= len(pairs) * 9


def _says_time(line: str, clock: str) -> bool:
    """Whether a line of a few words, in any language, holds the numbers of this time and no other, zeros left out."""
    numbers = [int(number) for number in re.findall(r"\d+", line)]
    wanted = [int(number) for number in clock.split(":")]
    return (
        [number for number in numbers if number] == [number for number in wanted if number]
        and bool(numbers)
        and not line.isdigit()
        and len(line.split()) <= _MOST_SPOKEN_WORDS
    )


def read(document: Document) -> Iterator[Item]:
    """The cues; a bare line that looks like a title and comes before a time is a chapter's."""
    lines = document.text.split("\n")
    stamped = [match for match in map(_STAMP.match, document.lines) if match]
    alone = sum(not match[2].strip() for match in stamped) * 2 > len(stamped)
    spoken = _stand_below_times(document.lines, _says_time)
    glued = _stand_below_times(document.lines, _part_spoken_time)
    clock = ""
    start: int | None = None
    text: list[str] = []
    offset = place = 0
    for number, line in enumerate(lines):
        match = _STAMP.match(line)
        if match:
            yield from _yield_cue(start, text, offset)
            start, offset, clock = read_clock(match[1]), place, match[1]
            rest, words = _drop_spoken_time(match[2])
            if words:
                yield SetAside("duplicate", words, start, place)
            text = [rest] if rest.strip() else []
        elif line.strip():
            if _is_of_the_page(line.strip(), begun=start is not None) and (
                start is None or not _has_time_after(lines, number)
            ):
                yield SetAside("note", line.strip(), start, place)
            elif glued and not text and start is not None and (parted := _part_spoken_time(line.strip(), clock)):
                yield SetAside("duplicate", parted[1], start, place)
                text = [parted[0]]
            elif not text and start is not None and _repeats_time(line.strip(), clock, anywhere=spoken):
                yield SetAside("duplicate", line.strip(), start, place)
            elif _is_title(line, text, start, alone=alone) and _has_time_below(lines, number):
                yield from _yield_cue(start, text, offset)
                text = []
                yield Heading(line.strip())
            else:
                text.append(line)
        place += len(line) + 1
    yield from _yield_cue(start, text, offset)


def _is_of_the_page(line: str, *, begun: bool) -> bool:
    return line.casefold() in _PAGE or (begun and _TRACK.fullmatch(line) is not None)


def _repeats_time(line: str, clock: str, *, anywhere: bool) -> bool:
    return _SPOKEN_TIME.fullmatch(line) is not None or (anywhere and _says_time(line, clock))


def _has_time_after(lines: list[str], number: int) -> bool:
    """Whether any of the next lines begins with a time; the page's last words have none below."""
    return any(_STAMP.match(line) for line in lines[number + 1 : number + 12])


def _yield_cue(start: int | None, text: list[str], offset: int) -> Iterator[Cue]:
    if text:
        yield Cue(start, None, "\n".join(text), offset=offset)


def _drop_spoken_time(text: str) -> tuple[str, str]:
    """The text without the time in words that a screen reader would say, and those words."""
    match = _SPOKEN_TIME.match(text)
    return (text[match.end() :], match.group()) if match and match.group() else (text, "")


def _part_spoken_time(line: str, clock: str) -> tuple[str, str] | None:
    """Text and time in words where they are glued together: ``4 secondsto the harbour``."""
    rest, spoken = _drop_spoken_time(line)
    return (rest, spoken) if rest[:1].isalpha() and _says_time(spoken, clock) else None


def _is_title(line: str, text: list[str], start: int | None, *, alone: bool) -> bool:
    """Whether a bare line can be a chapter's title: short, and behind a cue that has its text already."""
    title = line.strip()
    if len(title) > _LONGEST_TITLE or not (text or start is None):
        return False
    return alone or title[0].isupper() or title[0].isdigit()


def _has_time_below(lines: list[str], number: int) -> bool:
    """Whether the next line that is not blank begins with a time."""
    following = next((line for line in lines[number + 1 : number + 4] if line.strip()), "")
    return _STAMP.match(following) is not None


FORMAT = Format(
    name="youtube-paste",
    title="Transcript copied from YouTube's page",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
