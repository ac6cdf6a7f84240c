"""Two hundred uploads while the site and its worker are killed at random: each is there once, or was refused aloud.

`python -m benchmarks.uploads [UPLOADS [KILLS [--hasten]]]`. Four members hand in captions over HTTP and publish them;
the processes of `commonplace serve` and `commonplace worker` get SIGKILL at random moments and are started anew. A
member who gets no answer sends the same form again, as the page does, and presses "Try again" where the page says that
the work failed. One upload in ten is broken on purpose and must be kept as what it is; one in forty is so long that a
job reads it. `--hasten` lets the minute pass at once after which a silent worker is taken for dead. `DATABASE_URL`
names a database without talks; without it, SQLite in a temporary folder. Exits 1 where an upload, a word or a byte was
lost or doubled.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import NamedTuple

import django

UPLOADS, KILLS, MEMBERS = 200, 60, 4
PATIENCE_SECONDS = 600.0
BOUNDARY = "captions-between-tides"
LONG_SENTENCES = 20_000


class Captions(NamedTuple):
    """One file: its number, its bytes, and the words that must come out of it; none where it is broken on purpose."""

    number: int
    data: bytes
    words: str


def make_captions(number: int) -> Captions:
    """Captions unlike all others; what they are follows from the number."""
    chance = random.Random(number)
    if number % 10 == 3:
        return Captions(number, f'{{"segments": [{number},'.encode(), "")
    sentences = LONG_SENTENCES if number % 40 == 7 else chance.randrange(20, 1500)
    lines, words = ["WEBVTT", ""], []
    for sentence in range(sentences):
        said = (
            f"Upload {number} says in sentence {sentence} that the tide comes back, and so do boats which went with it."
        )
        start, stop = (f"{t // 3600:02}:{t // 60 % 60:02}:{t % 60:02}.000" for t in (sentence * 4, sentence * 4 + 3))
        lines += [f"{start} --> {stop}", f"<v Mei Tanaka>{said}", ""]
        words.append(said)
    return Captions(number, "\n".join(lines).encode(), " ".join(words))


class Site:
    """The two processes of the site, each killed and started anew."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.commands = {"web": ["serve", "--port", str(port)], "worker": ["worker", "--quiet"]}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.kills: Counter[str] = Counter()

    def start(self, part: str) -> None:
        """Start `commonplace serve` or `commonplace worker` in a process group of its own."""
        command = [sys.executable, "-m", "commonplace", *self.commands[part]]
        quiet = subprocess.DEVNULL
        self.processes[part] = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)

    def kill(self, part: str) -> None:
        """Kill every process of this part, at once and without a word."""
        os.killpg(self.processes[part].pid, signal.SIGKILL)
        self.processes[part].wait()
        self.kills[part] += 1


class Member:
    """Somebody who hands in captions, and sends a form again until it is answered."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.cookie = port, f"sessionid={session}"
        self.token, self.repeats, self.failures = "", 0, 0
        page, headers = self.ask("GET", "/talks/upload/")
        self.cookie += "; " + headers["Set-Cookie"].partition(";")[0]
        self.token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]  # type: ignore[index]  # a page without it ends the run

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[str, http.client.HTTPMessage]:
        """The page and the headers of the first answer that is none of a broken site."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < ends:
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                link.request(method, path, body, {"Cookie": self.cookie, "Content-Type": kind})
                answer = link.getresponse()
                page = answer.read().decode()
                if answer.status < 500:
                    if answer.status >= 400:
                        raise AssertionError(f"{method} {path}: {answer.status} {page[-2000:]}")
                    return page, answer.headers
            except (OSError, http.client.HTTPException):
                pass
            finally:
                link.close()
            self.repeats += 1
            time.sleep(0.2)
        raise TimeoutError(f"{method} {path} was not answered in {PATIENCE_SECONDS:g} s")

    def send(self, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> str:
        """Send a form, and say where its answer leads."""
        parts = [
            f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()
        ]
        if file:
            name, data = file
            parts.append(f'Content-Disposition: form-data; name="captions"; filename="{name}"\r\n\r\n'.encode() + data)
        body = (
            b"".join(f"--{BOUNDARY}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()
        )
        return str(self.ask("POST", path, body, f"multipart/form-data; boundary={BOUNDARY}")[1]["Location"])

    def stage(self, address: str) -> str:
        """How far an upload is, as its page says."""
        page, _ = self.ask("GET", f"{address}progress")
        return re.search(r'data-stage="(\w+)"', page)[1]  # type: ignore[index]  # a page without it ends the run

    def hand_in(self, captions: Captions) -> str:
        """Hand in one file, publish its talk, and wait until it is; returns the stage it ended in."""
        key = f"key-of-form-{captions.number}"
        form = {"csrfmiddlewaretoken": self.token, "key": key}
        address = self.send("/talks/upload/", form, (f"tides-{captions.number}.vtt", captions.data))
        ends = time.monotonic() + PATIENCE_SECONDS
        while (stage := self.stage(address)) != ("published" if captions.words else "unreadable"):
            if stage == "draft":
                talk = {"title": f"Talk {captions.number}", "speakers": "Mei Tanaka", "deed": "publish"}
                self.send(address, {"csrfmiddlewaretoken": self.token, **talk})
            if stage == "stuck":
                self.send(f"{address}again", {"csrfmiddlewaretoken": self.token})
                self.failures += 1
            if time.monotonic() > ends:
                return stage
            time.sleep(0.3)
        return stage


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def open_sessions() -> list[str]:
    """Four members, and the key of a session of each."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from commonplace.apps.people.models import Account

    keys = []
    for number in range(MEMBERS):
        account = Account.objects.create(username=f"member-{number}", name=f"Member {number}")
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        keys.append(str(session.session_key))
    return keys


def make_trouble(site: Site, kills: int, done: threading.Event, *, hasten: bool) -> None:
    """Kill the web, the worker or both at random moments, and start them anew at once."""
    from django.db import connection
    from django.utils import timezone

    from commonplace.apps.jobs.models import Worker

    chance = random.Random(1)
    while sum(site.kills.values()) < kills and not done.wait(chance.uniform(0.5, 4)):
        for part in chance.choice([["web"], ["worker"], ["worker"], ["web", "worker"]]):
            site.kill(part)
            if hasten and part == "worker":
                Worker.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
            site.start(part)
    connection.close()


def count_losses(everything: list[Captions]) -> dict[str, int]:
    """What of these captions the database and the media do not hold, hold twice, or hold otherwise."""
    from commonplace.apps.library.models import CaptionFile, Paragraph, Talk, Upload

    found: Counter[str] = Counter()
    for captions in everything:
        sha256 = hashlib.sha256(captions.data).hexdigest()
        uploads = list(Upload.objects.filter(key=f"key-of-form-{captions.number}"))
        talks = list(Talk.objects.filter(title=f"Talk {captions.number}"))
        found["uploads lost"] += not uploads
        found["uploads standing twice"] += len(uploads) > 1
        found["talks lost"] += bool(captions.words) and not talks
        found["talks standing twice or without leave"] += len(talks) > bool(captions.words)
        files = [*CaptionFile.objects.filter(sha256=sha256), *Upload.objects.filter(sha256=sha256).exclude(file="")]
        found["files lost, standing twice or changed"] += [file.file.read() for file in files] != [captions.data]
        paragraphs = Paragraph.objects.filter(transcript__talk__in=talks).order_by("position")
        said = " ".join(paragraphs.values_list("text", flat=True))
        found["talks whose words differ"] += bool(talks) and said != captions.words
    found["uploads too many"] = Upload.objects.count() - len(everything)
    found["talks too many"] = Talk.objects.count() - sum(bool(captions.words) for captions in everything)
    return dict(found)


def upload_under_fire(uploads: int, kills: int, *, hasten: bool) -> bool:
    """Print what became of as many uploads, and whether nothing was lost."""
    from django.conf import settings
    from django.db import connection

    everything = [make_captions(number) for number in range(uploads)]
    sessions = open_sessions()
    vendor = connection.vendor
    connection.close()
    site, done = Site(free_port()), threading.Event()
    begun = time.monotonic()
    for part in site.commands:
        site.start(part)
    trouble = threading.Thread(target=make_trouble, args=(site, kills, done), kwargs={"hasten": hasten})
    try:
        members = [Member(site.port, session) for session in sessions]
        trouble.start()
        with ThreadPoolExecutor(MEMBERS * 2) as pool:
            # Each member has two uploads under way.
            stages = list(pool.map(lambda one: members[one.number % MEMBERS].hand_in(one), everything))
    finally:
        done.set()
        if trouble.ident:
            trouble.join()
        for part in site.commands:
            os.killpg(site.processes[part].pid, signal.SIGTERM)
            site.processes[part].wait()
    losses = count_losses(everything)
    kept = sum(path.is_file() for path in settings.MEDIA_ROOT.rglob("*"))
    print(f"{uploads} uploads by {MEMBERS} members ({vendor}) in {time.monotonic() - begun:.0f} s")
    print(f"kill -9: web {site.kills['web']}, worker {site.kills['worker']}")
    print(f"requests sent again: {sum(member.repeats for member in members)}")
    print(f"told that the work failed, and tried again: {sum(member.failures for member in members)}")
    print("ended as: " + ", ".join(f"{count} {stage}" for stage, count in Counter(stages).items()))
    print(f"files that no row knows, until the daily chores: {kept - uploads}")
    print("; ".join(f"{what}: {count}" for what, count in losses.items()))
    return not any(losses.values()) and set(stages) <= {"published", "unreadable"}


def main() -> None:
    """Print all figures."""
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    uploads, kills = (*numbers, *(UPLOADS, KILLS)[len(numbers) :])
    with tempfile.TemporaryDirectory() as home:
        os.environ["COMMONPLACE_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "commonplace.site.settings"
        django.setup()
        from commonplace.site.database import migrate_database

        migrate_database()
        sys.exit(0 if upload_under_fire(uploads, kills, hasten="--hasten" in sys.argv) else 1)


if __name__ == "__main__":
    main()
