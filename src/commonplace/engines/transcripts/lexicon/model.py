"""The values of a lexicon: entries, each with its canonical form and what recognisers wrote instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from ..errors import TranscriptError

__all__ = ["LONGEST_TEXT", "MOST_TIMES", "Alias", "Entry", "InconsistentLexicon", "Lexicon"]

LONGEST_TEXT = 200
"""Characters of a form, kind or source."""

MOST_TIMES = 10**9


class InconsistentLexicon(TranscriptError):
    """An entry that cannot be, or two that contradict each other."""


class Alias(NamedTuple):
    """A form that was heard, or written, in the place of the canonical one; ``times`` is at least 1."""

    form: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or several that belong together, as the community writes them.

    ``kind`` says what it names (person, organisation, tool, topic, place; any other word will do, or none), ``source``
    where it came from. ``aliases`` stand in the order of their counts, the most frequent first. Raises
    `InconsistentLexicon` for a text that is empty, too long or not trimmed, and for an alias that stands there twice,
    is the canonical form itself, or holds a semicolon.
    """

    canonical: str
    kind: str = ""
    aliases: tuple[Alias, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if not self.canonical:
            raise InconsistentLexicon("an entry has no canonical form")
        for text in (self.canonical, self.kind, self.source, *(alias.form for alias in self.aliases)):
            _check_text(text)
        for alias in self.aliases:
            if not alias.form or ";" in alias.form:
                raise InconsistentLexicon(f"{alias.form!r} cannot be an alias: empty, or with a semicolon in it")
            if not 1 <= alias.times <= MOST_TIMES:
                raise InconsistentLexicon(f"{alias.form!r} was heard {alias.times} times")
        forms = [alias.form for alias in self.aliases]
        if len({self.canonical, *forms}) <= len(forms):
            raise InconsistentLexicon(
                f"an alias of {self.canonical!r} stands there twice, or is the canonical form itself"
            )
        object.__setattr__(self, "aliases", tuple(sorted(self.aliases, key=lambda alias: (-alias.times, alias.form))))


class Lexicon(Sequence[Entry]):
    """Entries in the order of the alphabet, each canonical form once; equal whatever order they came in.

    Raises `InconsistentLexicon` where a canonical form stands there twice.
    """

    __slots__ = ("entries",)

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: (entry.canonical.casefold(), entry.canonical)))
        for one, other in zip(self.entries, self.entries[1:], strict=False):
            if one.canonical == other.canonical:
                raise InconsistentLexicon(f"{one.canonical!r} has two entries")

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        return self.entries[index]

    def __eq__(self, other: object) -> bool:
        return self.entries == other.entries if isinstance(other, Lexicon) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.entries)

    def __repr__(self) -> str:
        return f"<Lexicon of {len(self)} entries>"


def _check_text(text: str) -> None:
    if text != " ".join(text.split()):
        raise InconsistentLexicon(f"{text[:40]!r} has white space around it, or other than single spaces in it")
    if len(text) > LONGEST_TEXT:
        raise InconsistentLexicon(f"{text[:40]!r}… is longer than {LONGEST_TEXT} characters")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise InconsistentLexicon(f"{text[:40]!r} holds control characters")
