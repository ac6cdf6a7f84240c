"""A chart of rates with their intervals, as SVG that stands inside a page.

Places are percentages of the width, so that letters keep their size on a phone and on paper.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from .bootstrap import Interval
from .report import show_interval, show_rate

__all__ = ["Bar", "draw_chart"]

_ROW = 52
_AXIS = 28
_MOST_TICKS = 6


class Bar(NamedTuple):
    """One rate of the chart, and its 95 % interval."""

    name: str
    rate: float
    interval: Interval | None


def draw_chart(bars: Sequence[Bar], *, title: str) -> str:
    """The rates from 0, one row each: a dot for the rate, a line for its interval, both also in figures."""
    reach = max(bar.interval.high if bar.interval else bar.rate for bar in bars)
    step = _choose_step(reach)
    most = step * max(1, math.ceil(reach / step))
    height = _ROW * len(bars) + _AXIS
    ticks = [_draw_tick(step * number, most, height) for number in range(round(most / step) + 1)]
    rows = [_draw_row(bar, number, most) for number, bar in enumerate(bars)]
    # The page's table holds the same figures; for a screen reader the chart is one picture with its title.
    return (
        f'<svg class="chart" width="100%" height="{height}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(ticks)}{''.join(rows)}</svg>"
    )


def _choose_step(reach: float) -> float:
    """The distance of the ticks: 1, 2 or 5 of some power of ten, at most six of them."""
    least = max(reach, 0.01) / _MOST_TICKS
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least * 0.999)


def _draw_tick(value: float, most: float, height: int) -> str:
    place = f"{value / most * 100:.2f}%"
    anchor = "start" if value == 0 else "end" if value >= most * 0.999 else "middle"
    return (
        f'<line class="tick" x1="{place}" x2="{place}" y1="0" y2="{height - _AXIS}"/>'
        f'<text class="tick" x="{place}" y="{height - 8}" text-anchor="{anchor}">{value * 100:g} %</text>'
    )


def _draw_row(bar: Bar, number: int, most: float) -> str:
    top = _ROW * number
    label = f"{show_rate(bar.rate)} %"
    interval = ""
    if bar.interval:
        label += f" ({show_interval(bar.interval)})"
        low, high = (f"{end / most * 100:.2f}%" for end in (bar.interval.low, bar.interval.high))
        interval = f'<line class="interval" x1="{low}" x2="{high}" y1="{top + 36}" y2="{top + 36}"/>'
    return (
        f'<text x="0" y="{top + 20}">{escape(bar.name)} <tspan class="figure">{label}</tspan></text>{interval}'
        f'<circle class="rate" cx="{bar.rate / most * 100:.2f}%" cy="{top + 36}" r="6"/>'
    )
