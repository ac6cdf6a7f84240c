"""WebVTT, the web's caption format.

Source: W3C WebVTT: The Web Video Text Tracks Format, Candidate Recommendation 2019-04-04, sections 4 (syntax) and 6.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from itertools import chain

from ..document import Document
from ..labels import find_labels
from ..model import Transcript
from ..subtitles import Subtitle, make_subtitles
from ..syntax.cue_blocks import Block, read_blocks
from ..syntax.cue_tags import strip_tags, unescape_text
from ..syntax.highlighted_words import join_highlighted_words
from ..syntax.timed_words import join_one_word_cues
from ..syntax.times import write_clock
from .base import Cue, Details, Format, Item, SetAside

__all__ = ["FORMAT", "has_signature", "read", "read_between", "read_header", "write"]

_SIGNATURE = re.compile(r"\s*WEBVTT(?=[ \t\n]|$)", re.IGNORECASE)
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)[ \t]*$", re.MULTILINE)
_HEADER_LINE = re.compile(r"^(?:Kind|Language|X-TIMESTAMP-MAP|Region|Style)\b", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t]+([^<>\n]*))?>")


def has_signature(document: Document) -> bool:
    """Whether the text begins as WebVTT has to (section 4.1)."""
    return _SIGNATURE.match(document.head) is not None


def looks_like(document: Document) -> bool:
    """WebVTT by its signature and a timing line; an empty track has the header alone."""
    return has_signature(document) and ("-->" in document.text or "\n\n" not in document.text.strip())


def read(document: Document) -> Iterator[Item]:
    """The cues; one for each voice where a cue has several."""
    return join_one_word_cues(_read_cues(document))


def _read_cues(document: Document) -> Iterator[Item]:
    blocks = read_blocks(document.text)
    for number, block in enumerate(join_highlighted_words(blocks) if "<u>" in document.text else blocks):
        between = block.between
        if number == 0:
            between = yield from read_header(between)
        if between.strip():
            yield from read_between(block, between)
        payload = block.payload
        if not payload:
            continue
        if block.words is not None:
            yield Cue(block.start_ms, block.end_ms, payload, words=block.words, offset=block.offset)
        elif "<" not in payload and "&" not in payload:
            yield Cue(block.start_ms, block.end_ms, payload, offset=block.offset)
        else:
            yield from _read_marked(block)
        for _ in range(block.repeats):
            yield SetAside("duplicate", unescape_text(strip_tags(payload)), offset=block.offset)


def _read_marked(block: Block) -> Iterator[Cue]:
    """The cue of a payload with tags or references: text of a voice span belongs to its speaker (section 4.2.2)."""
    place, speaker = 0, None
    for voice in chain(_VOICE.finditer(block.payload), [None]):
        stretch = block.payload[place : voice.start() if voice else None]
        text = unescape_text(strip_tags(stretch))
        if text.strip():
            yield Cue(block.start_ms, block.end_ms, text, speaker, offset=block.offset)
        if voice:
            place = voice.end()
            speaker = " ".join(unescape_text(voice[1] or "").split()) or None


def read_header(text: str) -> Generator[Item, None, str]:
    """What stands before the first cue up to a blank line; returns the rest."""
    header, _, rest = text.lstrip("\n").partition("\n\n")
    if not _SIGNATURE.match(header):
        return text
    if language := _LANGUAGE.search(header):
        yield Details(language=language[1])
    lines = header.split("\n")
    notes = [lines[0].strip()[len("WEBVTT") :].strip(" \t-")]
    notes += [line for line in lines[1:] if not _HEADER_LINE.match(line)]
    if note := " ".join(line for line in notes if line.strip()):
        yield SetAside("note", note)
    return rest


def read_between(block: Block, between: str) -> Iterator[Item]:
    """Comments, styles, regions, identifiers; and text that a stray blank line parted from its cue.

    The line right above a timing line is the cue's identifier (section 4.1), except for a cue that has none because a
    whole block (NOTE, STYLE, REGION, or text) ends there with a blank line.
    """
    begin = block.offset - len(between)
    has_cue = block.start_ms is not None
    paragraphs = re.split(r"\n[ \t]*\n", between.strip("\n"))
    adjacent = has_cue and between.rstrip(" \t").endswith("\n") and not between.rstrip(" \t").endswith("\n\n")
    for number, paragraph in enumerate(paragraphs):
        lines = [line for line in paragraph.split("\n") if line.strip()]
        if adjacent and number == len(paragraphs) - 1 and not paragraph.startswith(("NOTE", "STYLE", "REGION")):
            lines = lines[:-1]
        if not lines:
            continue
        if _SIGNATURE.match(lines[0]):  # several files one after another
            yield SetAside("note", "\n".join(lines).strip()[len("WEBVTT") :], offset=begin)
        elif re.match(r"NOTE(?:\s|$)", lines[0]):
            yield SetAside("note", "\n".join(lines)[4:].strip(), offset=begin)
        elif lines[0].strip() in {"STYLE", "REGION"}:
            yield SetAside("markup", "\n".join(lines[1:]), offset=begin)
        elif any("-->" in line for line in lines):
            yield from _read_damaged(lines, begin)
        else:
            yield Cue(None, None, unescape_text(strip_tags("\n".join(lines))), offset=begin)


def _read_damaged(lines: list[str], offset: int) -> Iterator[Item]:
    """A block whose timing line cannot be read: its words are kept, their times reckoned from those around."""
    place = next(number for number, line in enumerate(lines) if "-->" in line)
    yield SetAside("damage", lines[place], offset=offset)
    if text := "\n".join(lines[place + 1 :]):
        yield Cue(None, None, unescape_text(strip_tags(text)), offset=offset)


def write(transcript: Transcript) -> str:
    """WebVTT with a voice for each named speaker and ``>>`` for an unnamed one; cues as `make_subtitles` makes them.

    Where the words themselves look like speaker labels ("Note: …" again and again), their colons are written as
    character references, so that reading gives back the very same words.
    """
    subtitles = make_subtitles(transcript)
    text = _write(transcript, subtitles, colon=":")
    return _write(transcript, subtitles, colon="&#58;") if find_labels(text) else text


def _write(transcript: Transcript, subtitles: Sequence[Subtitle], *, colon: str) -> str:
    header = f"WEBVTT\nLanguage: {transcript.language}" if transcript.language else "WEBVTT"
    cues = [_write_cue(subtitle, colon, first=number == 0) for number, subtitle in enumerate(subtitles)]
    return "\n\n".join([header, *cues]) + "\n"


def _write_cue(subtitle: Subtitle, colon: str, *, first: bool) -> str:
    text = "\n".join(_escape(line).replace(":", colon) for line in subtitle.lines)
    if subtitle.speaker is not None:
        text = f"<v {_escape(subtitle.speaker)}>{text}"
    elif subtitle.begins_turn and not first:
        text = f"&gt;&gt; {text}"
    return f"{write_clock(subtitle.start_ms)} --> {write_clock(subtitle.end_ms)}\n{text}"


def _escape(text: str) -> str:
    """Character references for what WebVTT reserves; ``&amp;lt;`` would read as text that was escaped twice."""
    text = re.sub(r"&(?=#?\w+;)", "&#38;", text)
    return re.sub(r"&(?!#38;)", "&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


FORMAT = Format(
    name="webvtt",
    title="WebVTT",
    precision="cue",
    looks_like=looks_like,
    read=read,
    write=write,
    suffix=".vtt",
    labels=True,
    rolls=True,
)
