"""YouTube's WebVTT after its line breaks were lost: ``WEBVTTKind: captionsLanguage: en00:00:00.160 --> …``.

It happens when a web page's text is copied, or a file goes through a tool that joins lines. With the times still there
it is read as the rolling captions it was. Where they are gone too, every line stands three times in a row.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Generator, Iterator
from itertools import islice

from ..document import Document
from ..rolling import HOLD_MS
from ..syntax.cue_tags import strip_tags, unescape_text
from ..syntax.times import clock_ms
from .base import Cue, Details, Format, Item, SetAside
from .youtube_vtt import time_words

__all__ = ["FORMAT", "read"]

_STAMP = r"(?:(\d{2,3}):)?(\d{2}):(\d{2})[.,](\d{3})"
_TIMING = re.compile(
    rf"{_STAMP}\s*-->\s*{_STAMP}(?:\s*(?:align:\w+?(?=\s|position:|$)|position:\d+%|size:\d+%|line:-?\d+%?|vertical:\w\w))*"
)
_HEADER = re.compile(
    r"\s*(?:WEBVTT)?\s*(?:Kind:\s*(?:captions|subtitles))?\s*(?:Language:\s*(?P<language>[a-z]{2,3}(?:-[A-Z]{2})?))?"
)
_GLUED = re.compile(r"\s*WEBVTT(?:Kind:|[ \t]+Kind:|\S*\d\d:\d\d:\d\d|[ \t].*?-->)")
_WORD = re.compile(r"\S+")
_LONGEST_LINE = 16


def looks_like(document: Document) -> bool:
    """The signature glued to what followed it."""
    return _GLUED.match(document.head) is not None


def read(document: Document) -> Iterator[Item]:
    """The cues, each line once."""
    begin = 0
    if header := _HEADER.match(document.text):
        begin = header.end()
        yield Details(language=header["language"])
    matches = _TIMING.finditer(document.text)
    match = next(matches, None)
    if match is None:
        yield from _collapse_triples(document.text, begin)
        return
    if note := document.text[begin : match.start()].strip():
        yield SetAside("note", note)
    shown = ""
    while match is not None:
        following = next(matches, None)
        body = unescape_text(document.text[match.end() : following.start() if following else None])
        start, end = clock_ms(None, *match.groups()[:4]), clock_ms(None, *match.groups()[4:])
        shown = yield from _read_body(body, start, end, shown, match.start())
        match = following


def _read_body(body: str, start: int, end: int, shown: str, offset: int) -> Generator[Item, None, str]:
    """The new line of one cue, without the line it still shows; returns the line on show from now on."""
    carried = _find_carried(body, shown)
    if carried and end - start > HOLD_MS and not body[carried:].strip():
        carried = 0  # said again: only a cue that holds shows a line without a new one below it
    if carried:
        yield SetAside("duplicate", shown, start, offset)
    rest = body[carried:]
    line = " ".join(strip_tags(rest).split())
    if not line:
        return shown
    for words in time_words(rest, start):
        yield Cue(start, end, "", words=words, offset=offset)
    return line


def _find_carried(body: str, shown: str) -> int:
    """How many characters of the body are the line that was on show; the new line is glued right behind it."""
    if not shown:
        return 0
    carried = re.match(r"\s*" + r"\s+".join(re.escape(word) for word in shown.split()), body)
    return carried.end() if carried else 0


def _collapse_triples(text: str, place: int) -> Iterator[Item]:
    """Lines that stand three times in a row, once; words that do not, as they are. Linear but for the longest line."""
    source = (match.group() for match in _WORD.finditer(text, place))
    ahead: deque[str] = deque(islice(source, 3 * _LONGEST_LINE))
    while ahead:
        window = list(ahead)
        size = _find_triple(window)
        yield Cue(None, None, " ".join(window[: size or 1]))
        if size:
            yield SetAside("duplicate", " ".join(window[size : 3 * size]))
        for _ in range(3 * size or 1):
            ahead.popleft()
        ahead.extend(islice(source, 3 * _LONGEST_LINE - len(ahead)))


def _find_triple(words: list[str]) -> int:
    """The length of the line that stands three times at the front of these words, the longest such; or 0."""
    for size in range(min(_LONGEST_LINE, len(words) // 3), 0, -1):
        if words[: 3 * size] == words[:size] * 3:
            return size
    return 0


FORMAT = Format(
    name="youtube-run-together",
    title="YouTube's captions with lost line breaks",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
