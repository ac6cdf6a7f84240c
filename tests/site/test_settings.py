import os
import subprocess
import sys

import pytest

from commonplace.site import settings

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
    asked = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0"
    assert ask(asked, tmp_path, COMMONPLACE_HTTPS="yes") == "True True True"


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
        ("DATABASE_URL", "postgresql://h/d", "s.DATABASES['default']['NAME']", "d"),
    ],
)
def test_a_variable_is_heeded(variable, value, asked, expected, tmp_path):
    assert ask(asked, tmp_path, **{variable: value}) == expected
