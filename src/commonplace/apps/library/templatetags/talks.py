"""How templates write times and the direction of a language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_info, gettext, ngettext

from ..queries import TranscriptVersion, make_series_slug

register = template.Library()

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}


class _InRole(Protocol):
    @property
    def role(self) -> str: ...


_Credit = TypeVar("_Credit", bound=_InRole)


@register.filter
def who_speaks(people: Sequence[_Credit]) -> Sequence[_Credit]:
    """The speakers among these; where only hosts are known, the hosts."""
    return [person for person in people if person.role == "speaker"] or people


_SCRIPT_WITHOUT_SPACES = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
_NEEDLESS_SPACE = re.compile(f"(?<=[{_SCRIPT_WITHOUT_SPACES}]) (?=[{_SCRIPT_WITHOUT_SPACES}])")


@register.filter
def close_up(text: str) -> str:
    """Text without the spaces that joining captions puts between two signs of a script that knows none."""
    return _NEEDLESS_SPACE.sub("", text)


@register.filter
def clock(milliseconds: int) -> str:
    """A moment as players show it, whole seconds: ``12:34``, or ``1:02:03`` from an hour on."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.filter
def clock_datetime(milliseconds: int) -> str:
    """A moment as the datetime attribute of HTML's ``time`` wants a duration: ``PT754S``."""
    return f"PT{milliseconds // 1000}S"


@register.filter
def length_of_time(milliseconds: int) -> str:
    """How long a talk is, to the minute; below a minute, to the second."""
    if milliseconds < 60_000:
        seconds = milliseconds // 1000
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    hours, minutes = divmod(round(milliseconds / 60_000), 60)
    if not hours:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if not minutes:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}


@register.filter
def own_name(language: str) -> str:
    """A language as those who read it call it: ``日本語``; the tag itself (BCP 47) where it has no name.

    An empty tag is a language that nobody has named.
    """
    if not language:
        return gettext("unknown language")
    try:
        return str(get_language_info(language.lower())["name_local"])
    except KeyError:
        return language


@register.filter
def address_in(version: TranscriptVersion, slug: str) -> str:
    """The address of a talk in one of its languages."""
    address = reverse("talk", args=[slug])
    return f"{address}?{urlencode({'in': version.in_address})}" if version.in_address else address


@register.filter
def series_address(name: str) -> str:
    """The address of the series of this name."""
    return reverse("series", args=[make_series_slug(name)])


@register.filter
def direction(language: str | None) -> str:
    """``rtl`` or ``ltr`` for a language tag (BCP 47); ``auto``, the browser's guess, where the language is unknown."""
    if not language:
        return "auto"
    return "rtl" if language.replace("_", "-").split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
