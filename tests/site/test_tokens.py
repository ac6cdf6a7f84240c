from __future__ import annotations

import re
from pathlib import Path

import pytest

import commonplace.site

STATIC = Path(commonplace.site.__file__).parent / "static"
TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")


def read_colours(scheme: str) -> dict[str, str]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    part = {"light": light, "dark": dark.split("@media")[0]}[scheme]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definition)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "paper-sunk", "highlight"])
@pytest.mark.parametrize("text", ["ink", "ink-quiet", "accent", "accent-strong"])
def test_text_stands_out_from_its_ground(scheme: str, ground: str, text: str):
    colours = read_colours(scheme)
    assert contrast(colours[text], colours[ground]) >= 4.5  # WCAG 2.2, 1.4.3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("mark", ["accent", "line-strong"])
def test_the_edge_of_a_control_stands_out_from_the_paper(scheme: str, mark: str):
    colours = read_colours(scheme)
    assert contrast(colours[mark], colours["paper"]) >= 3  # WCAG 2.2, 1.4.11


def test_light_and_dark_name_the_same_colours():
    assert read_colours("light").keys() == read_colours("dark").keys()


@pytest.mark.parametrize("sheet", sorted(STATIC.rglob("*.css")), ids=lambda path: path.name)
def test_a_style_sheet_uses_only_names_that_exist_and_fetches_nothing(sheet: Path):
    text = sheet.read_text(encoding="utf-8")
    assert set(re.findall(r"var\((--[\w-]+)", text)) <= set(re.findall(r"(--[\w-]+):", TOKENS))
    assert re.findall(r"url\(|@import|@font-face|https?:", text) == []
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("sheet", [p for p in STATIC.rglob("*.css") if p.name != "tokens.css"], ids=lambda p: p.name)
def test_a_colour_stands_nowhere_but_among_the_tokens(sheet: Path):
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsl", sheet.read_text(encoding="utf-8")) == []
