"""Text with times in brackets and names around them, as Rev, Descript, Trint and careful people export it.

``Mei Tanaka (00:05):``, ``[00:05] Mei Tanaka: hello``, ``Mei Tanaka [00:05] hello``, ``Mei Tanaka: [00:05] hello``;
with the speech on the same line or on the next; ``[00:05] Mei Tanaka`` alone on a line names who speaks below it
(Sonix, Trint, Happy Scribe). Where every time has a name beside it and names recur, brackets may be missing. A time in
square brackets in the middle of a line begins a new cue; in Markdown a time may be a link, and headings are chapters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ..document import Document
from ..labels import is_name, split_label
from ..syntax.lines import walk_lines
from ..syntax.markdown_blocks import BOLD_LABEL
from ..syntax.times import CLOCK, read_clock
from .base import Cue, Details, Format, Heading, Item, SetAside

__all__ = ["FORMAT", "has_bare_heads", "looks_like", "read"]

_STAMP = re.compile(rf"\[\s{{0,3}}({CLOCK})\s{{0,3}}\]|\(\s{{0,3}}({CLOCK})\s{{0,3}}\)")
_SQUARE = re.compile(rf"\[\s{{0,3}}({CLOCK})\s{{0,3}}\]")
_BARE = re.compile(
    rf"\s*\**(?:(?P<name>[^\W\d_][^\n:*]{{0,60}}?)\**[ \t]+(?P<clock>{CLOCK})(?::(?=\s|$)|\**\s*$)"
    rf"|(?P<first>{CLOCK})[ \t]+(?:[-–—|][ \t]+)?(?P<second>[^\W\d_][^\n:*]{{0,60}}?)(?::\**(?=\s|$)|\**\s*$))"
)
_BARE_CLOCK = re.compile(rf"\s*{CLOCK}(?=\s|$)")
_LINK = re.compile(r"\((https?://[^\s()]{1,500})\)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*\S)")
_HEAD_CHARACTERS = 100
_LEAST_STAMPED_SHARE = 0.1
_OTHERS_BESIDE_NAMES = 9
_MEDIA_FILE = re.compile(r"\.(?:mp3|mp4|m4a|m4v|wav|mov|mkv|webm|ogg|flac|aac)\s*$", re.IGNORECASE)


class _Head(NamedTuple):
    speaker: str | None
    start_ms: int | None
    speech: int


def looks_like(document: Document) -> bool:
    """Whether the first line, or two lines and one in ten, begin with a time in brackets or a name beside one."""
    if has_bare_heads(document):
        return True
    lines = [line for line in document.lines if line.strip()]
    stamped = sum(_match_head(line) is not None for line in lines)
    if stamped == 0:
        return False
    return _match_head(lines[0]) is not None or (stamped >= 2 and stamped >= _LEAST_STAMPED_SHARE * len(lines))


def has_bare_heads(document: Document) -> bool:
    """Whether names stand beside times without brackets: each time has one, and names recur."""
    lines = [line for line in document.lines if line.strip()]
    heads = [head for line in lines if (head := _match_bare_head(line))]
    timed = sum(_BARE_CLOCK.match(line) is not None for line in lines)
    backed = sum(_match_bare_head(line) is not None and _BARE_CLOCK.match(line) is not None for line in lines)
    return (
        len(heads) > len({head.speaker for head in heads})
        and len(heads) >= _LEAST_STAMPED_SHARE * len(lines)
        and backed * 10 >= timed * 9
    )


def _match_bare_head(line: str) -> _Head | None:
    """``Mei Tanaka 00:05`` and ``00:05 Mei Tanaka``, alone on a line or before a colon."""
    match = _BARE.match(line)
    name = (match["name"] or match["second"] or "").strip() if match else ""
    if match is None or not is_name(name):
        return None
    return _Head(name, read_clock(match["clock"] or match["first"]), match.end())


def _match_head(line: str) -> _Head | None:
    """Speaker and time at the beginning of a line, and where its speech begins."""
    stamp = _STAMP.search(line[:_HEAD_CHARACTERS])
    if stamp is None:
        return None
    start_ms = read_clock(stamp[1] or stamp[2])
    before = line[: stamp.start()].strip()
    rest = line[stamp.end() :]
    if before:
        name = before.strip("*").removesuffix(":").rstrip(" -–—*").strip()
        if not is_name(name):
            return None
        speech = stamp.end() + (len(rest) - len(rest.lstrip(" \t:-–—")))
        return _Head(name, start_ms, speech)
    dashed = len(rest) - len(rest.lstrip(" \t-–—"))
    if bold := BOLD_LABEL.match(rest, dashed):
        return _Head(bold[2].strip(), start_ms, stamp.end() + bold.end())
    label = split_label(rest[dashed:])
    if label is None:
        return _Head(None, start_ms, stamp.end() + dashed)
    return _Head(label[0], start_ms, stamp.end() + dashed + rest[dashed:].index(":") + 1)


def _stand_names_alone(document: Document) -> bool:
    """Whether what follows the times that begin lines is a name each time, with the speech on the line below."""
    lines = document.lines
    alone = others = 0
    for line, below in pairwise([*lines, ""]):
        head = _match_head(line)
        if head is None or head.speaker is not None or not line[head.speech :].strip():
            continue
        if is_name(line[head.speech :].strip()) and below.strip() and _match_head(below) is None:
            alone += 1
        else:
            others += 1
    return alone > others * _OTHERS_BESIDE_NAMES


def _read_title(document: Document) -> Iterator[Item]:
    """The recording's name, where it stands on the first line, above a blank one and the first time."""
    first, *rest = document.lines
    if first.strip() and _match_head(first) is None and rest[:1] == [""] and _MEDIA_FILE.search(first):
        yield Details(title=_MEDIA_FILE.sub("", first).strip())
        yield SetAside("note", first.strip())


def read(document: Document) -> Iterator[Item]:
    """One cue from each time to the next, or to the end of the line."""
    bare = has_bare_heads(document)
    named = _stand_names_alone(document)
    titled = [*_read_title(document)]
    yield from titled
    speaker: str | None = None
    start_ms: int | None = None
    begins_turn = False
    for line, offset in walk_lines(document.text):
        place = 0
        if titled and offset == 0:
            continue
        if heading := _HEADING.match(line):
            yield Heading(heading[1].rstrip("# "))
            continue
        if head := _match_head(line) or (_match_bare_head(line) if bare else None):
            start_ms, place = head.start_ms, head.speech
            if named and head.speaker is None and is_name(line[place:].strip()):
                head, place = head._replace(speaker=line[place:].strip()), len(line)
            if head.speaker is not None:
                speaker, begins_turn = head.speaker, True
        elif label := split_label(line.strip()):
            speaker, begins_turn = label[0], True
            place = line.index(":") + 1
        for time_ms, stretch_from, words in _walk_stretches(line, place):
            start_ms = start_ms if time_ms is None else time_ms
            if link := _LINK.match(words):
                yield SetAside("markup", link[1], start_ms, offset + stretch_from)
                words = words[link.end() :]
            if words.strip():
                yield Cue(start_ms, None, words.strip(), speaker, None, begins_turn, offset + stretch_from)
                start_ms, begins_turn = None, False


def _walk_stretches(line: str, place: int) -> Iterator[tuple[int | None, int, str]]:
    """From here on, the text between the times in square brackets, each with the time before it and its place."""
    start_ms: int | None = None
    for stamp in [*_SQUARE.finditer(line, place), None]:
        yield start_ms, place, line[place : stamp.start() if stamp else None]
        if stamp:
            place, start_ms = stamp.end(), read_clock(stamp[1])


FORMAT = Format(
    name="stamped-text",
    title="Text with times in brackets (Rev, Descript, Trint)",
    precision="turn",
    looks_like=looks_like,
    read=read,
)
