"""The addresses of the community's pages."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("about/", views.show_page, {"key": "about"}, name="about"),
    path("conduct/", views.show_page, {"key": "conduct"}, name="conduct"),
    path("organisers/pages/", views.show_pages, name="pages"),
    path("organisers/pages/<str:key>/<str:language>/", views.edit_page, name="edit_page"),
    path("organisers/pages/<str:key>/<str:language>/history/", views.show_page_history, name="page_history"),
    path(
        "organisers/pages/<str:key>/<str:language>/history/<int:version>/restore/",
        views.restore_page,
        name="restore_page",
    ),
]
