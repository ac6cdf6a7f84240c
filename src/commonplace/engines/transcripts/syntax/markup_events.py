"""XML and HTML as a stream of events, so that no file is ever held as a tree."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from ..document import Document

__all__ = ["MarkupEvent", "require_time", "stream_html", "stream_xml"]

_CHUNK_CHARACTERS = 65_536

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:_-]*)([^<>]*)>")
# An attribute's value ends at its quote; a tag cannot hold < or >, so one pass over a tag is enough for all of them.
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+)))?")
_RAW_ELEMENTS = ("script", "style")


class MarkupEvent(NamedTuple):
    """An element begins or ends, or text stands between; ``name`` and the names of attributes are without namespace."""

    kind: Literal["start", "end", "text", "comment"]
    name: str
    attributes: dict[str, str]
    text: str
    offset: int


class _Collector:
    """Takes the parser's calls and keeps them with their places until the chunk is done."""

    def __init__(self, document: Document, start: int) -> None:
        self.text = document.text
        self.line = 1
        self.line_start = start
        self.parser: DefusedXMLParser | None = None
        self.events: list[MarkupEvent] = []

    def offset(self) -> int:
        expat = self.parser.parser if self.parser is not None else None
        return 0 if expat is None else self.offset_of(expat.CurrentLineNumber, expat.CurrentColumnNumber)

    def offset_of(self, line: int, column: int) -> int:
        while self.line < line:
            self.line_start = self.text.find("\n", self.line_start) + 1
            self.line += 1
        return self.line_start + column

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = {_local(name): value for name, value in attributes.items()}
        self.events.append(MarkupEvent("start", _local(tag), local, "", self.offset()))

    def end(self, tag: str) -> None:
        self.events.append(MarkupEvent("end", _local(tag), {}, "", self.offset()))

    def data(self, text: str) -> None:
        self.events.append(MarkupEvent("text", "", {}, text, self.offset()))

    def comment(self, text: str) -> None:
        self.events.append(MarkupEvent("comment", "", {}, text, self.offset()))

    def close(self) -> None:
        """The parser asks for a tree here; there is none."""


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def stream_xml(document: Document, expected: str) -> Iterator[MarkupEvent]:
    """The elements and the text of an XML document, in its order; memory does not grow with the file.

    White space before the declaration is forgiven. Raises `MalformedCaptions` where the XML is broken, and where it
    declares a document type or entities: those can make a small file grow without end (defusedxml refuses them).
    ``expected`` says in a few words what should have stood there.
    """
    text = document.text
    start = len(text) - len(text.lstrip())
    collector = _Collector(document, start)
    parser = DefusedXMLParser(target=collector, forbid_dtd=True)
    collector.parser = parser
    try:
        for place in range(start, len(text), _CHUNK_CHARACTERS):
            parser.feed(text[place : place + _CHUNK_CHARACTERS])
            yield from collector.events
            collector.events.clear()
        parser.close()
    except DefusedXmlException as error:
        raise document.malformed(
            "entity and document type declarations are refused",
            collector.offset(),
            expected,
            "Remove the <!DOCTYPE …> declaration; captions do not need one.",
        ) from error
    except ParseError as error:
        line, column = error.position
        problem = f"this XML is broken: {str(error).partition(':')[0]}"
        raise document.malformed(problem, collector.offset_of(line, column), expected) from error
    except UnicodeEncodeError as error:
        raise document.malformed("half a character stands here", _lone_surrogate(text), expected) from error
    yield from collector.events


def _lone_surrogate(text: str) -> int:
    match = re.search("[\ud800-\udfff]", text)
    return match.start() if match else 0


def stream_html(document: Document) -> Iterator[MarkupEvent]:
    """The tags and the text of an HTML document, in its order, however carelessly it is written; linear time.

    Names of tags and attributes are in small letters; the text of script and style elements comes as comments.
    The standard library's parser reads an unclosed tag again with every chunk, which takes hours on a hostile file;
    here a tag that meets another ``<`` before its ``>`` is text.
    """
    text = document.text
    place = written = 0
    while (place := text.find("<", place)) >= 0:
        if text.startswith("<!--", place):
            end = text.find("-->", place + 4)
            end = len(text) if end < 0 else end
            following, events = end + 3, [MarkupEvent("comment", "", {}, text[place + 4 : end], place)]
        elif text.startswith(("<!", "<?"), place) and (end := text.find(">", place)) >= 0:
            following, events = end + 1, []
        elif match := _TAG.match(text, place):
            following, events = _read_tag(text, match)
        else:
            place += 1
            continue
        yield from _text_event(text, written, place)
        yield from events
        place = written = min(following, len(text))
    yield from _text_event(text, written, len(text))


def _text_event(text: str, start: int, end: int) -> Iterator[MarkupEvent]:
    if start < end:
        yield MarkupEvent("text", "", {}, html.unescape(text[start:end]), start)


def _read_tag(text: str, match: re.Match[str]) -> tuple[int, list[MarkupEvent]]:
    closing, name, rest = match.group(1), match.group(2).lower(), match.group(3)
    if closing:
        return match.end(), [MarkupEvent("end", name, {}, "", match.start())]
    attributes = {
        key.lower(): html.unescape(double or single or bare)
        for key, double, single, bare in _ATTRIBUTE.findall(rest.rstrip("/"))
    }
    events = [MarkupEvent("start", name, attributes, "", match.start())]
    if name in _RAW_ELEMENTS and not rest.endswith("/"):
        closing_tag = re.compile(rf"</{name}", re.IGNORECASE).search(text, match.end())
        end = closing_tag.start() if closing_tag else len(text)
        events.append(MarkupEvent("comment", name, {}, text[match.end() : end], match.end()))
        return end, events
    return match.end(), events


def require_time(document: Document, event: MarkupEvent, name: str, value: int | None, expected: str) -> int:
    """The time that an element must have. Raises `MalformedCaptions` where it could not be read (None)."""
    if value is not None:
        return value
    given = event.attributes.get(name)
    problem = f"<{event.name}> has no {name}" if given is None else f"{name}={given[:40]!r} is no time"
    raise document.malformed(problem, event.offset, expected)
