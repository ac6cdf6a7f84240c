"""Who is who: given names put to turns whose role (host or guest) is known.

What counts: a guest is presented and spoken of, a host is thanked for the welcome, people introduce themselves. Where
nothing speaks for anybody, nobody is named.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .tagging import strip_word
from .turns import Stretch

__all__ = ["Named", "name_turns"]

_SELF_INTRODUCTIONS = (("i'm",), ("i", "am"), ("name", "is"), ("name's",), ("im",))
_PRESENTING = frozenset("guest guests welcome with joined joining introduce invited speaker".split())
_TOLD_OF = frozenset("is was has works worked joined studied leads led runs will".split())
_THANKING = frozenset("thanks thank you hi hello hey".split())
_OPENING_WORDS = 600
"""Words at the beginning of a recording, in which guests are presented."""

_ANSWERED_WITHIN = 15
"""Words between a guest's name and the host's, where the one is welcomed and thanks the other."""

_LONGEST_NAME = 4
"""Words of a name; what has more is a label of another kind."""

_MARGIN = 1.0
"""By how much the host must be spoken of less than any guest, else nobody is named."""

_ADDRESSED = 30
"""Words at the end of a turn in which the next speaker may be addressed."""

_OPENING = 25
"""Words at the beginning of a turn in which people introduce themselves."""


class Named(NamedTuple):
    """A person, or nobody where it is not known who, and how sure that is (0 to 1)."""

    speaker: str | None
    confidence: float | None


class _Mention(NamedTuple):
    """Where somebody is named: by himself, as one presented to others, or after a word of thanks or greeting."""

    place: int
    person: str
    by_himself: bool
    presented: bool
    thanked: bool


def name_turns(
    texts: Sequence[str], turns: Sequence[Stretch], *, speakers: Sequence[str], hosts: Sequence[str]
) -> list[Named]:
    """The person of each turn, in order; linear time."""
    hosts = list(dict.fromkeys(hosts))
    people = [name for name in dict.fromkeys([*hosts, *speakers]) if 0 < len(name.split()) <= _LONGEST_NAME]
    if not people:
        return [Named(None, None)] * len(turns)
    mentions = list(_find_mentions(texts, people))
    if len(turns) == 1:
        only = people[0] if len(people) == 1 else None
        return [Named(only, 0.9 if only else None)]
    doubt = 1.0
    if not hosts and len(people) > 1:
        host, doubt = _find_host(mentions, people)
        if host is None:
            return [Named(None, None)] * len(turns)
        hosts = [host]
    guests = [person for person in people if person not in hosts]
    return list(_put_names(texts, turns, mentions, hosts=hosts, guests=guests, doubt=doubt))


def _find_mentions(texts: Sequence[str], people: Sequence[str]) -> Iterator[_Mention]:
    """Where a person is named, by first or last name; a name that two share names nobody."""
    owners: dict[str, str | None] = {}
    for person in people:
        parts = person.lower().split()
        for part in {parts[0], parts[-1]}:
            owners[part] = None if part in owners else person
    words = [strip_word(text).lower() for text in texts]
    for place, word in enumerate(words):
        if named := owners.get(word) or owners.get(word.removesuffix("'s")):
            before, after = words[max(0, place - 5) : place], words[place + 1 : place + 3]
            by_himself = any(tuple(before[-len(phrase) :]) == phrase for phrase in _SELF_INTRODUCTIONS)
            presented = place < _OPENING_WORDS and not (_PRESENTING.isdisjoint(before) and _TOLD_OF.isdisjoint(after))
            yield _Mention(place, named, by_himself, presented, not _THANKING.isdisjoint(before[-1:]))


def _find_host(mentions: Sequence[_Mention], people: Sequence[str]) -> tuple[str | None, float]:
    """Who hosts, and how sure that is: the one least spoken of, and least presented; who is thanked for a welcome."""
    spoken_of = dict.fromkeys(people, 0.0)
    for before, mention in zip([None, *mentions], mentions, strict=False):
        if mention.by_himself:
            continue
        answers = before and before.person != mention.person and mention.place - before.place <= _ANSWERED_WITHIN
        if mention.thanked and answers:
            spoken_of[mention.person] -= 2
        else:
            spoken_of[mention.person] += 2 if mention.presented else 0.3
    first, second = sorted(spoken_of.values())[:2]
    if second - first < _MARGIN:
        return None, 0.0
    return min(spoken_of, key=spoken_of.__getitem__), 1 - 0.5 / (1 + second - first)


def _put_names(
    texts: Sequence[str],
    turns: Sequence[Stretch],
    mentions: Sequence[_Mention],
    *,
    hosts: Sequence[str],
    guests: Sequence[str],
    doubt: float,
) -> Iterator[Named]:
    """The only host or guest by role; one of several by introduction or by being addressed, until another is."""
    current: dict[bool, str | None] = {True: None, False: None}
    places = [mention.place for mention in mentions]
    for number, turn in enumerate(turns):
        is_host = turn.by_host
        candidates = hosts if is_host else guests
        if len(candidates) == 1:
            yield Named(candidates[0], round(doubt * max(0.5, turn.confidence), 2))
            continue
        cued = _find_cue(mentions, places, turn, turns[number - 1] if number else None, candidates)
        current[is_host] = cued or current[is_host]
        yield Named(current[is_host], round(doubt * (0.8 if cued else 0.6), 2) if current[is_host] else None)


def _find_cue(
    mentions: Sequence[_Mention],
    places: Sequence[int],
    turn: Stretch,
    before: Stretch | None,
    candidates: Sequence[str],
) -> str | None:
    """Who introduces himself in this turn, or was addressed at the end of the one before it."""
    opening = mentions[bisect_left(places, turn.first) : bisect_left(places, min(turn.last, turn.first + _OPENING) + 1)]
    if own := [one.person for one in opening if one.by_himself and one.person in candidates]:
        return own[0]
    if before is None:
        return None
    closing = mentions[
        bisect_left(places, max(before.first, before.last - _ADDRESSED)) : bisect_left(places, turn.first)
    ]
    addressed = [one.person for one in closing if one.person in candidates and not one.by_himself]
    return addressed[-1] if addressed else None
