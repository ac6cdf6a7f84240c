"""Where a turn ends: the path of host and guest through the talk that explains all the tagger's cues best.

A hidden Markov model of two states (Rabiner 1989, "A tutorial on hidden Markov models"): between two places where a
turn may end one of the two speaks; changing costs what the tagger says against an end there, staying what it says for
one, and each word costs what it says against this role.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from math import exp, log1p
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .tagging import Tags

__all__ = ["Stretch", "find_turns", "tell_roles_apart"]

_LEAST = -4.0
"""Log odds below which no turn ends."""

_END_BIAS = 1.6
"""Added to the log odds of an end: an end a word off, or one too many, is better than one overlooked."""

_ROLE_WEIGHT = 0.2
"""What a standard deviation of a word's leaning to host or guest counts: neighbours say the same over and over."""

_ROLE_CENTRE = 0.5
"""Where the two roles part, in standard deviations above the talk's mean: guests say more words than hosts."""

_LENGTH_COST = 0.04
"""What each word costs a host, whose turns are short."""

_MOST_ROLE = 0.5

_CLEAR_ROLES = 2.2
"""By how much the log odds of host and guest differ, on average, where these are two roles (measured: interviews 2.3 to
3.7, lectures mostly less)."""

_SURE = 50.0
"""The log odds of a turn's end that the captions mark themselves."""

_MARKED_DOUBT = 3.0
"""Taken from the log odds of an end that the captions do not mark, where they mark others."""

_PAUSE_ODDS = 1.0
"""What a long pause adds to the log odds that a turn ends."""


class Stretch(NamedTuple):
    """Words first to last that one person says, the host or a guest; ``confidence`` is that of its end, 0 to 1."""

    first: int
    last: int
    by_host: bool
    confidence: float


def find_turns(
    tags: Tags, *, first: int = 0, marked: Collection[int] = (), pauses: Collection[int] = ()
) -> list[Stretch]:
    """The turns of tagged words, the first of which has the index ``first``.

    ``marked`` are last words of turns by the captions' own marks; others are then found only where the tagger is sure.

    ``pauses`` are words with a long silence after them. Linear time.
    """
    stop = first + len(tags.ends)
    odds = (tags.ends + (_END_BIAS if not marked else _END_BIAS - _MARKED_DOUBT)).tolist()
    for word in pauses:
        if first <= word < stop:
            odds[word - first] += _PAUSE_ODDS
    places = [place for place, value in enumerate(odds[:-1]) if value > _LEAST or place + first in marked]
    values = [_SURE if place + first in marked else odds[place] for place in places]
    sums = [0.0, *_lean_to_host(tags).cumsum().tolist()]
    edges = [-1, *places, stop - first - 1]
    segments = [sums[b + 1] - sums[a + 1] for a, b in pairwise(edges)]
    path = _best_path(segments, values)
    turns, begin = [], 0
    for place, here, there, value in zip(places, path, path[1:], values, strict=False):
        if here != there:
            turns.append(Stretch(begin + first, place + first, bool(here), 1 / (1 + exp(-value))))
            begin = place + 1
    turns.append(Stretch(begin + first, stop - 1, bool(path[-1]), 1.0))
    return turns


def tell_roles_apart(tags: Tags, turns: Sequence[Stretch]) -> bool:
    """Whether these turns, which cover the tagged words, sound like host and guest; those of a lecture do not."""
    by_host = [turn.by_host for turn in turns for _ in range(turn.first, turn.last + 1)]
    if len(turns) == 1 or all(by_host) or not any(by_host):
        return True
    guests = [not host for host in by_host]
    return bool(tags.hosts[by_host].mean() - tags.hosts[guests].mean() >= _CLEAR_ROLES)


def _lean_to_host(tags: Tags) -> NDArray[np.float64]:
    """What each word says for the host: measured against the talk, because talks differ more than their speakers do."""
    hosts = tags.hosts.astype("float64")
    leaning = (hosts - hosts.mean()) / max(hosts.std(), 0.1) - _ROLE_CENTRE
    role: NDArray[np.float64] = (leaning * _ROLE_WEIGHT).clip(-_MOST_ROLE, _MOST_ROLE) - _LENGTH_COST
    return role


def _best_path(segments: list[float], odds: list[float]) -> list[int]:
    """The likeliest states (0 guest, 1 host) of the segments (Viterbi); ``odds`` stand between neighbours."""
    best = [-segments[0] / 2, segments[0] / 2]
    back: list[tuple[int, int]] = []
    for segment, value in zip(segments[1:], odds, strict=True):
        change = -log1p(exp(-value)) if value > -30 else value
        stay = -log1p(exp(value)) if value < 30 else -value
        came, score = [], []
        for state, emission in ((0, -segment / 2), (1, segment / 2)):
            keep, switch = best[state] + stay, best[1 - state] + change
            came.append(state if keep >= switch else 1 - state)
            score.append(max(keep, switch) + emission)
        back.append((came[0], came[1]))
        best = score
    state = int(best[1] > best[0])
    path = [state]
    for came_from in reversed(back):
        state = came_from[state]
        path.append(state)
    return path[::-1]
