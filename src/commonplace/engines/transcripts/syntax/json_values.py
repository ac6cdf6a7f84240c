"""Reading JSON that somebody else wrote: each value is checked, and an error names its key path, line and column."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from ..document import Document
from ..errors import MalformedCaptions
from .times import read_seconds

__all__ = [
    "Path",
    "Record",
    "find_place",
    "read_records",
    "read_root",
    "seconds_to_ms",
    "show_path",
    "wrong_value",
]

Path = tuple[str | int, ...]
"""Keys and indices from the root of a JSON document to one of its values."""

_SECONDS = "a number of seconds, such as 12.5"
_MILLISECONDS = "a whole number of milliseconds, such as 12500"
_LONGEST_SECONDS = 1e12
"""Thirty thousand years: still an exact number of milliseconds in a float."""

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_LONGEST_SHOWN = 40


class Record:
    """One object of a JSON caption file, with the place it has there.

    Every reader below takes a missing key and null for "not said", and raises `MalformedCaptions` for a wrong type.
    """

    __slots__ = ("document", "path", "values")

    def __init__(self, document: Document, path: Path, values: dict[str, Any]) -> None:
        self.document = document
        self.path = path
        self.values = values

    def text(self, key: str) -> str:
        """The text under this key, or an empty string."""
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.fault(key, "text in quotation marks")
        return value

    def speaker(self, key: str = "speaker") -> str | None:
        """The name under this key; a bare number, as diarisation writes it, becomes ``Speaker 0``."""
        value = self.values.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise self.fault(key, "a speaker's name in quotation marks")
        name = " ".join((value or "").split())
        if name.isdecimal():
            return f"Speaker {name}"
        return name or None

    def seconds(self, key: str) -> int | None:
        """The seconds under this key as milliseconds; a decimal in quotation marks counts, as CHiME's SegLST has it."""
        value = self.values.get(key)
        return None if value is None else seconds_to_ms(value, self.document, (*self.path, key))

    def milliseconds(self, key: str) -> int | None:
        """The milliseconds under this key; a fraction is rounded."""
        value = self.values.get(key)
        if value is None:
            return None
        number = _read_number(value)
        if number is None:
            raise self.fault(key, _MILLISECONDS)
        return round(number)

    def records(self, key: str) -> Iterator[Record]:
        """The objects of the list under this key."""
        value = self.values.get(key)
        return iter(()) if value is None else read_records(self.document, value, (*self.path, key))

    def record(self, key: str) -> Record:
        """The object under this key; an empty one where there is none."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, dict):
            raise self.fault(key, "an object in braces")
        return Record(self.document, (*self.path, key), value or {})

    def fault(self, key: str, expected: str) -> MalformedCaptions:
        """The error for what stands, or is missing, under this key."""
        return wrong_value(self.document, (*self.path, key), expected)


def read_root(document: Document) -> Any:
    """The whole JSON value; raises `MalformedCaptions` where the text is none."""
    value = document.json
    if value is None:
        raise document.json_error or document.malformed("this is no JSON object or list", 0, "a JSON object or list")
    return value


def read_records(document: Document, value: Any, path: Path) -> Iterator[Record]:
    """The objects of a list; raises `MalformedCaptions` for anything else, with the number of what is no object."""
    if not isinstance(value, list):
        raise wrong_value(document, path, "a list in square brackets")
    for index, entry in enumerate(value):
        if not isinstance(entry, dict):
            raise wrong_value(document, (*path, index), "an object in braces")
        yield Record(document, (*path, index), entry)


def seconds_to_ms(value: Any, document: Document, path: Path) -> int:
    """Milliseconds of a JSON number of seconds, or of a decimal number in quotation marks."""
    number = _read_number(value)
    if number is not None and abs(number) < _LONGEST_SECONDS:
        return round(number * 1000)
    ms = read_seconds(value) if isinstance(value, str) else None
    if ms is None:
        raise wrong_value(document, path, _SECONDS)
    return ms


def wrong_value(document: Document, path: Path, expected: str, advice: str = "") -> MalformedCaptions:
    """The error for the value at this path, or for its absence."""
    value: Any = document.json
    for step in path:
        if isinstance(value, dict) and step not in value:
            problem = f"{show_path(path[:-1]) or 'the file'} has no {path[-1]}"
            return document.malformed(
                problem, find_place(document.text, path), f"{show_path(path)}: {expected}", advice
            )
        value = value[step]
    problem = f"{show_path(path) or 'the file'} is {_describe(value)}"
    return document.malformed(problem, find_place(document.text, path), expected, advice)


def show_path(path: Path) -> str:
    """The path as people write it: ``segments[3].start``; indices count from 0, as in JSON tools."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def find_place(text: str, path: Path) -> int:
    """The offset in valid JSON text of the value at this path, or of the innermost value on the way that exists.

    Linear in the text; only errors pay for it.
    """
    place = _skip_space(text, 0)
    for step in path:
        if text[place] not in "{[":
            break
        found = -1
        for key, start in _members(text, place):
            if key == step:
                found = start  # the last of equal keys, as the JSON parser has it
        if found < 0:
            break
        place = found
    return place


def _members(text: str, place: int) -> Iterator[tuple[str | int, int]]:
    """Keys, or indices, of the object or list that begins here, with where each value begins."""
    is_object = text[place] == "{"
    place = _skip_space(text, place + 1)
    index = 0
    while text[place] not in "}]":
        key: str | int = index
        if is_object:
            key, place = _DECODER.raw_decode(text, place)
            place = _skip_space(text, _skip_space(text, place) + 1)
        yield key, place
        _, place = _DECODER.raw_decode(text, place)
        place = _skip_space(text, place)
        if text[place] == ",":
            place = _skip_space(text, place + 1)
        index += 1


def _skip_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _read_number(value: Any) -> int | float | None:
    """The value as a number; None for infinities, for NaN and for all that is no number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return value if isinstance(value, float) and math.isfinite(value) else None


def _describe(value: Any) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= _LONGEST_SHOWN else shown[:_LONGEST_SHOWN] + "…"
