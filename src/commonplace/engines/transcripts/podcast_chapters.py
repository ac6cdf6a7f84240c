"""Podcasting 2.0 chapters, which players show beside the recording.

Source: Podcast Namespace, JSON Chapters Format 1.2.
"""

from __future__ import annotations

import json

from .model import Transcript

__all__ = ["write_chapters"]


def write_chapters(transcript: Transcript) -> str:
    """The chapters that have a time, a line each; seconds, whole ones without a fraction."""
    lines = [
        json.dumps({"startTime": _write_seconds(chapter.start_ms), "title": chapter.title}, ensure_ascii=False)
        for chapter in sorted(transcript.chapters, key=lambda chapter: chapter.start_ms or 0)
        if chapter.start_ms is not None
    ]
    body = ",\n".join(f"  {line}" for line in lines)
    return '{"version": "1.2.0", "chapters": [\n' + body + ("\n" if lines else "") + "]}\n"


def _write_seconds(time_ms: int) -> int | float:
    return time_ms // 1000 if time_ms % 1000 == 0 else time_ms / 1000
