"""The casing of a restored word, and whether a mark after it ends a sentence; the letters are never touched."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache

from .tagging import CASINGS, WEIGHTS, strip_word

__all__ = ["ABBREVIATIONS", "capitalise", "ends_sentence", "fold_word", "has_mark", "takes_mark", "write_word"]

ABBREVIATIONS = frozenset(
    "e.g i.e etc vs cf mr mrs ms dr prof st jr sr no fig eq approx dept est inc ltd co corp u.s u.k e.u u.n a.m p.m "
    "ph.d b.sc m.sc b.a m.a jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""Words whose full stop is their own, without it and in lower case."""

_SMALL = frozenset(
    "a an the and or but so nor if then than that this these those there here it it's its he she we you they "
    "we're we've we'll we'd you're you've you'll you'd they're they've they'll that's there's what's let's he's "
    "she's what when where which who whose why how because although though while since until as at by for from in "
    "into of off on onto out over to up with without about after before between during under like just also even "
    "only still is are was were be been do does did don't doesn't didn't have has had haven't can can't could "
    "couldn't won't would wouldn't should shouldn't might must isn't aren't wasn't my your his her our their me "
    "him them some any all both each every many much more most other another such not yeah yes okay right now "
    "maybe sometimes usually".split()
)
"""Words that have a capital only where a sentence begins, whatever the tagger felt."""

_MARK = re.compile(r"[.,?!;:…。、？！，：；؟،][\"'”’)\]»」』]*$")
_END = re.compile(r"[.?!…。？！؟][\"'”’)\]»」』]*$")
_ALWAYS = re.compile(r"i(?:'(?:m|ve|ll|d|s|re))?", re.IGNORECASE)
_CODE = re.compile(
    r"://|@|^[/\\~]|^www\.|\w[/_\\]\w|^-|\(\)$|\w\.(?:py|js|ts|md|txt|csv|json|yaml|yml|html|com|org|io|net|dev)$"
)
"""What is written as it is: addresses, paths, options, calls, names of files."""


_PLURAL = re.compile(r"[a-z]{2,4}s")
"""What could be several of something with an acronym, as APIs."""


def has_mark(text: str) -> bool:
    """Whether a punctuation mark stands at the end of the word."""
    return _MARK.search(text) is not None


def takes_mark(text: str) -> bool:
    """Whether a mark can be put after the word: not after C++ and C#, where it would look like a part of the name."""
    return any(map(str.isalnum, text)) and not text.endswith(("+", "#"))


def ends_sentence(texts: Sequence[str], place: int) -> bool:
    """Whether a sentence ends with this word, by the marks in the text; an abbreviation's stop ends none."""
    text = texts[place]
    if not _END.search(text):
        return False
    if text.rstrip("\"'”’)]»").endswith("."):
        core = strip_word(text).lower()
        single = len(core) == 1 and core != "i"
        if core in ABBREVIATIONS or single:
            following = texts[place + 1] if place + 1 < len(texts) else ""
            return core in {"etc", "inc", "a.m", "p.m"} and strip_word(following)[:1].isupper()
    return True


def capitalise(text: str) -> str:
    """The word with its first letter large; as it is where that would change more than a casing, or it is code."""
    if _CODE.search(text):
        return text
    for place, letter in enumerate(text):
        if letter.isalpha():
            return _keep_letters(text, text[:place] + letter.upper() + text[place + 1 :])
        if letter.isdigit():
            return text
    return text


def fold_word(text: str) -> str:
    """The word in small letters, where that changes nothing but its casing."""
    return _keep_letters(text, text.lower())


def write_word(text: str, casing: int, *, begins: bool) -> str:
    """A bare word in the casing that the tagger found, an index in CASINGS; large where it ``begins`` a sentence.

    A word that has capitals already keeps them, and so does code.
    """
    if text != text.lower() or _CODE.search(text):
        return text
    core = strip_word(text)
    if _ALWAYS.fullmatch(core):
        return capitalise(text)
    if core in _SMALL:
        return capitalise(text) if begins else text
    kind = CASINGS[casing]
    if kind != "lower" and (form := _mixed_form(core)):
        return _keep_letters(text, text.replace(core, form, 1))
    if kind == "mixed" and _PLURAL.fullmatch(core):
        return _keep_letters(text, text.replace(core, core[:-1].upper() + "s", 1))
    if kind == "upper":
        return _keep_letters(text, text.upper())
    return capitalise(text) if begins or kind != "lower" else text


def _keep_letters(text: str, changed: str) -> str:
    """The changed text where it differs in casing only, for which some letters (ß, ı) are no use."""
    return changed if changed.lower() == text.lower() and len(changed) == len(text) else text


def _mixed_form(core: str) -> str | None:
    """How a word of mixed case is usually written, its possessive too: ``github's`` is ``GitHub's``."""
    stem, apostrophe, ending = core.partition("'")
    if form := _forms().get(core):
        return form
    return form + apostrophe + ending if ending == "s" and (form := _forms().get(stem)) else None


@cache
def _forms() -> dict[str, str]:
    """Words of mixed case by their form in lower case."""
    forms: dict[str, str] = json.loads((WEIGHTS / "forms.json").read_text(encoding="utf-8"))
    return forms
