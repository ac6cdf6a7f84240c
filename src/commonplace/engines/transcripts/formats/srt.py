"""SubRip (SRT), the format that every tool reads; there is no standard, only custom.

Source: the SubRip program's files, as the Matroska specification describes them (S_TEXT/UTF8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..labels import UNKNOWN_SPEAKER, find_labels
from ..model import Transcript
from ..subtitles import make_subtitles
from ..syntax.cue_blocks import Block, read_blocks
from ..syntax.cue_tags import strip_tags, unescape_text
from ..syntax.highlighted_words import join_highlighted_words
from ..syntax.timed_words import join_one_word_cues
from ..syntax.times import TIME, write_clock
from .base import Cue, Format, Item, SetAside

__all__ = ["FORMAT", "read", "write"]

_TIMING_LINE = re.compile(rf"^[ \t]*{TIME}[ \t]*-->[ \t]*{TIME}[^\n]*$", re.MULTILINE)


def looks_like(document: Document) -> bool:
    """A timing line among the first lines, and at most a counter or a line of text before it."""
    match = _TIMING_LINE.search(document.head)
    return match is not None and document.head.count("\n", 0, match.start()) <= 4


def read(document: Document) -> Iterator[Item]:
    """The cues in the file's order; counters are dropped, text after a blank line stays with its cue."""
    return join_one_word_cues(_read_cues(document))


def _read_cues(document: Document) -> Iterator[Item]:
    blocks = read_blocks(document.text)
    for block in join_highlighted_words(blocks) if "<u>" in document.text else blocks:
        between = block.between.strip()
        if between and not (between.isdigit() and block.start_ms is not None):
            yield from _read_between(block)
        if block.payload:
            text = _decode(block.payload)
            yield Cue(block.start_ms, block.end_ms, text, words=block.words, offset=block.offset)
            for _ in range(block.repeats):
                yield SetAside("duplicate", text, offset=block.offset)


def _decode(text: str) -> str:
    return unescape_text(strip_tags(text)) if "<" in text or "{" in text or "&" in text else text


def _read_between(block: Block) -> Iterator[Item]:
    """Counters, timing lines that cannot be read, and text that a blank line parted from its cue."""
    lines = [line for line in block.between.split("\n") if line.strip()]
    if block.start_ms is not None and lines[-1].strip().isdigit():
        lines.pop()
    begin = block.offset - len(block.between)
    for line in lines:
        if "-->" in line:
            yield SetAside("damage", line.strip(), offset=begin)
    lines = [
        line
        for line, below in zip(lines, [*lines[1:], ""], strict=True)
        if not (line.strip().isdigit() and "-->" in below)
    ]
    if text := "\n".join(line for line in lines if "-->" not in line):
        yield Cue(None, None, _decode(text), offset=begin)


def write(transcript: Transcript) -> str:
    """SRT; a turn opens with ``>>``, and with the speaker's name and a colon where it is known.

    Where words look like speaker labels ("Result: … Result: …"), turns of nobody known say so, and reading gives back
    the very same words.
    """
    blocks = []
    subtitles = make_subtitles(transcript)
    ambiguous = find_labels("\n\n".join("\n".join(subtitle.lines) for subtitle in subtitles))
    for number, subtitle in enumerate(subtitles, start=1):
        text = "\n".join(map(_escape, subtitle.lines))
        if subtitle.begins_turn and (subtitle.speaker is not None or ambiguous or find_labels(f">> {text}")):
            text = f">> {_write_name(subtitle.speaker or UNKNOWN_SPEAKER)}: {text}"
        elif subtitle.begins_turn and number > 1:
            text = f">> {text}"
        timing = f"{write_clock(subtitle.start_ms, ',')} --> {write_clock(subtitle.end_ms, ',')}"
        blocks.append(f"{number}\n{timing}\n{text}\n")
    return "\n".join(blocks)


def _write_name(name: str) -> str:
    """The name as it is, or in square brackets where nobody would take it for one (``ada``, ``Jonas's phone 2``)."""
    return name if find_labels(f">> {name}: ") else f"[{name}]"


def _escape(text: str) -> str:
    """The text as it is, or with character references where it would be read as markup."""
    return text if _decode(text) == text else re.sub(r"&(?=#?\w+;)", "&#38;", text).replace("<", "&lt;")


FORMAT = Format(
    name="srt",
    title="SubRip (SRT)",
    precision="cue",
    looks_like=looks_like,
    read=read,
    write=write,
    suffix=".srt",
    labels=True,
    rolls=True,
)
