"""What search engines ask for: the addresses of all public pages, and what they may read."""

from __future__ import annotations

from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page, require_safe

from commonplace.apps.library.queries import list_addresses, make_series_slug

_LIMIT = 50_000
"""Addresses in one file, as sitemaps.org allows."""


@require_safe
@conditional_page
def show_sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that a visitor can find, the newest talks first."""
    addresses = list_addresses(AnonymousUser())
    paths = [reverse(name) for name in ("home", "talks", "about", "conduct")]
    paths += [path for slug in addresses.talks for path in _list_versions(slug, addresses.languages.get(slug, ()))]
    paths += [reverse("person", args=[slug]) for slug in addresses.people]
    paths += dict.fromkeys(reverse("series", args=[make_series_slug(event)]) for event in addresses.events)
    text = StringIO()
    xml = SimplerXMLGenerator(text, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl({"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}))
    for path in paths[:_LIMIT]:
        xml.startElement("url", AttributesImpl({}))
        xml.addQuickElement("loc", request.build_absolute_uri(path))
        xml.endElement("url")
    xml.endElement("urlset")
    xml.endDocument()
    return HttpResponse(text.getvalue(), content_type="application/xml; charset=utf-8")


def _list_versions(slug: str, languages: tuple[str, ...]) -> list[str]:
    """The addresses of a talk, one for each language; each of those pages names the others."""
    address = reverse("talk", args=[slug])
    return [address, *(f"{address}?{urlencode({'in': language})}" for language in languages[1:])]


@require_safe
def show_robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the sitemap says where it is (RFC 9309)."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(f"User-agent: *\nAllow: /\nSitemap: {sitemap}\n", content_type="text/plain; charset=utf-8")
