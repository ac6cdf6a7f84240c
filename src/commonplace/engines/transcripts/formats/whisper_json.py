"""openai-whisper's JSON and its family: faster-whisper dumps, the speech API's answers, pipelines with ``chunks``.

Segments stand under ``segments`` or ``chunks`` or are the whole file; each has ``text`` and its times in seconds, as
``start`` and ``end``, ``start`` and ``duration``, or a ``timestamp`` pair. Words stand in their segment, under
``word`` or ``text``, or as arrays (start, end, word, probability); the speech API lists them once for the whole file.
A list may hold words alone, or segments as arrays; segments may stand an object a line (JSON Lines).
Probabilities and compression ratios are information only.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ..document import Document
from ..model import is_language_tag
from ..syntax.json_values import Path, Record, read_records, read_root, seconds_to_ms, wrong_value
from ..syntax.timed_words import join_broken_words, time_words
from .base import Cue, Details, Format, Item, TimedWord

__all__ = ["FORMAT"]

_LIST_KEYS = ("segments", "chunks")
_TEXT_ONLY_KEYS = frozenset({"text", "language", "task", "duration", "usage", "logprobs", "words", *_LIST_KEYS})
_ESCAPED = re.compile(r"&(?:#39|quot|amp|lt|gt|nbsp);")
_PAIR = "a list of two numbers of seconds, such as [0.0, 4.0]"
_WORD = "an object with a word, or a list of its start, its end and the word"
_WORD_ARRAY_LENGTH = 3
_ARRAY_TEXT = 4


def looks_like(document: Document) -> bool:
    """Whether this is a list of segments with text and start, alone or in an object; or one text and nothing else."""
    value = document.json
    if isinstance(value, list):
        return bool(value) and (all(map(_is_segment, islice(value, 5))) or all(map(_is_array, value)))
    if not isinstance(value, dict):
        return False
    segments = next((value[key] for key in _LIST_KEYS if isinstance(value.get(key), list)), None)
    if segments:
        return all(map(_is_segment, islice(segments, 5)))
    return isinstance(value.get("text"), str) and _TEXT_ONLY_KEYS.issuperset(value)


def read(document: Document) -> Iterator[Item]:
    """A cue for each segment, with words where the file times them."""
    root = read_root(document)
    if isinstance(root, list) and root and isinstance(root[0], list):
        yield from join_broken_words(_read_arrays(root))
        return
    if isinstance(root, list):
        yield from join_broken_words(_read_segments(document, root, ()))
        return
    whole = Record(document, (), root)
    language = whole.text("language")
    yield Details(
        language=language if is_language_tag(language) else None,
        duration_ms=whole.seconds("duration"),
    )
    key = next((key for key in _LIST_KEYS if root.get(key)), None)
    words = _read_words(whole)
    if key is None:
        text = whole.text("text")
        timed = time_words(text, words) if words else None
        if text.strip() or timed:
            yield Cue(timed[0].start_ms if timed else None, None, text, words=timed)
        return
    cues = _read_segments(document, root[key], (key,))
    yield from join_broken_words(_share_words(list(cues), words) if words else cues)


def _is_segment(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and ("text" in value or "word" in value)
        and not value.keys().isdisjoint({"start", "timestamp"})
    )


def _is_array(value: Any) -> bool:
    """Whether this is a segment as faster-whisper's named tuple comes out of ``json.dumps``."""
    return (
        isinstance(value, list)
        and len(value) > _ARRAY_TEXT
        and isinstance(value[_ARRAY_TEXT], str)
        and all(type(time) in (int, float) and math.isfinite(time) for time in value[2:4])
    )


def _read_arrays(segments: list[list[Any]]) -> Iterator[Cue]:
    """Arrays of identifier, seek, start, end, text and more; `looks_like` has seen them all."""
    for segment in segments:
        yield Cue(round(segment[2] * 1000), round(segment[3] * 1000), segment[_ARRAY_TEXT])


def _read_segments(document: Document, value: Any, path: Path) -> Iterator[Cue]:
    for segment in read_records(document, value, path):
        start, end = _read_times(segment)
        text = _unescape(segment.text("text") or segment.text("word"))
        pieces = _read_words(segment)
        words = time_words(text, pieces) if pieces else None
        yield Cue(start, end, text, speaker=segment.speaker(), words=words)


def _unescape(text: str) -> str:
    """The text without the character references that dumps of YouTube's XML carry into JSON."""
    return html.unescape(text) if _ESCAPED.search(text) else text


def _read_times(record: Record) -> tuple[int | None, int | None]:
    """Start and end of a segment or word."""
    if "timestamp" in record.values:
        return _read_pair(record)
    start, end = record.seconds("start"), record.seconds("end")
    if (
        end is None
        and start is not None
        and (duration := record.seconds("dur" if "dur" in record.values else "duration")) is not None
    ):
        end = start + duration
    return start, end


def _read_pair(record: Record) -> tuple[int | None, int | None]:
    pair = record.values["timestamp"]
    if pair is None:
        return None, None
    if not isinstance(pair, list) or len(pair) != 2:
        raise record.fault("timestamp", _PAIR)
    return _read_two_times(record.document, pair, (*record.path, "timestamp"))


def _read_two_times(document: Document, pair: list[Any], path: Path) -> tuple[int | None, int | None]:
    start, end = (
        None if value is None else seconds_to_ms(value, document, (*path, index)) for index, value in enumerate(pair)
    )
    return start, end


def _read_words(record: Record) -> tuple[TimedWord, ...]:
    """The words of a segment, or of a whole file, with their leading spaces."""
    value = record.values.get("words")
    if value is None:
        return ()
    path = (*record.path, "words")
    if not isinstance(value, list):
        raise wrong_value(record.document, path, "a list of words")
    return tuple(_read_word(record.document, word, (*path, index)) for index, word in enumerate(value))


def _read_word(document: Document, value: Any, path: Path) -> TimedWord:
    if isinstance(value, list) and len(value) >= _WORD_ARRAY_LENGTH:
        if not isinstance(value[2], str):
            raise wrong_value(document, (*path, 2), _WORD)
        start, end = _read_two_times(document, value[:2], path)
        return TimedWord(value[2], start, end)
    if not isinstance(value, dict):
        raise wrong_value(document, path, _WORD)
    word = Record(document, path, value)
    return TimedWord(word.text("word") or word.text("text"), *_read_times(word))


def _share_words(cues: list[Cue], words: tuple[TimedWord, ...]) -> Iterator[Cue]:
    """The cues with the words that the file lists once for all of them, where the counts agree."""
    counts = [len(cue.text.split()) for cue in cues]
    if sum(counts) != len(words) or any(cue.words for cue in cues):
        yield from cues
        return
    first = 0
    for cue, count in zip(cues, counts, strict=True):
        yield cue._replace(words=time_words(cue.text, words[first : first + count]))
        first += count


FORMAT = Format(
    name="whisper-json",
    title="Whisper JSON (openai-whisper, faster-whisper, speech API)",
    precision="cue",
    looks_like=looks_like,
    read=read,
)
