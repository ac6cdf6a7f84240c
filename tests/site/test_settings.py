import os
import subprocess
import sys

import pytest

from commonplace.site import DEMO_MARK, settings

SHOW = "from commonplace.site import settings as s; print({})"


def ask(expression, tmp_path, **variables):
    environment = {key: value for key, value in os.environ.items() if key not in settings.SETTINGS}
    environment |= {"COMMONPLACE_HOME": str(tmp_path), **variables}
    command = [sys.executable, "-c", SHOW.format(expression)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_a_fresh_installation_is_closed(tmp_path):
    asked = "s.DEBUG, s.ALLOWED_HOSTS, s.X_FRAME_OPTIONS, s.SECURE_CONTENT_TYPE_NOSNIFF"
    assert ask(asked, tmp_path) == "False ['localhost', '127.0.0.1', '[::1]'] DENY True"


def test_cookies_keep_to_https_where_the_site_does(tmp_path):
    asked = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0"
    assert ask(asked, tmp_path, COMMONPLACE_HTTPS="yes") == "True True True True"


@pytest.mark.parametrize(
    ("variable", "value", "asked", "expected"),
    [
        (
            "COMMONPLACE_HOSTS",
            "talks.example.org, example.org",
            "s.ALLOWED_HOSTS",
            "['talks.example.org', 'example.org']",
        ),
        ("COMMONPLACE_SECRET_KEY", "k" * 60, "s.SECRET_KEY", "k" * 60),
        ("COMMONPLACE_DEBUG", "yes", "s.DEBUG", "True"),
        ("COMMONPLACE_TIME_ZONE", "Asia/Tokyo", "s.TIME_ZONE", "Asia/Tokyo"),
        ("DATABASE_URL", "postgresql://h/d", "s.DATABASES['default']['NAME']", "d"),
    ],
)
def test_a_variable_is_heeded(variable, value, asked, expected, tmp_path):
    assert ask(asked, tmp_path, **{variable: value}) == expected


SMTP = "smtp://ada:p%40ss@mail.example.org:587"


def test_mail_goes_to_the_log_until_a_server_is_named(tmp_path):
    assert ask("s.EMAIL_BACKEND.split('.')[-2], s.DEFAULT_FROM_EMAIL", tmp_path) == "console commonplace@localhost"
    asked = "s.EMAIL_BACKEND.split('.')[-2], s.EMAIL_HOST, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS, s.DEFAULT_FROM_EMAIL"
    variables = {"COMMONPLACE_SMTP_URL": SMTP, "COMMONPLACE_MAIL_FROM": "talks@example.org"}
    assert ask(asked, tmp_path, **variables) == "smtp mail.example.org p@ss True talks@example.org"


def test_a_site_is_a_demo_only_where_the_demo_made_its_folder(tmp_path):
    assert ask("s.DEMO", tmp_path, COMMONPLACE_DEMO="yes") == "False"
    (tmp_path / DEMO_MARK).touch()
    assert ask("s.DEMO", tmp_path) == "False"
    assert ask("s.DEMO, s.EMAIL_BACKEND.split('.')[-2]", tmp_path, COMMONPLACE_DEMO="yes") == "True demo_mail"


def test_a_proxy_is_believed_only_where_there_is_one(tmp_path):
    assert ask("s.ALLAUTH_TRUSTED_PROXY_COUNT", tmp_path) == "0"
    assert ask("s.ALLAUTH_TRUSTED_PROXY_COUNT", tmp_path, COMMONPLACE_HTTPS="yes") == "1"


def test_a_switch_that_is_neither_on_nor_off_is_refused(tmp_path):
    with pytest.raises(subprocess.CalledProcessError) as caught:
        ask("s.DEBUG", tmp_path, COMMONPLACE_HTTPS="ja")
    assert "COMMONPLACE_HTTPS is 'ja'" in caught.value.stderr
