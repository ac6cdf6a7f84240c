import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.db import connection

from commonplace.site.settings import SETTINGS


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(("editors", "seconds"), [(20, 3)])
def test_no_edit_is_lost_when_many_processes_edit_one_talk(editors: int, seconds: int):
    environment = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    if connection.vendor == "postgresql":
        address = urlsplit(os.environ["DATABASE_URL"])
        environment["DATABASE_URL"] = address._replace(path="/" + connection.settings_dict["NAME"]).geturl()
    command = [sys.executable, "-m", "benchmarks.editing", str(editors), str(seconds)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=150, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "edits lost: 0; standing twice: 0" in done.stdout
    assert f"({connection.vendor})" in done.stdout
