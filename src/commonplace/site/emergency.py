"""Django's admin, for emergencies: most of it can be looked at only, and it is closed unless a setting opens it.

Whoever may set the site's environment decides who comes in. Nobody has a password here, so there is no way in but the
site's own sign-in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_noop

from commonplace.apps.people import actions as people
from commonplace.apps.people.permissions import is_organiser

if TYPE_CHECKING:
    from commonplace.apps.people.models import Account

__all__ = ["EMERGENCY_ADMIN", "may_enter"]

_HIDDEN = {"people.Account": {"password"}, "jobs.OutgoingMail": {"body"}}
"""What even an emergency shows nobody: a mail's body may hold a code that signs in."""


def may_enter(request: HttpRequest) -> bool:
    """Whether this is an organiser whom COMMONPLACE_EMERGENCY_ADMINS names."""
    user = request.user
    return is_organiser(user) and getattr(user, "email", "").lower() in settings.EMERGENCY_ADMINS


class EmergencyAdmin(AdminSite):
    """Every row of our apps, for those who may enter; for everybody else there is no such page."""

    site_header = site_title = "Commonplace: emergency"
    site_url = "/organisers/"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Only those who may enter."""
        return may_enter(request)

    def get_urls(self) -> list[Any]:
        """The admin's own addresses, without those of passwords, which nobody has."""
        return [url for url in super().get_urls() if not str(getattr(url, "name", "")).startswith("password")]

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """A page of the admin behind this door."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if may_enter(request):
                response: HttpResponseBase = inner(request, *args, **kwargs)
                return response
            return self.login(request)

        return guard

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The site's own sign-in, where a setting has opened this door for somebody; else there is no such page."""
        if request.user.is_authenticated or not settings.EMERGENCY_ADMINS:
            raise Http404("there is nothing here for you")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('admin:index')})}")


class _ToBeLookedAt(ModelAdmin[Model]):
    """Rows as they are; the site's own pages change them, by the rules."""

    show_full_result_count = False

    def get_list_display(self, request: HttpRequest) -> Any:
        return ["pk", "__str__"]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        hidden = _HIDDEN.get(self.model._meta.label, set())
        return [field.name for field in self.model._meta.concrete_fields if field.name not in hidden]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_enter(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_enter(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class _Accounts(_ToBeLookedAt):
    """The one thing to be done in a hurry: to close an account, or to open it again."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [name for name in self.get_fields(request, obj) if name != "is_active"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # Whoever locked themselves out would have nobody to let them in.
        return may_enter(request) and (obj is None or obj.pk != request.user.pk)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.save(update_fields=["is_active"])
        what = gettext_noop("opened an account again") if obj.is_active else gettext_noop("closed an account")
        people.record_act(by=cast("Account", request.user), what=what, target=obj.email, now=timezone.now())


EMERGENCY_ADMIN = EmergencyAdmin(name="admin")
"""The admin of this site, at /organisers/emergency/."""


def _register() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("commonplace.apps.") or config.label == "django_tasks_database":
            for model in config.get_models():
                EMERGENCY_ADMIN.register(model, _Accounts if model._meta.label == "people.Account" else _ToBeLookedAt)


_register()
