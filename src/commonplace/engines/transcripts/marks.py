"""Marks that people and recognisers put among the words: new speakers, directions, masked words.

Conventions: ``>>`` before a new speaker (CEA-608 captioning practice, kept by YouTube), square or round brackets for
sounds, ``[ __ ]`` for a word that YouTube masks, notes around singing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

__all__ = ["MASKED_WORD", "Piece", "has_marks", "split_pieces"]

MASKED_WORD = "[__]"

_SOUNDS = (
    r"music|musical|applause|applauds?|laugh\w*|chuckl\w*|giggl\w*|inaudible|unintelligible|indistinct|cross-?\s?talk|"
    r"silence|silent|cough\w*|sigh\w*|cheer\w*|clap\w*|clears|noise|beep\w*|pause|pauses|sneez\w*|gasp\w*|singing|sings|"
    r"whispers?|whispering|foreign|speaking|blank_?\s?audio|background|typing|phone|bell|snort\w*|sniff\w*|audio|video|"
    r"doors?|slams?|knock\w*|footsteps?|bang\w*|clicks?|clicking|chatter\w*|murmur\w*|groan\w*|yawn\w*|mumbl\w*|humming|"
    r"exhales?|inhales?|breath\w*|static|feedback|echo\w*|sounds?|"
    r"音楽|拍手|笑い?|笑い声|無音"
)
_TRAIL = r"[.,!?…;:]*"
_PIECE = re.compile(
    rf"""
      (?P<masked>\[\s*_+\s*\]\S*)
    | (?P<turn>(?:\[SPEAKER_TURN\]|(?:>>|&gt;&gt;|»)+>?)(?=\s|\w|\[|\(|$|["'-]))
    | (?P<square>\[(?:[^\W\d][^\[\]\n()]{{0,60}}|[_♪♫♬\s][^\[\]\n]{{0,60}})\]){_TRAIL}(?=\s|$)
    | (?P<round>\(\s*(?:{_SOUNDS})\b[^()\n]{{0,60}}\)|（(?:{_SOUNDS})[^（）\n]{{0,60}}）){_TRAIL}(?=\s|$)
    | (?P<star>\*\s?(?:{_SOUNDS})\b[^*\n]{{0,40}}\*)(?=\s|$)
    | (?P<note>[♪♫♬🎵🎶]+)(?=\s|$)
    | (?P<word>\S+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HAS_MARKS = re.compile(r"[\[(（>»♪♫♬🎵🎶*]|&gt;")
_MOST_DIRECTION_WORDS = 6


class Piece(NamedTuple):
    """A stretch of a cue's text: ``tokens`` white-space separated tokens that are one thing."""

    kind: Literal["word", "direction", "turn"]
    text: str
    tokens: int


def has_marks(text: str) -> bool:
    """Whether the text could hold a mark; nearly all cues do not, and are spared the closer look."""
    return _HAS_MARKS.search(text) is not None


def split_pieces(text: str) -> Iterator[Piece]:
    """The words, directions and turn marks of a cue, in order; every token of the text is in exactly one piece.

    Round brackets hold a direction only when they begin with a word for a sound, because people also speak in brackets.
    What a token is does not depend on the cue it stands in, so that a transcript reads back however it is cut.
    """
    place = 0
    while match := _PIECE.search(text, place):
        place = match.end()
        piece = match.group()
        kind = match.lastgroup
        if kind == "masked":
            yield Piece("word", MASKED_WORD + piece[piece.index("]") + 1 :], len(piece.split()))
        elif kind == "turn":
            continues = place < len(text) and not text[place].isspace()
            yield Piece("turn", piece, 0 if continues else 1)
        elif kind == "word":
            yield Piece("word", piece, 1)
        elif len(piece.split()) <= _MOST_DIRECTION_WORDS:
            yield Piece("direction", piece, len(piece.split()))
        else:
            for word in piece.split():
                yield Piece("word", word, 1)
