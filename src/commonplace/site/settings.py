"""Django's settings, from a handful of environment variables; `SETTINGS` says which."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from . import DEMO_MARK
from .database_url import read_database_url, sqlite_database
from .mail_url import read_mail_url
from .secret_key import read_or_make_secret_key


class Setting(NamedTuple):
    """An environment variable that this installation reads."""

    default: str
    meaning: str


SETTINGS: dict[str, Setting] = {
    "COMMONPLACE_HOME": Setting("./var", "The folder that holds the database, the media and the secret key."),
    "DATABASE_URL": Setting(
        "", "A PostgreSQL database as postgresql://USER:PASSWORD@HOST:PORT/NAME; SQLite in COMMONPLACE_HOME without it."
    ),
    "COMMONPLACE_SECRET_KEY": Setting(
        "", "Signs sessions and forms; without it, a key is made once and kept in COMMONPLACE_HOME/secret_key."
    ),
    "COMMONPLACE_COMMUNITY": Setting("Commonplace", "The community's name, as the head of every page shows it."),
    "COMMONPLACE_TIME_ZONE": Setting(
        "UTC", "The time zone of the community, by its IANA name, such as Asia/Tokyo: times of day are shown in it."
    ),
    "COMMONPLACE_HOSTS": Setting(
        "localhost,127.0.0.1,[::1]", "The names under which the site answers, separated by commas."
    ),
    "COMMONPLACE_HTTPS": Setting(
        "no",
        "yes where a proxy that sets X-Forwarded-Proto serves the site over HTTPS: "
        "cookies are then sent over HTTPS only, and browsers are told to stay with it.",
    ),
    "COMMONPLACE_SMTP_URL": Setting(
        "",
        "The mail server as smtp://USER:PASSWORD@HOST:587 (STARTTLS), smtps://USER:PASSWORD@HOST:465, or "
        "smtp://HOST:25?tls=no for a relay on this machine; without it, mail is written to the log of the worker.",
    ),
    "COMMONPLACE_MAIL_FROM": Setting(
        "", "The address that mail comes from; commonplace@ and the first of COMMONPLACE_HOSTS without it."
    ),
    "COMMONPLACE_EMERGENCY_ADMINS": Setting(
        "",
        "The mail addresses, separated by commas, of organisers who may open Django's admin at /organisers/emergency/; "
        "set it for the hour of an emergency, and take it away again.",
    ),
    "COMMONPLACE_DEMO": Setting(
        "no",
        "Set by `commonplace demo`, and heeded in the folder that it made only: everybody on this machine can read "
        "the mail there, and so sign in as anybody.",
    ),
    "COMMONPLACE_DEBUG": Setting("no", "yes shows errors in full in the browser; never on a public machine."),
}
"""Every variable with its default and its meaning; the reference page is made of this table."""


def read_setting(name: str) -> str:
    """The value of a variable of `SETTINGS`, or its default where it is not set or empty."""
    return os.environ.get(name, "").strip() or SETTINGS[name].default


def read_switch(name: str) -> bool:
    """Whether a variable of `SETTINGS` says yes; raises `ImproperlyConfigured` for what is neither yes nor no."""
    said = read_setting(name).strip().lower()
    if said not in {"yes", "true", "on", "1", "no", "false", "off", "0", ""}:
        raise ImproperlyConfigured(f"{name} is {said[:40]!r}\n  expected: yes or no")
    return said in {"yes", "true", "on", "1"}


SITE = Path(__file__).resolve().parent
HOME = Path(read_setting("COMMONPLACE_HOME")).resolve()

DEBUG = read_switch("COMMONPLACE_DEBUG")
SECRET_KEY = os.environ.get("COMMONPLACE_SECRET_KEY", "").strip() or read_or_make_secret_key(HOME / "secret_key")
COMMUNITY = read_setting("COMMONPLACE_COMMUNITY")
DEMO = read_switch("COMMONPLACE_DEMO") and (HOME / DEMO_MARK).is_file()
ALLOWED_HOSTS = [host.strip() for host in read_setting("COMMONPLACE_HOSTS").split(",") if host.strip()]

INSTALLED_APPS = [
    "commonplace.apps.library",
    "commonplace.apps.community",
    "commonplace.apps.people",
    "commonplace.apps.jobs",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "commonplace.site.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "commonplace.site.middleware.BusyDatabase",
]

ROOT_URLCONF = "commonplace.site.urls"
WSGI_APPLICATION = "commonplace.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "commonplace.site.pages.community.name_community",
            ],
        },
    },
]

DATABASES = {
    "default": read_database_url(read_setting("DATABASE_URL"))
    if read_setting("DATABASE_URL")
    else sqlite_database(HOME / "database.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

EMERGENCY_ADMINS = frozenset(
    address.strip().lower() for address in read_setting("COMMONPLACE_EMERGENCY_ADMINS").split(",") if address.strip()
)

AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

# Signing in: a mailed code or a passkey, no passwords; accounts come by invitation (decision 11).
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code is what verifies the address
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds; the mail may take some of them
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # the owner hears of every passkey that comes or goes
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # the sign-in page is also where one begins again
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "commonplace.site.sign_in_mail.OutboxAdapter"
ACCOUNT_USER_DISPLAY = "commonplace.apps.people.queries.name_of"
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,20/h/key"}  # a key is a mail address
MFA_ADAPTER = "commonplace.site.passkeys.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if read_switch("COMMONPLACE_HTTPS") else 0  # whose X-Forwarded-For is believed

# What counts attempts must be the same for every process that answers.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Fewer, and somebody could push out the count of their own attempts with others.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

DEFAULT_FROM_EMAIL = SERVER_EMAIL = (
    read_setting("COMMONPLACE_MAIL_FROM") or f"commonplace@{(ALLOWED_HOSTS or ['localhost'])[0]}"
)
EMAIL_TIMEOUT = 10  # seconds
if DEMO:
    EMAIL_BACKEND = "commonplace.site.demo_mail.DemoMailBackend"
elif read_setting("COMMONPLACE_SMTP_URL"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    _server = read_mail_url(read_setting("COMMONPLACE_SMTP_URL"))
    EMAIL_HOST, EMAIL_PORT = _server.host, _server.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _server.user, _server.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _server.use_tls, _server.use_ssl
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

USE_TZ = True
TIME_ZONE = read_setting("COMMONPLACE_TIME_ZONE")
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ja", _("Japanese"))]
LOCALE_PATHS = [SITE.parent / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [SITE / "static"]
# WhiteNoise serves the files from where they lie in the package: there is no collecting step to forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 300  # seconds; names carry no hash, so a new version must be seen within minutes

MEDIA_ROOT = HOME / "media"
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20  # larger uploads go through a file, not through memory
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# The content security policy is in middleware.py.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600  # seconds

if read_switch("COMMONPLACE_HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Without this, Django mails errors to nobody and prints requests only in debug mode.
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # an address that leads nowhere is the visitor's affair
    },
}
