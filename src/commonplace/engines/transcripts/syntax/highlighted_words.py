"""Cues that show a line once for each of its words, with that word underlined.

Source: the option ``--highlight_words`` of openai-whisper and WhisperX, which writes such SubRip and WebVTT files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..items import TimedWord
from .cue_blocks import Block
from .cue_tags import strip_tags, unescape_text

__all__ = ["join_highlighted_words"]

_UNDERLINED = re.compile(r"<u>([^<>]*)</u>")
_LABEL = re.compile(r"\s*\S[^:\n]{0,60}:\s")
_TOUCHING_MS = 50


def join_highlighted_words(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks; where several show one line with one word after the other underlined, one block with times for words.

    They touch in time, and the underlined place moves on from each to the next that has one: a line that is said twice
    stays twice. A line that begins with a speaker's label keeps its text, and no times for words. Linear time.
    """
    group: list[Block] = []
    place, plain = -1, ""
    for block in blocks:
        begin, text = _find_underlined(block.payload)
        is_same = text == plain and "<u>" not in text and (begin is None or begin > place)
        if group and is_same and _goes_on(group[-1], block):
            group.append(block)
        else:
            yield from _join(group, plain)
            group, plain, place = [block], text, -1
        place = place if begin is None else begin
    yield from _join(group, plain)


def _find_underlined(payload: str) -> tuple[int | None, str]:
    """Where the one underlined word begins, and the payload without its underline; the payload itself if several."""
    match = _UNDERLINED.search(payload)
    if match is None or payload.count("<u>") > 1:
        return None, payload
    return match.start(), payload[: match.start()] + match[1] + payload[match.end() :]


def _goes_on(last: Block, block: Block) -> bool:
    if last.end_ms is None or block.start_ms is None or block.end_ms is None or last.start_ms is None:
        return False
    between = block.between.strip()
    return 0 <= block.start_ms - last.end_ms <= _TOUCHING_MS and (not between or between.isdigit())


def _join(group: list[Block], plain: str) -> Iterator[Block]:
    spans = [(match.span(1), block) for block in group if (match := _UNDERLINED.search(block.payload))]
    if len(group) < 2 or len(spans) < 2:
        yield from group
        return
    words = []
    for token in re.finditer(r"\S+", plain):
        # Before the underlined word stands its opening tag of three characters.
        said = [block for (begin, end), block in spans if begin - 3 < token.end() and end - 3 > token.start()]
        start, end = (said[0].start_ms, said[-1].end_ms) if said else (None, None)
        words.append(TimedWord(unescape_text(strip_tags(token[0])), start, end))
    is_plain = not _LABEL.match(plain) and all(len(word.text.split()) == 1 for word in words)
    yield group[0]._replace(
        end_ms=group[-1].end_ms, payload=plain, words=tuple(words) if is_plain else None, repeats=len(group) - 1
    )
