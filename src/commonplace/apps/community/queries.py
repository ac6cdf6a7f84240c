"""Reads of the community's pages, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from commonplace.apps.people.queries import name_of

from . import adapters
from .models import PageKey, PageVersion
from .permissions import is_organiser

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Viewer = AbstractUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class CommunityPage:
    """A page as visitors read it; ``html`` is safe to insert as it stands.

    ``is_default`` says that nobody has written it yet; ``edited_at`` is None then. ``language`` is that of the text,
    which may be another than was asked for: the community's own words go before a translation of somebody else's.
    ``may_edit`` says whether the viewer may write it.
    """

    key: str
    title: str
    html: str
    language: str
    is_default: bool
    edited_at: datetime | None
    may_edit: bool


@dataclass(frozen=True, slots=True)
class PageToEdit:
    """A page as its organisers edit it; ``version`` is 0 while the text that comes with the software stands there."""

    key: str
    title: str
    language: str
    text: str
    version: int


@dataclass(frozen=True, slots=True)
class PageState:
    """A page in the list of all: ``edited_at`` is None where nobody has written it yet.

    ``editor`` is empty where the command line wrote it, or an account since erased.
    """

    key: str
    title: str
    language: str
    version: int
    edited_at: datetime | None
    editor: str


@dataclass(frozen=True, slots=True)
class OldVersion:
    """One version of a page; ``is_newest`` where it is the one that visitors read."""

    version: int
    html: str
    made_at: datetime
    editor: str
    is_newest: bool


def title_of(key: str) -> str:
    """What a page is called, in the language of the reader."""
    if key == PageKey.ABOUT:
        return _("About %(community)s") % {"community": settings.COMMUNITY}
    return _("Code of conduct")


def list_languages() -> list[str]:
    """The languages in which pages are written: those that the site speaks."""
    return [code for code, _name in settings.LANGUAGES]


def get_page(viewer: Viewer, key: str, language: str) -> CommunityPage:
    """The page in this language; else in another that somebody wrote it in; else the text that comes with the software.

    One query. Raises `PageVersion.DoesNotExist` for a key that no page has.
    """
    if key not in PageKey.values:
        raise PageVersion.DoesNotExist(f"there is no page {key!r}")
    newest = {row.language: row for row in PageVersion.objects.filter(key=key).order_by("version")}
    row = newest.get(language) or next((newest[code] for code in list_languages() if code in newest), None)
    text = row.text if row else adapters.read_default(key, language, community=settings.COMMUNITY)
    return CommunityPage(
        key=key,
        title=title_of(key),
        html=adapters.render_markdown(text),
        language=row.language if row else language,
        is_default=row is None,
        edited_at=row.made_at if row else None,
        may_edit=is_organiser(viewer),
    )


def find_first_paragraph(page: CommunityPage) -> str:
    """How a page begins, as HTML that is safe to insert; empty where it holds no paragraph."""
    return adapters.find_first_paragraph(page.html)


def list_pages_for(viewer: Viewer) -> list[PageState]:
    """Every page in every language; one query. Raises `PageVersion.DoesNotExist` for anybody but an organiser."""
    _require_organiser(viewer)
    rows = PageVersion.objects.select_related("made_by__person").defer("text").order_by("version")
    newest = {(row.key, row.language): row for row in rows}
    states = []
    for key in PageKey.values:
        for language in list_languages():
            row = newest.get((key, language))
            states.append(
                PageState(
                    key=key,
                    title=title_of(key),
                    language=language,
                    version=row.version if row else 0,
                    edited_at=row.made_at if row else None,
                    editor=name_of(row.made_by) if row and row.made_by else "",
                )
            )
    return states


def get_page_to_edit_for(viewer: Viewer, key: str, language: str) -> PageToEdit:
    """The page as it stands, to be edited.

    Raises `PageVersion.DoesNotExist` for a page that is none, and for anybody but an organiser.
    """
    _require_organiser(viewer)
    _require_page(key, language)
    row = PageVersion.objects.filter(key=key, language=language).order_by("-version").first()
    text = row.text if row else adapters.read_default(key, language, community=settings.COMMUNITY)
    return PageToEdit(key=key, title=title_of(key), language=language, text=text, version=row.version if row else 0)


def list_versions_for(viewer: Viewer, key: str, language: str, *, limit: int = 50) -> list[OldVersion]:
    """The newest versions of a page, the newest first; one query.

    Raises `PageVersion.DoesNotExist` for a page that is none, and for anybody but an organiser.
    """
    _require_organiser(viewer)
    _require_page(key, language)
    rows = PageVersion.objects.filter(key=key, language=language).select_related("made_by__person")
    return [
        OldVersion(
            version=row.version,
            html=adapters.render_markdown(row.text),
            made_at=row.made_at,
            editor=_editor_of(row),
            is_newest=place == 0,
        )
        for place, row in enumerate(rows.order_by("-version")[:limit])
    ]


def preview(text: str) -> str:
    """The page that this Markdown makes, as HTML that is safe to insert."""
    return adapters.render_markdown(text)


def export_pages() -> Iterator[tuple[str, str]]:
    """File name and text of every page that somebody has written, by name."""
    rows = PageVersion.objects.order_by("key", "language", "version").values_list("key", "language", "text")
    newest = {f"{key}.{language}.md": f"{text}\n" for key, language, text in rows}
    yield from newest.items()


def _editor_of(row: PageVersion) -> str:
    return name_of(row.made_by) if row.made_by else _("The command line, or an account since erased")


def _require_page(key: str, language: str) -> None:
    if key not in PageKey.values or language not in list_languages():
        raise PageVersion.DoesNotExist(f"there is no page {key!r} in {language!r}")


def _require_organiser(viewer: Viewer) -> None:
    if not is_organiser(viewer):
        raise PageVersion.DoesNotExist("only organisers see this")
