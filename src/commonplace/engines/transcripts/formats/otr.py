"""oTranscribe's ``.otr``: JSON around the HTML of a transcript typed by hand, with stamps where somebody set them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..document import Document
from ..labels import find_labels, match_label
from ..syntax.json_values import Record, read_root
from ..syntax.times import read_clock, read_seconds
from .base import Cue, Format, Item, SetAside

__all__ = ["FORMAT"]

_OWN_KEYS = {"media", "media-source", "media-time"}
_TAG = re.compile(r"<(/?)(!--|[A-Za-z][\w-]*)([^<>]*)>")
_SPAN = re.compile(r"<span\b([^<>]*)>([^<>]*)</span\s*>", re.IGNORECASE)
_STAMP_SECONDS = re.compile(r"""data-timestamp\s*=\s*["']?([^"'\s>]+)""")
_ADDRESS = re.compile(r"""(?:href|src)\s*=\s*["']?([^"'\s>]+)""")
_BREAKS = frozenset({"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})


class _Line(NamedTuple):
    """A line, or what stands behind a stamp within one; ``opens`` says that nothing but a stamp stands before it."""

    start_ms: int | None
    text: str
    opens: bool


def looks_like(document: Document) -> bool:
    """Whether this is an object with text and what oTranscribe says of the recording."""
    value = document.json
    return isinstance(value, dict) and "text" in value and not _OWN_KEYS.isdisjoint(value)


def read(document: Document) -> Iterator[Item]:
    """A cue for each line and for the text after each stamp; names before a colon are speakers."""
    markup = Record(document, (), read_root(document)).text("text")
    for tag in _TAG.finditer(markup):
        if address := _ADDRESS.search(tag[3]):
            yield SetAside("markup", html.unescape(address[1]))
    names = find_labels("\n\n".join(line.text.lstrip() for line in _read_lines(markup) if line.opens))
    speaker: str | None = None
    for line in _read_lines(markup):
        text = line.text.lstrip()
        label = match_label(text, names) if line.opens else None
        if label is not None:
            speaker, begin = label
            text = text[begin:]
            yield SetAside("label", speaker, line.start_ms)
        if text.strip():
            yield Cue(line.start_ms, None, text, speaker=speaker)


def _read_lines(markup: str) -> Iterator[_Line]:
    """The lines of the HTML, cut at stamps; a stamp with nothing behind it belongs to the line that follows."""
    text = _SPAN.sub(_mark_stamp, markup.replace("\0", "").replace("\n", " "))
    text = _TAG.sub(lambda tag: "\n" if tag[2].lower() in _BREAKS else "", text)
    waiting_ms: int | None = None
    for row in html.unescape(text).split("\n"):
        opening, *stamped = row.split("\0")
        opens = True
        for stamp, said in [("", opening), *zip(stamped[::2], stamped[1::2], strict=True)]:
            start_ms = int(stamp) if stamp else waiting_ms
            if not said.strip():
                waiting_ms = start_ms
                continue
            yield _Line(start_ms, said, opens)
            waiting_ms, opens = None, False


def _mark_stamp(match: re.Match[str]) -> str:
    """The stamp as milliseconds between two NULs; what is none, or cannot be read as a time, stays as it is."""
    if "timestamp" not in match[1]:
        return match.group()
    seconds = _STAMP_SECONDS.search(match[1])
    time = read_seconds(seconds[1]) if seconds else None
    if time is None:
        time = read_clock(html.unescape(match[2]))
    return match[2] if time is None else f"\0{time}\0"


FORMAT = Format(
    name="otr",
    title="oTranscribe (.otr)",
    precision="turn",
    looks_like=looks_like,
    read=read,
)
