from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.comparison.bootstrap import Interval
from commonplace.engines.transcripts.comparison.chart import Bar, draw_chart

rates = st.floats(0, 5)
names = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12)


def places(svg: ET.Element, kind: str) -> list[float]:
    return [
        float(value.rstrip("%"))
        for element in svg.iter(kind)
        for key, value in element.attrib.items()
        if key in ("x1", "x2", "cx", "x")
    ]


@given(st.lists(st.tuples(names, rates, st.tuples(rates, rates).map(sorted)), min_size=1, max_size=5))
def test_every_rate_and_interval_is_drawn_inside_the_chart(rows):
    svg = ET.fromstring(
        draw_chart([Bar(name, rate, Interval(*ends)) for name, rate, ends in rows], title="Rates & ends")
    )
    for kind in ("line", "circle", "text"):
        assert all(0 <= place <= 100 for place in places(svg, kind) if kind != "circle")
    assert len(list(svg.iter("circle"))) == len(rows)
    ticks = [text.text for text in svg.iter("text") if text.get("class") == "tick"]
    assert ticks[0] == "0 %"
    assert len(ticks) <= 8
    assert len(set(ticks)) == len(ticks)


def test_a_rate_stands_where_it_belongs_and_in_figures():
    svg = ET.fromstring(
        draw_chart([Bar("large <model>", 0.05, Interval(0.025, 0.1)), Bar("b", 0.1, None)], title="Rates")
    )
    assert places(svg, "circle") == [50.0, 100.0]
    interval = next(line for line in svg.iter("line") if line.get("class") == "interval")
    assert (interval.get("x1"), interval.get("x2")) == ("25.00%", "100.00%")
    assert ["".join(text.itertext()) for text in svg.iter("text")][-2:] == [
        "large <model> 5.0 % (2.5 to 10.0)",
        "b 10.0 %",
    ]


@pytest.mark.parametrize("rate", [0, 1e-6, 0.01, 7])
def test_any_rate_has_an_axis(rate: float):
    assert "0 %" in draw_chart([Bar("one", rate, None)], title="Rates")
