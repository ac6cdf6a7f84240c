"""What a caption file holds, one item after another, before assembly makes a transcript of it."""

from __future__ import annotations

from typing import NamedTuple

from .model import Transcript

__all__ = ["Cue", "Details", "Heading", "Item", "SetAside", "TimedWord"]


class TimedWord(NamedTuple):
    """A word as the captions time it; None where they give no time, and assembly interpolates."""

    text: str
    start_ms: int | None
    end_ms: int | None = None


class Cue(NamedTuple):
    """A stretch of speech: milliseconds (None where the file gives none), text, and what else the file says of it.

    ``words``, where present, replaces ``text`` word for word. ``speaker`` is a name that the format itself states;
    ``begins_turn`` says that a new, maybe unnamed, speaker begins. ``offset`` is the cue's place in the document.
    """

    start_ms: int | None
    end_ms: int | None
    text: str
    speaker: str | None = None
    words: tuple[TimedWord, ...] | None = None
    begins_turn: bool = False
    offset: int = 0


class Heading(NamedTuple):
    """A chapter begins here; without a time of its own it begins where the next cue does."""

    title: str
    start_ms: int | None = None


class Details(NamedTuple):
    """What a file says about itself as a whole."""

    language: str | None = None
    title: str | None = None
    duration_ms: int | None = None


class SetAside(NamedTuple):
    """Text of the file that is not speech.

    ``kind`` is one of ``direction`` (music, laughter), ``note`` (comments, front matter, trailers, stage notes),
    ``label`` (speaker names), ``markup`` (addresses of links and pictures), ``duplicate`` (a line shown again),
    ``damage`` (a timing line that cannot be read).
    """

    kind: str
    text: str
    start_ms: int | None = None
    offset: int = 0


Item = Cue | Heading | Details | SetAside | Transcript
