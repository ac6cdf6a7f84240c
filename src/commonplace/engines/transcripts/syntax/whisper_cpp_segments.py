"""What the text and the JSON of whisper.cpp have in common: marks that the program itself puts into the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..items import Cue, Item, SetAside

__all__ = ["Segment", "is_special", "read_segments"]

_SPECIAL = re.compile(r"\[_[A-Za-z]+(?:_\w*)?\]|<\|[^|<>\n]*\|>")
"""Tokens that are no text, shown with ``--print-special``: ``[_BEG_]``, ``[_TT_150]``, ``<|endoftext|>``."""

_SPEAKER = re.compile(r"\s*\(speaker (\d+|\?)\)")
"""``--diarize`` tells two channels apart and writes this before each segment."""

_SPEAKER_TURN = "[SPEAKER_TURN]"
"""``--tinydiarize`` writes this behind the last words of a speaker."""


class Segment(NamedTuple):
    """A segment as whisper.cpp wrote it, the leading space of its text kept."""

    cue: Cue
    turn_follows: bool = False


def read_segments(segments: Iterator[Segment]) -> Iterator[Item]:
    """The cues of these segments, with the program's own marks decoded and special tokens set aside."""
    begins_turn = False
    for cue, turn_follows in segments:
        text = cue.text
        for special in _SPECIAL.findall(text):
            yield SetAside("markup", special, cue.start_ms, cue.offset)
        text = _SPECIAL.sub("", text)
        turn_follows = turn_follows or _SPEAKER_TURN in text
        text = text.replace(_SPEAKER_TURN, "")
        speaker = cue.speaker
        if match := _SPEAKER.match(text):
            speaker = None if match[1] == "?" else f"Speaker {match[1]}"
            text = text[match.end() :]
        if text.strip():
            yield cue._replace(text=text, speaker=speaker, begins_turn=begins_turn)
            begins_turn = turn_follows
        else:
            begins_turn = begins_turn or turn_follows


def is_special(token: str) -> bool:
    """Whether this token stands for no text."""
    return _SPECIAL.fullmatch(token.strip()) is not None
