"""The addresses of the site."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from .emergency import EMERGENCY_ADMIN
from .pages.desk import drop_job, retry_job, show_desk
from .pages.home import show_home
from .pages.mail import show_mail
from .pages.person import show_person
from .pages.personal_data import download_data, erase, show_data
from .pages.privacy import show_privacy
from .pages.sitemap import show_robots, show_sitemap

urlpatterns = [
    path("", show_home, name="home"),
    path("talks/", include("commonplace.apps.library.urls")),
    path("", include("commonplace.apps.people.urls")),
    path("", include("commonplace.apps.community.urls")),
    path("organisers/", show_desk, name="desk"),
    path("organisers/emergency/", EMERGENCY_ADMIN.urls),
    path("organisers/jobs/<uuid:key>/retry/", retry_job, name="retry_job"),
    path("organisers/jobs/<uuid:key>/drop/", drop_job, name="drop_job"),
    path("mail/", show_mail, name="mail"),
    path("account/data/", show_data, name="personal_data"),
    path("account/data/export", download_data, name="export_personal_data"),
    path("account/data/erase/", erase, name="erase_personal_data"),
    path("privacy/", show_privacy, name="privacy"),
    path("people/<str:slug>/", show_person, name="person"),
    # Without a token, which would make every page of everybody another one: a language is nothing to steal or to break.
    path("language/", csrf_exempt(require_POST(set_language)), name="set_language"),
    path("sitemap.xml", show_sitemap, name="sitemap"),
    path("robots.txt", show_robots, name="robots"),
]
