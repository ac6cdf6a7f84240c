"""A transcript as Markdown and as plain text, for people and for git.

Every paragraph begins with its time, every turn with its speaker, every chapter with a heading: one line a paragraph,
so that a change shows as the paragraph it is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .model import Transcript
from .paragraphs import find_chapter_word

__all__ = ["Paragraph", "walk_paragraphs", "write_markdown", "write_text"]

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_REFERENCE = re.compile(r"&(?=#?\w+;)")


class Paragraph(NamedTuple):
    """One paragraph: its words' range, start, speaker, and what begins with it."""

    first_word: int
    stop: int
    start_ms: int | None
    speaker: str | None
    begins_turn: bool
    chapter: str | None

    def text(self, transcript: Transcript) -> str:
        """The words, joined by spaces."""
        return " ".join(transcript.words.texts[self.first_word : self.stop])


def walk_paragraphs(transcript: Transcript) -> Iterator[Paragraph]:
    """The paragraphs in order; a transcript that nobody has split has one for each turn. Linear time."""
    if not transcript.words:
        return
    turns = {turn.first_word: turn for turn in transcript.turns}
    titles: dict[int, str] = {}
    for chapter in transcript.chapters:
        word = find_chapter_word(transcript, chapter)
        if word is not None:
            titles[word] = f"{titles[word]} / {chapter.title}" if word in titles else chapter.title
    starts = sorted({0, *transcript.paragraphs, *turns, *titles})
    speaker = None
    for first, stop in zip(starts, [*starts[1:], len(transcript.words)], strict=True):
        turn = turns.get(first)
        speaker = turn.speaker if turn else speaker
        yield Paragraph(first, stop, transcript.words[first].start_ms, speaker, turn is not None, titles.get(first))


def write_markdown(transcript: Transcript) -> str:
    """Chapters as headings, speakers in bold at the start of their turns, ``[12:34]`` before each paragraph.

    The form is that of Changelog's transcripts, and the reader of those reads it back.
    """
    blocks = []
    for paragraph in walk_paragraphs(transcript):
        if paragraph.chapter:
            blocks.append(f"## {_escape(paragraph.chapter)}")
        text = _escape(paragraph.text(transcript))
        if paragraph.start_ms is not None:
            text = _write_time(paragraph.start_ms) + text
        if paragraph.begins_turn and paragraph.speaker:
            text = f"**{_escape(paragraph.speaker)}:** {text}"
        blocks.append(text)
    return "\n\n".join(blocks) + "\n"


def write_text(transcript: Transcript) -> str:
    """The words and nothing else: a line for each paragraph, a blank line between."""
    return "\n\n".join(paragraph.text(transcript) for paragraph in walk_paragraphs(transcript)) + "\n"


def _write_time(time_ms: int) -> str:
    r"""``\[1:02:03\] `` as the Changelog's transcripts write times, so that Markdown shows the brackets."""
    seconds = time_ms // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    clock = f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes:02d}:{seconds % 60:02d}"
    return rf"\[{clock}\] "


def _escape(text: str) -> str:
    """The text with what Markdown would read as markup escaped."""
    return _MARKDOWN.sub(r"\\\1", _REFERENCE.sub("&amp;", text))
