"""Words with labels, out of a talk's turns: what the tagger learns from, and how its text is cleaned.

A talk is a dict with `turns`, a list of {"speaker": str, "text": str}; -100 in a label means that nothing is to be
learnt there.
"""

import re
from collections.abc import Iterator
from typing import Any

MARKS = ("O", "COMMA", "PERIOD", "QUESTION")
CASINGS = ("lower", "Capitalised", "UPPER", "mixed")
IGNORED = -100
NOBODY = {"break", "outro", "intro", "jingle", "sponsor", "clip", "music", "ad"}
"""Speakers (in lower case) whose turns are no talk."""

Word = tuple[str, str, int, int, int, bool, str]
"""As written, in lower case, mark, casing, turn end, whether a quotation opens with it, who says it."""

_STAGE = re.compile(r"\\?\[[^\]]*\\?\](?!\()")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(?<!\w)[*_]+|[*_]+(?!\w)")


def clean(text: str) -> str:
    """Text without stage directions, links' addresses and emphasis; curly apostrophes straight."""
    text = _LINK.sub(r"\1", _STAGE.sub(" ", text))
    return _EMPHASIS.sub("", text.replace("’", "'").replace("\\", ""))


def split_word(token: str) -> tuple[str, int]:
    """The word inside a token and the index in MARKS of the mark after it; a token without a word gives ("", mark)."""
    core = token if re.search(r"[+#]$", token) else re.sub(r"^\W+|\W+$", "", token)
    tail = token[token.rfind(core) + len(core) :] if core else token
    if "?" in tail:
        return core, 3
    if re.search(r"[.!;…]", tail):
        return core, 2
    return core, 1 if re.search(r"[,:—–-]", tail) else 0


def casing_of(word: str) -> int:
    """The index in CASINGS of a word as written: "I" and "A" count as Capitalised."""
    if word == word.lower():
        return 0
    if word == word[:1].upper() + word[1:].lower():
        return 1
    return 2 if word == word.upper() else 3


def label_turn(text: str) -> list[list[Any]]:
    """The words of one turn with their labels, as lists [as written, mark, casing]."""
    words: list[list[Any]] = []
    quoted = False
    for token in clean(text).split():
        core, mark = split_word(token)
        opens = token[0] in "\"“'‘" and len(token) > 1
        if not core:
            if words and words[-1][1] == 0:
                words[-1][1] = mark
            quoted = quoted or token[0] in '"“'
            continue
        # An ellipsis before a word in lower case is a pause inside the sentence, not its end.
        if words and words[-1][3] and core[0].islower():
            words[-1][1] = 1
        trails = token.rstrip('"”)').endswith(("...", "…"))
        words.append([core, mark, casing_of(core), trails, opens or quoted])
        quoted = False
    return words


def label_talk(turns: list[dict[str, Any]]) -> Iterator[Word]:
    """Every word of a talk with its labels; neighbouring turns of one speaker are one turn."""
    spoken = [t for t in turns if (t.get("speaker") or "").strip().lower() not in NOBODY]
    labelled = [(t.get("speaker"), label_turn(t["text"])) for t in spoken]
    labelled = [(speaker, words) for speaker, words in labelled if words]
    for index, (speaker, words) in enumerate(labelled):
        following = labelled[index + 1][0] if index + 1 < len(labelled) else None
        for place, (core, mark, casing, _, opens) in enumerate(words):
            last = place == len(words) - 1 and following != speaker
            yield core, core.lower(), mark, casing, int(last), opens, speaker or ""
