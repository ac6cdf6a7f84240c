"""A talk as files to take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .. import adapters
from ..models import (
    Talk,
    Transcript,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser
    from django.utils.functional import _StrPromise as StrPromise

    Viewer = AbstractUser | AnonymousUser

from .catalogue import get_talk_for
from .folders import load_folder_in, load_transcript
from .languages import choose_transcript


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a talk can be had as."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class DownloadFile:
    """A file to send."""

    name: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class _Kind:
    title: StrPromise
    suffix: str
    content_type: str
    needs: str = ""


# In the order in which the page offers them.
_KINDS = {
    "vtt": _Kind(_("WebVTT captions"), ".vtt", "text/vtt; charset=utf-8", needs="times"),
    "srt": _Kind(_("SRT captions"), ".srt", "application/x-subrip; charset=utf-8", needs="times"),
    "md": _Kind(_("Markdown"), ".md", "text/markdown; charset=utf-8"),
    "txt": _Kind(_("Plain text"), ".txt", "text/plain; charset=utf-8"),
    "json": _Kind(_("Transcript JSON"), ".json", "application/json"),
    "podcast-json": _Kind(_("Podcasting 2.0 JSON"), ".podcast.json", "application/json", needs="times"),
    "chapters": _Kind(_("Podcasting 2.0 chapters"), ".chapters.json", "application/json+chapters", needs="chapters"),
}


def get_download_for(viewer: Viewer, slug: str, kind: str, *, language: str = "") -> DownloadFile:
    """The talk as a file of this kind: vtt, srt, md, txt, json, podcast-json or chapters.

    Without a language, it is in the one it was held in. Raises `Talk.DoesNotExist` where this viewer may not see the
    talk, or it is not to be had as this kind or in this language.
    """
    talk = get_talk_for(viewer, slug)
    transcript = choose_transcript(talk, talk.transcripts.all(), language)
    offered = list_downloads(transcript, has_chapters=bool(transcript and transcript.chapters.exists()))
    if transcript is None or kind not in {download.kind for download in offered}:
        raise Talk.DoesNotExist(f"{slug} is not to be had as {kind!r}")
    chosen = _KINDS[kind]
    if kind == "md":
        text = adapters.write_folder(load_folder_in(talk, transcript))["talk.md"]
    else:
        text = adapters.render(load_transcript(transcript), kind=kind)
    suffix = f".{transcript.language}{chosen.suffix}" if transcript.position else chosen.suffix
    return DownloadFile(name=talk.slug + suffix, content_type=chosen.content_type, body=text.encode())


def list_downloads(transcript: Transcript | None, *, has_chapters: bool) -> tuple[Download, ...]:
    """What a talk with this transcript is to be had as, in the order of the page."""
    if transcript is None:
        return ()
    held = {"", *(["times"] if transcript.precision != "none" else []), *(["chapters"] if has_chapters else [])}
    return tuple(Download(kind, str(about.title)) for kind, about in _KINDS.items() if about.needs in held)
