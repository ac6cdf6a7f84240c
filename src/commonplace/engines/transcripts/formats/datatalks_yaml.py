"""DataTalks.Club's podcast pages: YAML, alone or as the front matter of Markdown, with the speech under ``transcript``.

``transcript:`` is a list of ``header: Welcome`` and ``line: Hello``, the latter with ``sec: 63``, ``time: '1:03'`` and
``who: Ada`` or without. All else (``title``, ``guests``, ``quotableClips``, which tells the headers a second time)
is about the episode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from ..document import Document
from ..errors import EXCERPT_WIDTH, OversizedCaptions
from ..syntax.times import read_clock, read_seconds
from .base import Cue, Details, Format, Heading, Item, SetAside

__all__ = ["FORMAT", "YAML_CHARACTERS", "looks_like", "read"]

YAML_CHARACTERS = 16 * 2**20
"""A long episode has 100 Ki characters; libyaml holds the whole text again as bytes."""

_EXPECTED = "transcript: a list of 'header: …' and 'line: …' with sec, time and who"
_TRANSCRIPT = re.compile(
    r"^transcript:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n){0,9}[ \t]*-[ \t]+(?:line|header|sec|time|who):", re.M
)
_FRONT_MATTER_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_FIELDS = frozenset({"header", "line", "sec", "time", "who"})
_DEEPEST = 32


def looks_like(document: Document) -> bool:
    """Whether a key ``transcript`` in the first column holds a list whose first entry has one of its fields."""
    return not document.starts_like_json and _TRANSCRIPT.search(document.head) is not None


class _Mark(Protocol):
    """A place in YAML, both numbers from 0; libyaml's own class has no type of its own."""

    line: int
    column: int


@dataclass(slots=True)
class _Entry:
    """One entry of the list: the text and place of each field."""

    offset: int
    fields: dict[str, tuple[str, int]] = field(default_factory=dict)


def read(document: Document) -> Iterator[Item]:
    """One cue a line, one heading a header.

    Raises `OversizedCaptions` above 16 Mi characters; `MalformedCaptions` for broken YAML, for fields that hold the
    wrong kind of value, and for aliases, which can make a small file grow without end.
    """
    text = document.text
    if len(text) > YAML_CHARACTERS:
        raise OversizedCaptions(
            f"{len(text):,} characters of YAML are more than the {YAML_CHARACTERS:,} we read at once",
            file=document.name,
            line=1,
            column=1,
            excerpt=text[:EXCERPT_WIDTH],
            expected="one episode a file",
            advice="Split the file by episode.",
        )
    reader = _Reader(document)
    yield from reader.read_top()
    if body := text[reader.end :].strip():
        yield SetAside("note", body, offset=reader.end)


class _Reader:
    """Walks libyaml's events, which keep each value's place and leave ``1:03`` as it is written."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.end = len(self.text)
        opening = re.match(r"\s*---[ \t]*\n", self.text)
        if opening and (closing := _FRONT_MATTER_END.search(self.text, opening.end())):
            self.text = self.text[: closing.start()]
            self.end = closing.end()
        self.line, self.line_start = 0, 0
        self.events = self.parse()

    def parse(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self.text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            offset = self.offset(mark)
            raise self.document.malformed(f"this YAML is broken: {error.problem}", offset, _EXPECTED) from error
        except yaml.YAMLError as error:
            place = re.search(r"[\x00-\x08\x0b-\x1f\x7f]", self.text)
            problem = "this YAML holds a character that YAML forbids"
            raise self.document.malformed(problem, place.start() if place else 0, _EXPECTED) from error
        except UnicodeEncodeError as error:
            raise self.document.malformed("half a character stands here", error.start, _EXPECTED) from error

    def offset(self, mark: _Mark | None) -> int:
        """The place of a mark; marks come in order, so each line is walked once."""
        if mark is None:
            return 0
        if mark.line < self.line:
            self.line, self.line_start = 0, 0
        while self.line < mark.line:
            self.line_start = self.text.find("\n", self.line_start) + 1
            self.line += 1
        return self.line_start + mark.column

    def next(self) -> yaml.Event:
        """The next event. Raises `MalformedCaptions` at an alias."""
        event = next(self.events, None)
        if event is None:
            raise self.document.malformed("this YAML ends too early", len(self.text), _EXPECTED)
        if isinstance(event, yaml.AliasEvent):
            problem = "aliases (*name) are refused"
            raise self.document.malformed(problem, self.offset(event.start_mark), "each value written out")
        return event

    def read_top(self) -> Iterator[Item]:
        event = self.next()
        while isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
            event = self.next()
        if not isinstance(event, yaml.MappingStartEvent):
            raise self.document.malformed("this YAML is no mapping", self.offset(event.start_mark), _EXPECTED)
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            offset = self.offset(event.start_mark)
            key = " ".join(self.flatten(event))
            value = self.next()
            if key == "transcript" and isinstance(value, yaml.SequenceStartEvent):
                yield from self.read_transcript()
            elif key == "title" and isinstance(value, yaml.ScalarEvent):
                yield Details(title=value.value)
            else:
                yield SetAside("note", f"{key}: {' '.join(self.flatten(value))}", offset=offset)
        for rest in self.events:
            if isinstance(rest, yaml.ScalarEvent):
                yield SetAside("note", rest.value, offset=self.offset(rest.start_mark))

    def flatten(self, event: yaml.Event) -> Iterator[str]:
        """The scalars of a value, in order."""
        depth = 0
        while True:
            if isinstance(event, yaml.ScalarEvent):
                yield event.value
            elif isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEEPEST:
                    offset = self.offset(event.start_mark)
                    raise self.document.malformed("this YAML is nested too deeply", offset, _EXPECTED)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth <= 0:
                return
            event = self.next()

    def read_transcript(self) -> Iterator[Item]:
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            offset = self.offset(event.start_mark)
            if not isinstance(event, yaml.MappingStartEvent):
                raise self.document.malformed("this entry of the transcript has no fields", offset, _EXPECTED)
            entry = _Entry(offset)
            while not isinstance(key := self.next(), yaml.MappingEndEvent):
                place = self.offset(key.start_mark)
                name = " ".join(self.flatten(key))
                value = self.next()
                if name not in _FIELDS:
                    yield SetAside("note", f"{name}: {' '.join(self.flatten(value))}", offset=place)
                elif isinstance(value, yaml.ScalarEvent):
                    if value.style in ("'", '"') or value.value not in _NULLS:
                        entry.fields[name] = value.value, place
                else:
                    raise self.document.malformed(f"{name} holds a list or a mapping", place, f"{name}: one value")
            yield from self.read_entry(entry)

    def read_entry(self, entry: _Entry) -> Iterator[Item]:
        start_ms = self.read_time(entry)
        who, _ = entry.fields.get("who", ("", 0))
        header, _ = entry.fields.get("header", ("", 0))
        line, _ = entry.fields.get("line", ("", 0))
        if header.strip():
            yield Heading(" ".join(header.split()), start_ms)
        if line.strip():
            yield Cue(start_ms, None, line.strip(), who.strip() or None, offset=entry.offset)
        elif who.strip():
            yield SetAside("label", who, start_ms, entry.offset)

    def read_time(self, entry: _Entry) -> int | None:
        for name, read_value, wanted in (
            ("sec", read_seconds, "sec: seconds as a number, such as 63"),
            ("time", read_clock, "time: a clock time, such as '1:03'"),
        ):
            given, place = entry.fields.get(name, ("", 0))
            if not given.strip():
                continue
            value = read_value(given)
            if value is None:
                raise self.document.malformed(f"{name} is {given[:40]!r}", place, wanted)
            return value
        return None


FORMAT = Format(
    name="datatalks-yaml", title="DataTalks.Club's YAML", precision="turn", looks_like=looks_like, read=read
)
