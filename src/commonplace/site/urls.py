"""The addresses of the site."""

from __future__ import annotations

from django.urls import include, path

from .pages.home import show_home
from .pages.mail import show_mail
from .pages.person import show_person
from .pages.sitemap import show_robots, show_sitemap

urlpatterns = [
    path("", show_home, name="home"),
    path("talks/", include("commonplace.apps.library.urls")),
    path("", include("commonplace.apps.people.urls")),
    path("mail/", show_mail, name="mail"),
    path("people/<str:slug>/", show_person, name="person"),
    path("sitemap.xml", show_sitemap, name="sitemap"),
    path("robots.txt", show_robots, name="robots"),
]
