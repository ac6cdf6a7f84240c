"""How a recording is played on a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from ..models import (
    Recording,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Player:
    """How a recording is played on the page.

    An ``audio`` or ``video`` file has its own ``url``. An ``embed`` is the player of another site: whole seconds are
    appended to its ``url``, and it begins there. ``origin`` is the scheme and host it comes from.
    """

    kind: Literal["audio", "video", "embed"]
    url: str
    origin: str

    @property
    def host(self) -> str:
        """The name of the machine that the recording comes from."""
        return self.origin.partition("://")[2]


_YOUTUBE = re.compile(
    r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|live/|embed/|shorts/)|youtu\.be/)"
    r"([\w-]{11})(?![\w-])",
    re.ASCII,
)


_VIMEO = re.compile(
    r"https?://(?:www\.)?(?:player\.)?vimeo\.com/(?:video/)?(\d{1,12})(?:/([0-9a-f]{1,20}))?(?=[/?#]|$)"
)


_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?")


def find_player(recording: Recording) -> Player | None:
    """How this recording is played on a page; None where it can only be linked to."""
    if match := _YOUTUBE.match(recording.url):
        origin = "https://www.youtube-nocookie.com"  # the player that sets no cookie before somebody plays
        return Player("embed", f"{origin}/embed/{match[1]}?autoplay=1&playsinline=1&rel=0&enablejsapi=1&start=", origin)
    if match := _VIMEO.match(recording.url):
        origin = "https://player.vimeo.com"
        unlisted = f"&h={match[2]}" if match[2] else ""
        return Player("embed", f"{origin}/video/{match[1]}?dnt=1&autoplay=1{unlisted}#t=", origin)
    if recording.kind == Recording.Kind.PAGE:
        return None
    address = urlsplit(recording.url)
    # The host goes into the page's content policy, where anything but a plain name could say more than a name.
    if not _HOST.fullmatch(address.netloc.lower()):
        return None
    kind: Literal["audio", "video"] = "audio" if recording.kind == Recording.Kind.AUDIO else "video"
    return Player(kind, recording.url, f"{address.scheme}://{address.netloc.lower()}")
