"""The addresses of the site."""

from __future__ import annotations

from django.urls import include, path

from .pages.home import show_home
from .pages.person import show_person

urlpatterns = [
    path("", show_home, name="home"),
    path("talks/", include("commonplace.apps.library.urls")),
    path("people/<str:slug>/", show_person, name="person"),
]
