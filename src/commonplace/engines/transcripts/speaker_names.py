"""Telling a speaker's name before a colon from any other words before a colon."""

from __future__ import annotations

import re

__all__ = ["is_name", "split_badges", "split_label"]

_NAME_CHARACTERS = 60
_NAME_WORDS = 6
_PARTICLES = frozenset(
    [
        "al",
        "and",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "ibn",
        "la",
        "le",
        "of",
        "ter",
        "the",
        "van",
        "von",
        "y",
        "zu",
    ]
)
_WORD = re.compile(r"[^\W\d_][\w.'’&/-]*|\d{1,3}|[&+|/-]|[(\[][\w .'’&/-]+[)\]]")
_BADGE = re.compile(
    r"\s*[(\[]\s*(external|unverified|guest|presenter|organi[sz]er|host|co-host|me)\s*[)\]]\s*$", re.IGNORECASE
)


def is_name(text: str) -> bool:
    """Whether this reads as a person's or a role's name.

    One to six words of at most 60 characters together: each begins with a letter that is not small (scripts without
    capitals count), is a particle (``van``, ``de``), a number after the first word (``Speaker 2``) or stands in
    brackets. Only an abbreviation (``J.``, ``Dr.``) ends with a full stop.
    """
    words = text.split()
    if not 0 < len(text) <= _NAME_CHARACTERS or not 0 < len(words) <= _NAME_WORDS:
        return False
    if not words[0][0].isalpha() or text.endswith((".", "!", "?")):
        return False
    if any(len(word) > 3 and word.endswith(".") for word in words):
        return False
    joined = " ".join(words)
    outside = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", joined).split()
    return bool(outside) and all(
        _WORD.fullmatch(word) is not None and (not word[0].islower() or word in _PARTICLES) for word in outside
    )


def split_label(line: str) -> tuple[str, str] | None:
    """Name and speech of ``Ann Lee: hello``, or None where no name stands before the first colon.

    ``10:30 Meeting:`` and ``at 10:30`` are no labels: a name begins with a letter, and after its colon comes a space
    or the end of the line.
    """
    name, colon, speech = line[: _NAME_CHARACTERS + 2].partition(":")
    name = name.strip()
    if not colon or (speech and not speech[0].isspace()) or not is_name(name):
        return None
    return name, line[line.index(":") + 1 :].strip()


def split_badges(name: str) -> tuple[str, str]:
    """A name, and the badges that a meeting tool glued to it: ``Ann Lee (Guest)`` gives ``Ann Lee`` and ``(Guest)``."""
    badges: list[str] = []
    while len(name) <= 4 * _NAME_CHARACTERS and (match := _BADGE.search(name)):
        badges.insert(0, match.group().strip())
        name = name[: match.start()]
    return name.strip(), " ".join(badges)
