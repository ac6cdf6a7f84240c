"""A caption file as text, with what recognising formats needs to ask of it more than once."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import Any

from .errors import EXCERPT_WIDTH, MalformedCaptions, OversizedCaptions

__all__ = ["HEAD_CHARACTERS", "JSON_CHARACTERS", "Document"]

HEAD_CHARACTERS = 65_536
"""Formats are told apart by the first 64 Ki characters: enough for any preamble, and the same work for any size."""

JSON_CHARACTERS = 40 * 2**20
"""JSON is parsed as a whole, at about five bytes of memory a character; WhisperX needs 22 MiB for ten hours."""

_JSON_START = re.compile(r"\s*(?:\{|\[\s*(?:[\[{\]\"]|$))")
_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>\s*)*<([A-Za-z_][\w.:-]*)([^>]*)", re.DOTALL
)


class Document:
    """The decoded text of one caption file; lines end in a line feed whatever the file used."""

    def __init__(self, text: str, name: str = "captions") -> None:
        self.text = text
        self.name = name

    @cached_property
    def head(self) -> str:
        """The first 64 Ki characters."""
        return self.text[:HEAD_CHARACTERS]

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the head, without the one that the cut may have broken."""
        lines = self.head.split("\n")
        return lines if len(self.text) <= HEAD_CHARACTERS or len(lines) == 1 else lines[:-1]

    @cached_property
    def starts_like_json(self) -> bool:
        """Whether the first characters could begin a JSON object, or an array of objects, arrays or strings."""
        return _JSON_START.match(self.head) is not None

    @cached_property
    def json(self) -> Any:
        """The parsed JSON value, or None where the text is no JSON (`json_error` then says why).

        JSON Lines make a list of their objects. Raises `OversizedCaptions` above 40 Mi characters.
        """
        self.json_error: MalformedCaptions | None = None
        if not self.starts_like_json:
            return None
        if len(self.text) > JSON_CHARACTERS:
            raise OversizedCaptions(
                f"{len(self.text):,} characters of JSON are more than the {JSON_CHARACTERS:,} we read at once",
                file=self.name,
                line=1,
                column=1,
                excerpt=self.head[:EXCERPT_WIDTH],
                expected="one recording a file; a word-timed recording of ten hours needs about half of that",
                advice="Split the file by recording, or export it as WebVTT.",
            )
        try:
            return json.loads(self.text)
        except json.JSONDecodeError as error:
            if error.msg == "Extra data" and (values := self._read_json_lines()) is not None:
                return values
            self.json_error = self.malformed(f"this is no JSON: {error.msg}", error.pos, "valid JSON (RFC 8259)")
        except ValueError:  # Python refuses to convert integers of more than 4,300 digits
            self.json_error = self.malformed("a number here has thousands of digits", 0, "times a recording can have")
        except RecursionError:
            self.json_error = self.malformed("this JSON is nested too deeply", 0, "captions nested a few levels deep")
        return None

    def _read_json_lines(self) -> list[Any] | None:
        """The objects of JSON Lines, one a line; None where some line is none."""
        values = []
        for line in self.text.split("\n"):
            if line.strip():
                if not line.startswith("{"):
                    return None
                try:
                    values.append(json.loads(line))
                except (ValueError, RecursionError):
                    return None
        return values

    @cached_property
    def root(self) -> str:
        """The local name of the first XML or HTML element in lower case, or an empty string."""
        match = _ROOT.match(self.head)
        return match.group(1).rpartition(":")[2].lower() if match else ""

    @cached_property
    def root_attributes(self) -> str:
        """The attributes of the first element as they stand in the file, or an empty string."""
        match = _ROOT.match(self.head)
        return match.group(2) if match else ""

    def place(self, offset: int) -> tuple[int, int, str]:
        """Line and column of a character, both from 1, and an excerpt of its line of at most 72 characters."""
        offset = max(0, min(offset, len(self.text)))
        line = self.text.count("\n", 0, offset) + 1
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset, offset + EXCERPT_WIDTH)
        end = offset + EXCERPT_WIDTH if end < 0 else end
        left = max(start, min(offset - EXCERPT_WIDTH // 3, end - EXCERPT_WIDTH))
        return line, offset - start + 1, self.text[left:end].replace("\x00", "␀")[:EXCERPT_WIDTH]

    def malformed(self, problem: str, offset: int, expected: str, advice: str = "") -> MalformedCaptions:
        """The error for something wrong at this character."""
        line, column, excerpt = self.place(offset)
        return MalformedCaptions(
            problem, file=self.name, line=line, column=column, excerpt=excerpt, expected=expected, advice=advice
        )
