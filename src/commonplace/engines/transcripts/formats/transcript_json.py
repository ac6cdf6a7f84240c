"""Our own Transcript JSON, version 1: everything that a transcript holds, a word a line so that git shows what changed.

Keys may be added in later versions of the software, never changed in meaning. A file with a key unknown here is refused
rather than read in part: writing it back would lose what that key said.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from sys import intern
from typing import Any, TypeGuard

from ..document import Document
from ..errors import InconsistentTranscript, MalformedCaptions
from ..model import PRECISIONS, Chapter, Correction, Loop, Precision, Redaction, Source, Transcript, Turn, Words
from ..syntax.json_values import Path, find_place, read_root, show_path, wrong_value
from .base import Format, Item

__all__ = ["FORMAT", "write"]

VERSION = 1

_LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly (RFC 7493, 2.2)."""

_KEYS = (
    "version language title duration_ms precision source words turns chapters corrections paragraphs loops redactions"
)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: JSON can escape one, no file can hold it."""

_ADVICE = "Repair the file by hand, or read the captions it came from once more."


def looks_like(document: Document) -> bool:
    """Whether this is an object with a version and words."""
    value = document.json
    return isinstance(value, dict) and "version" in value and "words" in value


def read(document: Document) -> Iterator[Item]:
    """The one transcript in the file.

    Without turns all words are one turn of nobody known; without a precision it is "word" where every word has a start,
    else "none". Raises `MalformedCaptions` with the key path of what is wrong.
    """
    root = _Object(document, (), read_root(document))
    root.refuse_other_keys(_KEYS)
    if root.values.get("version") != VERSION or isinstance(root.values["version"], bool):
        raise root.fault("version", f"{VERSION}, the version this software reads")
    words = _read_words(root)
    count = len(words)
    try:
        transcript = Transcript(
            words=words,
            turns=tuple(_read_turns(root, count)),
            chapters=tuple(_read_chapters(root, count)),
            corrections=tuple(_read_corrections(root, count)),
            paragraphs=tuple(_read_paragraphs(root, count)),
            loops=tuple(_read_loops(root, count)),
            redactions=tuple(_read_redactions(root, count)),
            language=root.text("language"),
            title=root.text("title"),
            duration_ms=root.integer("duration_ms"),
            precision=_read_precision(root, words),
            source=_read_source(root),
        )
    except InconsistentTranscript as error:
        raise document.malformed(str(error), 0, "indices that agree with each other", _ADVICE) from error
    yield transcript


@dataclass(frozen=True, slots=True)
class _Object:
    """One JSON object with its path; every reader raises `MalformedCaptions` for a value of the wrong kind."""

    document: Document
    path: Path
    values: dict[str, Any]

    def fault(self, key: str, expected: str) -> MalformedCaptions:
        return wrong_value(self.document, (*self.path, key), expected, _ADVICE)

    def refuse_other_keys(self, known: str) -> None:
        if not self.values.keys() <= _split(known):
            key = next(key for key in self.values if key not in _split(known))
            path = (*self.path, key)
            raise self.document.malformed(
                f"{show_path(path)} is a key that version {VERSION} does not have",
                find_place(self.document.text, path),
                f"only the keys {', '.join(known.split())}",
                "Remove the key, or read the file with a newer version of the software.",
            )

    def text(self, key: str) -> str | None:
        return None if self.values.get(key) is None else self.required_text(key)

    def required_text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or (not value.isascii() and _HALF_CHARACTER.search(value)):
            raise self.fault(key, "text in quotation marks, of whole characters")
        return value

    def integer(self, key: str, most: int = _LARGEST, what: str = "milliseconds") -> int | None:
        value = self.values.get(key)
        if value is not None and not _is_index(value, most):
            raise self.fault(key, f"a whole number of {what} from 0 to {most}")
        return value

    def word(self, key: str, count: int, least: int = 0) -> int:
        """The index of a word."""
        value = self.values.get(key)
        if not _is_index(value, count - 1) or value < least:
            raise self.fault(key, f"the index of a word, from {least} to {count - 1}")
        return value

    def confidence(self) -> float | None:
        value = self.values.get("confidence")
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1):
            raise self.fault("confidence", "a number from 0 to 1, or null")
        return value

    def objects(self, key: str, known: str) -> Iterator[_Object]:
        """The objects of a list, none where the key is missing; ``known`` are the keys they may have."""
        for index, value in enumerate(self.list_of(key)):
            path = (*self.path, key, index)
            if not isinstance(value, dict):
                raise wrong_value(self.document, path, f"an object with the keys {known}", _ADVICE)
            entry = _Object(self.document, path, value)
            entry.refuse_other_keys(known)
            yield entry

    def list_of(self, key: str) -> list[Any]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.fault(key, "a list in square brackets")
        return value


@cache
def _split(keys: str) -> frozenset[str]:
    return frozenset(keys.split())


def _is_index(value: Any, most: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _read_words(root: _Object) -> Words:
    texts: list[str] = []
    starts, ends = array("q"), array("q")
    for entry in root.objects("words", "text start_ms end_ms"):
        text = entry.required_text("text")
        if not text.strip():
            raise entry.fault("text", "a word")
        start, end = entry.integer("start_ms"), entry.integer("end_ms")
        texts.append(intern(text))
        starts.append(-1 if start is None else start)
        ends.append(-1 if end is None else end)
    return Words(texts, starts, ends)


def _read_turns(root: _Object, count: int) -> Iterator[Turn]:
    if "turns" not in root.values and count:
        yield Turn(None, 0, count - 1)
    following = 0
    for entry in root.objects("turns", "speaker first_word last_word confidence"):
        first = entry.word("first_word", count)
        if first != following:
            raise entry.fault("first_word", f"{following}, the word after the turn before")
        last = entry.word("last_word", count, first)
        yield Turn(entry.text("speaker"), first, last, entry.confidence())
        following = last + 1


def _read_chapters(root: _Object, count: int) -> Iterator[Chapter]:
    for entry in root.objects("chapters", "start_ms title first_word"):
        first = entry.word("first_word", count) if entry.values.get("first_word") is not None else None
        yield Chapter(entry.integer("start_ms"), entry.required_text("title"), first)


def _read_corrections(root: _Object, count: int) -> Iterator[Correction]:
    for entry in root.objects("corrections", "first_word last_word from to confidence evidence"):
        first = entry.word("first_word", count)
        last = entry.word("last_word", count, first)
        before, after = entry.required_text("from"), entry.required_text("to")
        yield Correction(first, last, before, after, entry.confidence(), entry.text("evidence") or "")


def _read_paragraphs(root: _Object, count: int) -> Iterator[int]:
    least = 0
    for index, value in enumerate(root.list_of("paragraphs")):
        if not _is_index(value, count - 1) or value < least or (index == 0 and value != 0):
            expected = f"the index of a word, from {least} to {count - 1}" if index else "0, the first word"
            raise wrong_value(root.document, ("paragraphs", index), expected, _ADVICE)
        yield value
        least = value + 1


def _read_loops(root: _Object, count: int) -> Iterator[Loop]:
    for entry in root.objects("loops", "first_word last_word repeats"):
        first = entry.word("first_word", count)
        last = entry.word("last_word", count, first)
        repeats = entry.integer("repeats", count, "repeats")
        if repeats is None:
            raise entry.fault("repeats", "how many times the phrase stands there")
        yield Loop(first, last, repeats)


def _read_redactions(root: _Object, count: int) -> Iterator[Redaction]:
    for entry in root.objects("redactions", "first_word start_ms end_ms"):
        first = entry.word("first_word", count + 1)
        yield Redaction(first, entry.integer("start_ms"), entry.integer("end_ms"))


def _read_precision(root: _Object, words: Words) -> Precision:
    value = root.values.get("precision")
    if value is None:
        return "word" if len(words) and min(words.starts_ms) >= 0 else "none"
    for precision in PRECISIONS:
        if value == precision:
            return precision
    raise root.fault("precision", f"one of {', '.join(PRECISIONS)}")


def _read_source(root: _Object) -> Source:
    value = root.values.get("source")
    if value is None:
        return Source(format=FORMAT.name, file=root.document.name)
    if not isinstance(value, dict):
        raise root.fault("source", "an object with the keys format, file, sha256")
    source = _Object(root.document, ("source",), value)
    source.refuse_other_keys("format file sha256")
    return Source(source.required_text("format"), source.text("file") or "", source.text("sha256") or "")


def write(transcript: Transcript) -> str:
    """The transcript as JSON; the same value always gives the same text, and reading it gives the same value."""
    head: dict[str, Any] = {"version": VERSION}
    for key in ("language", "title", "duration_ms"):
        if (value := getattr(transcript, key)) is not None:
            head[key] = value
    source = transcript.source
    head["precision"] = transcript.precision
    head["source"] = {"format": source.format, "file": source.file, "sha256": source.sha256}
    lists: dict[str, Iterator[str]] = {
        "words": _write_words(transcript.words),
        "turns": map(_write_object, map(_turn_keys, transcript.turns)),
        "chapters": map(_write_object, map(_chapter_keys, transcript.chapters)),
        "corrections": map(_write_object, map(_correction_keys, transcript.corrections)),
        "paragraphs": map(str, transcript.paragraphs),
        "loops": (
            _write_object({"first_word": loop.first_word, "last_word": loop.last_word, "repeats": loop.repeats})
            for loop in transcript.loops
        ),
    }
    if transcript.redactions:
        lists["redactions"] = map(_write_object, map(_redaction_keys, transcript.redactions))
    parts = [f"{json.dumps(key)}: {_write_object(value)}" for key, value in head.items()]
    parts += [f"{json.dumps(key)}: {_write_list(lines)}" for key, lines in lists.items()]
    return "{" + ",\n ".join(parts) + "}\n"


def _write_words(words: Words) -> Iterator[str]:
    quote = json.JSONEncoder(ensure_ascii=False).encode
    for text, start, end in zip(words.texts, words.starts_ms, words.ends_ms, strict=True):
        start_key = "" if start < 0 else f', "start_ms": {start}'
        end_key = "" if end < 0 else f', "end_ms": {end}'
        yield f'{{"text": {quote(text)}{start_key}{end_key}}}'


def _write_list(lines: Iterator[str]) -> str:
    body = ",\n  ".join(lines)
    return f"[\n  {body}\n ]" if body else "[]"


def _write_object(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _said(**keys: Any) -> dict[str, Any]:
    """The keys that say something."""
    return {key: value for key, value in keys.items() if value is not None}


def _turn_keys(turn: Turn) -> dict[str, Any]:
    words: dict[str, Any] = {"speaker": turn.speaker, "first_word": turn.first_word, "last_word": turn.last_word}
    return words | _said(confidence=turn.confidence)


def _chapter_keys(chapter: Chapter) -> dict[str, Any]:
    return _said(start_ms=chapter.start_ms, title=chapter.title, first_word=chapter.first_word)


def _correction_keys(correction: Correction) -> dict[str, Any]:
    change: dict[str, Any] = {"first_word": correction.first_word, "last_word": correction.last_word}
    change |= {"from": correction.before, "to": correction.after}
    return change | _said(confidence=correction.confidence, evidence=correction.evidence or None)


def _redaction_keys(redaction: Redaction) -> dict[str, Any]:
    return _said(first_word=redaction.first_word, start_ms=redaction.start_ms, end_ms=redaction.end_ms)


FORMAT = Format(
    name="transcript-json",
    title="Commonplace Transcript JSON",
    precision="none",
    looks_like=looks_like,
    read=read,
    write=write,
    suffix=".json",
)
