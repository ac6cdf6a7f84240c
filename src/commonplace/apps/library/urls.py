"""The addresses of the library; slugs are words of any script, so they are taken as text."""

from __future__ import annotations

from django.urls import path

from . import feeds
from .views import talks

urlpatterns = [
    path("", talks.show_talks, name="talks"),
    path("feed.xml", feeds.show_rss, name="rss"),
    path("feed.json", feeds.show_json_feed, name="json-feed"),
    path("<str:slug>/", talks.show_talk, name="talk"),
    path("<str:slug>/download/<str:kind>", talks.download_talk, name="download"),
]
