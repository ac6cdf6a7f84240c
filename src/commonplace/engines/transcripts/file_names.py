"""What the name of a caption file tells of the talk: recorders write title, day and language there."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import PurePath

from .model import is_language_tag

__all__ = ["FileName", "read_file_name"]

_DAY = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<part>[-_.]?)(?P<month>\d\d)(?P=part)(?P<day>\d\d)(?!\d)")
_VIDEO = re.compile(r"\s*[\[(](?=[^\])]*[\d_-])[A-Za-z0-9_-]{11}[\])]\s*")
"""The key of a video, which download programs put in brackets."""

_ZOOM = re.compile(r"^GMT\s*-\d{6}_Recording")
"""What Zoom calls every recording, once its day is taken out."""

_LANGUAGE = re.compile(r"\.(?P<tag>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)(?:-orig)?$")
_KINDS = re.compile(r"(?:[\s._-]+(?:captions?|subtitles?|transcript|transcription|auto[ -]generated))+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileName:
    """The parts of a name that were recognised; ``date`` is an ISO 8601 day, an empty title tells nothing."""

    title: str
    date: str | None = None
    language: str | None = None


def read_file_name(name: str) -> FileName:
    """Take a file's name apart; folders before it and its last ending are left out. Linear time.

    >>> read_file_name("2026-05-04 Words with times [dQw4w9WgXcQ].en.vtt")
    FileName(title='Words with times', date='2026-05-04', language='en')
    """
    stem = PurePath(name.replace("\\", "/")).name[:255]
    stem = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", stem)
    language = None
    if (match := _LANGUAGE.search(stem)) and is_language_tag(match["tag"]):
        language, stem = match["tag"], stem[: match.start()]
    date = None
    for match in _DAY.finditer(stem):
        if date := _read_day(match):
            stem = f"{stem[: match.start()]} {stem[match.end() :]}"
            break
    stem = _ZOOM.sub("", _VIDEO.sub(" ", stem))
    if " " not in stem.strip():
        stem = re.sub(r"[_-]+", " ", stem)
    stem = _KINDS.sub("", stem.strip())
    title = " ".join(stem.replace("_", " ").split()).strip(" -–_.,")
    return FileName(title[:1].upper() + title[1:], date, language)


def _read_day(match: re.Match[str]) -> str | None:
    try:
        return datetime.date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None
