"""The values of this engine: words with times, turns, chapters, and the transcript they make.

All times are integer milliseconds from the start of the recording; word indices count from 0, both ends included.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args, overload

from .errors import InconsistentTranscript

__all__ = [
    "PRECISIONS",
    "Chapter",
    "Correction",
    "Loop",
    "Precision",
    "Redaction",
    "Source",
    "Transcript",
    "Turn",
    "Word",
    "Words",
    "is_language_tag",
]

Precision = Literal["word", "cue", "turn", "heading", "none"]
"""What a transcript's times are known to: each word, each cue, each turn, each heading, or nothing at all."""

PRECISIONS: tuple[Precision, ...] = get_args(Precision)

_ABSENT = -1

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def is_language_tag(text: str) -> bool:
    """Whether this can stand in ``lang="…"``: ``en``, ``zh-Hant``; well-formed after RFC 5646, section 2.1."""
    return _LANGUAGE_TAG.fullmatch(text) is not None


class Word(NamedTuple):
    """One word as it is shown, punctuation included; a time is None where nobody knows it."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None


class Words(Sequence[Word]):
    """The words of a transcript, held as three columns.

    A talk of twelve hours has 110,000 words; columns of interned text and 8-byte times take 24 bytes a word where
    objects would take 200. Reading an index makes a `Word`; code that walks many words reads the columns `texts`,
    `starts_ms` and `ends_ms` (-1 stands for an unknown time there).
    """

    __slots__ = ("ends_ms", "starts_ms", "texts")

    def __init__(self, texts: list[str], starts_ms: array[int], ends_ms: array[int]) -> None:
        if not len(texts) == len(starts_ms) == len(ends_ms):
            raise InconsistentTranscript(f"{len(texts)} words have {len(starts_ms)} starts and {len(ends_ms)} ends")
        self.texts = texts
        self.starts_ms = starts_ms
        self.ends_ms = ends_ms

    @classmethod
    def of(cls, words: Iterable[Word | tuple[str, int | None, int | None]]) -> Words:
        """The columns of these words."""
        texts: list[str] = []
        starts, ends = array("q"), array("q")
        for text, start_ms, end_ms in words:
            texts.append(text)
            starts.append(_ABSENT if start_ms is None else start_ms)
            ends.append(_ABSENT if end_ms is None else end_ms)
        return cls(texts, starts, ends)

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> Words: ...
    def __getitem__(self, index: int | slice) -> Word | Words:
        if isinstance(index, slice):
            return Words(self.texts[index], self.starts_ms[index], self.ends_ms[index])
        start, end = self.starts_ms[index], self.ends_ms[index]
        return Word(self.texts[index], None if start < 0 else start, None if end < 0 else end)

    def __iter__(self) -> Iterator[Word]:
        for text, start, end in zip(self.texts, self.starts_ms, self.ends_ms, strict=True):
            yield Word(text, None if start < 0 else start, None if end < 0 else end)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Words):
            return NotImplemented
        return self.texts == other.texts and self.starts_ms == other.starts_ms and self.ends_ms == other.ends_ms

    __hash__ = None  # type: ignore[assignment]  # columns are lists, compared by value and never used as a key

    def __repr__(self) -> str:
        shown = " ".join(self.texts[:8])
        return f"<Words {len(self)}: {shown}{' …' if len(self) > 8 else ''}>"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without interruption; ``speaker`` is None where nobody knows who it is."""

    speaker: str | None
    first_word: int
    last_word: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter begins at a time; in a transcript without times, at a word."""

    start_ms: int | None
    title: str
    first_word: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """Words ``first_word`` to ``last_word`` stand where the recogniser had written ``before``."""

    first_word: int
    last_word: int
    before: str
    after: str
    confidence: float | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """Words that a recogniser wrote over and over, most likely on silence: ``repeats`` times the same phrase."""

    first_word: int
    last_word: int
    repeats: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """A passage that was taken out at a speaker's request: it stood before ``first_word``, which may be the end.

    The times are those of its first and last word; None where unknown.
    """

    first_word: int
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The captions a transcript was read from; ``sha256`` is of the bytes as they came, in hexadecimal."""

    format: str
    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """Words with times, turns and chapters.

    ``turns`` cover every word once and in order. ``paragraphs`` holds the first word of each paragraph, ascending from
    0; empty where nobody has split the text yet. Raises `InconsistentTranscript` where indices contradict each other.
    """

    words: Words
    turns: tuple[Turn, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    corrections: tuple[Correction, ...] = ()
    paragraphs: tuple[int, ...] = ()
    loops: tuple[Loop, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    language: str | None = None
    title: str | None = None
    duration_ms: int | None = None
    precision: Precision = "none"
    source: Source = field(default_factory=lambda: Source(format="unknown"))

    def __post_init__(self) -> None:
        if self.language is not None and not is_language_tag(self.language):
            raise InconsistentTranscript(f"{self.language[:40]!r} is no language tag such as en or pt-BR")
        following = 0
        for number, turn in enumerate(self.turns):
            if turn.first_word != following or turn.last_word < turn.first_word:
                raise InconsistentTranscript(
                    f"turn {number} has words {turn.first_word} to {turn.last_word}; "
                    f"expected its first word to be {following}, right after the turn before it"
                )
            following = turn.last_word + 1
        if self.turns and following != len(self.words):
            raise InconsistentTranscript(f"the turns end at word {following - 1} of {len(self.words)} words")
        marked: tuple[tuple[str, tuple[Correction | Loop, ...]], ...] = (
            ("correction", self.corrections),
            ("loop", self.loops),
        )
        for name, spans in marked:
            for number, span in enumerate(spans):
                if not 0 <= span.first_word <= span.last_word < len(self.words):
                    raise InconsistentTranscript(
                        f"{name} {number} has words {span.first_word} to {span.last_word} of {len(self.words)}"
                    )
        for number, redaction in enumerate(self.redactions):
            if not 0 <= redaction.first_word <= len(self.words):
                raise InconsistentTranscript(
                    f"redaction {number} stands before word {redaction.first_word} of {len(self.words)}"
                )
        if self.paragraphs and (
            self.paragraphs[0] != 0
            or self.paragraphs[-1] >= len(self.words)
            or any(a >= b for a, b in zip(self.paragraphs, self.paragraphs[1:], strict=False))
        ):
            raise InconsistentTranscript("paragraphs must be ascending indices of words, the first one 0")
