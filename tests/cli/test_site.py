import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from commonplace.site.settings import SETTINGS

COMMONPLACE = [sys.executable, "-m", "commonplace"]
RECEIVE = """
import django; django.setup()
from django.utils import timezone
from commonplace.apps.library.actions import receive_captions
from commonplace.apps.library.adapters import TalkDetails
data = b"WEBVTT\\n\\n00:00.000 --> 00:02.000\\nBoats, and more boats.\\n"
print(receive_captions(data={data}, name="x.vtt", details=TalkDetails(title="Boats"), now=timezone.now()).slug)
"""
CLAIM = """
import django; django.setup()
from django_tasks_db.models import DBTaskResult
DBTaskResult.objects.get().claim("a worker that was killed")
"""


def environment_of(home, **variables):
    kept = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    return kept | {"COMMONPLACE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "commonplace.site.settings", **variables}


def run(home, *arguments, expect=0, **variables):
    """The output of a command of its own process, on a SQLite database in this home."""
    program = [sys.executable, *arguments] if arguments[0] == "-c" else [*COMMONPLACE, *arguments]
    environment = environment_of(home, **variables)
    done = subprocess.run(program, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == expect, done.stdout + done.stderr
    return done.stdout + done.stderr


def wait_for(is_true, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_true():
            return
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} seconds")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    home = tmp_path_factory.mktemp("migrated") / "home"
    run(home, "worker", "--until-empty")
    return home


@pytest.fixture
def home(migrated, tmp_path):
    """A home of its own with an empty library."""
    return shutil.copytree(migrated, tmp_path / "home")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The home of a sample community."""
    home = tmp_path_factory.mktemp("demo") / "home"
    run(home, "demo", "--home", str(home), "--no-serve", DATABASE_URL="postgresql://nobody@localhost:1/never-touched")
    return home


def test_a_demo_is_a_healthy_community_with_talks(demo):
    report = run(demo, "doctor")
    assert int(re.search(r"up to date, (\d+) talks", report)[1]) >= 3
    assert "journal mode wal" in report
    assert "WRONG" not in report


def test_a_demo_replaces_an_earlier_demo_and_nothing_else(demo, tmp_path):
    (demo / "trace").touch()
    run(demo, "demo", "--home", str(demo), "--no-serve")
    assert not (demo / "trace").exists()
    (tmp_path / "thesis.txt").touch()
    assert "something other than a demo" in run(tmp_path, "demo", "--home", str(tmp_path), "--no-serve", expect=2)
    assert (tmp_path / "thesis.txt").exists()


def test_the_site_is_served_until_it_is_told_to_stop(demo):
    port = free_port()
    command = [*COMMONPLACE, "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=environment_of(demo), stdout=subprocess.PIPE, text=True) as server:
        try:
            assert f"http://127.0.0.1:{port}" in server.stdout.readline()
            wait_for(lambda: is_listening(port))
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/talks/") as answer:
                assert answer.status == 200
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        finally:
            server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0


def test_a_port_in_use_is_said_before_anything_else_happens(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        report = run(tmp_path / "home", "serve", "--port", str(taken.getsockname()[1]), expect=2)
    assert "Choose another --port" in report
    assert not (tmp_path / "home").exists()


def test_a_worker_does_what_waits_and_stops_when_asked(home):
    with subprocess.Popen(
        [*COMMONPLACE, "worker"], env=environment_of(home), stderr=subprocess.PIPE, text=True
    ) as worker:
        try:
            run(home, "-c", RECEIVE.format(data="data"))
            # What else it says, of a busy database or of the day's chores, may come first.
            assert any("library.publish_captions" in line for line in worker.stderr)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(timeout=30) == 0
        finally:
            worker.kill()  # a worker that was not told to stop would keep this test waiting for ever
    assert "0 waiting, 0 running, 0 failed" in run(home, "doctor")


def test_a_home_is_made_where_there_is_none(tmp_path):
    run(tmp_path / "new" / "home", "worker", "--until-empty", COMMONPLACE_SECRET_KEY="k" * 60)
    assert not (tmp_path / "new" / "home" / "secret_key").exists()
    (tmp_path / "file").touch()
    assert "Set COMMONPLACE_HOME" in run(tmp_path / "file", "worker", expect=2)


def test_the_job_of_a_killed_worker_is_done_by_the_next(home):
    run(home, "-c", RECEIVE.format(data="data"))
    run(home, "-c", CLAIM)
    assert "1 running" in run(home, "doctor", expect=1)
    run(home, "worker", "--until-empty")
    assert "0 waiting, 0 running, 0 failed" in run(home, "doctor")


def test_a_job_that_fails_is_told_by_the_worker_and_by_the_doctor(home):
    run(home, "-c", RECEIVE.format(data="bytes(9)"))
    assert "x.vtt" in run(home, "worker", "--until-empty", "--quiet")
    assert "WRONG jobs: 0 waiting, 0 running, 1 failed" in run(home, "doctor", expect=1)


@pytest.mark.parametrize(
    ("variables", "finding"),
    [
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "WRONG database: "),
        ({"COMMONPLACE_SECRET_KEY": "short"}, "WRONG secret key: from COMMONPLACE_SECRET_KEY"),
        ({"COMMONPLACE_HOSTS": "*"}, "WRONG hosts: *"),
        ({"COMMONPLACE_DEBUG": "yes"}, "WRONG hosts: localhost, 127.0.0.1, [::1], debug mode"),
        ({}, "WRONG tables: "),
    ],
)
def test_the_doctor_finds_what_is_wrong(variables, finding, tmp_path):
    assert finding in run(tmp_path, "doctor", expect=1, **variables)


def test_the_doctor_sees_a_key_that_others_can_read(tmp_path):
    run(tmp_path, "doctor", expect=1)
    (tmp_path / "secret_key").chmod(0o644)
    assert "chmod 600" in run(tmp_path, "doctor", expect=1)


@pytest.mark.parametrize("command", ["doctor", "worker", "serve"])
def test_a_wrong_setting_is_explained_without_a_traceback(command, tmp_path):
    report = run(tmp_path, command, expect=2, DATABASE_URL="mysql://x:secret@h/d")
    assert "expected postgresql://" in report
    assert "Traceback" not in report
    assert "secret" not in report


@pytest.mark.parametrize(
    "command", [["doctor"], ["serve"], ["export", "out"], ["demo", "--no-serve", "--home", "file/home"]]
)
def test_a_home_that_cannot_be_is_named_without_a_traceback(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    report = run(tmp_path / "file" / "home", *command, expect=2)
    assert "file" in report
    assert "COMMONPLACE_HOME" in report or "--home" in report
    assert "Traceback" not in report


@pytest.mark.parametrize("command", [["worker"], ["import", "."], ["export", "out"]])
def test_a_file_that_is_no_database_is_told_without_a_traceback(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "database.sqlite3").write_text("no database " * 100)
    report = run(tmp_path, *command, expect=2)
    assert "`commonplace doctor` looks at each part" in report
    assert "Traceback" not in report
