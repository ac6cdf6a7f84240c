import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.db import connection

from commonplace.site.settings import SETTINGS


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(("uploads", "kills"), [(12, 4)])
def test_no_upload_is_lost_or_doubled_when_site_and_worker_are_killed(uploads: int, kills: int):
    environment = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    if connection.vendor == "postgresql":
        address = urlsplit(os.environ["DATABASE_URL"])
        environment["DATABASE_URL"] = address._replace(path="/" + connection.settings_dict["NAME"]).geturl()
    command = [sys.executable, "-m", "benchmarks.uploads", str(uploads), str(kills), "--hasten"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=170, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "kill -9" in done.stdout
    assert f"({connection.vendor})" in done.stdout
    assert "uploads lost: 0; uploads standing twice: 0; talks lost: 0" in done.stdout
