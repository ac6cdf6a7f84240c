"""Names before what they say: ``Ann Lee: hello``.

Zoom, Podcasting 2.0 SRT files and careful people write speakers so. A colon alone proves nothing ("Note: …"). Where a
format has names at known places, beside a time or on a line of their own, `is_name` and `split_label` judge each by
itself; elsewhere `find_labels` accepts names for a whole file at once, by how they recur.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

__all__ = ["UNKNOWN_SPEAKER", "find_labels", "is_name", "is_no_name", "match_label", "split_badges", "split_label"]

UNKNOWN_SPEAKER = "Unknown Speaker"
"""What Otter writes where it knows a speaker begins, but not who; such a turn has no speaker."""

_NAME = (
    r"(?:\[?(?:SPEAKER[ _]\d{1,3}|Speaker \w{1,3}|Unknown Speaker)\]?"
    r"|\[[^\[\]\n:<>]{1,60}\]"
    r"|[^\W\d_a-z][\w.'’-]*(?:[ ]\(?[^\W\d_][\w.'’)/-]*){0,4})"
)
_COLON = re.compile(r"[:：](?=\s|$)")
_LABEL = re.compile(rf"(?:.*(?P<mark>>>|&gt;&gt;)[ ]?|(?:\{{[^{{}}]*\}}|<[^<>]*>)*(?:-[ ]?)?)(?P<name>{_NAME})")
_LABEL_AT_START = re.compile(rf"[ \t]*(?P<name>{_NAME})[:：](?=\s|$)")
_LONGEST_NAME = 48
_LONGEST_STATED_NAME = 60
_MOST_WORDS = 6
_PARTICLES = frozenset("al bin da das de del den der di do dos du e el ibn la le ter van von y zu".split())
"""Small words inside names."""

_ROLE_WORDS = frozenset(["and", "of", "the"])
"""Small words inside roles and pairs ("Head of Product", "Ada and Mei"), and inside much that is no name."""

_NOT_NAMES = frozenset(
    """
    note notes question questions answer warning example step steps tip summary chapter agenda topic part ps http https
    kind language style region title time date first second third next so and but because also well again remember
    """.split()
)
"""What people write before a colon that is no name."""

_NAME_WORD = re.compile(r"[^\W\d_][\w.'’&/-]*|\d{1,3}|[&+|/-]|[(\[][\w .'’&/-]+[)\]]")
_BADGE = re.compile(
    r"\s*[(\[]\s*(external|unverified|guest|presenter|organi[sz]er|host|co-host|me)\s*[)\]]\s*$", re.IGNORECASE
)


def _are_capitalised(words: Iterable[str], small: frozenset[str]) -> bool:
    """Whether each word begins with a letter that is not small (scripts without capitals count), or may be small."""
    return all(not word[0].islower() or word in small for word in words)


def is_no_name(text: str) -> bool:
    """Whether people write this before a colon without meaning a person: "Note", "Question"."""
    return text.strip().lower() in _NOT_NAMES


def is_name(text: str) -> bool:
    """Whether this reads as a person's or a role's name.

    One to six words of at most 60 characters together: each begins with a letter that is not small (scripts without
    capitals count), is a particle (``van``, ``de``), a number after the first word (``Speaker 2``) or stands in
    brackets. Only an abbreviation (``J.``, ``Dr.``) ends with a full stop. "Note" and its like are nobody.
    """
    words = text.split()
    if not 0 < len(text) <= _LONGEST_STATED_NAME or not 0 < len(words) <= _MOST_WORDS:
        return False
    if not words[0][0].isalpha() or text.endswith((".", "!", "?")):
        return False
    if any(len(word) > 3 and word.endswith(".") for word in words):
        return False
    joined = " ".join(words)
    if is_no_name(joined):
        return False
    outside = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", joined).split()
    return (
        bool(outside)
        and _are_capitalised(outside, _PARTICLES | _ROLE_WORDS)
        and all(_NAME_WORD.fullmatch(word) for word in outside)
    )


def split_label(line: str) -> tuple[str, str] | None:
    """Name and speech of ``Ann Lee: hello``, or None where no name stands before the first colon.

    ``10:30 Meeting:`` and ``at 10:30`` are no labels: a name begins with a letter, and after its colon comes a space
    or the end of the line.
    """
    name, colon, speech = line[: _LONGEST_STATED_NAME + 2].partition(":")
    name = name.strip()
    if not colon or (speech and not speech[0].isspace()) or not is_name(name):
        return None
    return name, line[line.index(":") + 1 :].strip()


def split_badges(name: str) -> tuple[str, str]:
    """A name, and the badges that a meeting tool glued to it: ``Ann Lee (Guest)`` gives ``Ann Lee`` and ``(Guest)``."""
    badges: list[str] = []
    while len(name) <= 4 * _LONGEST_STATED_NAME and (match := _BADGE.search(name)):
        badges.insert(0, match.group().strip())
        name = name[: match.start()]
    return name.strip(), " ".join(badges)


def _is_like_a_name(name: str) -> bool:
    """Whether this may be a name where only a colon says so."""
    words = name.split()
    if len(name) > _LONGEST_NAME or words[0].lower().strip("[]()") in _NOT_NAMES:
        return False
    return _are_capitalised(words, _PARTICLES)


def find_labels(text: str) -> frozenset[str]:
    """The names that this text uses as speaker labels at the start of lines or after ``>>``.

    A name counts when it follows ``>>`` (in square brackets any name does), when it recurs, or when labels open at
    least a quarter of the blocks of text, so that a short file whose every line has its own speaker is understood too.
    Where WebVTT's voice tags state speakers, nothing is a label. Linear time.
    """
    if "<v " in text or "<v." in text:
        return frozenset()
    counts: Counter[str] = Counter()
    marked: set[str] = set()
    for colon in _COLON.finditer(text):
        line = max(text.rfind("\n", 0, colon.start()) + 1, colon.start() - 2 * _LONGEST_NAME)
        match = _LABEL.fullmatch(text, line, colon.start())
        if match and (_is_like_a_name(match["name"]) or (match["mark"] and match["name"].startswith("["))):
            counts[match["name"]] += 1
            if match["mark"]:
                marked.add(match["name"])
    if marked:
        return frozenset(marked)
    labels = counts.total()
    if labels > 1 and labels * 4 > text.count("\n\n"):
        return frozenset(counts)
    return frozenset(name for name, count in counts.items() if count > 1)


def match_label(line: str, labels: frozenset[str]) -> tuple[str, int] | None:
    """The name that labels this line and where its speech begins, or None."""
    match = _LABEL_AT_START.match(line)
    if match is None or match["name"] not in labels:
        return None
    return match["name"].strip("[]"), match.end()
