"""The demo serves and does its own background work, so that its codes are mailed."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.test_site import environment_of, free_port, is_listening, wait_for


def list_processes_of(home):
    """The processes that were started with this home."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # it has ended, or is another user's
            found += [path] if f"COMMONPLACE_HOME={home}\0".encode() in path.read_bytes() else []
    return found


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_demo_mails_and_takes_its_worker_along_when_it_stops(tmp_path, ending):
    home, port = tmp_path / "demo", free_port()
    command = [sys.executable, "-m", "commonplace", "demo", "--home", str(home), "--port", str(port)]
    with subprocess.Popen(command, env=environment_of(home), stderr=subprocess.DEVNULL, text=True) as demo:
        try:
            wait_for(lambda: is_listening(port), seconds=120)
            address = f"http://127.0.0.1:{port}/account/sign-in/"
            with urllib.request.urlopen(address) as page:
                cookie = page.headers["Set-Cookie"].partition(";")[0]
                token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
            data = f"csrfmiddlewaretoken={token}&email=ada@harbour.example".encode()
            urllib.request.urlopen(urllib.request.Request(address, data, {"Cookie": cookie})).close()
            wait_for(lambda: list((home / "mail").glob("*.eml")))
            assert len(list_processes_of(home)) >= 3  # the server's master, those who answer, and the worker
        finally:
            demo.send_signal(ending)
        demo.wait(timeout=60)
    assert not is_listening(port)
    wait_for(lambda: not list_processes_of(home), seconds=10)
