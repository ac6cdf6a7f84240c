"""Blocks of Markdown, and their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.syntax.markdown_blocks import read_blocks, read_inline


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**bold** and *soft* and __both__", "bold and soft and both"),
        ("2 * 3 and snake_case_name and sh*t", "2 * 3 and snake_case_name and sh*t"),
        (r"\*not\* \[04:01\]", "*not* [04:01]"),
        ('[words](https://example.org/a_(b) "title")', "words"),
        ("[no link] and `a * b`", "[no link] and a * b"),
        ("a &amp; b &unknown; c < d > e", "a & b &unknown; c < d > e"),
    ],
)
def test_marks_come_off_and_words_stay(text: str, words: str):
    assert read_inline(text, 0)[0] == words


def test_pictures_tags_and_addresses_are_set_aside():
    words, aside = read_inline("![a map](map.png)<b>x</b> <https://example.org>", 5)
    assert words == "x"
    assert [item.text for item in aside] == ["a map map.png", "<b>", "</b>", "https://example.org"]
    assert all(item.offset >= 5 for item in aside)


def test_tags_that_part_paragraphs_part_words():
    assert read_inline("<p>the end</p>Next<b>time</b>", 0)[0].split() == ["the", "end", "Nexttime"]


@given(st.lists(st.sampled_from(["# a", "text b", "- c", "> d", "", "<!-- e -->", "---", "```", "**F:** g", "==="])))
def test_every_letter_is_in_one_block_and_blocks_are_in_order(lines: list[str]):
    text = "\n".join(lines)
    blocks = list(read_blocks(text))
    joined = "".join(block.text for block in blocks)
    assert sorted(filter(str.isalpha, joined)) == sorted(filter(str.isalpha, text))
    assert [block.offset for block in blocks] == sorted(block.offset for block in blocks)


@pytest.mark.parametrize("part", ["[a](b ", "**a ", "_a", "`", "<a ", "<!-- ", "![", "&a", "\\", "](", "{:", "[a](((("])
def test_hostile_markdown_takes_linear_time(part: str):
    blocks = list(read_blocks(part * 50_000))
    assert sum(len(read_inline(block.text, block.offset)[1]) for block in blocks) <= 100_000
