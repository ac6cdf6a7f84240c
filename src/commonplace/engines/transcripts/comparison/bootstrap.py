"""How sure a rate is: intervals from resampling the sentences of the reference.

Source: Bisani and Ney, Bootstrap estimates for confidence intervals in ASR performance evaluation (ICASSP 2004); the
same sentences are drawn for two hypotheses whose difference is asked for.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

__all__ = ["FEWEST_SEGMENTS", "MOST_UNITS", "RESAMPLES", "Difference", "Interval", "Resampling", "SegmentErrors"]

RESAMPLES = 1000

MOST_UNITS = 1000
"""A talk of two hours has as many sentences."""

FEWEST_SEGMENTS = 10
"""Fewer sentences say too little about the ones that were not heard."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``: the middle 95 % of what resampling gives."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How much higher one rate is than another; ``interval`` is of this difference.

    ``probability`` is the share of resamples in which the first rate is lower, ties counted half: near 1 or 0 the order
    would hold on other sentences of the same kind.
    """

    difference: float
    interval: Interval
    probability: float


@dataclass(frozen=True, slots=True)
class SegmentErrors:
    """Errors and reference tokens (or terms) of each segment."""

    errors: tuple[int, ...]
    totals: tuple[int, ...]

    @property
    def rate(self) -> float | None:
        """All errors for all tokens; None where there are none."""
        return sum(self.errors) / sum(self.totals) if any(self.totals) else None


class Resampling:
    """The segments drawn in each resample, the same for all rates that are to be compared.

    ``seed`` makes it repeatable. Of more than `MOST_UNITS` segments, neighbours are drawn together: a rate never
    takes more than a tenth of a second.
    """

    def __init__(self, segments: int, *, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  # no secret depends on it
        self._width = max(1, math.ceil(segments / MOST_UNITS))
        units = list(range(math.ceil(segments / self._width)))
        draws = RESAMPLES if segments >= FEWEST_SEGMENTS else 0
        self._draws = [itemgetter(*chance.choices(units, k=len(units))) for _ in range(draws)]

    def estimate_interval(self, measured: SegmentErrors) -> Interval | None:
        """The 95 % interval of a rate; None where there are too few segments or nothing to divide by."""
        rates = [rate for rate in self._resample(measured) if rate is not None]
        return _take_middle(rates) if rates else None

    def compare(self, one: SegmentErrors, other: SegmentErrors) -> Difference | None:
        """The difference of two rates over the same segments; None where there are too few of them."""
        pairs = zip(self._resample(one), self._resample(other), strict=True)
        differences = [a - b for a, b in pairs if a is not None and b is not None]
        if not differences or one.rate is None or other.rate is None:
            return None
        lower = sum((difference < 0) + (difference == 0) / 2 for difference in differences)
        return Difference(one.rate - other.rate, _take_middle(differences), lower / len(differences))

    def _resample(self, measured: SegmentErrors) -> list[float | None]:
        errors, totals = self._join(measured.errors), self._join(measured.totals)
        return [sum(draw(errors)) / total if (total := sum(draw(totals))) else None for draw in self._draws]

    def _join(self, values: Sequence[int]) -> list[int]:
        """The sums of neighbouring segments that are drawn together."""
        return [sum(values[first : first + self._width]) for first in range(0, len(values), self._width)]


def _take_middle(values: Sequence[float]) -> Interval:
    """From the 2.5th to the 97.5th percentile."""
    ordered = sorted(values)
    cut = round(len(ordered) * 0.025)
    return Interval(ordered[cut], ordered[-1 - cut])
