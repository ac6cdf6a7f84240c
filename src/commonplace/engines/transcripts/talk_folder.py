"""The talk folder: a talk as plain files that git diffs well and that outlive the software.

``talk.md`` (front matter and the readable transcript), ``transcript.json``, ``captions.vtt``, ``captions.srt``,
``chapters.json`` (Podcasting 2.0) and ``report.json`` (what was changed, and why).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .model import Transcript

__all__ = ["TalkDetails", "TalkFolder", "read_talk_folder", "write_talk_folder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkDetails:
    """What is known of a talk besides its words; ``date`` is an ISO 8601 day, ``recording`` an address."""

    title: str
    date: str | None = None
    speakers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    event: str | None = None
    recording: str | None = None
    language: str | None = None
    topics: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFolder:
    """A talk as its folder holds it; ``report`` is the JSON object of ``report.json``."""

    details: TalkDetails
    transcript: Transcript
    report: dict[str, Any] = field(default_factory=dict)


def write_talk_folder(folder: TalkFolder) -> dict[str, str]:
    """The files of a talk folder by name; the same value always gives the same bytes."""
    raise NotImplementedError


def read_talk_folder(files: Mapping[str, str], *, name: str) -> TalkFolder:
    """The talk in these files, by name; only ``transcript.json`` must be there.

    ``name`` is the folder's, used in errors. Raises `UnreadableCaptions` with the file and place that is wrong.
    """
    raise NotImplementedError
