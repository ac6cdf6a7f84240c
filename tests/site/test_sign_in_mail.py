"""Codes go through the outbox: sent by the worker, whatever becomes of the server or of the worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from commonplace.apps.jobs.models import OutgoingMail
from commonplace.apps.people import actions
from commonplace.apps.people.models import Role
from commonplace.site.settings import SETTINGS
from tests.factories import do_jobs
from tests.mail_server import free_port, serve_mail, use_mail_server

SIGN_IN = "/account/sign-in/"
ASK = """
import django; django.setup()
from django.test import Client
from django.utils import timezone
from commonplace.apps.people import actions
from commonplace.apps.people.models import Role
actions.open_account(email="mei@example.org", name="Mei", role=Role.MEMBER, now=timezone.now())
Client(headers={"host": "localhost"}).post("/account/sign-in/", {"email": "mei@example.org"})
"""
FORGET_WORKERS = """
import django; django.setup()
from commonplace.apps.jobs.models import Worker
Worker.objects.all().delete()
"""


@pytest.fixture(autouse=True)
def no_attempts_yet(request):
    if "django_db" in request.keywords:
        request.getfixturevalue("db")
        cache.clear()


@pytest.mark.django_db
def test_the_answer_does_not_wait_for_a_mail_server_and_leaves_the_same_for_any_address(settings):
    use_mail_server(settings)  # where nobody listens
    actions.open_account(email="mei@example.org", name="Mei", role=Role.MEMBER, now=timezone.now())
    for email in ("mei@example.org", "nobody@example.org"):
        assert Client().post(SIGN_IN, {"email": email}).status_code == 302
    known, unknown = OutgoingMail.objects.order_by("pk")
    assert (known.to, unknown.to) == ("mei@example.org", "nobody@example.org")
    assert known.attempts == unknown.attempts == 0


@pytest.mark.django_db
def test_a_code_is_not_sent_when_it_is_void_and_nothing_of_it_is_left_once_it_is_sent(mailoutbox):
    actions.open_account(email="mei@example.org", name="Mei", role=Role.MEMBER, now=timezone.now())
    Client().post(SIGN_IN, {"email": "mei@example.org"})
    mail = OutgoingMail.objects.get()
    assert mail.send_before - mail.created_at == timedelta(minutes=15)
    do_jobs()
    assert mail.body == mailoutbox[0].body
    assert not OutgoingMail.objects.exists()


def environment_of(home, port):
    kept = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    return kept | {
        "COMMONPLACE_HOME": str(home),
        "COMMONPLACE_SMTP_URL": f"smtp://127.0.0.1:{port}?tls=no",
        "DJANGO_SETTINGS_MODULE": "commonplace.site.settings",
    }


def start_worker(environment):
    return subprocess.Popen([sys.executable, "-m", "commonplace", "worker", "--quiet"], env=environment)


def wait_for(is_true, seconds=60):
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, f"not within {seconds} seconds"
        time.sleep(0.05)


def test_a_code_arrives_through_a_server_that_comes_back_and_a_worker_that_is_killed(tmp_path):
    port = free_port()
    environment = environment_of(tmp_path, port)
    subprocess.run([sys.executable, "-m", "commonplace", "worker", "--until-empty"], env=environment, check=True)
    subprocess.run([sys.executable, "-c", ASK], env=environment, check=True)
    first = start_worker(environment)
    time.sleep(3)  # it finds nobody at home, and tries again in five seconds
    with serve_mail(port) as server:
        wait_for(lambda: server.mails)
        first.send_signal(signal.SIGKILL)  # at about the moment at which nobody can know
        first.wait()
        subprocess.run([sys.executable, "-c", FORGET_WORKERS], env=environment, check=True)
        subprocess.run([sys.executable, "-m", "commonplace", "worker", "--until-empty"], env=environment, check=True)
        assert 1 <= len(server.mails) <= 2
        assert len({mail["Message-ID"] for mail in server.mails}) == 1
    assert "code" in server.mails[0]["Subject"].lower()
