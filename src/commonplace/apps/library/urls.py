"""The addresses of the library; slugs are words of any script, so they are taken as text."""

from __future__ import annotations

from django.urls import path

from . import feeds, views

urlpatterns = [
    path("", views.show_talks, name="talks"),
    path("feed.xml", feeds.show_rss, name="rss"),
    path("feed.json", feeds.show_json_feed, name="json-feed"),
    path("<str:slug>/", views.show_talk, name="talk"),
    path("<str:slug>/download/<str:kind>", views.download_talk, name="download"),
]
