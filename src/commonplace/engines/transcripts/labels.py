"""Names before what they say: ``Ann Lee: hello``.

Zoom, Podcasting 2.0 SRT files and careful people write speakers so. A colon alone proves nothing ("Note: …"), so names
are accepted for a whole file at once, by how they recur.
"""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["UNKNOWN_SPEAKER", "find_labels", "match_label"]

UNKNOWN_SPEAKER = "Unknown Speaker"
"""What Otter writes where it knows a speaker begins, but not who; such a turn has no speaker."""

_NAME = (
    r"(?:\[?(?:SPEAKER[ _]\d{1,3}|Speaker \w{1,3}|Unknown Speaker)\]?"
    r"|[^\W\d_a-z][\w.'’-]*(?:[ ]\(?[^\W\d_][\w.'’)-]*){0,4})"
)
_COLON = re.compile(r"[:：](?=\s|$)")
_LABEL = re.compile(rf"(?:.*(?P<mark>>>|&gt;&gt;)[ ]?|(?:\{{[^{{}}]*\}}|<[^<>]*>)*(?:-[ ]?)?)(?P<name>{_NAME})")
_LABEL_AT_START = re.compile(rf"[ \t]*(?P<name>{_NAME})[:：](?=\s|$)")
_LONGEST_NAME = 48
_LOWER_PARTICLES = frozenset(
    ["van", "von", "der", "den", "de", "la", "da", "di", "al", "el", "bin", "ibn", "dos", "du", "le", "y"]
)
_NOT_NAMES = frozenset(
    """
    note notes question questions answer warning example step steps tip summary chapter agenda topic part ps http https
    kind language style region title time date first second third next so and but because also well again remember
    """.split()
)
"""What people write before a colon that is no name."""


def _is_like_a_name(name: str) -> bool:
    words = name.split()
    if len(name) > _LONGEST_NAME or words[0].lower().strip("[]()") in _NOT_NAMES:
        return False
    return all(not word[0].islower() or word in _LOWER_PARTICLES for word in words)


def find_labels(text: str) -> frozenset[str]:
    """The names that this text uses as speaker labels at the start of lines or after ``>>``.

    A name counts when it follows ``>>``, when it recurs, or when labels open at least a quarter of the blocks of text, so
    that a short file whose every line has its own speaker is understood too. Where WebVTT's voice tags state speakers,
    nothing is a label. Linear time.
    """
    if "<v " in text or "<v." in text:
        return frozenset()
    counts: Counter[str] = Counter()
    marked: set[str] = set()
    for colon in _COLON.finditer(text):
        line = max(text.rfind("\n", 0, colon.start()) + 1, colon.start() - 2 * _LONGEST_NAME)
        match = _LABEL.fullmatch(text, line, colon.start())
        if match and _is_like_a_name(match["name"]):
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
